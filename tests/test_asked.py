"""Asked-as questions: what is read, what is left out, what is refused; and the corpus' own."""

import json
from pathlib import Path

import pytest

from assistant.asked import read_asked
from assistant.errors import CorpusError
from assistant.records import Program

CORPUS = Path(__file__).parents[1] / "corpus"
CASES = Path(__file__).parents[1] / "eval" / "cases"


def program(name: str, line: int, *, role: str = "program", aliases: tuple[str, ...] = ()) -> Program:
    return Program(
        f"d:{line}", "d", name, aliases, (), (), (), (), "令和8年度", "当初予算", line, line, ((line, line),), role
    )


PROGRAMS = [
    program("空き店舗活用事業", 3),
    program("訓練事業", 7),
    program("訓練事業", 9),
    program("合計", 11, role="total"),
    program("商工貯蓄共済", 13, aliases=("貯蓄共済",)),
]


def written(folder: Path, *lines: object) -> Path:
    (folder / "asked").mkdir()
    text = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    (folder / "asked" / "d.jsonl").write_text(text, encoding="utf-8")
    return folder


def test_questions_go_to_their_programs(tmp_path):
    folder = written(
        tmp_path,
        {
            "program": "空き店舗 活用事業",
            "questions": ["シャッターの下りた店を借りたい", "シャッターの下りた店を借りたい"],
        },
        {"program": "訓練事業", "line": 9, "questions": ["手に職をつけたい"]},
        {"program": "貯蓄共済", "questions": ["積み立て"]},
    )
    reading = read_asked(folder, PROGRAMS)
    assert [(one.program_id, one.question) for one in reading.asked] == [
        ("d:3", "シャッターの下りた店を借りたい"),
        ("d:9", "手に職をつけたい"),
        ("d:13", "積み立て"),
    ]
    assert [one.id for one in reading.missing] == ["d:7"]
    assert reading.notes == ()


def test_a_line_that_names_no_program_is_left_out_and_said(tmp_path):
    reading = read_asked(written(tmp_path, "", {"program": "幻の事業", "questions": ["幻"]}), PROGRAMS)
    assert reading.asked == ()
    assert reading.notes == ("asked/d.jsonl:2: d has no program 「幻の事業」; left out.",)


def test_a_corpus_without_any_has_them_all_missing(tmp_path):
    assert [one.id for one in read_asked(tmp_path, PROGRAMS).missing] == ["d:3", "d:7", "d:9", "d:13"]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '"text"',
        '{"program": "訓練事業"}',
        '{"questions": ["a"]}',
        '{"program": "訓練事業", "questions": "a"}',
        '{"program": "訓練事業", "questions": [""]}',
        '{"program": "訓練事業", "questions": [1]}',
        json.dumps({"program": "訓練事業", "questions": ["長" * 401]}),
        "[" * 100_000,
    ],
)
def test_what_cannot_be_read_is_one_line_with_its_place(tmp_path, line):
    with pytest.raises(CorpusError, match=r"d\.jsonl:1"):
        read_asked(written(tmp_path, line), PROGRAMS)


def test_bytes_that_are_no_text_are_refused(tmp_path):
    folder = written(tmp_path)
    (folder / "asked" / "d.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(CorpusError, match="UTF-8"):
        read_asked(folder, PROGRAMS)


def test_every_program_of_the_corpus_has_at_least_four(readings):
    programs = [one for reading in readings.values() for one in reading.programs]
    reading = read_asked(CORPUS, programs)
    assert (reading.missing, reading.notes) == ((), ())
    counts = {one.id: 0 for one in programs if one.role == "program"}
    for one in reading.asked:
        counts[one.program_id] += 1
    assert min(counts.values()) >= 4


def test_no_question_of_the_cases_is_among_them(readings):
    programs = [one for reading in readings.values() for one in reading.programs]
    asked = {one.question for one in read_asked(CORPUS, programs).asked}
    said = set()
    for path in CASES.rglob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            said |= {case["question"], *case.get("history", [])}
    assert asked & said == set()

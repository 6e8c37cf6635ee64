"""What is masked, what never is, and that the two do not meet (``tests/data/conversations/masking.json``)."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import CORPUS, DATA
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.conversations import masked
from assistant.conversations.digits import is_card, is_my_number
from assistant.conversations.hiding import hidden_answer
from assistant.figures import find_figures
from assistant.figures.folding import fold
from assistant.records import AnswerFigure, FigureKind

from .keeping import answer

TABLE = json.loads((DATA / "conversations" / "masking.json").read_text("utf-8"))
FIGURES = [json.loads(line) for line in (DATA / "figures.jsonl").read_text("utf-8").splitlines()]
NOT_FIGURES: list[str] = json.loads((DATA / "not_figures.json").read_text("utf-8"))
TAG = re.compile("［[^］]*］")
DOCUMENTS = sorted(path for path in CORPUS.iterdir() if path.suffix in (".md", ".txt", ".tsv"))


@pytest.mark.parametrize(("text", "expected"), TABLE["masked"])
def test_personal_data_is_masked(text: str, expected: str) -> None:
    assert masked(text) == expected
    assert masked(expected) == expected


@pytest.mark.parametrize(("text", "expected"), TABLE["masked"])
@pytest.mark.parametrize(
    "frame", ["ご連絡先は「{}」です。", "予算は1,234千円。{}\n令和5年度", "{}、よろしく", "（{}）"]
)
def test_it_is_masked_within_a_sentence(text: str, expected: str, frame: str) -> None:
    assert masked(frame.format(text)) == frame.format(expected)


@pytest.mark.parametrize("text", TABLE["kept"])
def test_everything_else_stays(text: str) -> None:
    assert masked(text) == text
    assert masked(f"「{text}」について") == f"「{text}」について"


@pytest.mark.parametrize("case", FIGURES, ids=lambda case: case["text"])
def test_figures_of_every_notation_stay(case: dict[str, Any]) -> None:
    if "@" not in case["text"] and all(figure["kind"] != "phone" for figure in case["figures"]):
        assert masked(case["text"]) == case["text"]


@pytest.mark.parametrize("text", [text for text in NOT_FIGURES if "@" not in text])
def test_names_ordinals_and_dates_stay(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_of_the_documents_only_telephones_and_mail_addresses_are_masked(path: Path) -> None:
    for line in path.read_text("utf-8").splitlines():
        hidden = masked(line)
        assert set(TAG.findall(hidden)) - set(TAG.findall(line)) <= {"［電話番号］", "［メールアドレス］"}, line
        if hidden == line:
            assert not [figure for figure in find_figures(line) if figure.kind is FigureKind.PHONE]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_lines_next_to_each_other_make_no_personal_data(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    for at in range(0, len(lines), 40):
        assert masked("\n".join(lines[at : at + 40])) == "\n".join(map(masked, lines[at : at + 40]))


def test_there_are_documents_to_look_at() -> None:
    assert len(DOCUMENTS) >= 3


# ---- what is public stays ----


@pytest.mark.parametrize(
    ("keep", "kept"),
    [
        (("03-3501-2876",), True),
        (("03(3501)2876",), True),
        (("０３－３５０１－２８７６",), True),
        (("問合せ：03-3501-2876（直通）、メール taro@example.com",), True),
        (("03-3501-2877",), False),
        (("103-3501-28761",), False),
        (("",), False),
        ((), False),
    ],
)
def test_what_a_source_prints_stays(keep: tuple[str, ...], kept: bool) -> None:
    text = "窓口は03-3501-2876です。090-1234-5678"
    expected = "窓口は03-3501-2876です。［電話番号］" if kept else "窓口は［電話番号］です。［電話番号］"
    assert masked(text, keep) == expected


def test_an_answer_keeps_its_offices_numbers_and_nobody_elses() -> None:
    whole = answer("窓口は03-3501-2876です[1]。090-1234-5678、taro@example.comの方へ。", "090-1234-5678の者です")
    phone = AnswerFigure("03-3501-2876", "phone", None, None, None, "事業", None, None, "f", 1)
    hidden = hidden_answer(type(whole)(**{**as_fields(whole), "figures": (*whole.figures, phone)}))
    assert hidden.text == "窓口は03-3501-2876です[1]。［電話番号］、［メールアドレス］の方へ。"
    assert hidden.question == "［電話番号］の者です"
    assert hidden.citations == whole.citations


def as_fields(whole: Any) -> dict[str, Any]:
    return {name: getattr(whole, name) for name in type(whole).__dataclass_fields__}


# ---- properties ----

DIGITS = st.integers(0, 9)
LETTERS = (
    "0123456789０１９-ー－ .,()（）+@＠円万千件年口座普通電話記号番号マイナンバー:：a.jp、\n"
    "\t/_~─。「」【】・\u200b\u00ad太"
)
PIECES = st.one_of(
    st.sampled_from([text for text, _ in TABLE["masked"]]),
    st.sampled_from(TABLE["kept"]),
    st.sampled_from([case["text"] for case in FIGURES]),
    st.from_regex(r"[0-9０-９]{1,19}([-ー 　.,/()円千万件年_~\t\n\u200b]{0,2}[0-9０-９]{1,8}){0,4}", fullmatch=True),
    st.text(alphabet=LETTERS, max_size=30),
    st.text(max_size=10),
)
TEXTS = st.lists(PIECES, max_size=5).map("".join) | st.lists(PIECES, max_size=4).map(" ".join)


@settings(max_examples=400)
@given(TEXTS)
def test_masking_again_changes_nothing(text: str) -> None:
    assert masked(masked(text)) == masked(text)


@settings(max_examples=400)
@given(TEXTS)
def test_no_figure_but_a_telephone_is_touched(text: str) -> None:
    figures = [figure for figure in find_figures(text) if figure.kind is not FigureKind.PHONE]
    pattern = "(?s:.*)".join(re.escape(figure.text) for figure in figures)
    assert re.search(pattern, masked(text)), "they stand there still, in their order"


@settings(max_examples=400)
@given(TEXTS)
def test_what_is_not_masked_stays_as_it_was(text: str) -> None:
    left = re.split("［(?:電話番号|メールアドレス|個人番号|カード番号|口座番号)］", masked(text))
    assert re.fullmatch("(?s:.+)".join(map(re.escape, left)), text) or left == [text]


@given(TEXTS)
def test_every_telephone_that_the_figures_know_is_masked(text: str) -> None:
    """But for one within a key of letters and digits, or right behind another number's sign."""
    for figure in find_figures(masked(text)):
        if figure.kind is FigureKind.PHONE:
            around = masked(text)[max(0, figure.start - 2) : figure.end + 1]
            assert re.search(r"[A-Za-z_]|[0-9][-]|00", fold(around))


@settings(max_examples=300)
@given(st.lists(st.integers(0, 99_999_999), max_size=12), st.sampled_from(["{}", "{:,}"]), st.sampled_from("\t\n~"))
def test_columns_and_ranges_of_numbers_stay(numbers: list[int], form: str, sign: str) -> None:
    text = sign.join(map(form.format, numbers))
    assert masked(text) == text


def check_digit_of(digits: list[int]) -> int:
    """The formula once more, digit by digit with its weights written out."""
    weights = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    rest = sum(weight * digit for weight, digit in zip(weights, digits, strict=True)) % 11
    return 0 if rest <= 1 else 11 - rest


@given(st.lists(DIGITS, min_size=11, max_size=11), DIGITS)
def test_the_check_digit_of_my_number(digits: list[int], last: int) -> None:
    text = "".join(map(str, [*digits, last]))
    assert is_my_number(text) == (last == check_digit_of(digits))


@pytest.mark.parametrize("digits", ["", "12345678901", "1234567890188"])
def test_other_lengths_are_no_my_number(digits: str) -> None:
    assert not is_my_number(digits)


@given(st.sampled_from(["34", "37", "4", "51", "55", "6011", "2221", "2720", "3530", "62"]), st.data())
def test_one_last_digit_in_ten_makes_a_card(begin: str, data: st.DataObject) -> None:
    length = 16 if begin.startswith("2") else data.draw(st.integers(13, 19))
    body = begin + "".join(map(str, data.draw(st.lists(DIGITS, min_size=length, max_size=length))))
    body = body[: length - 1]
    assert sum(is_card(body + str(last)) for last in range(10)) == 1


@given(st.lists(DIGITS, min_size=11, max_size=11), st.sampled_from(["{}", "{}-{}-{}", "{} {} {}"]))
def test_every_my_number_is_masked(digits: list[int], form: str) -> None:
    text = "".join(map(str, [*digits, check_digit_of(digits)]))
    parts = (text,) if form == "{}" else (text[:4], text[4:8], text[8:])
    written = form.format(*parts)
    assert written not in masked(f"番号は{written}です") or all(re.match("19|20", part) for part in parts)


MOBILE_SIGNS = ["", "-", " ", "ー", "－", ".", "・", "/", "_", "~", "─", "\t", "\n", "\u200b", "-\n"]


@given(st.sampled_from("789"), st.lists(DIGITS, min_size=8, max_size=8), st.sampled_from(MOBILE_SIGNS))
def test_every_mobile_number_is_masked(kind: str, digits: list[int], sign: str) -> None:
    body = "".join(map(str, digits))
    written = f"0{kind}0{sign}{body[:4]}{sign}{body[4:]}"
    assert masked(f"電話は{written}です") == "電話は［電話番号］です"


LONG = [
    " ",
    "\t",
    "\n",
    "9",
    "0 9 0 ",
    "0\n",
    "0/",
    "81-",
    "4111.",
    "口座番号\n",
    "普通預金 店番001 ",
    "記号番号 ",
    "太",
    "太郎 ",
    "\u200b",
    "0\u200b",
]


@pytest.mark.parametrize("piece", ["0 ", "1-", "a", "a@", "@", "0", "普通", "(0", "電話", "1234 ", *LONG])
@pytest.mark.timeout(20)
def test_a_long_text_takes_no_long_time(piece: str) -> None:
    text = piece * (40_000 // len(piece)) + "@"
    assert masked(text) == text

"""From a folder to a published index: what is refused, what is reported, and how the time grows."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from invented import any_page, document, read

from assistant.errors import BuildRefused, CorpusError
from assistant.index import current_manifest
from assistant.ingest import build, is_current, read_document

GOOD = "（単位：千円）\n事業名\t予算額\n窓口事業\t100\n相談事業\t50\n合計\t150\n"
BROKEN = GOOD.replace("150", "151")


def corpus(folder: Path, text: str = GOOD) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "list.tsv").write_text(text, encoding="utf-8")
    return folder


def test_a_build_reads_everything_and_reports_it(tmp_path: Path) -> None:
    seen: list[str] = []
    folder = corpus(tmp_path / "corpus")
    (folder / "picture.png").write_bytes(b"\0")
    report = build(folder, tmp_path / "index", progress=lambda name, *_: seen.append(name))
    assert [reading.document.id for reading in report.readings] == ["list"]
    assert [program.program for program in report.readings[0].programs] == ["窓口事業", "相談事業", "合計"]
    assert [name for name, _ in report.corpus.skipped] == ["picture.png"]
    assert report.broken == ()
    assert seen[0] == "list"
    assert is_current(folder, tmp_path / "index")


def test_other_bytes_make_an_index_stale(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "corpus")
    assert not is_current(folder, tmp_path / "index")
    build(folder, tmp_path / "index")
    corpus(folder, BROKEN)
    assert not is_current(folder, tmp_path / "index")


def test_strict_refuses_what_does_not_add_up_and_keeps_the_earlier_index(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "corpus")
    build(folder, tmp_path / "index", strict=True)
    before = current_manifest(tmp_path / "index")
    corpus(folder, BROKEN)
    with pytest.raises(BuildRefused, match=r"1 checks do not hold, first list 行5 合計（予算額）"):
        build(folder, tmp_path / "index", strict=True)
    assert current_manifest(tmp_path / "index") == before
    assert [check.name for check in build(folder, tmp_path / "index").broken] == ["合計（予算額）"]


@pytest.mark.parametrize("files", [{}, {"empty.md": b""}, {"blank.md": b"\n\n \n"}, {"a.pdf": b"%PDF"}])
def test_nothing_to_read_is_refused(tmp_path: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    with pytest.raises(BuildRefused, match="holds no document"):
        build(tmp_path, tmp_path / "index")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no corpus folder at"):
        build(tmp_path / "nowhere", tmp_path / "index")


@given(any_page())
def test_any_page_at_all_is_read(text: str) -> None:
    reading = read(text)
    assert len(reading.document.lines) == text.count("\n") + 1


PAGE = """## {n} 商工の振興

- 窓口支援事業{n}　{n},234千円
  窓口を開き、相談に応じます。
    - 補助率：1/2以内
（単位：千円）
事業名\t予算額\t国庫\tその他\t一般財源\t概要
見本市事業{n}\t600\t100\t200\t300\t出展料の1/2を補助（上限 30万円、10社程度）
商談会事業{n}\t150\t50\t\t100\t①会場 100千円 ②旅費 50千円
小計\t750\t150\t200\t400

"""
LONG = "補助率は1/2、上限は30万円、①相談 ②研修【商工課】（注"
SHAPES = {
    "pages": lambda size: "".join(PAGE.format(n=number) for number in range(size // 12)),
    "one table": lambda size: "事業名\t予算額（千円）\n" + "".join(f"事業の{n}\t1,{n % 900:03}\n" for n in range(size)),
    "same amounts": lambda size: "事業名\t予算額（千円）\n" + "".join(f"支援事業{n}\t12,345\n" for n in range(size)),
    "one list": lambda size: "".join(f"- 項目{n} 補助率：1/2\n" for n in range(size)),
    "one paragraph": lambda size: "窓口事業 10千円\n" + "費用の1/2を補助し上限は30万円で\n" * size,
    "one page": lambda size: "窓口事業\n10千円\n\n[趣旨]\n" + "類型\t補助率\n一般\t1/2\n\n説明を\n" * (size // 4),
    "one line": lambda size: "窓口事業 10千円\n" + LONG * size,
    "blank lines": lambda size: "\n" * size,
    "headings": lambda size: "## 見出し\n\n" * (size // 2),
}


def seconds(shape: str, size: int) -> float:
    text = SHAPES[shape](size)
    start = time.perf_counter()
    read_document(document(text))
    return time.perf_counter() - start


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_length(shape: str) -> None:
    """Ten times the lines take about ten times the time; a quadratic step would take a hundred."""
    small = {"pages": 2_000, "one line": 400}.get(shape, 1_000)
    seconds(shape, 100)  # word lists are read once
    ratio = seconds(shape, 10 * small) / max(min(seconds(shape, small), seconds(shape, small)), 0.005)
    assert ratio < 30

"""From a folder to a published index: what is refused, what is reported, and how the time grows."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from invented import any_page, any_table, document, read

from assistant.errors import BuildRefused, CorpusError
from assistant.index import current_manifest
from assistant.ingest import build, is_current, read_document
from eval.bench.growth import SHAPES

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
    report = build(folder, tmp_path / "index", fit=False, progress=lambda name, *_: seen.append(name))
    assert [reading.document.id for reading in report.readings] == ["list"]
    assert [program.program for program in report.readings[0].programs] == ["窓口事業", "相談事業", "合計"]
    assert [name for name, _ in report.corpus.skipped] == ["picture.png"]
    assert report.broken == ()
    assert seen[0] == "list"
    assert is_current(folder, tmp_path / "index")


def test_other_bytes_make_an_index_stale(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "corpus")
    assert not is_current(folder, tmp_path / "index")
    build(folder, tmp_path / "index", fit=False)
    corpus(folder, BROKEN)
    assert not is_current(folder, tmp_path / "index")


def test_strict_refuses_what_does_not_add_up_and_keeps_the_earlier_index(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "corpus")
    build(folder, tmp_path / "index", strict=True, fit=False)
    before = current_manifest(tmp_path / "index")
    corpus(folder, BROKEN)
    with pytest.raises(BuildRefused, match=r"1 checks do not hold, first list 行5 合計（予算額）"):
        build(folder, tmp_path / "index", strict=True, fit=False)
    assert current_manifest(tmp_path / "index") == before
    assert [check.name for check in build(folder, tmp_path / "index", fit=False).broken] == ["合計（予算額）"]


@pytest.mark.parametrize("files", [{}, {"empty.md": b""}, {"blank.md": b"\n\n \n"}, {"a.pdf": b"%PDF"}])
def test_nothing_to_read_is_refused(tmp_path: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    with pytest.raises(BuildRefused, match="holds no document"):
        build(tmp_path, tmp_path / "index", fit=False)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no corpus folder at"):
        build(tmp_path / "nowhere", tmp_path / "index", fit=False)


@given(any_page())
def test_any_page_at_all_is_read(text: str) -> None:
    reading = read(text)
    assert len(reading.document.lines) == text.count("\n") + 1


@pytest.mark.parametrize("shape", SHAPES)
def test_long_documents_of_any_shape_are_read(shape: str) -> None:
    reading = read_document(document(SHAPES[shape](600)))
    assert reading.document.lines


@settings(max_examples=300)
@given(any_table())
def test_a_table_of_any_headers_is_read(text: str) -> None:
    reading = read(text)
    assert all(fact.text in reading.document.lines[fact.line_start - 1] for fact in reading.facts)

"""Folders of documents: what is read, what is guessed, what is skipped and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.documents import corpus_hash, read_corpus
from assistant.errors import CorpusError

ENTRY = """[[document]]
id = "a"
file = "a.md"
title = "令和5年度見本資料"
publisher = "海潮県"
region = "海潮県"
fiscal_year = "令和5年度"
stage = "当初予算"
"""

REFUSED: list[tuple[dict[str, bytes], str]] = [
    ({"a.md": "予算額".encode("shift_jis")}, r"a\.md is not UTF-8 \(byte 0\)"),
    ({"a.md": "年".encode()[:2]}, r"a\.md is not UTF-8"),
    ({"manifest.toml": b"[[document]\n"}, r"manifest\.toml cannot be read as TOML"),
    ({"manifest.toml": "件名".encode("shift_jis")}, r"manifest\.toml cannot be read as TOML"),
    ({"manifest.toml": b"document = 3\n"}, r"documents stand under \[\[document\]\]"),
    ({"manifest.toml": b"[document]\nid = 'a'\n"}, r"documents stand under \[\[document\]\]"),
    ({"manifest.toml": ENTRY.encode()}, r"lists a\.md, which is not in"),
    ({"manifest.toml": ENTRY.replace("a.md", "../a.md").encode(), "a.md": b"x"}, "is not in this folder"),
    (
        {"manifest.toml": ENTRY.replace('"a"', '"b"').encode(), "a.md": b"x", "b.md": b"x"},
        "two documents have the id b",
    ),
    ({"a.md": b"x", "a.txt": b"y"}, "two documents have the id a"),
    ({"a b.md": b"x"}, "has a space or a slash"),
    *(
        ({"manifest.toml": ENTRY.replace(f"{name} = ", f"not_{name} = ").encode(), "a.md": b"x"}, f"lacks {name}")
        for name in ("id", "file", "title", "publisher", "region", "fiscal_year", "stage")
    ),
    ({"manifest.toml": ENTRY.replace('"令和5年度見本資料"', "3").encode(), "a.md": b"x"}, "lacks title"),
    ({"manifest.toml": ENTRY.replace('"海潮県"', '"  "').encode(), "a.md": b"x"}, "lacks publisher, region"),
]

SKIPPED = [
    ("empty.md", b"", "empty"),
    ("blank.txt", b" \n\t\n", "empty"),
    ("picture.md", b"\x89PNG\0\0", "binary data"),
    ("wide.txt", "a予算".encode("utf-16"), "binary data"),
    ("report.pdf", b"%PDF-1.7", "not a text document"),
    ("table.xlsx", b"PK", "not a text document"),
]

LINES: list[tuple[bytes, tuple[str, ...]]] = [
    (b"a\nb\n", ("a", "b")),
    (b"a\nb", ("a", "b")),
    (b"a\r\nb\r\n", ("a", "b")),
    (b"a\r\nb\nc", ("a", "b", "c")),
    (b"\xef\xbb\xbfa\n", ("a",)),
    ("a\x0cb\u2028c\x85d\n".encode(), ("a\x0cb\u2028c\x85d",)),
    ("予算🎉額\n".encode(), ("予算🎉額",)),
    (b"a\n\n\n", ("a", "", "")),
    (b"a" * 300_000, ("a" * 300_000,)),
]


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize(("files", "message"), REFUSED)
def test_bad_input_is_one_line_that_names_it(tmp_path: Path, files: dict[str, bytes], message: str) -> None:
    with pytest.raises(CorpusError, match=message) as caught:
        read_corpus(write(tmp_path, files))
    assert "\n" not in str(caught.value)
    assert caught.value.hint.endswith(".")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"no corpus folder at .*nowhere"):
        read_corpus(tmp_path / "nowhere")


@pytest.mark.parametrize(("name", "data", "reason"), SKIPPED)
def test_what_is_no_document_is_skipped_with_a_reason(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    corpus = read_corpus(write(tmp_path, {name: data, "good.md": "令和5年度予算".encode()}))
    assert [document.id for document in corpus.documents] == ["good"]
    assert [skipped for skipped, _ in corpus.skipped] == [name]
    assert reason in corpus.skipped[0][1]


def test_a_folder_inside_is_skipped_and_hidden_files_are_not_mentioned(tmp_path: Path) -> None:
    (tmp_path / "older").mkdir()
    corpus = read_corpus(write(tmp_path, {".DS_Store": b"\0", "good.md": b"x"}))
    assert [name for name, _ in corpus.skipped] == ["older"]


@pytest.mark.parametrize(("data", "lines"), LINES)
def test_lines_are_those_of_the_file(tmp_path: Path, data: bytes, lines: tuple[str, ...]) -> None:
    (document,) = read_corpus(write(tmp_path, {"a.md": data})).documents
    assert document.lines == lines


@given(st.text(st.characters(exclude_characters="\r\ufeff", exclude_categories=["Cs"]), min_size=1))
def test_lines_joined_are_the_file(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    if not text.strip() or "\0" in text:
        text = "x" + text.replace("\0", "")
    folder = write(tmp_path_factory.mktemp("corpus"), {"a.md": text.encode()})
    corpus = read_corpus(folder)
    assert "\n".join(corpus.documents[0].lines) == text.removesuffix("\n")


def test_a_listed_document_is_what_its_entry_says(tmp_path: Path) -> None:
    entry = ENTRY.replace("令和5年度", "2023年度") + 'url = "https://example.jp/"\nunit_notes = ["千円"]\n'
    corpus = read_corpus(write(tmp_path, {"manifest.toml": entry.encode(), "a.md": b"x"}))
    (document,) = corpus.documents
    assert (document.id, document.region, document.fiscal_year) == ("a", "海潮県", "令和5年度")
    assert (document.url, document.unit_notes, document.guessed) == ("https://example.jp/", ("千円",), ())
    assert corpus.notes == ()


def test_other_bytes_than_the_manifest_states_are_reported(tmp_path: Path) -> None:
    entry = ENTRY + f'sha256 = "{"0" * 64}"\n'
    corpus = read_corpus(write(tmp_path, {"manifest.toml": entry.encode(), "a.md": b"x"}))
    assert len(corpus.documents) == 1
    assert "a.md: differs from the sha256" in corpus.notes[0]


GUESSES: list[tuple[str, tuple[str, str, str, str]]] = [
    ("# 令和6年度 岩手県商工予算の概要\n\n本文", ("岩手県", "岩手県", "令和6年度", "当初予算")),
    ("長野県\n\n中小企業支援施策集\n\n令和4年度", ("長野県", "長野県", "令和4年度", "施策一覧")),
    ("# 令和3年度概算要求の概要\n\n経済産業省\n", ("経済産業省", "国", "令和3年度", "概算要求")),
    ("# R5年度9月補正予算\n\n大分県の商工業\n", ("大分県", "大分県", "令和5年度", "補正予算")),
    ("# 商店街だより\n\n本文", ("発行者不明", "地域不明", "年度不明", "段階不明")),
]


@pytest.mark.parametrize(("text", "expected"), GUESSES)
def test_what_no_manifest_states_is_guessed_and_said_to_be(
    tmp_path: Path, text: str, expected: tuple[str, str, str, str]
) -> None:
    (document,) = read_corpus(write(tmp_path, {"leaflet.md": text.encode()})).documents
    assert (document.publisher, document.region, document.fiscal_year, document.stage) == expected
    assert document.guessed == ("title", "publisher", "region", "fiscal_year", "stage")
    assert document.id == "leaflet"


def test_the_hash_of_a_corpus_follows_names_and_bytes(tmp_path: Path) -> None:
    first = corpus_hash(write(tmp_path, {"a.md": b"x", "ignored.pdf": b"1"}))
    assert corpus_hash(write(tmp_path, {"ignored.pdf": b"2"})) == first
    assert corpus_hash(write(tmp_path, {"a.md": b"y"})) != first
    (tmp_path / "a.md").rename(tmp_path / "b.md")
    assert corpus_hash(tmp_path) != first
    assert corpus_hash(tmp_path / "nowhere") == corpus_hash(tmp_path / "elsewhere")

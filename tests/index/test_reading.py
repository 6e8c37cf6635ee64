"""What went in comes out: records, searches, filters, for one thread and for many."""

from __future__ import annotations

import dataclasses
import pickletools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from math import log
from pathlib import Path

import pytest

from assistant.index import Content, Index, current_manifest, load, publish
from assistant.index.publish import passage_text, program_text
from assistant.tokens import dictionary_version, tokens

from .samples import make_content, zero_vector

CONTENT = make_content()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("index")
    publish(CONTENT, path, corpus_hash="c0ffee")
    return path


@pytest.fixture(scope="module")
def index(folder: Path) -> Iterator[Index]:
    with load(folder) as opened:
        yield opened


def test_records_round_trip(index: Index) -> None:
    assert tuple(index.documents.values()) == CONTENT.documents
    assert tuple(index.programs.values()) == CONTENT.programs
    assert tuple(index.passages.values()) == CONTENT.passages
    assert tuple(index.facts()) == CONTENT.facts
    assert index.checks == CONTENT.checks
    assert index.warning is None


def test_records_keep_their_types(index: Index) -> None:
    for given, read in zip(CONTENT.facts, index.facts(), strict=True):
        for field in dataclasses.fields(given):
            assert type(getattr(given, field.name)) is type(getattr(read, field.name)), field.name


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["f1", "f2", "f3", "f4"]),
        ({"document": "x-r01"}, ["f1", "f2", "f3", "f4"]),
        ({"document": "y"}, []),
        ({"kind": "budget"}, ["f1", "f3"]),
        ({"kind": "unheard_of"}, []),
        ({"program": "補助"}, ["f1"]),
        ({"program": "job 体験"}, ["f3"]),
        ({"program": "事業"}, ["f3", "f4"]),
        ({"program": "事業", "kind": "loan_limit"}, ["f4"]),
        ({"program": "' OR 1 --"}, []),
    ],
)
def test_facts_are_filtered(index: Index, filters: dict[str, str], expected: list[str]) -> None:
    assert [fact.fact_id for fact in index.facts(**filters)] == expected


def test_facts_of_a_program(index: Index) -> None:
    assert [fact.fact_id for fact in index.facts_of("x-r01:b")] == ["f2"]
    assert index.facts_of("x-r01:nothing") == ()


@pytest.mark.parametrize(
    ("question", "line"),
    [("店を始めるので借りたい", 2), ("照明を取り替えたい", 1), ("高校生", 3), ("外国で製品を見せたい", 4)],
)
def test_both_searches_find_the_passage(index: Index, question: str, line: int) -> None:
    vector = index.embedder.encode_query([question])[0]
    assert index.dense_passages(vector, 2)[0][0] == 2**62 + line
    assert index.bm25(tokens(question), 2)[0][0] == 2**62 + line


def test_program_names_are_searched(index: Index) -> None:
    vector = index.embedder.encode_query(["まちなか創業融資"])[0]
    found = index.dense_programs(vector, 10)
    assert found[0] == ("x-r01:b", pytest.approx(1, abs=1e-4))
    assert len(found) == len(index.programs)


def test_aliases_are_searched_by_word(index: Index) -> None:
    assert index.bm25(tokens("ＪＯＢ"), 5)[0][0] == 2**62 + 3


@pytest.mark.parametrize("words", [[], ["存在しない語"], [""]])
def test_words_that_nobody_uses_find_nothing(index: Index, words: list[str]) -> None:
    assert index.bm25(words, 5) == []


def test_zero_vector_finds_nothing(index: Index) -> None:
    zero = zero_vector(index.manifest.dimension)
    assert index.dense_passages(zero, 5) == []
    assert index.dense_programs(zero, 5) == []


@pytest.mark.parametrize("k", [0, -1])
def test_nothing_wanted_nothing_found(index: Index, k: int) -> None:
    assert index.bm25(["融資"], k) == []
    assert index.dense_passages(index.embedder.encode_query(["融資"])[0], k) == []


def test_scores_fall(index: Index) -> None:
    scores = [score for _, score in index.bm25(tokens("企業の製品を支援する事業"), 10)]
    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)


def test_bm25_equals_its_formula(index: Index) -> None:
    """One word of one passage, worked out by hand: idf × tf / (tf + k1 (1 - b + b × length / mean length))."""
    texts = [
        tokens(passage_text(passage, program_text(program)))
        for passage, program in zip(CONTENT.passages, CONTENT.programs, strict=True)
    ]
    word, length, mean = "融資", len(texts[1]), sum(map(len, texts)) / len(texts)
    count = texts[1].count(word)
    expected = log(1 + (4 - 1 + 0.5) / (1 + 0.5)) * count / (count + 1.5 * (0.25 + 0.75 * length / mean))
    assert index.bm25([word], 1) == [(2**62 + 2, pytest.approx(expected, rel=1e-5))]


def test_many_threads_search_alike(index: Index) -> None:
    questions = ["融資", "省エネ", "高校生の仕事", "外国の見本市"] * 50

    def ask(question: str) -> object:
        vector = index.embedder.encode_query([question])[0]
        facts = [fact.fact_id for fact in index.facts(program=question[:2])]
        return index.bm25(tokens(question), 3), index.dense_passages(vector, 3), facts

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, questions)) == [ask(question) for question in questions]


def test_manifest_says_what_the_build_is(folder: Path) -> None:
    manifest = current_manifest(folder)
    assert manifest is not None
    assert (manifest.corpus_hash, manifest.embedding_model) == ("c0ffee", "")
    assert manifest.embedder.startswith("words:")
    assert manifest.dictionary == dictionary_version()
    assert manifest.counts == {"documents": 1, "programs": 4, "passages": 4, "facts": 4, "checks": 2, "asked": 0}


def test_no_file_is_a_pickle(index: Index) -> None:
    for path in index.path.rglob("*"):
        assert path.suffix not in {".pkl", ".pickle", ".joblib"}
        if path.is_file():
            assert not _is_pickle(path), path


def _is_pickle(path: Path) -> bool:
    try:
        return any(opcode.name == "STOP" for opcode, _, _ in pickletools.genops(path.read_bytes()[:1_000_000]))
    except (ValueError, UnicodeDecodeError, IndexError):
        return False


def test_content_with_passages_that_hold_no_word(tmp_path: Path) -> None:
    passage = dataclasses.replace(CONTENT.passages[0], program="－", section=(), text="、。")
    program = dataclasses.replace(CONTENT.programs[0], program="－", aliases=())
    publish(Content(CONTENT.documents, (program,), (passage,), (), ()), tmp_path, corpus_hash="")
    with load(tmp_path) as index:
        assert index.bm25(tokens("融資"), 1) == []
        assert index.dense_passages(index.embedder.encode_query(["融資"])[0], 1)[0][1] == 0


def test_whoever_may_read_a_new_file_may_read_a_build(index_dir: Path, tmp_path: Path) -> None:
    """It is built by one user and served by another one."""
    new = tmp_path / "new"
    new.touch()
    shown = new.stat().st_mode & 0o444
    files = [path for path in index_dir.rglob("*") if path.is_file()]
    assert len(files) > 10
    assert not [path for path in files if path.stat().st_mode & 0o444 != shown]

"""The word lists: each reads, names only kinds that exist, repeats nothing, and belongs to no one document."""

from collections import Counter
from importlib.resources import files

import pytest
from conftest import CORPUS

from assistant.figures import find_figures
from assistant.lexicon import table, words
from assistant.records import FactKind, FigureKind
from assistant.tokens import fold
from assistant.understand.thesaurus import everyday_words

NAMES = sorted(
    path.name.removesuffix(".toml") for path in files("assistant.lexicon").iterdir() if path.name[-5:] == ".toml"
)
KINDS = {kind.value for kind in FactKind}


def strings(node: object) -> list[str]:
    if isinstance(node, str):
        return [node]
    if isinstance(node, dict):
        return [text for key, value in node.items() for text in (key, *strings(value))]
    return [text for item in node for text in strings(item)] if isinstance(node, list) else []


@pytest.mark.parametrize("name", NAMES)
def test_a_list_reads_once_and_holds_words(name):
    assert table(name) is table(name)
    assert strings(table(name))
    assert all(text == text.strip("\n\r\t") for text in strings(table(name)))


def test_longer_words_come_first():
    found = words("regions", "national", "words")
    assert [len(word) for word in found] == sorted(map(len, found), reverse=True)


def test_every_kind_has_a_name():
    assert set(table("kinds")["labels"]) == KINDS
    assert set(table("kinds")["question"]) <= KINDS
    assert len(set(table("kinds")["labels"].values())) == len(KINDS)


def test_what_is_asked_for_exists():
    entries = table("questions")["ask"]
    assert {kind for entry in entries for kind in entry["kinds"]} <= KINDS
    assert set(table("questions")["open_amount"]["kinds"]) <= KINDS
    for entry in entries:
        assert len(set(entry["words"])) == len(entry["words"])


def test_cues_speak_of_kinds_that_exist():
    for cue in table("cues")["cue"]:
        assert cue["kind"] in KINDS
        assert {FigureKind(kind) for kind in cue["figures"]}
        assert cue.get("words") or cue.get("after")


def test_every_prefecture_once_and_every_city_once():
    prefectures = table("regions")["prefectures"]
    assert len(prefectures) == 47
    cities = Counter(city for cities in prefectures.values() for city in cities)
    assert [city for city, count in cities.items() if count > 1] == []
    assert not set(cities) & set(prefectures)


def test_everyday_words_lead_to_official_ones():
    entries = table("thesaurus")["entry"]
    words = [word for entry in entries for word in entry["words"]]
    assert len(words) >= 800
    assert [word for word, count in Counter(words).items() if count > 1] == []
    for entry in entries:
        assert entry["terms"]
        assert len(set(entry["terms"])) == len(entry["terms"]), entry


def test_every_official_term_is_one_that_the_field_uses():
    used = table("terms")["terms"]
    assert [term for entry in table("thesaurus")["entry"] for term in entry["terms"] if term not in used] == []
    assert [term for term, where in used.items() if len(where) < 2] == []


def test_an_everyday_word_is_no_piece_of_a_common_one():
    for word in everyday_words():
        assert len(word) >= 2, word


@pytest.mark.parametrize("name", NAMES)
def test_no_list_holds_a_figure_of_a_document(name):
    amounts = [text for text in strings(table(name)) for figure in find_figures(text) if figure.yen]
    assert amounts == []


@pytest.mark.parametrize("name", NAMES)
def test_no_list_names_a_document_or_one_of_its_programs(assistant, name):
    stems = {path.stem for path in CORPUS.glob("*.md")}
    names = {fold(program.program) for program in assistant.index.programs.values() if len(program.program) > 7}
    assert not [text for text in strings(table(name)) if text in stems or fold(text) in names]

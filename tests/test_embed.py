"""The embedded default and a sentence-transformers model: one interface, unit rows, no torch on the default path."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.embed import Embedder, SentenceTransformerEmbedder, WordVectors, build_words, make_embedder, unit_rows
from assistant.embed.vocabulary import Vocabulary, murmur_hashes, read_vocabulary
from assistant.embed.words import hashed_vector, sharpen
from assistant.errors import IndexDamaged, SettingsError
from assistant.tokens import tokens

CASES = json.loads((Path(__file__).parent / "data" / "embed.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> WordVectors:
    texts = [tokens(text) for text in CASES["texts"]]
    return build_words(tmp_path_factory.mktemp("words"), texts)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> WordVectors:
    """A table of a few words, so that values can be worked out by hand."""
    table = np.random.default_rng(7).normal(size=(6, 8)).astype(np.float32)
    rows = {"設備": 0, "投資": 1, "DX": 2, "雇用": 3, "融資": 4, "補助": 5}
    folder = tmp_path_factory.mktemp("small")
    return build_words(folder, [["設備", "投資"], ["設備", "雇用"]], Vocabulary("small-1", table, rows))


@pytest.fixture(scope="module")
def transformer(tmp_path_factory: pytest.TempPathFactory) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(str(_tiny_model(tmp_path_factory.mktemp("model"))))


def _tiny_model(folder: Path) -> Path:
    """A model of a few words, made here, with prompts that the two sides do not share."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    vocabulary = {word: place for place, word in enumerate(["[UNK]", "query", "passage", "loan", "grant"])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    module = StaticEmbedding(tokenizer, embedding_weights=np.eye(5, 4, dtype=np.float32))
    prompts = {"query": "query ", "document": "passage "}
    SentenceTransformer(modules=[module], device="cpu", prompts=prompts).save(str(folder))
    return folder


@pytest.mark.parametrize(("word", "expected"), CASES["hashes"])
def test_hash_of_the_package(word: str, expected: str) -> None:
    assert f"{murmur_hashes([word])[0]:016x}" == expected


def test_nearly_every_row_of_the_package_gets_its_word() -> None:
    vocabulary = read_vocabulary()
    assert len(vocabulary.rows) > 480_000
    assert set(vocabulary.rows.values()) <= set(range(len(vocabulary.vectors)))


@pytest.mark.parametrize(("question", "right", "wrong"), CASES["nearer"])
def test_meaning_without_a_shared_word(words: WordVectors, question: str, right: str, wrong: str) -> None:
    assert not set(tokens(question)) & set(tokens(right))
    near, far = words.encode_document([right, wrong]) @ words.encode_query([question])[0]
    assert near > far + 0.05


def test_rows_are_of_length_one_or_zero(words: WordVectors) -> None:
    rows = words.encode_document(["設備投資", "、。", "", "ぬぬぬぬぬ"])
    assert rows.dtype == np.float32
    assert rows.shape == (4, words.dimension)
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 0, 0, 1], abs=1e-5)


def test_no_text_no_row(words: WordVectors, transformer: SentenceTransformerEmbedder) -> None:
    for embedder in (words, transformer):
        assert embedder.encode_query([]).shape == (0, embedder.dimension)


@given(st.text(max_size=60))
def test_any_text_has_a_vector(text: str) -> None:
    length = float(np.linalg.norm(unit_rows(np.frombuffer(text.encode("utf-32-le"), np.uint8)[None].astype("f4"))))
    assert length == pytest.approx(1 if text.strip("\0") else 0, abs=1e-5)


def test_unit_rows_survive_what_is_not_a_number() -> None:
    rows = unit_rows(np.array([[np.nan, 3.0], [np.inf, 0.0], [3.0, 4.0]], dtype=np.float32))
    assert rows.tolist() == [[0, 1], [0, 0], pytest.approx([0.6, 0.8])]


def test_mean_is_weighted_by_rarity(small: WordVectors) -> None:
    common, rare = small.encode_document(["設備", "投資"])
    both = np.log(2) * common + np.log(3) * rare
    found = small.encode_document(["設備投資"])[0]
    assert found == pytest.approx(both / np.linalg.norm(both), abs=2e-3)


def test_latin_word_is_found_in_small_letters(small: WordVectors) -> None:
    assert small.encode_query(["dx"])[0] == pytest.approx(small.encode_query(["ＤＸ"])[0])
    assert small.encode_query(["dx"])[0] != pytest.approx(hashed_vector("dx", 8))


def test_word_outside_the_table_still_meets_itself(words: WordVectors) -> None:
    one, same, other = words.encode_document(["ヌメロクタ", "ヌメロクタ", "ガゾブレン"])
    assert one @ same == pytest.approx(1, abs=1e-5)
    assert abs(one @ other) < 0.5


def test_sharpened_rows_share_nothing() -> None:
    table = np.random.default_rng(1).normal(size=(200, 16)).astype(np.float32) + 5
    assert np.linalg.norm(sharpen(table).mean(axis=0)) < 0.1


@pytest.mark.parametrize("part", ["words.json", "vectors.npy", "keys.npy", "rows.npy", "weights.npy"])
def test_table_with_a_part_missing(tmp_path: Path, part: str) -> None:
    build_words(tmp_path, [["設備"]], Vocabulary("v", np.eye(4, dtype=np.float32), {"設備": 0}))
    (tmp_path / part).unlink()
    with pytest.raises(IndexDamaged, match="assistant build"):
        WordVectors(tmp_path)


def test_transformer_uses_the_prompt_of_each_side(transformer: SentenceTransformerEmbedder) -> None:
    query, document = transformer.encode_query(["loan"])[0], transformer.encode_document(["loan"])[0]
    assert query == pytest.approx([0, 2**-0.5, 0, 2**-0.5], abs=1e-5)
    assert document == pytest.approx([0, 0, 2**-0.5, 2**-0.5], abs=1e-5)


def test_model_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="ASSISTANT_EMBEDDING_MODEL") as error:
        make_embedder(str(tmp_path / "nothing"), words=tmp_path)
    assert "\n" not in str(error.value)


def test_setting_chooses_the_embedder(
    tmp_path: Path, small: WordVectors, transformer: SentenceTransformerEmbedder
) -> None:
    build_words(tmp_path, [], Vocabulary("v", np.eye(4, dtype=np.float32), {"設備": 0}))
    default: Embedder = make_embedder("", words=tmp_path)
    configured: Embedder = make_embedder(transformer.name, words=tmp_path)
    assert (default.name, default.dimension) == ("words:v", 4)
    assert (configured.name, configured.dimension) == (transformer.name, 4)


def test_default_path_imports_no_slow_library() -> None:
    script = (
        "import sys, assistant.index, assistant.embed.vocabulary as v; v.read_vocabulary();"
        "print([name for name in ('torch', 'sentence_transformers', 'spacy', 'ja_ginza') if name in sys.modules])"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)
    assert ran.stdout.strip() == "[]"

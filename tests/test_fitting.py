"""What the embedded default learns: that it learns it, that it is the same every time, and what is kept of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.embed import Example, WordVectors, build_words, fit, refit_words
from assistant.embed.static import Static, write_static
from assistant.embed.vocabulary import Vocabulary
from assistant.embed.words import FITTED
from assistant.errors import IndexDamaged
from assistant.index.late import LateIndex, write_late
from assistant.index.names import NamePieces

TARGETS = [
    [["事業", "承継"], ["後継者"]],
    [["商店街", "店舗"]],
    [["輸出", "海外"]],
]
ASKED = [["父", "店"], ["息子", "店"], ["シャッター", "通り"], ["外国", "客"], ["貿易"]]
EXAMPLES = [Example(tuple(words), target) for words, target in zip(ASKED, (0, 0, 1, 2, 2), strict=True)]


@pytest.fixture
def table(tmp_path: Path) -> WordVectors:
    words = sorted(
        {word for own in TARGETS for text in own for word in text} | {word for text in ASKED for word in text}
    )
    rows = np.random.default_rng(3).normal(size=(len(words), 16)).astype(np.float32)
    return build_words(
        tmp_path / "words", [["商店街"]], Vocabulary("small-1", rows, {w: n for n, w in enumerate(words)})
    )


def learn(table: WordVectors, epochs: int = 60, **options):
    return fit(EXAMPLES, TARGETS, table.vectors_of, table.weights_of, epochs=epochs, **options)


def nearest(table: WordVectors, question: list[str]) -> int:
    texts = table.encode_document([" ".join(words for own in target for words in own) for target in TARGETS])
    return int(np.argmax(texts @ table.encode_query([" ".join(question)])[0]))


def test_questions_come_to_lie_near_what_they_mean(table, tmp_path):
    refitted = refit_words(tmp_path / "words", learn(table, epochs=1500))
    assert [nearest(refitted, list(one.words)) for one in EXAMPLES] == [one.target for one in EXAMPLES]
    assert refitted.name.endswith("+fitted")
    assert refitted.dimension == table.dimension


def test_learning_is_the_same_every_time(table):
    one, other = learn(table), learn(table)
    assert one.words == other.words
    for part in ("vectors", "weights", "map"):
        assert np.array_equal(getattr(one, part), getattr(other, part))
    assert not np.array_equal(learn(table, seed=1).vectors, one.vectors)


def test_weights_stay_above_zero_and_words_in_order(table):
    fitted = learn(table)
    assert (fitted.weights > 0).all()
    assert list(fitted.words) == sorted(fitted.words)
    assert np.isfinite(fitted.map).all()


def test_a_word_that_was_not_learnt_keeps_its_vector(table, tmp_path):
    before = table.vectors_of(["商店街", "見たことのない語"])
    after = refit_words(tmp_path / "words", learn(table)).vectors_of(["商店街", "見たことのない語"])
    assert not np.allclose(before[0], after[0], atol=1e-3)
    assert np.array_equal(before[1], after[1])


def test_sentence_transformers_opens_what_was_learnt(table, tmp_path):
    from sentence_transformers import SentenceTransformer

    refitted = refit_words(tmp_path / "words", learn(table))
    model = SentenceTransformer(str(tmp_path / "words" / FITTED), device="cpu")
    texts = ["事業 承継", "外国 客", "貿易"]
    assert np.allclose(model.encode(texts), refitted.encode_document(texts), atol=1e-4)
    assert not model.encode(["学んでいない語"]).any()


def test_a_folder_with_a_row_too_few_is_damage(table, tmp_path):
    refit_words(tmp_path / "words", learn(table))
    folder = tmp_path / "words" / FITTED
    write_static(tmp_path / "other", Static(("事業",), np.ones((1, 16), np.float32), np.eye(16, dtype=np.float32)))
    (folder / "model.safetensors").write_bytes((tmp_path / "other" / "model.safetensors").read_bytes())
    with pytest.raises(IndexDamaged):
        WordVectors(tmp_path / "words")


def test_a_table_that_serves_needs_no_torch(table, tmp_path):
    refit_words(tmp_path / "words", learn(table))
    code = (
        "import sys; from pathlib import Path; from assistant.embed import WordVectors;"
        f"WordVectors(Path({str(tmp_path / 'words')!r})).encode_query(['商店街']);"
        "sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_late_scores_are_of_the_best_word_of_each_program(table, tmp_path):
    write_late(tmp_path / "late", [["商店街", "空き店舗"], ["輸出"], []], table)
    late = LateIndex(tmp_path / "late")
    scores = late.scores(["商店街"], table)
    assert scores[0] == pytest.approx(1.0, abs=1e-2)
    assert scores[0] > scores[1] >= 0.0
    assert scores[2] == 0.0
    assert late.scores([], table).tolist() == [0.0, 0.0, 0.0]
    assert (
        late.scores(["商店街", "輸出"], table).tolist() == late.scores(["商店街", "輸出"], table).tolist()
    )  # kept or not


def test_a_shortened_name_holds_most_of_its_pieces():
    names = NamePieces({"a": ("空き店舗活用促進事業費",), "b": ("空き家対策事業費",), "c": ("輸出",)})
    shares = names.shares("空き店舗活用促進の予算は")
    assert shares["a"] > 0.7 > shares["b"]
    assert "c" not in shares
    assert names.shares("") == {}

"""The cross-encoder by setting: a small one made here, and what its scores do to a ranking."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.embed import make_reranker
from assistant.errors import SettingsError
from assistant.index import load
from assistant.retrieve.rank import READ, rank
from assistant.understand import understand


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder of a few words and one layer."""
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder = tmp_path_factory.mktemp("cross")
    words = folder / "vocab.txt"
    words.write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "loan", "grant"]), encoding="utf-8")
    config = BertConfig(
        vocab_size=7, hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8, num_labels=1
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizerFast(vocab=str(words)).save_pretrained(folder)
    return folder


def test_a_score_between_0_and_1_for_each_text(small: Path) -> None:
    reranker = make_reranker(str(small))
    assert reranker is not None
    scores = reranker.scores("loan", ["grant", "loan", ""])
    assert len(scores) == 3
    assert all(0.0 < score < 1.0 for score in scores)
    assert reranker.scores("loan", []) == []


def test_none_without_the_setting_and_one_line_for_no_such_model(tmp_path: Path) -> None:
    assert make_reranker("") is None
    with pytest.raises(SettingsError, match="ASSISTANT_RERANKER") as error:
        make_reranker(str(tmp_path / "nothing"))
    assert "\n" not in str(error.value)


class Last:
    """Likes the last of the texts best."""

    def scores(self, question: str, texts: list[str]) -> list[float]:
        assert question
        assert all(texts)
        return [float(place == len(texts) - 1) * 9 for place in range(len(texts))]


def test_its_scores_order_the_first_programs(assistant, index_dir: Path) -> None:
    query = understand("うちの店、継いでくれる人がいないんです", assistant.vocabulary)
    documents = set(assistant.index.documents)
    before, _ = rank(query, assistant.index, documents)
    with load(index_dir) as index:
        index.reranker = Last()
        after, _ = rank(query, index, documents)
    assert after[0].program.id == before[READ - 1].program.id
    assert [hit.program.id for hit in after[READ:]] == [hit.program.id for hit in before[READ:]]

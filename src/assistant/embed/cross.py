"""A cross-encoder that reads question and program together, by its hub name or its folder (``ASSISTANT_RERANKER``).

Nogueira and Cho, "Passage Re-ranking with BERT", 2019: slower than vectors and surer, so it reads only the first few.
torch and sentence-transformers are imported when such a model is made, never before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ..errors import SettingsError

_BATCH = 16


class Reranker(Protocol):
    """How well texts answer a question."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """One number between 0 and 1 for each text, higher for better."""


class CrossEncoderReranker:
    """The scores of a sentence-transformers cross-encoder with one output."""

    def __init__(self, name: str) -> None:
        """Loads the model; raises SettingsError when it cannot be loaded or does not give one number a pair."""
        self.name = name
        try:
            import torch  # late on purpose
            from sentence_transformers import CrossEncoder

            self._model = CrossEncoder(name, num_labels=1, activation_fn=torch.nn.Sigmoid())
            self.scores("", [""])
        except Exception as error:  # the library raises whatever its parts raise
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise SettingsError(
                f"The cross-encoder {name} cannot be loaded: {reason}",
                hint="Set ASSISTANT_RERANKER to a sentence-transformers cross-encoder's folder or hub name, "
                "or to nothing for none.",
            ) from error

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """One number between 0 and 1 for each text."""
        if not texts:
            return []
        pairs = [(question, text) for text in texts]
        return [float(score) for score in self._model.predict(pairs, batch_size=_BATCH, show_progress_bar=False)]


def make_reranker(model: str) -> Reranker | None:
    """The cross-encoder that the setting ``ASSISTANT_RERANKER`` names; None for none.  Raises SettingsError."""
    return CrossEncoderReranker(model) if model else None

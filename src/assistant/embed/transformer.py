"""Any sentence-transformers model, by its hub name or its folder.

torch and sentence-transformers take seconds to import, so they are imported when such a model is made, never before.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..errors import SettingsError
from .base import Matrix, unit_rows

_BATCH = 32


class SentenceTransformerEmbedder:
    """Vectors of a sentence-transformers model, with the prompts for questions and documents that it states."""

    def __init__(self, name: str) -> None:
        """Loads the model; raises SettingsError when it cannot be loaded (no such name or folder, no network)."""
        self.name = name
        try:
            from sentence_transformers import SentenceTransformer  # late on purpose

            self._model = SentenceTransformer(name)
            self.dimension = int(self._model.encode_document([" "]).shape[1])
        except Exception as error:  # the library raises whatever its parts raise
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
            raise SettingsError(
                f"The embedding model {name} cannot be loaded: {reason}",
                hint="Set ASSISTANT_EMBEDDING_MODEL to a sentence-transformers model's folder or hub name, "
                "or to nothing for the embedded default.",
            ) from error

    def encode_query(self, texts: Sequence[str]) -> Matrix:
        """(n, dimension) float32 rows of length one, with the model's prompt for questions."""
        return self._rows(self._model.encode_query, texts)

    def encode_document(self, texts: Sequence[str]) -> Matrix:
        """(n, dimension) float32 rows of length one, with the model's prompt for documents."""
        return self._rows(self._model.encode_document, texts)

    def _rows(self, encode: object, texts: Sequence[str]) -> Matrix:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        rows = encode(list(texts), batch_size=_BATCH, show_progress_bar=False)  # type: ignore[operator]
        return unit_rows(np.asarray(rows, dtype=np.float32))

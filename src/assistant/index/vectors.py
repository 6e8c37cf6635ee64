"""Exact search among vectors: FAISS' flat inner product under 64-bit ids."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from ..embed import Matrix

# One thread a search: more halve what a busy server answers, and can hang after a fork.  The same for numpy's products:
# on a busy machine, the small ones of a question take a hundred times as long when threads wait for each other.
faiss.omp_set_num_threads(1)
threadpool_limits(limits=1, user_api="blas")


Numbers = npt.NDArray[np.int64]


class VectorIndex:
    """The vectors of one kind of record.  Safe for many threads: searching changes nothing."""

    def __init__(self, path: Path) -> None:
        self._index = faiss.read_index(str(path))
        self.size = int(self._index.ntotal)
        self.dimension = int(self._index.d)

    def search(self, vector: Matrix, k: int) -> list[tuple[int, float]]:
        """At most ``k`` ids with their cosine, best first.  ``vector`` is (dimension,) or (1, dimension).

        A zero vector resembles nothing, so it finds nothing.
        """
        ids, scores = self.nearest(vector, k)
        return list(zip(ids.tolist(), scores.tolist(), strict=True))

    def nearest(self, vector: Matrix, k: int) -> tuple[Numbers, Matrix]:
        """The same as arrays: (n,) ids and (n,) cosines, best first."""
        row = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, self.dimension)
        wanted = min(k, self.size)
        if wanted <= 0 or not row.any():
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        scores, ids = self._index.search(row, wanted)
        known = ids[0] >= 0
        return ids[0][known], scores[0][known]


def write_vectors(path: Path, ids: Sequence[int], rows: Matrix) -> None:
    """Writes (n, dimension) ``rows`` under n ids to a file of FAISS' own format."""
    index = faiss.IndexIDMap2(faiss.IndexFlatIP(rows.shape[1]))
    index.add_with_ids(np.ascontiguousarray(rows), np.asarray(ids, dtype=np.int64))
    faiss.write_index(index, str(path))


def stable_id(name: str) -> int:
    """A number below 2**63 for a name, the same in every build."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big") >> 1

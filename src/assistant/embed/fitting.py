"""Fits the embedded default to the field: everyday questions and the programs they mean come to lie close together.

A text's vector is the weighted sum of its words' vectors, mapped: ``(Σ sqrt(n) · w · (v + d)) · M``.  Fitted are the
words' weights ``w``, a free part ``d`` of each word's vector and one map ``M``, by the contrastive loss of question
and program with the other programs of the batch as negatives (Henderson et al., "Efficient Natural Language Response
Suggestion for Smart Reply", 2017; as MultipleNegativesRankingLoss in sentence-transformers).  Words are dropped at
random, so that no pair is learnt by one word alone; words move slowly, since far more words are asked with than are
learnt from.  Seeded, on one thread: the same on every run.

Only this file imports torch, and only when something is fitted.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .base import Matrix

if TYPE_CHECKING:
    import torch

EPOCHS = 6  # more looks fit the words of these questions and find unseen ones less often
BATCH = 128
DROPPED = 0.35  # share of a text's words left out at each look
HELD = 2e-4  # what holds the words' free parts near zero …
HELD_MAP = 1e-3  # … and the map near doing nothing
RATE = 0.005
SHARP = 20.0  # of the softmax over cosines, at first

Words = Sequence[str]


@dataclass(frozen=True, slots=True)
class Example:
    """The words of a question, and the place of what it means among the targets."""

    words: tuple[str, ...]
    target: int


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was learnt: ``vectors`` (n, d) and ``weights`` (n,) of ``words``, and ``map`` (d, d); all float32."""

    words: tuple[str, ...]
    vectors: Matrix
    weights: Matrix
    map: Matrix


def fit(
    examples: Sequence[Example],
    targets: Sequence[Sequence[Words]],
    vectors_of: Callable[[list[str]], Matrix],
    weights_of: Callable[[list[str]], Matrix],
    *,
    seed: int = 0,
    epochs: int = EPOCHS,
) -> Fitted:
    """Learns from questions and the texts of what they mean: one look at a time is drawn of a target's texts.

    ``vectors_of`` and ``weights_of`` give the vectors (n, d) and weights (n,) to start from.  Takes a few seconds for
    some thousand examples.
    """
    import torch

    words = sorted({word for one in examples for word in one.words} | {w for own in targets for t in own for w in t})
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            trainer = _Trainer(words, vectors_of(words), weights_of(words))
            trainer.learn(examples, targets, random.Random(seed), epochs)
            return trainer.fitted()
    finally:
        torch.set_num_threads(threads)


class _Trainer:
    def __init__(self, words: list[str], vectors: Matrix, weights: Matrix) -> None:
        import torch

        self.words = words
        self.place = {word: place for place, word in enumerate(words)}
        self.start = torch.from_numpy(np.ascontiguousarray(vectors, dtype=np.float32))
        self.free = torch.zeros_like(self.start, requires_grad=True)
        self.weight = torch.log(torch.from_numpy(np.maximum(weights, 0.3).astype(np.float32)))[:, None]
        self.weight.requires_grad_(True)
        self.map = torch.eye(self.start.shape[1], requires_grad=True)
        self.sharp = torch.tensor(math.log(SHARP), requires_grad=True)

    def learn(
        self, examples: Sequence[Example], targets: Sequence[Sequence[Words]], chance: random.Random, epochs: int
    ) -> None:
        import torch

        of_words: list[dict[str, Any]] = [{"params": [self.free], "lr": 0.1 * RATE}, {"params": [self.weight]}]
        of_all: list[dict[str, Any]] = [{"params": [self.map], "lr": 0.05 * RATE}, {"params": [self.sharp]}]
        steps: list[Any] = [torch.optim.SparseAdam(of_words, lr=RATE), torch.optim.Adam(of_all, lr=RATE)]
        counted = [[Counter(self.place[word] for word in text) for text in own] for own in targets]
        asked = [Counter(self.place[word] for word in one.words) for one in examples]
        order = list(range(len(examples)))
        for _ in range(epochs):
            chance.shuffle(order)
            for start in range(0, len(order), BATCH):
                batch = order[start : start + BATCH]
                own = list(dict.fromkeys(examples[place].target for place in batch))
                looks = [chance.choice(counted[target]) for target in own]
                right = [own.index(examples[place].target) for place in batch]
                loss = self._loss([asked[place] for place in batch], looks, right)
                for step in steps:
                    step.zero_grad()
                loss.backward()  # type: ignore[no-untyped-call]
                for step in steps:
                    step.step()

    def _loss(self, questions: list[Counter[int]], looks: list[Counter[int]], right: list[int]) -> torch.Tensor:
        import torch

        used = sorted({place for text in (*questions, *looks) for place in text})
        column = {place: at for at, place in enumerate(used)}
        ids = torch.tensor(used)
        free = torch.nn.functional.embedding(ids, self.free, sparse=True)
        weight = torch.exp(torch.nn.functional.embedding(ids, self.weight, sparse=True))
        rows = (self.start[ids] + free) * weight
        ends = [self._texts(texts, column, rows) for texts in (questions, looks)]
        scores = ends[0] @ ends[1].T * torch.exp(self.sharp)
        held = HELD * free.pow(2).sum() + HELD_MAP * (self.map - torch.eye(len(self.map))).pow(2).sum()
        return torch.nn.functional.cross_entropy(scores, torch.tensor(right)) + held

    def _texts(self, texts: list[Counter[int]], column: dict[int, int], rows: torch.Tensor) -> torch.Tensor:
        import torch

        counts = torch.zeros(len(texts), len(column))
        for place, text in enumerate(texts):
            counts[place, [column[word] for word in text]] = torch.tensor([math.sqrt(n) for n in text.values()])
        seen = counts * (torch.rand_like(counts) >= DROPPED)
        return torch.nn.functional.normalize(seen @ rows @ self.map, dim=1)

    def fitted(self) -> Fitted:
        vectors: Any = (self.start + self.free).detach().numpy()
        weights: Any = self.weight.detach().exp().numpy()[:, 0]
        return Fitted(tuple(self.words), vectors, weights, self.map.detach().numpy())

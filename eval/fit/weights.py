"""Weights of the signals and of the confidence, fitted by gradient.

The signals: softmax over a question's candidates, the likelihood of those that are meant (ListNet: Cao et al., 2007),
weights not below zero, held small.  The confidence: logistic regression of "the first candidate is meant".
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.retrieve.rank import FEATURES, SHARP, features
from assistant.retrieve.signals import SIGNALS

from .gather import Asking, Table

STEPS = 300
RATE = 0.05
HELD = 0.02
HELD_SURE = 0.0005


def fit_signals(
    askings: Sequence[Asking], *, counts: Sequence[float] | None = None, without: Sequence[str] = ()
) -> Table:
    """(signals,) weights, zero for the signals that are left out; ``counts`` is how much each asking counts (1)."""
    used = np.array([name not in without for name in SIGNALS], dtype=float)
    weights = 0.5 * used
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    fitted = [(one, count) for one, count in zip(askings, counts or [1.0] * len(askings), strict=True) if one.meant]
    every = sum(count for _, count in fitted) or 1.0
    for step in range(1, STEPS + 1):
        slope = 2 * HELD * weights - sum(count * _slope(one, weights) for one, count in fitted) / every
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        move = (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        weights = np.maximum(weights - RATE * move, 0.0) * used
    return weights


def _slope(one: Asking, weights: Table) -> Table:
    """Slope of the log likelihood of the programs meant."""
    table = SHARP * one.share[:, None] * one.signals
    scores = table @ weights
    every = _softmax(scores)
    own = np.zeros_like(every)
    own[list(one.meant)] = _softmax(scores[list(one.meant)])
    slope: Table = (own - every) @ table
    return slope


def _softmax(scores: Table) -> Table:
    powers = np.exp(scores - scores.max())
    shares: Table = powers / powers.sum()
    return shares


def order(one: Asking, weights: Table) -> list[int]:
    """Places of the candidates, best first; equal ones in the order of their ids."""
    scores = one.share * (one.signals @ weights)
    return sorted(range(len(scores)), key=lambda place: (-scores[place], one.found[place].program_id))


def rank_of(one: Asking, weights: Table) -> int | None:
    """At which place, from 0, the first program that is meant stands; None when none is among the candidates."""
    return next((rank for rank, place in enumerate(order(one, weights)) if place in one.meant), None)


def sure_table(askings: Sequence[Asking], weights: Table, index: object) -> tuple[Table, Table]:
    """(askings, features) and whether the first candidate is meant (1.0 or 0.0), for the confidence."""
    rows, right = [], []
    for one in askings:
        scores = one.share * (one.signals @ weights)
        places = order(one, weights)
        told = features(one.query, index, [(float(scores[place]), one.found[place]) for place in places])  # type: ignore[arg-type]
        rows.append([told[name] for name in FEATURES])
        right.append(float(places[0] in one.meant))
    return np.array(rows), np.array(right)


def fit_sure(rows: Table, right: Table, counts: Table, *, steps: int = 20_000) -> Table:
    """(features,) weights of a logistic regression, held small; ``counts`` is how much each row counts."""
    weights = np.zeros(rows.shape[1])
    scale = np.maximum(np.abs(rows).max(axis=0), 1e-6)
    scaled = rows / scale
    for _ in range(steps):
        told = 1.0 / (1.0 + np.exp(-np.clip(scaled @ weights, -30, 30)))
        weights -= 0.5 * (scaled.T @ (counts * (told - right)) / counts.sum() + HELD_SURE * weights)
    fitted: Table = weights / scale
    return fitted

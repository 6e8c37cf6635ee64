"""How sure a score is: a bootstrap over programs, not over questions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ROUNDS = 2000
SEED = 20260401
LEVEL = 0.95
FEWEST = 6  # clusters that a bootstrap can stand on


@dataclass(frozen=True, slots=True)
class Interval:
    """A value and the ends of its 95 % interval."""

    value: float
    low: float
    high: float


def share(parts: Sequence[tuple[float, float]], clusters: Sequence[str], seed: int = SEED) -> Interval | None:
    """So many of so many, summed over all parts; None when that is of nothing.

    ``parts`` and ``clusters`` have one entry for each case.  Cases of one cluster (questions about the same program)
    are drawn together, as they are right or wrong together: the cluster bootstrap with percentile ends (Efron 1979,
    10.1214/aos/1176344552; Cameron, Gelbach and Miller 2008, 10.1162/rest.90.3.414).  A score of 0 or 1 gives the
    bootstrap nothing to vary; its other end is the exact binomial one (Clopper and Pearson 1934,
    10.1093/biomet/26.4.404), with the clusters as trials.
    """
    sums = _by_cluster(parts, clusters)
    part, whole = sums.sum(axis=0)
    if not whole:
        return None
    value = float(part / whole)
    count = int((sums[:, 1] > 0).sum())
    edge = ((1 - LEVEL) / 2) ** (1 / count)
    if value in (0.0, 1.0):
        return Interval(value, edge if value else 0.0, 1.0 if value else 1 - edge)
    drawn = np.random.default_rng(seed).integers(0, len(sums), (ROUNDS, len(sums)))
    totals = sums[drawn].sum(axis=1)
    ratios = totals[:, 0] / np.where(totals[:, 1] > 0, totals[:, 1], np.nan)
    low, high = _ends(ratios)
    return Interval(value, *((low, high) if count >= FEWEST and low < high else _wilson(value, count)))


def _wilson(value: float, count: int) -> tuple[float, float]:
    """The ends for a share of few trials, of which a bootstrap says too little (Wilson 1927, 10.2307/2276774)."""
    z = 1.959964
    middle = (value + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * math.sqrt(value * (1 - value) / count + z * z / (4 * count * count))
    return max(0.0, middle - half), min(1.0, middle + half)


def median(values: Sequence[float], quantile: float = 0.5, seed: int = SEED) -> Interval | None:
    """A quantile of at least one value (the median, if nothing else is said) with its bootstrap interval."""
    if not values:
        return None
    array = np.asarray(values, dtype=float)
    drawn = np.random.default_rng(seed).integers(0, len(array), (ROUNDS, len(array)))
    return Interval(float(np.quantile(array, quantile)), *_ends(np.quantile(array[drawn], quantile, axis=1)))


def difference(
    before: Sequence[tuple[float, float]],
    after: Sequence[tuple[float, float]],
    clusters: Sequence[str],
    seed: int = SEED,
) -> Interval | None:
    """How much a share grew between two runs over the same cases, which are drawn in pairs."""
    one, other = _by_cluster(before, clusters), _by_cluster(after, clusters)
    if not one[:, 1].sum() or not other[:, 1].sum():
        return None
    drawn = np.random.default_rng(seed).integers(0, len(one), (ROUNDS, len(one)))
    first, second = one[drawn].sum(axis=1), other[drawn].sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        grown = second[:, 0] / second[:, 1] - first[:, 0] / first[:, 1]
    value = float(other[:, 0].sum() / other[:, 1].sum() - one[:, 0].sum() / one[:, 1].sum())
    return Interval(value, *_ends(grown))


def _by_cluster(parts: Sequence[tuple[float, float]], clusters: Sequence[str]) -> NDArray[np.float64]:
    """(clusters, 2): the sums of each cluster, in the order in which they first come."""
    places = {name: place for place, name in enumerate(dict.fromkeys(clusters))}
    sums = np.zeros((len(places), 2))
    np.add.at(sums, [places[name] for name in clusters], np.asarray(parts, dtype=float).reshape(-1, 2))
    return sums


def _ends(values: NDArray[np.float64]) -> tuple[float, float]:
    tail = (1 - LEVEL) / 2
    low, high = np.nanquantile(values, (tail, 1 - tail))
    return float(low), float(high)

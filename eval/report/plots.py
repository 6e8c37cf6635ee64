"""The report's pictures as SVG, drawn once for a light and once for a dark page."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import matplotlib_fontja
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..suite.case import FROZEN, TUNE, TYPES
from ..suite.interval import share
from ..suite.judge import OUTCOMES
from ..suite.scores import ALL
from . import words
from .printed import seconds
from .record import Asked, Run

DEPTHS = range(1, 11)
CURVES = (ALL, "direct", "everyday")


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of a page; ``outcomes`` in the order of OUTCOMES, told apart by lightness as well as by hue."""

    ink: str
    faint: str
    lines: tuple[str, ...]
    outcomes: tuple[str, ...]


LIGHT = Theme(
    "#1a1a1c", "#c7c9cf", ("#0b57d0", "#b3591c", "#4a4a50"),
    ("#0f7b3f", "#8fce9f", "#b3261e", "#f2c14e", "#b8bcc6", "#3c3c40"),
)  # fmt: skip
DARK = Theme(
    "#ececf0", "#4b4d55", ("#8ab4f8", "#f0a868", "#c9cad1"),
    ("#4fc47f", "#2a6b43", "#ff8a80", "#e0b04a", "#6f737d", "#f5f5f7"),
)  # fmt: skip

Draw = Callable[[Run, Theme], Figure]


def svg(draw: Draw, run: Run, theme: Theme) -> str:
    """One picture as an <svg> element with its text as shapes, so that it needs no font where it is looked at."""
    with _style(theme):
        figure = draw(run, theme)
        file = io.StringIO()
        figure.savefig(file, format="svg", transparent=True, bbox_inches="tight", metadata={"Date": None})
    drawn = file.getvalue()
    return _own_names(drawn[drawn.index("<svg") :], f"{draw.__name__}-{'dark' if theme is DARK else 'light'}")


def _own_names(drawn: str, prefix: str) -> str:
    """Ids are the page's, not the picture's: each gets a prefix, so that two pictures on a page do not share one."""
    drawn = re.sub(r'\bid="', f'id="{prefix}-', drawn)
    return re.sub(r'(xlink:href="|url\()#', rf"\1#{prefix}-", drawn)


@contextmanager
def _style(theme: Theme) -> Iterator[None]:
    matplotlib_fontja.japanize()
    settings: dict[Any, Any] = {
        "text.color": theme.ink, "axes.labelcolor": theme.ink, "xtick.color": theme.ink, "ytick.color": theme.ink,
        "axes.edgecolor": theme.faint, "font.size": 11, "svg.fonttype": "path", "svg.hashsalt": "assistant",
        "axes.spines.top": False, "axes.spines.right": False, "axes.unicode_minus": False,
    }  # fmt: skip
    with mpl.rc_context(settings):
        yield


def outcomes(run: Run, theme: Theme) -> Figure:
    """A bar for each type: what became of its frozen cases (of all, when there are no frozen ones)."""
    split = _shown(run)
    groups = [name for name in (*TYPES, ALL) if run.score(split, "right", name)]
    figure, axes = _axes(7.4, 0.42 * len(groups) + 1.3)
    left = np.zeros(len(groups))
    for outcome, colour in zip(OUTCOMES, theme.outcomes, strict=True):
        shares = np.array([_share(run, split, group, outcome) for group in groups])
        if shares.any():
            axes.barh(range(len(groups)), shares, left=left, color=colour, label=words.OUTCOMES[outcome], height=0.72)
        left += shares
    counts = Counter(one.type for one in run.cases if one.split == split)
    counts[ALL] = sum(counts.values())
    axes.set_yticks(range(len(groups)), [f"{words.TYPES[group]}（{counts[group]}問）" for group in groups])
    axes.invert_yaxis()
    axes.set_xlim(0, 100)
    axes.set_xlabel("割合（%）")
    axes.legend(
        ncols=6, loc="lower right", bbox_to_anchor=(1, 1.0), frameon=False, fontsize=10, handlelength=1.0,
        columnspacing=1.2, handletextpad=0.5,
    )  # fmt: skip
    return figure


def intervals(run: Run, theme: Theme) -> Figure:
    """The share that is right with its 95 % interval, a row for each type."""
    splits = [split for split in (FROZEN, TUNE) if split in run.digests]
    groups = [name for name in (*TYPES, ALL) if any(run.score(split, "right", name) for split in splits)]
    figure, axes = _axes(7.4, 0.42 * len(groups) + 1.3)
    for place, split in enumerate(splits):
        found = [(row, score) for row, name in enumerate(groups) if (score := run.score(split, "right", name))]
        rows = [row + (place - (len(splits) - 1) / 2) * 0.3 for row, _ in found]
        values = np.array([score.value for _, score in found]) * 100
        ends = np.array([[s.value - s.low for _, s in found], [s.high - s.value for _, s in found]]) * 100
        axes.errorbar(
            values, rows, xerr=np.abs(ends), fmt="os"[place], color=theme.lines[place], capsize=3, markersize=6,
            label=words.SPLITS[split],
        )  # fmt: skip
    axes.set_yticks(range(len(groups)), [words.TYPES[group] for group in groups])
    axes.invert_yaxis()
    axes.set_xlim(-2, 102)
    axes.set_xlabel("正答率（%）と95%信頼区間")
    axes.grid(axis="x", color=theme.faint, linewidth=0.6)
    axes.legend(ncols=2, loc="lower left", bbox_to_anchor=(0, 1.0), frameon=False)
    return figure


def retrieval(run: Run, theme: Theme) -> Figure:
    """How often a needed program is among the first k, for k from 1 to 10, with the 95 % band."""
    figure, axes = _axes(7.0, 4.2)
    for place, group in enumerate(CURVES):
        own = [
            one
            for one in run.cases
            if one.split == _shown(run) and group in (one.type, ALL) and one.found_at is not None
        ]
        found = [share([one.recalled(k) for one in own], [one.cluster for one in own]) for k in DEPTHS] if own else []
        curve = [one for one in found if one]
        if len(curve) != len(DEPTHS):
            continue
        label = f"{words.TYPES[group]}（{len(own)}問）"
        axes.plot(DEPTHS, [one.value * 100 for one in curve], "os^"[place] + "-", color=theme.lines[place], label=label)
        band = ([one.low * 100 for one in curve], [one.high * 100 for one in curve])
        axes.fill_between(DEPTHS, *band, color=theme.lines[place], alpha=0.15, linewidth=0)
    axes.set_xticks(list(DEPTHS))
    axes.set_ylim(0, 102)
    axes.set_xlabel("検索結果の上位 k 件")
    axes.set_ylabel("正しい制度が入る割合（%）")
    axes.grid(axis="y", color=theme.faint, linewidth=0.6)
    if axes.lines:
        axes.legend(loc="lower right", frameon=False)
    else:
        axes.text(0.5, 0.5, "検索の順位は得られていません", transform=axes.transAxes, ha="center")
    return figure


def latency(run: Run, theme: Theme) -> Figure:
    """How long answers took, on a logarithmic scale."""
    figure, axes = _axes(7.0, 3.8)
    times = np.array([max(one.seconds, 1e-6) for one in run.cases]) * 1000
    low, high = np.log10(times.min()) - 0.5, np.log10(times.max()) + 0.1  # room for the label on the left
    axes.hist(times, bins=list(np.logspace(low, max(high, low + 1), 49)), color=theme.lines[0], alpha=0.85)
    axes.set_xscale("log")
    top = axes.get_ylim()[1]
    axes.set_ylim(0, top * 1.18)
    for quantile, name in ((0.5, "中央値"), (0.95, "95%")):
        value = float(np.quantile(times, quantile))
        axes.axvline(value, color=theme.lines[1], linewidth=1.4, linestyle="-" if quantile == 0.5 else "--")
        label, side = f"{name} {seconds(value / 1000)}", "right" if quantile == 0.5 else "left"
        axes.annotate(
            label, (value, top * 1.06), (-5 if side == "right" else 5, 0), textcoords="offset points",
            color=theme.lines[1], ha=side, va="bottom",
        )  # fmt: skip
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.set_xlabel("1問の回答時間（ミリ秒、対数目盛）")
    axes.set_ylabel("問数")
    return figure


def _axes(width: float, height: float) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(width, height))
    return figure, figure.subplots()


def _shown(run: Run) -> str:
    return FROZEN if FROZEN in run.digests else TUNE


def _share(run: Run, split: str, group: str, outcome: str) -> float:
    own: list[Asked] = [one for one in run.cases if one.split == split and group in (one.type, ALL)]
    return 100 * sum(one.outcome == outcome for one in own) / len(own)


PICTURES: dict[str, tuple[Draw, str]] = {
    "outcomes": (outcomes, "質問の種類ごとの結果"),
    "intervals": (intervals, "質問の種類ごとの正答率と95%信頼区間"),
    "retrieval": (retrieval, "検索：上位k件に正しい制度が入る割合"),
    "latency": (latency, "回答時間の分布"),
}


__all__ = ["DARK", "LIGHT", "PICTURES", "svg"]

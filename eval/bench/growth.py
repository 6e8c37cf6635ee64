"""``python -m eval.bench.growth [--long]``: how the time to read a document grows with its length, shape by shape.

Ten times the lines should take about ten times the time; a quadratic step would take a hundred.  The exit
status is 1 when a shape grows as that.  The shape that is most like a document is read at 100k lines too, and with
``--long`` every shape is, which takes minutes.
"""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Callable

from assistant.ingest import read_document
from assistant.records import Document

SMALL = 1_000  # lines of the smallest document
STEPS = (1, 10, 100)  # times as many lines
USUAL = "pages"
FEWER = {"one line": 400}  # pieces of one long line
BOUND = 30.0  # times as long for ten times the lines

PAGE = """## {n} 商工の振興

- 窓口支援事業{n}　{n},234千円
  窓口を開き、相談に応じます。
    - 補助率：1/2以内
（単位：千円）
事業名\t予算額\t国庫\tその他\t一般財源\t概要
見本市事業{n}\t600\t100\t200\t300\t出展料の1/2を補助（上限 30万円、10社程度）
商談会事業{n}\t150\t50\t\t100\t①会場 100千円 ②旅費 50千円
小計\t750\t150\t200\t400

"""
LONG = "補助率は1/2、上限は30万円、①相談 ②研修【商工課】（注"
SHAPES: dict[str, Callable[[int], str]] = {
    "pages": lambda size: "".join(PAGE.format(n=number) for number in range(size // 12)),
    "one table": lambda size: "事業名\t予算額（千円）\n" + "".join(f"事業の{n}\t1,{n % 900:03}\n" for n in range(size)),
    "same amounts": lambda size: "事業名\t予算額（千円）\n" + "".join(f"支援事業{n}\t12,345\n" for n in range(size)),
    "one list": lambda size: "".join(f"- 項目{n} 補助率：1/2\n" for n in range(size)),
    "one paragraph": lambda size: "窓口事業 10千円\n" + "費用の1/2を補助し上限は30万円で\n" * size,
    "one page": lambda size: "窓口事業\n10千円\n\n[趣旨]\n" + "類型\t補助率\n一般\t1/2\n\n説明を\n" * (size // 4),
    "one line": lambda size: "窓口事業 10千円\n" + LONG * size,
    "blank lines": lambda size: "\n" * size,
    "headings": lambda size: "## 見出し\n\n" * (size // 2),
}


def document(text: str) -> Document:
    """A document of no corpus that holds this text."""
    return Document("growth", "growth", "県", "群馬県", "令和元年度", "当初予算", "0" * 64, tuple(text.split("\n")))


def seconds(shape: str, size: int) -> float:
    """How long a document of a shape takes to read."""
    page = document(SHAPES[shape](size))
    start = time.perf_counter()
    read_document(page)
    return time.perf_counter() - start


def main(arguments: list[str]) -> int:
    """Print lines a second at each length and the growth for each ten times the lines; ``--long`` as above."""
    worst = 0.0
    speeds = "".join(f"{f'{step}k lines/s':>15}" for step in STEPS)
    print(f"{'shape':<15}{speeds}{'growth':>9}{'growth':>9}")
    for shape in SHAPES:
        small = FEWER.get(shape, SMALL)
        steps = STEPS if "--long" in arguments or shape == USUAL else STEPS[:2]
        seconds(shape, 100)  # word lists are read once
        times = [min(seconds(shape, step * small) for _ in range(2 if step == 1 else 1)) for step in steps]
        growths = [longer / max(shorter, 0.005) for shorter, longer in itertools.pairwise(times)]
        worst = max(worst, *growths)
        print(
            f"{shape:<15}{_speeds(steps, small, times)}" + "".join(f"{growth:>9.1f}" for growth in growths), flush=True
        )
    print(f"ten times the lines take at most {worst:.1f} times as long (bound {BOUND:.0f})")
    return 1 if worst >= BOUND else 0


def _speeds(steps: tuple[int, ...], small: int, times: list[float]) -> str:
    """Lines a second at each length; nothing for a length that was not read."""
    told = [f"{step * small / max(taken, 1e-9):>15,.0f}" for step, taken in zip(steps, times, strict=True)]
    return "".join(told) + " " * 15 * (len(STEPS) - len(told))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""A small content made by hand, and the damage that is done to its builds."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from assistant.index import Content
from assistant.records import Check, Document, Fact, FactKind, Passage, Program

PROGRAMS = (
    (
        "a",
        "省エネ設備導入補助金",
        ("省エネ補助",),
        "工場の照明や空調を省エネルギー型に替える費用の2分の1を補助します。",
    ),
    ("b", "まちなか創業融資", (), "商店街で店を始める人に、500万円まで低い利率で融資します。"),
    ("c", "若者しごと体験事業", ("ＪＯＢ体験",), "高校生が地元の企業で一日働き、仕事を知る催しです。"),
    ("d", "海外見本市出展支援事業費", (), "外国の見本市に製品を出す企業の出展料を助成します。"),
)


def make_content(extra: str = "") -> Content:
    """Four programs of one document, one passage and one fact each; ``extra`` is added to the last passage."""
    texts = [text for *_, text in PROGRAMS]
    texts[-1] += extra
    return Content(
        documents=(_document(texts),),
        programs=tuple(_program(line, *entry[:3]) for line, entry in enumerate(PROGRAMS, 1)),
        passages=tuple(_passage(line, texts[line - 1]) for line in range(1, len(texts) + 1)),
        facts=tuple(_fact(line, texts[line - 1]) for line in range(1, len(texts) + 1)),
        checks=(Check("x-r01", "計", True, "2 + 3 = 5", 1, 4), Check("x-r01", "増減", False, "1 ≠ 2", 2, 2)),
    )


def files_of(build: Path) -> list[str]:
    """Every file of a build by its path inside it."""
    return sorted(path.relative_to(build).as_posix() for path in build.rglob("*") if path.is_file())


def flip_bit(path: Path) -> None:
    """Turns over one bit in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x10
    path.write_bytes(content)


def truncate(path: Path) -> None:
    """Cuts the last byte off a file."""
    path.write_bytes(path.read_bytes()[:-1])


def zero_vector(dimension: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """A text without a known word."""
    return np.zeros(dimension, dtype=np.float32)


def _document(texts: list[str]) -> Document:
    return Document(
        id="x-r01",
        title="令和元年度の施策",
        publisher="ある県",
        region="ある県",
        fiscal_year="令和元年度",
        stage="当初予算",
        sha256="0" * 64,
        lines=tuple(texts),
        unit_notes=("単位：千円",),
    )


def _program(line: int, key: str, name: str, aliases: tuple[str, ...]) -> Program:
    return Program(
        id=f"x-r01:{key}",
        document="x-r01",
        program=name,
        aliases=aliases,
        subprograms=(),
        section=("産業",),
        departments=("商工課",),
        contacts=(),
        fiscal_year="令和元年度",
        stage="当初予算",
        line_start=line,
        line_end=line,
        places=((line, line), (9, 10)),
    )


def _passage(line: int, text: str) -> Passage:
    key, name, _, _ = PROGRAMS[line - 1]
    return Passage(2**62 + line, "x-r01", f"x-r01:{key}", name, ("産業",), line, line, text)


def _fact(line: int, text: str) -> Fact:
    key, name, _, _ = PROGRAMS[line - 1]
    return Fact(
        fact_id=f"f{line}",
        document="x-r01",
        program_id=f"x-r01:{key}",
        program=name,
        subprogram=None,
        kind=FactKind.BUDGET if line % 2 else FactKind.LOAN_LIMIT,
        item=None,
        condition=None,
        text=f"{line}00万円",
        yen=line * 1_000_000,
        yen_min=None,
        yen_max=None,
        number=None,
        number_min=None,
        number_max=0.5,
        unit=None,
        bound="以内",
        per="社",
        fiscal_year="令和元年度",
        stage="当初予算",
        flags=("新規", "再掲"),
        line_start=line,
        line_end=line,
        quote=text,
    )

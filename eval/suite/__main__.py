"""``python -m eval.suite [--cases DIR] [--sort] [FILE …]``: check the cases, count what they cover."""

from __future__ import annotations

import argparse
import signal
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from assistant.errors import AssistantError
from assistant.records import FactKind

from ..golden.rows import TableProblem
from ..texts import folded, readable, render
from .audit import TABLES, Truth, faults, read_truth
from .case import CASES, FROZEN, TUNE, TYPES, Case, CaseProblem, Placed, read_case, read_cases, written
from .names import Names, read_names
from .reading import drawn, shown
from .splits import file_of, sorted_out, split_of

ROLES = frozenset({"department", "subtotal", "total"})


def main(arguments: list[str] | None = None) -> int:
    """Prints each fault, then the counts; the exit status says whether there was a fault."""
    options = _options(arguments)
    readable()
    try:
        truth, names = read_truth(options.corpus, options.tables), read_names(options.cases)
        cases = _drafts(options.files, names, truth) if options.files else read_cases(options.cases)
    except (CaseProblem, TableProblem, AssistantError) as error:
        print(f"suite: {error}", file=sys.stderr)
        return 1
    if options.sample:
        print("\n\n".join(shown(placed, truth) for placed in drawn(cases, options.sample, options.seed)))
        return 0
    found = _found(cases, truth)
    if options.sort and not options.files and not found:
        try:
            _sort(options.cases, sorted_out([placed.case for placed in cases], names, truth))
            cases = read_cases(options.cases)
        except (CaseProblem, OSError) as error:
            print(f"suite: {error}", file=sys.stderr)
            return 1
    found += [
        f"{placed.at} {placed.case.id}: {fault}" for placed in cases for fault in _misplaced(placed, names, truth)
    ]
    print("\n".join([*found, *_coverage(cases, names, truth)]))
    print(f"{len(cases)} cases, {len(found)} faults")
    return int(bool(found))


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.suite", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="files of drafts, not yet in the folder")
    parser.add_argument("--cases", type=Path, default=CASES, help=f"folder of cases (default: {CASES})")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder of the documents (default: corpus)")
    parser.add_argument("--tables", type=Path, default=TABLES, help=f"their tables made by reading (default: {TABLES})")
    parser.add_argument("--sort", action="store_true", help="put each case into the file it belongs in")
    parser.add_argument(
        "--sample", type=_count, metavar="N", help="print N cases drawn by chance, for a second reading"
    )
    parser.add_argument("--seed", type=int, default=1, help="which cases are drawn (default: 1)")
    return parser.parse_args(arguments)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is no number of cases: 1 or more")
    return int(text)


def _drafts(files: Sequence[Path], names: Names, truth: Truth) -> list[Placed]:
    """Cases of files of any name.  Raises CaseProblem."""
    found = []
    for path in files:
        try:
            lines = path.read_text(encoding="utf-8-sig").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise CaseProblem(f"{path} cannot be read: {error}") from error
        drafts = [(read_case(line, f"{path}:{n}"), f"{path}:{n}") for n, line in enumerate(lines, 1) if line.strip()]
        found += [Placed(case, split_of(names.case(case), truth), at) for case, at in drafts]
    return found


def _sort(folder: Path, files: Mapping[str, Sequence[Case]]) -> None:
    """Puts the cases into these files: all of them are written before one is taken away.  Raises CaseProblem."""
    if outside := [name for name in files if Path(name).name != name]:
        raise CaseProblem(f"{outside[0]} is no name of a file: the documents of a case are ids")
    for name, cases in files.items():
        (folder / f"{name}.part").write_text(written(cases), encoding="utf-8")
    for name in files:
        (folder / f"{name}.part").replace(folder / name)
    for path in folder.glob("*.jsonl"):
        if path.name not in files:
            path.unlink()


def _found(cases: Sequence[Placed], truth: Truth) -> list[str]:
    told = [f"{placed.at} {placed.case.id}: {fault}" for placed in cases for fault in faults(placed.case, truth)]
    return told + _twice(cases)


def _misplaced(placed: Placed, names: Names, truth: Truth) -> Iterator[str]:
    case = names.case(placed.case)
    if placed.split != split_of(case, truth):
        yield f"belongs in {file_of(case, truth)}: run python -m eval.suite --sort"


def _twice(cases: Sequence[Placed]) -> list[str]:
    """Questions that are asked in the same words after the same turns, and ids used twice."""
    first: dict[tuple[str, ...], Placed] = {}
    found = []
    for placed in cases:
        case = placed.case
        for key in (("id", case.id), ("asked", *map(folded, case.history), folded(case.question))):
            if (other := first.setdefault(key, placed)) is not placed:
                found.append(f"{placed.at} {case.id}: the same {key[0]} as {other.at} {other.case.id}")
    return found


def _coverage(placed: Sequence[Placed], names: Names, truth: Truth) -> Iterator[str]:
    cases = [names.case(one.case) for one in placed]
    splits = Counter((one.case.type, one.split) for one in placed)
    lines = [(name, splits[name, TUNE], splits[name, FROZEN]) for name in TYPES]
    totals = ("all", sum(line[1] for line in lines), sum(line[2] for line in lines))
    yield render(("type", TUNE, FROZEN), [*lines, totals])
    documents = Counter(name for case in cases for name in case.documents)
    yield "documents: " + ", ".join(f"{name} {documents[name]}" for name in truth.documents)
    kinds = Counter(one.kind.value for case in cases for one in case.expect)
    yield "kinds: " + ", ".join(f"{kind.value} {kinds[kind.value]}" for kind in FactKind)
    asked = {(one.document, folded(one.program)) for case in cases for one in case.programs}
    for document, rows in truth.tables.items():
        held = dict.fromkeys(names.of(document, row.program) for row in rows if not ROLES & set(row.flags))
        if unasked := [name for name in held if (document, folded(name)) not in asked]:
            yield f"{document}: {len(unasked)} of {len(held)} programs never asked: {'、'.join(unasked)}"


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):  # python -m eval.suite | head ends quietly
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main())

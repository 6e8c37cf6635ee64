"""Fail when a file or a function has outgrown its limit: a second job has moved in, so split it.

``python tools/sizes.py [FOLDER …]`` looks at every Python file below the folders (default: the project's own).
"""

from __future__ import annotations

import ast
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

FOLDERS = ("src", "api", "eval", "tests", "tools")
FILE_LINES = 400
FUNCTION_LINES = 80
MEDIAN_LINES = 8

Function = ast.FunctionDef | ast.AsyncFunctionDef


def main(folders: list[str]) -> int:
    """Prints what is too long, a line each; the exit status says whether anything was."""
    files = [path for folder in folders or FOLDERS for path in sorted(Path(folder).rglob("*.py"))]
    lengths: list[int] = []
    faults: list[str] = []
    for path in files:
        text = path.read_text("utf-8")
        if (lines := len(text.splitlines())) > FILE_LINES:
            faults.append(f"{path}: {lines} lines, at most {FILE_LINES}: split it by what it does")
        for function in _functions(text):
            lengths.append(length := _length(function))
            if length > FUNCTION_LINES:
                at = f"{path}:{function.lineno}"
                faults.append(f"{at}: {function.name} has {length} lines, at most {FUNCTION_LINES}: split it")
    if lengths and (median := statistics.median(lengths)) > MEDIAN_LINES:
        faults.append(f"half of the functions have {median:g} lines or more, at most {MEDIAN_LINES}")
    print("\n".join(faults) or f"sizes: {len(files)} files, {len(lengths)} functions, none too long")
    return bool(faults)


def _functions(text: str) -> Iterator[Function]:
    return (node for node in ast.walk(ast.parse(text)) if isinstance(node, Function))


def _length(function: Function) -> int:
    """Lines of a function without its docstring and decorators."""
    last = function.end_lineno or function.lineno
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        return last - function.lineno + 1 - ((first.end_lineno or first.lineno) - first.lineno + 1)
    return last - function.lineno + 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

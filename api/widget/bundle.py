"""The widget's parts as one classic script: every module in one function scope, the style sheets as strings.

A module names what it needs by ``import { name } from "./other.js";``, one line each, so that its dependencies are
checked here and it can be loaded alone.
"""

from __future__ import annotations

import json
import re
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

FOLDER = Path(__file__).parent
ENTRY = "embed.js"
SHEETS = ("theme.css", "frame.css", "messages.css", "source.css")

IMPORT = re.compile(r'^import \{ ([\w, ]+) \} from "\./([\w-]+\.js)";\n', re.MULTILINE)
DECLARED = re.compile(r"^(export )?(?:async )?(?:function\*?|class|const|let) (\w+)", re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let)\b)", re.MULTILINE)
COMMENT = re.compile(r"^\s*//.*\n|^\s+", re.MULTILINE)  # whole lines only: strings keep their slashes
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class BundleError(Exception):
    """The parts do not fit together."""


@cache
def bundle() -> str:
    """The script as it is served; the same text on every call."""
    sources = read_modules(FOLDER)
    styles = [squeezed(FOLDER.joinpath(name).read_text("utf-8")) for name in SHEETS]
    modules = "".join(bare(sources[name]) for name in in_order(sources))
    return f'(() => {{\n"use strict";\nconst STYLES = {json.dumps(styles, ensure_ascii=False)};\n{modules}}})();\n'


def read_modules(folder: Path) -> dict[str, str]:
    """The source of every module, by its file name."""
    return {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.js"))}


def in_order(sources: dict[str, str]) -> list[str]:
    """The modules that the entry needs, each after those it imports from.

    Raises BundleError for a circle, a name that is not exported where it is said to be, or a name of two modules.
    """
    needs = {name: [other for _, other in IMPORT.findall(text)] for name, text in sources.items()}
    check_names(sources)
    try:
        order = list(TopologicalSorter(needs).static_order())
    except CycleError as error:
        raise BundleError(f"These modules import each other in a circle: {', '.join(error.args[1])}.") from error
    if left := set(order) - reached(needs):
        raise BundleError(f"Nothing imports {', '.join(sorted(left))}.")
    return order


def reached(needs: dict[str, list[str]]) -> set[str]:
    """The modules that the entry needs, by whatever way."""
    found: set[str] = set()
    ahead = [ENTRY]
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead.extend(needs[name])
    return found


def check_names(sources: dict[str, str]) -> None:
    """Every imported name is exported; no two modules, which share one scope, declare the same name."""
    exported = {name: {word for mark, word in DECLARED.findall(text) if mark} for name, text in sources.items()}
    owner: dict[str, str] = {}
    for name, text in sources.items():
        for names, other in IMPORT.findall(text):
            if missing := {word.strip() for word in names.split(",")} - exported.get(other, set()):
                raise BundleError(f"{name} imports {', '.join(sorted(missing))}, which {other} does not export.")
        for _, word in DECLARED.findall(text):
            if word in owner:
                raise BundleError(f"{owner[word]} and {name} both declare {word}.")
            owner[word] = name


def bare(source: str) -> str:
    """A module without its imports, the word ``export``, comment lines and indentation."""
    text = EXPORT.sub("", IMPORT.sub("", source))
    if re.search(r"^(import|export)\b", text, re.MULTILINE):
        raise BundleError("An import or export is written in a form that the bundle does not read.")
    return COMMENT.sub("", text)


def squeezed(sheet: str) -> str:
    """A style sheet without comments and with single blanks."""
    return re.sub(r"\s+", " ", CSS_COMMENT.sub("", sheet)).strip()

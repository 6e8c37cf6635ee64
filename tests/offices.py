"""An assistant on a few of the invented documents of other offices."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path

from conftest import TODAY

from assistant.chain import Assistant
from assistant.ingest import build

SAMPLES = Path(__file__).parent / "samples"


def few_offices(folder: Path, names: Collection[str], *, fit: bool = False) -> Assistant:
    """The documents of these ids, with their entries of the manifest, built in a folder and opened.

    To ``fit`` the words to so few documents takes most of a build: only for tests of what it finds.
    """
    for path in SAMPLES.iterdir():
        if path.stem in names:
            shutil.copy(path, folder)
    documents = (SAMPLES / "manifest.toml").read_text(encoding="utf-8").split("[[document]]")
    kept = [one for one in documents if any(f'id = "{name}"' in one for name in names)]
    (folder / "manifest.toml").write_text("[[document]]".join([documents[0], *kept]), encoding="utf-8")
    build(folder, folder / "index", fit=fit)
    return Assistant.open(folder / "index", today=lambda: TODAY)

"""Options that every command takes, and how they become settings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..errors import AssistantError, QuestionError
from ..settings import Settings, load_settings

CorpusOption = Annotated[Path | None, typer.Option("--corpus", help="Folder of documents [ASSISTANT_CORPUS, corpus].")]
IndexOption = Annotated[Path | None, typer.Option("--index", help="Folder of the index [ASSISTANT_INDEX, index].")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
LONGEST_FILE = 20 * 1024 * 1024


def settings_for(corpus: Path | None = None, index: Path | None = None) -> Settings:
    """Settings from the environment with the command's own folders in their place."""
    settings = load_settings()
    changed = {name: value for name, value in (("corpus", corpus), ("index", index)) if value is not None}
    return settings.model_copy(update=changed)


def read_text(path: str) -> str:
    """A UTF-8 file, or standard input for ``-``.  Raises AssistantError in one line."""
    try:
        data = typer.get_binary_stream("stdin").read(LONGEST_FILE + 1) if path == "-" else _read_file(Path(path))
    except OSError as error:
        raise AssistantError(
            f"{path} cannot be read: {error.strerror}.", hint="Name a text file, or - for stdin."
        ) from None
    if len(data) > LONGEST_FILE:
        raise AssistantError(f"{path} is larger than {LONGEST_FILE // 1024 // 1024} MiB.", hint="Split it.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QuestionError(f"{path} is not UTF-8 (byte {error.start}).", hint="Save it as UTF-8.") from None


def _read_file(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LONGEST_FILE + 1)

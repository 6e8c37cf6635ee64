"""Corpus files → :class:`~assistant.records.Document`, lines kept as printed.

A folder holds UTF-8 text files and, usually, a ``manifest.toml``.  A file that the manifest does not
list is read all the same; what no manifest states is guessed from its text and named in
``Document.guessed``.  Files of another kind are skipped, and the reason is reported.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .errors import CorpusError
from .figures import fiscal_year
from .guessing import guess
from .records import Document

TEXT_SUFFIXES = (".md", ".txt", ".tsv")
MAX_BYTES = 64 * 1024 * 1024
ASKED = "asked"  # the folder of questions as users put them: no document
MANIFEST = "manifest.toml"
REQUIRED = ("id", "file", "title", "publisher", "region", "fiscal_year", "stage")


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a folder held: documents in a stable order, and notes for the person who builds."""

    documents: tuple[Document, ...]
    skipped: tuple[tuple[str, str], ...]  # file name, reason
    notes: tuple[str, ...]


def read_corpus(folder: Path) -> Corpus:
    """Read every document of ``folder``.

    Raises CorpusError (one line, naming the file) for a folder that is not there, a manifest that cannot
    be read or lacks a field, a listed file that is missing, and text that is not UTF-8.
    """
    if not folder.is_dir():
        raise CorpusError(f"no corpus folder at {folder}.", hint="Name an existing one with --corpus.")
    entries = _manifest_entries(folder)
    documents: list[Document] = []
    notes: list[str] = []
    for name, entry in entries.items():
        if not (folder / name).is_file():
            raise CorpusError(f"{MANIFEST} lists {name}, which is not in {folder}.", hint="Add it or drop the entry.")
        document = _listed(folder / name, entry)
        stated = entry.get("sha256")
        if stated and stated != document.sha256:
            notes.append(f"{name}: differs from the sha256 in {MANIFEST}; read as it is")
        documents.append(document)
    skipped: list[tuple[str, str]] = []
    for path in sorted(folder.iterdir()):
        if path.name in (*entries, MANIFEST, ASKED) or path.name.startswith("."):
            continue
        reason = _skip_reason(path)
        if reason:
            skipped.append((path.name, reason))
        else:
            documents.append(_guessed(path))
    _refuse_twins(documents)
    return Corpus(tuple(documents), tuple(skipped), tuple(notes))


def corpus_hash(folder: Path) -> str:
    """Digest of every readable file of a corpus folder; an index built from other bytes is stale."""
    digest = hashlib.sha256()
    if folder.is_dir():
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in (*TEXT_SUFFIXES, ".toml", ".jsonl") and not path.name.startswith("."):
                digest.update(str(path.relative_to(folder)).encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _manifest_entries(folder: Path) -> dict[str, dict[str, Any]]:
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} cannot be read as TOML: {error}.", hint="Mend that line.") from error
    entries: dict[str, dict[str, Any]] = {}
    listed = data.get("document", [])
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        raise CorpusError(f"{path}: documents stand under [[document]].", hint="Write one [[document]] a file.")
    for number, entry in enumerate(listed, 1):
        missing = [name for name in REQUIRED if not isinstance(entry.get(name), str) or not entry[name].strip()]
        if missing:
            label = entry.get("id") or f"number {number}"
            raise CorpusError(
                f"{path}: document {label} lacks {', '.join(missing)}.", hint="Add the field as a string."
            )
        if Path(entry["file"]).name != entry["file"]:
            raise CorpusError(f"{path}: file {entry['file']} is not in this folder.", hint="Give a bare file name.")
        entries[entry["file"]] = entry
    return entries


def _read_lines(path: Path) -> tuple[str, tuple[str, ...]]:
    """The file's sha256 and its lines; a line end is one of \\n, \\r\\n, never a form feed or U+2028."""
    if path.stat().st_size > MAX_BYTES:
        raise CorpusError(f"{path} is larger than {MAX_BYTES // 1024 // 1024} MiB.", hint="Split it.")
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorpusError(
            f"{path} is not UTF-8 (byte {error.start}).", hint="Save it as UTF-8 or take it out of the corpus."
        ) from error
    lines = text.split("\n")
    if lines and lines[-1] == "":
        lines.pop()
    return hashlib.sha256(data).hexdigest(), tuple(line.removesuffix("\r") for line in lines)


def _listed(path: Path, entry: dict[str, Any]) -> Document:
    digest, lines = _read_lines(path)
    return Document(
        id=entry["id"],
        title=entry["title"],
        publisher=entry["publisher"],
        region=entry["region"],
        fiscal_year=fiscal_year(entry["fiscal_year"]) or entry["fiscal_year"],
        stage=entry["stage"],
        sha256=digest,
        lines=lines,
        path=path.name,
        url=entry.get("url"),
        licence=entry.get("licence"),
        unit_notes=tuple(entry.get("unit_notes", ())),
    )


def _skip_reason(path: Path) -> str | None:
    if path.is_dir():
        return "a folder; documents stand directly in the corpus folder"
    if path.suffix.lower() not in TEXT_SUFFIXES:
        return f"not a text document ({', '.join(TEXT_SUFFIXES)})"
    with path.open("rb") as file:
        head = file.read(65536)
    if b"\0" in head:
        return "binary data"
    if not head.strip():
        return "empty"
    return None


def _guessed(path: Path) -> Document:
    digest, lines = _read_lines(path)
    about = asdict(guess(lines, path.stem))
    return Document(id=path.stem, sha256=digest, lines=lines, path=path.name, guessed=tuple(about), **about)


def _refuse_twins(documents: list[Document]) -> None:
    seen: dict[str, str] = {}
    for document in documents:
        if not re.fullmatch(r"[^\s/\\]{1,120}", document.id):
            raise CorpusError(f"document id {document.id!r} has a space or a slash.", hint="Rename the file.")
        if document.id in seen:
            raise CorpusError(
                f"two documents have the id {document.id} ({seen[document.id]}, {document.path}).",
                hint="Give each its own id.",
            )
        seen[document.id] = document.path

"""Addresses of the pages that a source is read on."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Links:
    """The pages of the web surface, at the address ``base`` under which people open them."""

    base: str

    @classmethod
    def of(cls, settings: Settings) -> Links:
        """What the settings say."""
        return cls((settings.public_url or f"http://{settings.host}:{settings.port}").rstrip("/"))

    def source(self, document: str, line_start: int, line_end: int) -> str:
        """The document's viewer with the lines marked."""
        lines = str(line_start) if line_start == line_end else f"{line_start}-{line_end}"
        return f"{self.base}/#/documents/{quote(document, safe='')}/{lines}"

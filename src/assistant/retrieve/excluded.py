"""What a question says that it does not mean: 「食べ物の売り込みではないほう」 must not lead to 食品."""

from __future__ import annotations

import re

_NOT = r"(?:じゃな[いく]|ではな[いく]|でな[いく]|じゃありません|ではありません|以外の?|とは別の|を除[いく])"
_OTHER = r"(?:ほう|方|もの|やつ|分|部分|制度|事業|で|て|、|。|$|[?？])"
_CLAUSE = re.compile(
    rf"[^、。,.?？!！\s]{{2,30}}?{_NOT}(?={_OTHER})(?:ほう|方|もの|やつ|分|部分)?(?:で(?:す|なく)?|の)?[、。,.]?"
)


def without_excluded(text: str) -> str:
    """The text without the clauses that only say what is not meant; the text itself when nothing else is left."""
    kept = _CLAUSE.sub(" ", text)
    return kept if len(kept.strip()) >= 6 else text

"""A question back that names the programs it may be about."""

from __future__ import annotations

from ..index import Index
from ..records import Draft, DraftSentence, Hit
from ..retrieve import Retrieval, odds
from .labels import called, where_from

MOST = 3
LIKELY = 0.15  # odds by the best


def ask_which(retrieval: Retrieval, index: Index) -> Draft:
    """「次のどれについてのお尋ねでしょうか」 with the programs that are about as likely, and their sources."""
    best = retrieval.ranked[0]
    likely = [hit for hit in retrieval.ranked if odds(hit, best) >= LIKELY][:MOST]
    told = "、".join(_named(hit, index) for hit in likely)
    text = (
        f"次の事業・制度についてのお尋ねでしょうか：{told}。"
        "当てはまるものの名前か、もう少し詳しい内容を教えてください。"
    )
    names = tuple(f"{hit.program.program}について教えて" for hit in likely)
    return Draft("clarify", None, (DraftSentence(text),), names)


def _named(hit: Hit, index: Index) -> str:
    return f"{called(hit.program)}（{where_from(hit.program, index.documents[hit.program.document].region)}）"

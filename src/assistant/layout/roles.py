"""What a column holds, by the words of its header (``lexicon/columns.toml``)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from ..lexicon import table, words

#: How a column of sources of money may be headed below 財源内訳.
SHORT_SOURCES = {"国": "funding_national", "県": "funding_other", "都": "funding_other", "一般": "funding_general"}
LONGEST_SOURCE = 14  # letters of the name of a source of money
#: What stands in a cell that holds no amount.
DASHES = frozenset("-－―—–‐ー")
#: Roles whose cells are amounts of money.
MONEY_ROLES = frozenset(
    {
        "budget", "budget_previous", "budget_revised", "difference", "funding_national", "funding_other",
        "funding_general", "balance",
    }
)  # fmt: skip
#: Roles whose cells hold figures of an attribute of a support program.
ATTRIBUTE_ROLES = frozenset(
    {
        "subsidy_rate", "subsidy_limit", "loan_limit", "loan_rate", "loan_term", "loan_pool", "guarantee_rate",
        "breakdown",
    }
)  # fmt: skip


_YEAR_OF = re.compile(r"^(?:(?:令和|平成|[RH])(?:[0-9]{1,2}|元)(?:年度?)?|[前昨本今]年度)の?")
_YEAR_ALONE = re.compile(r"[RH][0-9]{1,2}|20[0-9]{2}")


#: 「R6目標」, 「令和5年度実績」: what is to be and what was in a year
_MEASURED = re.compile(
    r"(?:令和|平成|[RH])?(?:[0-9]{1,4}|元)(?:年度?)?末?(?:の|時点の?)?(?:(?P<aim>目標)|実績(?:見込み?)?|見込み?|現状|基準)(?:値|数)?"
)


def header_text(text: str) -> str:
    """A header without spaces and with one width of letters and brackets."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


@cache
def _roles() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (entry["name"], tuple(sorted((header_text(word) for word in entry["words"]), key=len, reverse=True)))
        for entry in table("columns")["role"]
    )


@cache
def _exact() -> dict[str, str]:
    return {header_text(word): entry["name"] for entry in table("columns")["role"] for word in entry.get("exact", ())}


@cache
def header_role(text: str) -> str | None:
    """The role of a column with this header, or None when no word of it is known."""
    plain = header_text(text)
    if len(plain) > 40:
        return None
    bare = re.sub(r"\([^()]*\)", "", plain)  # a note in brackets does not say what the column holds
    if _YEAR_ALONE.fullmatch(bare):  # 「R7」 heads a column as 「令和7年度」 does
        return "group"
    if measured := _MEASURED.fullmatch(bare):
        return "target" if measured["aim"] else "baseline"
    if bare in _exact():
        return _exact()[bare]
    if _exact().get(_YEAR_OF.sub("", bare)) == "count":  # 「R6件数」, 「令和6年度利用件数」
        return "count"
    for words_of in (bare, plain):
        for role, known in _roles():
            if any(word in words_of for word in known):
                return role
    return None


@cache
def _other_sources() -> frozenset[str]:
    return frozenset(header_text(word) for word in words("records", "other_sources", "words"))


def source_role(text: str) -> str | None:
    """The role of a source of money in a list of such sources: 「その他（基金繰入金）」, 「国庫支出金」, 「県債」."""
    bare = re.sub(r"\([^()]*\)", "", header_text(text))
    if bare in _other_sources():
        return "funding_other"
    role = header_role(bare) if len(bare) <= LONGEST_SOURCE else None
    return role if role in ("funding_national", "funding_other", "funding_general") else None


_LOANS = frozenset({"loan_limit", "loan_rate", "loan_term", "loan_pool"})
_OF_LOANS = {
    "限度額": "loan_limit",
    "上限額": "loan_limit",
    "限度": "loan_limit",
    "上限": "loan_limit",
    "期間": "loan_term",
    "年限": "loan_term",
    "据置": "loan_term",
}


def loan_roles(labels: Iterable[str]) -> dict[str, str]:
    """The roles that bare words have beside those of a loan: 限度額 and 期間 next to 融資利率 are the loan's."""
    texts = list(labels)
    if not any(header_role(text) in _LOANS for text in texts):
        return {}
    return {text: role for text in texts if (role := _OF_LOANS.get(re.sub(r"\(.*\)$", "", header_text(text))))}

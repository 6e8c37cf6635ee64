"""Whether a question asks for words although it names a kind of figure: 「予算が減ったそうですが、何の祭りが…」."""

from __future__ import annotations

import re
from functools import cache

from ..records import Query
from ..tokens import fold, search_form
from ..understand.asked import asked_kinds
from .focus import asks, telling

# behind a kind's name: it is what is asked for (補助率は？, 予算額も教えて)
_ASKED_FOR = re.compile(
    r"[」』)]?(?:額|率)?(?:は|って|も|を(?:教|知|お|示|確)|の(?:数字|値|金額|額)|、?(?:教え|おしえ|知り)|と[^。、?]{1,12}(?:は|も|を|[、。?]|$)|[?。]|$)"
)


def asks_words_alone(query: Query) -> bool:
    """Whether the words that ask are those for words, and no kind of figure is asked for by its name."""
    plain = search_form(query.question)
    if not _words().search(plain) or re.search(telling()["alone"]["figures"], fold(query.question)):
        return False
    asked = asked_kinds(query.question)
    return not any(_is_asked_for(word, plain) for word in asked.words)


def lists_inside(question: str) -> bool:
    """Whether what a question wants listed are things inside a program (課題, 分野), not programs."""
    plain = fold(question)
    inside = telling()["inside"]
    return re.search("|".join(inside["asked"]), plain) is not None and not re.search(inside["not"], plain)


def asks_of_one(question: str) -> bool:
    """Whether a question is about one program: what is listed stands inside it, or its office is asked for."""
    office = asks(question, "office") and re.search(r"どこ|どちら|どの(?:課|部|室|局)|何課|何部|誰", fold(question))
    return lists_inside(question) or (bool(office) and not asks(question, "every"))


def _is_asked_for(word: str, plain: str) -> bool:
    return any(_ASKED_FOR.match(plain, match.end()) for match in re.finditer(re.escape(word), plain))


@cache
def _words() -> re.Pattern[str]:
    return re.compile("|".join(telling()["alone"]["asked"]))

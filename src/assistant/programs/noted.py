"""Names without the note in brackets behind them that tells when or from what the program is paid, or whose it is.

「…支援金（令和８年度で終了予定）」 is the 支援金: nobody asks for it with the note.  The printed form stays an alias.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from ..records import Program
from .names import is_name, match_form

_YEAR = (
    r"(?:(?:令和|平成|[RＲHＨ])?[\s　]?[0-9０-９元]{1,4}[\s　]?年(?:度)?(?:[0-9０-９]{1,2}月(?:[0-9０-９]{1,2}日)?)?)"
)
_NOTES = "|".join(
    (
        rf"{_YEAR}?(?:度)?(?:をもって|末?で|まで(?:で)?|中に)?(?:終了|廃止|休止)(?:予定|見込み?|します)?",
        rf"{_YEAR}限り(?:で終了)?|今年度限り|期間限定|時限措置",
        rf"{_YEAR}?(?:第?[0-9０-９一二三四]+号|[0-9０-９]{{1,2}}月|最終|経済対策)?補正(?:予算)?(?:分|計上分|対応分?|繰越分?)?",
        rf"{_YEAR}?(?:から|より)の?繰越分?|前倒し(?:分|計上)?",
        r"(?:県|市|町|村|府|都|国)(?:制度融資|単独?(?:事業|補助|費)?|事業|補助事業|委託事業|の制度|直営)",
        r"国庫補助(?:事業)?|補助事業|委託事業|指定管理|(?:公募|募集|受付)(?:中|前|終了|予定|停止中?)|準備中|予定|継続|再掲",
    )
)
_NOTED = re.compile(rf"^(?P<name>.{{4,}}?)[\s　]*[（(](?:{_NOTES})[)）]$")


def without_note(name: str) -> str:
    """The name without such a note; any other name as it is."""
    found = _NOTED.match(name)
    return found["name"] if found and is_name(found["name"]) else name


def renamed(programs: Iterable[Program]) -> tuple[Program, ...]:
    """The programs by their names alone, where no other program of the document has that name too."""
    listed = tuple(programs)
    held = Counter((program.role, match_form(without_note(program.program))) for program in listed)
    return tuple(_renamed(program, held) for program in listed)


def _renamed(program: Program, held: Counter[tuple[str, str]]) -> Program:
    name = without_note(program.program)
    if name == program.program or held[program.role, match_form(name)] > 1:
        return program
    aliases = (program.program, *program.aliases)
    return replace(program, program=name, aliases=tuple(one for one in aliases if match_form(one) != match_form(name)))

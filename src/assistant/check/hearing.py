"""Which program, part and region each figure of a text is of: the name nearest before it, or right behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..index import Index
from ..records import Figure, FigureKind
from ..tokens import fold
from ..understand import Mention, Vocabulary
from ..understand.places import regions_in
from .naming import called_in_part, names_a_stranger, part_said, sums_said
from .place import said_behind
from .scope import Context
from .statements import Statement
from .strangers import (
    Known,
    Stranger,
    is_heading_of_stranger,
    is_label,
    is_row_of_stranger,
    stranger_before,
    stranger_behind,
    topic_before,
)

# 「500万円の小口資金」, 「500万円（小口資金）」, 「2/3（上限500万円）の小口資金」
_NAMES_IT = re.compile(
    r"[ 　]*(?:以内|以下|まで|程度|余り|強|弱|超)?[ 　]*[）)]?(?:[（(][^（）()]*[）)])?"
    r"(?:である|となる|が上限|が限度)?の[ 　]?[「『]?"
)
_BRACKET = re.compile(r"[ 　]*(?:以内|以下|まで|程度)?[ 　]*[（(][「『]?")
_BRACKETED = re.compile(r"[」』]?(?:[^（）()。0-9０-９]{0,20})[）)]")
_LEFT = re.compile(r"[」』）)]*[ 　]*(?:と|や|、|，|,|及び|または|又は|・|／|\n)")
_PAIR = ("前者", "後者")
_FORMER = re.compile("|".join(_PAIR))
_TOLD = 8  # names that 「前者」 may look back on
_PART = 3  # letters of a part's end that say which is meant (協議会)


@dataclass
class Hearing:
    """What a text has named so far; one for a text.  ``fixed``: programs that the asker has named beside it."""

    index: Index
    vocabulary: Vocabulary
    fixed: tuple[str, ...]
    mentions: list[Mention] = field(default_factory=list)
    figures: tuple[Figure, ...] = ()
    known: Known = field(default_factory=lambda: Known(""))
    read: dict[tuple[str, ...], Known] = field(default_factory=dict)
    stranger: Stranger | None = None
    behind: dict[int, Mention] = field(default_factory=dict)  # the names right behind a figure, by its start
    told: list[Mention] = field(default_factory=list)  # every name so far; a stranger's is of no program
    reached: int = 0  # up to where the names of this statement are told
    passing: bool = False  # what stands before this figure is a quantity of the writer's own
    aside: tuple[tuple[str, ...], str | None] | None = None  # what was spoken of before a stranger's sentence

    def knows(self, context: Context, mentions: Sequence[Mention]) -> Known:
        """What is told of the programs that a sentence names, or those before it."""
        about = tuple(dict.fromkeys((*context.programs, *(one for mention in mentions for one in mention.programs))))
        if about not in self.read:
            self.read[about] = Known.of(about, self.index)
        return self.read[about]

    def begin(
        self, statement: Statement, named: list[Mention], figures: tuple[Figure, ...], context: Context
    ) -> list[Mention]:
        """The names of a statement, ``named`` or told otherwise; forgets those before, but not what that was about."""
        sentence = statement.said
        self.figures = tuple(one for one in figures if one.kind is not FigureKind.YEAR)
        self.stranger, self.aside, context.part_here = None, None, False
        self.reached = 0
        self._hear_regions(sentence, named, context)
        self.mentions = named or sums_said(sentence, context, self.index)
        self.mentions = self.mentions or called_in_part(sentence, self.vocabulary, self.index)
        self.known = self.knows(context, self.mentions)
        behind = ((one.start, self._name_behind(sentence, one)) for one in self.figures)
        self.behind = {start: name for start, name in behind if name is not None}
        if not self.mentions and not self.fixed and self._is_about_stranger(statement, context):
            context.programs, context.subprogram = (), None
        return self.mentions

    def of_figure(self, statement: Statement, figure: Figure, context: Context) -> Context:
        """What a figure is of; the context goes on with what was named before it."""
        sentence = statement.said
        self.passing = False
        self._hear_region(sentence, figure, context)
        behind = self._behind(figure) or self._of_row_behind(sentence, figure)
        if behind:
            self._take(behind, context)
            self.stranger = None
            return replace(context)
        self._tell(figure.start)
        if not self._hear_former(sentence, figure, context):
            self._hear_stranger(statement, figure, context)
            self._hear(figure.start, context)
        self._hear_part(sentence, figure, context)
        if self.passing or (not self.fixed and stranger_behind(sentence, figure, self.known, self.vocabulary.places)):
            return replace(context, programs=(), subprogram=None)
        return replace(context)

    def _hear_former(self, sentence: str, figure: Figure, context: Context) -> bool:
        """「前者は1億円、後者は2億円」: of the two names told last, the first and the second."""
        ends = [*(one.end for one in self.figures), *(one.end for one in self.mentions)]
        since = max((end for end in ends if end <= figure.start), default=0)
        said = list(_FORMER.finditer(sentence, since, figure.start))
        if not said:
            return False
        last = list({(one.programs, one.subprogram): one for one in self.told[-_TOLD:]}.values())[-2:]
        if len(last) < len(_PAIR):
            self.passing = True
            return True
        self.stranger = None
        self._take(last[_PAIR.index(said[-1].group())], context)
        return True

    def _tell(self, until: int) -> None:
        """Keeps the names before a place in their order, for 「前者」."""
        self.told += [one for one in self.mentions if self.reached <= one.start < until]
        self.reached = max(self.reached, until)

    def end(self, statement: Statement, context: Context) -> None:
        """The last name of a statement is what the next ones are about; a stranger of this one alone is forgotten."""
        self._tell(len(statement.said))
        last = max((one.start for one in self.mentions), default=-1)
        if self.stranger is not None and self.stranger.start >= last:
            if not self.stranger.lasting and self.aside is not None:
                context.programs, context.subprogram = self.aside
            return
        self._hear(len(statement.said), context)

    def _take(self, mention: Mention, context: Context) -> None:
        own = tuple(one for one in mention.programs if not self.fixed or one in self.fixed)
        context.programs = own or self.fixed or mention.programs
        context.subprogram = mention.subprogram
        context.part_here = mention.subprogram is not None

    def _hear(self, place: int, context: Context) -> None:
        """The name said last before a place is what is spoken of, unless a stranger was named since."""
        since = self.stranger.start if self.stranger else -1
        said = [mention for mention in self.mentions if since < mention.start < place]
        if said:
            self.stranger = None
            self._take(said[-1], context)

    def _hear_part(self, sentence: str, figure: Figure, context: Context) -> None:
        """A part by a name that many programs' parts have (一般枠), behind the program's own name or in brackets."""
        behind = said_behind(sentence, figure.end)
        said = part_said(behind, len(behind), context, self.index)
        if said is None:
            said = part_said(sentence, figure.start, context, self.index)
            named = max((one.end for one in self.mentions if one.end <= figure.start), default=0)
            said = said if said and said[0] > named else None
        if said:
            context.subprogram, context.part_here = said[1], True
            return
        since = max((one.end for one in self.figures if one.end <= figure.start), default=0)
        noun = fold(topic_before(sentence, since, figure.start, self.mentions))
        ends = [part for one in context.programs for part in self.index.programs[one].subprograms
                if len(noun) >= _PART and fold(part).endswith(noun)]  # fmt: skip
        if len(ends) == 1:
            context.subprogram, context.part_here = ends[0], True
        self.passing = self.passing or len(ends) > 1

    def _hear_stranger(self, statement: Statement, figure: Figure, context: Context) -> None:
        if self.fixed:
            return
        since = max((one.end for one in self.figures if one.end <= figure.start), default=0)
        sentence, places = statement.said, self.vocabulary.places
        found = stranger_before(sentence, since, figure.start, self.mentions, self.known, places)
        if statement.of and is_row_of_stranger(statement.of, self.mentions, sentence, self.known, places):
            found = Stranger(0, False)
        if found is None:
            return
        if found.quantity:
            self.passing = True
            return
        if self.stranger is None or not self.stranger.lasting:
            self.aside = self.aside or (context.programs, context.subprogram)
            lasting = found.lasting and not statement.of
            self.stranger = Stranger(found.start, lasting)
        else:
            self.stranger = Stranger(found.start, True)
        context.programs, context.subprogram = (), None
        self.told.append(Mention(found.start, found.start, (), None))

    def _behind(self, figure: Figure) -> Mention | None:
        return self.behind.get(figure.start)

    def _name_behind(self, sentence: str, figure: Figure) -> Mention | None:
        """The name right behind a figure that says what it is of, before the next figure."""
        link, bracket = _NAMES_IT.match(sentence, figure.end), _BRACKET.match(sentence, figure.end)
        for one in self.mentions:
            named = link is not None and one.start == link.end()
            bracketed = bracket is not None and one.start == bracket.end() and _BRACKETED.match(sentence, one.end)
            if named or bracketed:
                return one
        return None

    def _of_row_behind(self, sentence: str, figure: Figure) -> Mention | None:
        """「補助率2/3、上限500万円の海外・全国展開型」: the name behind the last figure is of all."""
        before = max((one for one in self.mentions if one.end <= figure.start), key=lambda one: one.end, default=None)
        if before and not self._is_left(sentence, before):
            return None
        following = min(
            (one for one in self.mentions if one.start >= figure.end), key=lambda one: one.start, default=None
        )
        last = max((one for one in self.figures if following and one.end <= following.start), key=lambda one: one.end,
                   default=figure)  # fmt: skip
        if last == figure or following is None or self._behind(last) is not following:
            return None
        places = self.vocabulary.places
        begin = before.end if before else 0
        topics = (topic_before(sentence, start, one.start, ()) for start, one in self._segments(begin, last))
        return None if any(topic and not is_label(topic, self.known, places) for topic in topics) else following

    def _segments(self, begin: int, last: Figure) -> list[tuple[int, Figure]]:
        """Figures up to the last, each with the place from which words are its own."""
        own = [one for one in self.figures if begin <= one.start <= last.start]
        return list(zip([begin, *(one.end for one in own)], own, strict=False))

    def _is_left(self, sentence: str, name: Mention) -> bool:
        """Whether nothing more is told of a name: it stands behind its own figure, or before 「と」 or a comma."""
        told = any(self._behind(one) is name for one in self.figures)
        return told and bool(_LEFT.match(sentence, name.end))

    def _hear_regions(self, sentence: str, mentions: Sequence[Mention], context: Context) -> None:
        """The regions before the first figure of a sentence, else those behind its last one (…です（群馬県）)."""
        first = min((one.start for one in self.figures), default=len(sentence))
        last = max((one.end for one in self.figures), default=len(sentence))
        regions = self._regions(sentence, 0, first, mentions)
        regions = regions or self._regions(sentence, last, len(sentence), mentions)
        context.region_here = bool(regions)
        context.regions = regions or context.regions

    def _hear_region(self, sentence: str, figure: Figure, context: Context) -> None:
        """The region named last before a figure, or in brackets behind it, holds for it."""
        behind = said_behind(sentence, figure.end)
        since = max((one.end for one in self.figures if one.end <= figure.start), default=0)
        own = self._regions(sentence, figure.end, figure.end + len(behind), self.mentions) if behind else ()
        if own := own or self._regions(sentence, since, figure.start, self.mentions)[-1:]:
            context.regions, context.region_here = own, True

    def _regions(self, sentence: str, start: int, end: int, mentions: Sequence[Mention]) -> tuple[str, ...]:
        spans = tuple(
            (max(one.start, start) - start, min(one.end, end) - start)
            for one in mentions
            if one.start < end and start < one.end
        )
        regions, _ = regions_in(Vocabulary.without(sentence[start:end], spans), self.vocabulary.places)
        return regions

    def _is_about_stranger(self, statement: Statement, context: Context) -> bool:
        if names_a_stranger(statement.said, context, self.index):
            return not statement.of
        heading = not self.figures and not statement.of
        return heading and is_heading_of_stranger(statement.said, self.known, self.vocabulary.places)

"""One figure of running text → its kind, condition and item."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..layout.labels import known_labels, plain
from ..programs.names import squeeze
from ..records import LOWERED, RAISED, FactKind, Figure, FigureKind
from .aims import dated_aim
from .called import office_called
from .conditions import behind, condition_of, item_of, total_of
from .cues import Cue, is_premium, nearest_cue
from .grants import asks, is_benefit, is_fee, is_least, is_result, pays, shares_cost
from .make import Say
from .neighbours import is_most_of_all
from .raised import raised_by

_LOWERED = re.compile(r"^\s*を?(引き?下げ|軽減|減免|割り?引|減じ[たまる]|差し?引[いきく]|[低安]く[しな])")
_RAISED = re.compile(r"^\s*(?:(?:又は|または|若しくは|、)[^。、]{1,12})?を?(上乗せ|加算|引き?上げ|加え(?:た|ま|る))")
_RATES = (FactKind.LOAN_RATE, FactKind.GUARANTEE_RATE, FactKind.SUBSIDY_RATE)
# 「限度額5,000万円」 is a loan's where its own sentence or its part speaks of loans and of nothing that is given
_LENT = re.compile(r"融資|貸付|借入|借換|借り|(?:(?<!自己)(?<!自己の)資金(?!繰|調達|力|援助|助成))")
_FUND = re.compile(
    r"(?:資金|融資|貸付|貸付金|ローン|信用保証|預託金|貸付事業費?|融資事業費?)(?:[（(][^（）()]*[)）])?$"
)
_GIVEN = re.compile(r"補助|助成|奨励|支給|交付|給付|補給|支援金")
_OBLIGED = re.compile(r"(債務負担行為[^、。：:\s]{0,30})")
_PROJECT = re.compile(r"^\s*(間|にわたり|を限度に)?(の事業|支援|の支援|補助|実施|で?(?:助成|補助|支給|交付))")
_SHARED = re.compile(r"[（(](?P<parts>[^（）()]{2,24}共通)[)）]")
_OF_SUCH = re.compile(r"(?:以下|未満)の?(?!削減|低減|抑制|縮減|とす|に)[一-龥ァ-ヶー]{2,}")
_PERIOD = re.compile(
    r"(補助|支援|助成|交付|支給|対象|実施|事業|訓練|派遣|研修|委託)期間(は、?|：|:|として)?[^、。をの]{0,14}$"
)
_MEASURES = ("歳", "時間", "倍", "日", "週間", "m")  # how old, how long, how many times as much: nothing is counted
_AIM = re.compile(r"(?:^|[\n（(「*・])[^、。\n]{0,6}目標(?:値|数|件数)?(?:[*\s　：:（(]|は|として)")
# 「60社（現状 23社）」: where things stand is no aim
_BASELINE = re.compile(r"[（(][\s　]*(?:現状値?|現在値?|基準値|実績値?|直近値?)[はの：:\s　]*約?[\s　]*$")
_RESULT_OF = re.compile(
    r"[（(][\s　]*(?:令和|平成|[RHＲＨ])?[\s　]?[0-9０-９元]{1,4}(?:年度?|[.．][0-9０-９]{1,2})?末?の?"
    r"(?:実績|現状|現在|時点)値?[はの：:\s　]*約?[\s　]*$"
)
# 「目標 累計500店、R6.12末現在 372店」
_SO_FAR = re.compile(
    r"(?:^|[（(、，,\s　])(?:令和|[RＲ])?[\s　]?[0-9０-９元]{1,2}(?:年度?|[.．][0-9０-９]{1,2})"
    r"(?:[0-9０-９]{1,2}月)?末?(?:現在|時点)[のではに：:\s　約]*$"
)
_AIM_BEHIND = re.compile(r"^[^、。]{0,24}(を目標|目標と|を目指)")
_LENGTH = re.compile(
    r"(?:^|[、，,・（(：:\s])期[\s　]*間[は：:]?[\s　]*(?:[^。\n]{0,30}(?:運転|設備)[資金\s　：:]*)?(?:最長)?[\s　]*$"
)
_BORNE = re.compile(r"^[\s　]*(分(?![のほ])|を(利子)?補給)")
# 「（○○補助金、R7当初 180百万円、R6当初 150百万円）」
_BUDGET_OF = re.compile(
    r"(?:^|[（(、，,／/\s　])(?:令和|平成|[RHＲＨ])[\s　]?[0-9０-９元]{1,2}(?:年度)?"
    r"(?:当初|補正|[0-9０-９]{1,2}月補正)(?:予算)?(?:案|額)?[\s　：:]*$"
)
_BUDGETED = (FactKind.BUDGET, FactKind.BREAKDOWN)
_CAP_OF_SUM = re.compile(r"円[\s　]*[（(](?:合計|総額|合わせて)?(?:で)?(?:上限|最大|限度)額?[はが：:]?[\s　]*$")
_OF_FUND = re.compile(r"(?:資金|融資|貸付金?|ローン)[」]?[（(][^（）()]*?(?:運転|設備)(?:資金)?[\s　：:]*$")
_BORROWED = re.compile(r"借り?入れ|借りた|借りる|融資を受け|を利用")
_LIMITS = (FactKind.SUBSIDY_LIMIT, FactKind.LIMIT_ADDITION, FactKind.LOAN_LIMIT)
_CAPPED = ("まで", "以内", "上限", "限度", "を上限", "を限度")
_BALANCE = re.compile(r"残高(?:と(?:合わせて|合算して|通算して|の合計で)|を含めて?|との合計で?|と合わせ)[、\s　]*$")
# 「謝金は1日当たり5万円を限度とします」, 「外注費は対象経費総額の1/2まで、500万円を限度」 cap an expense
_COST_CAP = re.compile(
    r"(?:^|[\s　・。）)：:])[^\s　。、（）()：:]{0,12}(?:費|料|謝金|旅費)は、?(?:原則として、?)?"
    r"(?:[^。]{0,16}(?:経費|費用)(?:総額|の総額|の合計額?)?の[^。]{0,12}(?:まで|以内|以下)[^。]*"
    r"|(?:[1１一][人名])?[1１一][\s　]?(?:日|回|時間|人日|泊)(?:当たり|あたり|につき))[^。]*$"
)
_SPENT_ON = re.compile(
    r"うち、?(?P<name>[^\s　（()）、。：:]{2,30}?)に(?:充てる|要する|係る|充当する)(?:額|経費|分)?[はが][\s　約]*$"
)
_SHARE_OF_ALL = re.compile(
    r"[^\s　。、（）()]{0,12}(?:費|経費|料|謝金)は、?(?:[^。、]{0,12}、)?[^。、はが]{0,10}(?:経費|費用|金額|額)"
    r"(?:の?(?:総額|合計額?|全体))の[\s　]*$"
)
_SHARE_BORNE = re.compile(r"うち、?[^、。（）()]{0,10}(?:負担|補助|補給|助成)(?:分|率)?[はが：:\s　]*(?:年)?[\s　]*$")
_PROVISO = re.compile(
    r"(?:^|\n)[\s　]*(?:ただし|但し)、(?P<case>[^。、]{2,30}?)(?:の場合)?(?:に?は|については)[、]?"
    r"(?:最大|[1１一]\S{1,4}(?:当たり|あたり|につき))?[\s　]*$"
)
_EXAMPLE_HEAD = re.compile(
    r"(?:^|\n)[\s　・\-*※]*[（(〈＜]?(?:[^。、：:\n（）()]{0,8}の)?(?:計算|記載|支援|算定)?例\**[）)〉＞：:]"
)
_EXAMPLE = re.compile(r"例えば|たとえば")
_PORTION = re.compile(r"(?:^|[\n（(、])[\s　]*うち(?P<name>[^\s　（()）、。：:]{3,30}分)[\s　：:は]*$")
_WHOM = re.compile(
    r"(?:^|[。、）)※\s])(?P<case>[^。、（）()※\s]{2,40}?)(?:の場合)?(?:は|には|では)[、,]?[^。、]{0,20}$"
)  # 「賃上げをする者は、（１）の上限額に50万円を上乗せ」
#: What a program grants, under a condition or without.
GRANTED = (
    FactKind.SUBSIDY_LIMIT, FactKind.SUBSIDY_RATE, FactKind.LOAN_LIMIT, FactKind.LOAN_RATE, FactKind.LOAN_POOL,
    FactKind.GUARANTEE_RATE, FactKind.LIMIT_ADDITION,
)  # fmt: skip
_GOES_ON = re.compile(r"(?:も|^[\s　%％]*(?:又は|または|若しくは|もしくは))[\s　]*$")
_CUT_OFF = re.compile(r"[のをにがでと](?![一-龥]{0,1}き)|以[上下内]|未満|程度")
_EXCEEDS = re.compile(r"[\s　]*(?:を?超え(?!ない)|を?上回)")
_RAISED_TO = re.compile(r"[\s　]*(?:を|だけ)?引き?上げ(?:、|て、?)[^。]{0,16}[円額](?:と|に)(?:し|なり|なっ|変更|改め)")
# 「うち新規融資は1億円以内」
_PIECE = re.compile(r"(?P<case>うち[^、。（）()\s]{2,20}?)(?:は|：|について(?:は)?)?[\s　]*$")
_LEFT_OUT = re.compile(
    r"[\s　]*[)）]?(?:分|相当分?)?[をは](?:含ま|含め(?:ず|ない|ていない)|含んでい(?:ない|ません)|除[くい])"
)
_DENIED = re.compile(r"[\s　]*では[^、。]{0,12}(?:ません|ない|できない)")
# 「改装費　3分の2」: a leaflet's line names the cost that a share is paid of; 「対象経費 2/3」 names none
_COST_LINE = re.compile(r"(?:^|[\n\s　：:、])(?P<case>[一-龥ァ-ヶー・]{2,12}|[一-龥][ 　]{1,2}[一-龥])[\s　]+$")
_PAID_LINE = re.compile(
    r"(?:^|\n)[\s　・\-*]*(?P<case>[^\s　。、：:（()）0-9０-９をはが]{3,20})[\s　]+"
    r"(?:[1１一][人社者件名][\s　]*)?(?:月額|年額)?$"
)
_ANY_COST = re.compile(r"(?:経費|費用|実費|率|額)$")
# 「改装費 3分の2（上限80万円）」: the limit in brackets right behind a share is of the same case
_BEHIND_SHARE = re.compile(
    r"[\s　]*(?:以内|まで)?[\s　]*[（(、，,　](?:補助|助成)?(?:上限|限度)?額?[はの：:、\s　]*"
    r"(?:最大|月額?|年額?|[1１一](?:[社人者件名]|事業者|団体|店舗|施設)(?:当たり|あたり|につき)?)*[はの：:、\s　]*"
)
_GRACE = re.compile(r"[\s　]*(?:以内|まで)?[\s　]*[（(、，,](?:うち)?、?据[え]?置[き]?(?:期間)?(?:は|：|:)?[\s　]*")
_AND = re.compile(r"[\s　\n]*(?:また|さらに|なお|加えて)、")
_LEADING_CASE = re.compile(
    r"[\s　\n・*\-]*(?P<case>[^。、（）()「」\n]{0,30}(?:者|企業|団体|組合|法人|場合|方|市町村|店舗))"
    r"(?:には|については|では|は)"
)
_COUNTED = (FactKind.COUNT, FactKind.TARGET, FactKind.OTHER, FactKind.BREAKDOWN)


@dataclass(frozen=True, slots=True)
class Context:
    """Where a figure stands: the section's role, the 枠 it is under, an example, and what was just said.

    ``since`` is the text between the figure before and this one, ``carried`` a 【case】 that still holds,
    ``case`` the condition of the figure before, ``program`` the program's name, ``cell`` whether it is a cell.
    """

    role: str
    subprogram: str | None
    example: str | None
    form: str
    since: str = ""
    carried: str | None = None
    office: str = ""
    program: str = ""
    cell: bool = False
    case: str | None = None


def classify(figure: Figure, context: Context, left: str, right: str) -> Say | None:
    """What to say of ``figure``; None for a year or date alone.

    ``left`` is what its unit says before it, ``right`` what stands behind it.
    """
    if figure.kind is FigureKind.YEAR:
        return None
    if figure.kind is FigureKind.PHONE:
        return Say(FactKind.PHONE, item=office_called(left, context.office))
    sentence = left.rpartition("。")[2]
    ahead = re.split(r"[。\n]", right, maxsplit=1)[0]
    cue = nearest_cue(sentence, ahead, figure)
    kind = _kind(figure, cue, context, Said(sentence, ahead, right))
    added = cue is not None and kind is not cue.kind is FactKind.LIMIT_ADDITION and caps_addition(cue, sentence)
    if cue is not None and kind is not cue.kind:
        cue = replace(cue, kind=kind) if kind is FactKind.LOAN_LIMIT else None
    example = context.example is not None or _is_example(sentence)
    condition = context.example or _condition(figure, context, left) or (cue.condition if cue else None)
    if condition is None and added:
        condition = "加算の合計"
    if condition is None and kind in GRANTED and kind is not FactKind.LIMIT_ADDITION:
        condition = behind(right)
    if condition is None and kind in (FactKind.SUBSIDY_RATE, FactKind.SUBSIDY_LIMIT) and cue is None:
        condition = _named_case(kind, context, left)
    if condition is None and kind is FactKind.BREAKDOWN and (spent := _SPENT_ON.search(sentence)):
        condition = squeeze(spent["name"])
    if condition is None and kind in GRANTED and (proviso := _PROVISO.search(left.rpartition("。")[2])):
        condition = proviso["case"] if plain(proviso["case"]) not in known_labels() else None
    note = LOWERED if _LOWERED.match(right) else RAISED if kind in _RATES and _RAISED.match(right) else None
    if condition is None and kind is FactKind.LOAN_LIMIT and (piece := _PIECE.search(sentence)):
        condition = piece["case"]
    changed = kind is FactKind.LIMIT_ADDITION or (note is not None and kind in _RATES)
    if condition is None and changed and (raised := raised_by(sentence, ahead)):
        condition = raised["case"]
    if condition is None and changed and (whom := _WHOM.search(context.since or left)):
        condition = whom["case"]
    flags = ("example",) if example else ()
    item = _item(kind, cue, context, right)
    item = None if item and condition and item in condition else item
    stage = cue.stage if cue else None
    shared = _SHARED.search(ahead) if kind is FactKind.LIMIT_ADDITION or cue is not None else None
    if shared:  # 「（類型1～3共通）」 is said of every part, not of the one it is printed under
        return Say(kind, None, item, condition, flags, note or shared["parts"], stage=stage)
    part = _PORTION.search(sentence) if kind is FactKind.BREAKDOWN else None
    return Say(kind, part["name"] if part else context.subprogram, item, condition, flags, note, stage=stage)


@dataclass(frozen=True, slots=True)
class Said:
    """The figure's own sentence before and behind it, and all that stands behind it."""

    sentence: str
    ahead: str
    right: str


def _is_example(sentence: str) -> bool:
    """「（例）…を買う場合」, 「例えば…」; an example in brackets that are closed says nothing of what follows."""
    if _EXAMPLE_HEAD.search(sentence):
        return True
    return bool(_EXAMPLE.search(re.sub(r"[（(][^（）()]*[)）]", "", sentence)))


def _condition(figure: Figure, context: Context, left: str) -> str | None:
    if figure.kind is FigureKind.MONEY and (total := total_of(left)):
        return total
    since = (context.since or left).rpartition("。")[2]
    if context.case and _GOES_ON.search(since) and "。" not in (context.since or left):
        return context.case  # 「…の場合は、上限額が200万円、補助率も3/4」, 「…場合は0.25%又は0.45%」
    if figure.kind is FigureKind.DURATION and context.case and _GRACE.fullmatch(since):
        return context.case  # 「運転資金 7年以内（据置1年以内）」
    # 「県1/3、市1/6、上限80万円」: the limit is of both
    shared = context.case if context.case and len(context.case) > 1 else None
    if figure.kind is FigureKind.MONEY and shared and _BEHIND_SHARE.fullmatch(since):
        return context.case
    found = condition_of(since, context.carried) or _of_sentence_before(left)
    if found and _CUT_OFF.match(found):  # 「２つの資金を併用する場合」: the case holds a figure of its own
        return condition_of(left.rpartition("。")[2], context.carried) or found
    return found


def _named_case(kind: FactKind, context: Context, left: str) -> str | None:
    """What a leaflet's line names before a share or a sum without any label: 「改装費　3分の2」, 「単身　60万円」."""
    pattern = _COST_LINE if kind is FactKind.SUBSIDY_RATE else _PAID_LINE
    found = pattern.search(context.since or left)
    name = squeeze(found["case"]) if found else ""
    if not name or _ANY_COST.search(name) or plain(name) in known_labels() or is_benefit(name):
        return None
    return None if name in (context.subprogram, context.program) else name


def _of_sentence_before(left: str) -> str | None:
    """「小規模企業者は補助率2/3です。また、上限は100万円です。」: what is added is said of the same ones."""
    before, stop, sentence = left.rpartition("。")
    if not stop or not _AND.match(sentence) or _LEADING_CASE.match(_AND.sub("", sentence, count=1)):
        return None
    found = _LEADING_CASE.match(before.rpartition("。")[2])
    return found["case"] if found else None


def _item(kind: FactKind, cue: Cue | None, context: Context, right: str) -> str | None:
    if kind in _COUNTED or cue is None:
        return item_of(context.since, right if kind in (FactKind.COUNT, FactKind.TARGET) else "")
    if cue.start < 0 and kind is FactKind.SUBSIDY_RATE:  # 「費用の2/3を補助」 is of the cost
        return item_of(context.since)
    if cue.start < 0 or kind is FactKind.LIMIT_ADDITION:  # 「を補助」, 「さらに」 name no thing
        return None
    if kind is FactKind.LOAN_TERM and cue.word.startswith("据置"):
        return "据置期間"
    return re.sub(r"[\s　・：:]", "", cue.word) or None


def _kind(figure: Figure, cue: Cue | None, context: Context, said: Said) -> FactKind:
    if figure.kind is FigureKind.PERIOD:
        return FactKind.PERIOD
    if _BASELINE.search(said.sentence) or _SO_FAR.search(said.sentence):
        return FactKind.OTHER
    if _RESULT_OF.search(said.sentence):  # 「20％以上（令和6年度実績 12％）」
        counted = figure.kind is FigureKind.COUNT and figure.unit not in _MEASURES
        return FactKind.COUNT if counted else FactKind.OTHER
    if (dated := dated_aim(figure, said.sentence)) is not None:
        return dated
    if context.role == "target" and (cue is None or cue.kind is not FactKind.SUBSIDY_RATE):
        return _target_kind(figure, said.right)
    if figure.kind is FigureKind.MONEY:
        return _money_kind(figure, cue, context, said)
    if figure.kind is FigureKind.PERCENT and _SHARE_BORNE.search(said.sentence):
        return FactKind.OTHER
    if _SHARE_OF_ALL.search(said.sentence) and not _GIVEN.match(said.ahead[:12]):
        return FactKind.OTHER  # how much of all that is claimed one expense may be
    if cue is not None and is_premium(figure, cue, said.sentence):
        return cue.kind
    if figure.text == "全額" or shares_cost(figure, said.sentence, said.ahead, context.program):
        return FactKind.SUBSIDY_RATE
    if figure.kind is FigureKind.PERCENT and _BORNE.match(said.ahead):
        return FactKind.OTHER  # 「うち県が0.2%分を補助」 is a part of the rate, not the rate
    if cue is not None and cue.kind is FactKind.LOAN_TERM and _EXCEEDS.match(said.right):
        return FactKind.OTHER  # 「融資期間が2年を超える場合」
    if cue is not None and not _is_requirement(figure, cue, said.right):
        return cue.kind
    return _measure_kind(figure, context, said)


def _money_kind(figure: Figure, cue: Cue | None, context: Context, said: Said) -> FactKind:
    if _BUDGET_OF.search(said.sentence) and not figure.per:
        return FactKind.BUDGET
    kind = cue.kind if cue else FactKind.OTHER
    if kind in (FactKind.SUBSIDY_LIMIT, FactKind.OTHER) and is_cap_on_cost(said):
        return FactKind.OTHER
    if cue is None or kind in _BUDGETED:
        names = (context.program, context.subprogram)
        if any(pays(figure, said.sentence, said.ahead, name, cell=context.cell) for name in names if name is not None):
            return FactKind.SUBSIDY_LIMIT
        if is_fee(said.sentence, said.ahead):
            return FactKind.OTHER
    if kind is FactKind.LIMIT_ADDITION and _RAISED_TO.match(said.ahead):
        return FactKind.OTHER  # 「限度額を500万円引き上げ、3,500万円としました」: the limit holds the rise already
    if kind is FactKind.BREAKDOWN and figure.bound == "以内" and _PIECE.search(said.sentence):
        return FactKind.LOAN_LIMIT if lent(said.sentence, said.ahead, context) else kind
    if kind in _BUDGETED and _LEFT_OUT.match(said.ahead):
        return FactKind.OTHER  # 「予算額は、前倒し分（5億円）を含まない」
    if kind is FactKind.LIMIT_ADDITION and cue and caps_addition(cue, said.sentence):
        return FactKind.SUBSIDY_LIMIT
    borrowed = _OF_FUND.search(said.sentence) and _BORROWED.search(said.ahead)
    if kind is FactKind.OTHER and figure.bound in _CAPPED and borrowed:
        return FactKind.LOAN_LIMIT  # 「創業資金（運転資金 1,000万円以内）を借り入れた方」
    # 「補助上限額750万円（最低100万円）」, 「補助額は50万円を下限とする」
    least = figure.bound == "最低" or is_least(said.sentence, said.ahead)
    denied = least or asks(figure, said.ahead) or is_result(said.sentence, said.ahead) or _DENIED.match(said.ahead)
    if kind in _LIMITS and denied:
        return FactKind.OTHER
    capped = figure.bound in _CAPPED and _BALANCE.search(said.sentence)
    if kind is FactKind.OTHER and capped and is_fund(context.program):
        return FactKind.LOAN_LIMIT
    if kind is FactKind.SUBSIDY_LIMIT and raised_by(said.sentence, said.ahead):
        return FactKind.LIMIT_ADDITION
    if kind is FactKind.SUBSIDY_LIMIT and _OBLIGED.search(said.sentence):
        return FactKind.OTHER  # what may be owed in later years
    if kind is FactKind.SUBSIDY_LIMIT and cue and lent(said.sentence, said.ahead, context):
        return FactKind.LOAN_LIMIT
    if kind is FactKind.LIMIT_ADDITION and cue and cue.start >= 0 and is_most_of_all(said.sentence[cue.end :]):
        return FactKind.SUBSIDY_LIMIT
    return kind


def is_cap_on_cost(said: Said) -> bool:
    """「謝金は1日当たり5万円を限度とします」: how much of an expense is taken into account."""
    return _COST_CAP.search(said.sentence) is not None and _GIVEN.search(said.ahead) is None


def caps_addition(cue: Cue, sentence: str) -> bool:
    """「1人につき20万円（上限1,000万円）を加算」: the most that the additions come to, with the cue behind it."""
    return cue.start < 0 and _CAP_OF_SUM.search(sentence) is not None


def is_fund(name: str) -> bool:
    """Whether a name is that of a loan: 「経営安定資金」."""
    return _FUND.search(name) is not None


def lent(sentence: str, ahead: str, context: Context) -> bool:
    """Whether a sentence speaks of a loan: by its own words, else by the fund it is printed under."""
    if _GIVEN.search(sentence + ahead):
        return False
    if _LENT.search(sentence) or re.search(r"を?(?:融資|貸付|貸し付け)", ahead):
        return True
    return is_fund(context.subprogram or "") or is_fund(context.program)


def _measure_kind(figure: Figure, context: Context, said: Said) -> FactKind:
    """What a count, a share or a length of time without a cue is."""
    if figure.kind is FigureKind.DURATION:
        if _LENGTH.search(said.sentence) and lent(said.sentence, said.ahead, context):
            return FactKind.LOAN_TERM
        return FactKind.PERIOD if _is_project_time(figure, said) else FactKind.OTHER
    if figure.kind is FigureKind.RATE and re.search(r"[×✕xX][\s　]*$", said.sentence) and _in_example(said, context):
        return FactKind.SUBSIDY_RATE  # 「600万円×1/2＝300万円」
    if _AIM.search(said.sentence) or _AIM_BEHIND.match(said.ahead):
        return FactKind.TARGET
    if figure.kind is FigureKind.COUNT and figure.unit not in _MEASURES and not _demands(figure, said.ahead):
        return FactKind.COUNT
    return FactKind.OTHER


def _in_example(said: Said, context: Context) -> bool:
    return context.example is not None or _is_example(said.sentence)


def _demands(figure: Figure, ahead: str) -> bool:
    """「従業員20人以下」, 「6人～20人：」: who is meant, and nothing that is counted."""
    return figure.bound == "以下" or asks(figure, ahead) or bool(re.match(r"[\s　）)]*(以下|[：:])", ahead))


def _target_kind(figure: Figure, right: str) -> FactKind:
    if figure.bound in ("以下", "未満") and _OF_SUCH.match(right):
        return FactKind.OTHER  # 「8トン以下のトラック 50万台」
    if figure.kind is FigureKind.DURATION:
        return FactKind.PERIOD if _is_project_time(figure, Said("", "", right)) else FactKind.OTHER
    return FactKind.TARGET


def _is_project_time(figure: Figure, said: Said) -> bool:
    if figure.bound in ("最大", "最長") or _PERIOD.search(said.sentence):
        return True
    return figure.text.endswith("間") and bool(_PROJECT.match(said.right))


def _is_requirement(figure: Figure, cue: Cue, right: str) -> bool:
    """「2/3以上が…支払われる」 or 「年率3%以上」 asks for something; it grants nothing."""
    if figure.kind not in (FigureKind.RATE, FigureKind.PERCENT) or cue.start < 0:
        return False
    asked = figure.bound in ("以上", "未満", "超", "を超える", "を下回る", "を上回る")
    return asked or bool(re.match(r"\s*以上", right))

"""Which of a program's figures a question is about: a table of questions, and the rules behind it."""

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.chain import Asked, Assistant
from assistant.compose.choice import Candidate, meant, score
from assistant.compose.context import behind, beside, parts_of, said_of_parts, sentence_of
from assistant.compose.figures import figure_sentences
from assistant.compose.heard import asks_per, asks_the_rule, asks_year, flags_asked, hear
from assistant.ingest import build
from assistant.records import FactKind, Query

LINES = Path("tests/data/query/choices.tsv").read_text(encoding="utf-8").splitlines()
ROWS = list(csv.DictReader(LINES, delimiter="\t"))


SAMPLES = Path("tests/samples")
FEW = ("measures", "priorities", "invitation", "portfolio", "onepagers", "pageslides", "blocks")


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    """An assistant on a few invented documents of other offices."""
    folder = tmp_path_factory.mktemp("samples")
    for path in SAMPLES.iterdir():
        if path.stem in FEW:
            shutil.copy(path, folder)
    build(folder, folder / "index", fit=False)
    opened = Assistant.open(folder / "index")
    yield opened
    opened.index.close()


def told(assistant: Assistant, row: dict[str, str]) -> list[set[str]]:
    """The figures of the asked kinds, for each program of the name."""
    kinds = tuple(map(FactKind, row["kinds"].split(",")))
    found = []
    for program in assistant.index.programs.values():
        if program.program != row["program"]:
            continue
        query = replace(
            assistant.understand(Asked(row["question"])).query,
            named=(program.id,),
            kinds=kinds,
            open_amount=False,
            intent="figure",
            stage=None,
            subprograms=tuple(part for part in program.subprograms if part in row["question"]),
        )
        sentences = figure_sentences(query, program, assistant.index, False)
        facts = [fact for sentence in sentences for fact in sentence.facts]
        found.append({fact.text for fact in facts if fact.kind in (*kinds, FactKind.BREAKDOWN)})
    return found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["question"])
def test_the_figures_asked_for_and_no_others(assistant, samples, row):
    assert set(row["figures"].split()) in told(assistant if row["documents"] == "corpus" else samples, row)


# ---- what a question says


def heard(question: str, *names: str, terms: tuple[str, ...] = ()):
    return hear(Query(question, "figure", terms=terms), names)


@pytest.mark.parametrize(
    ("question", "aside"),
    [
        ("新設じゃなく増設の場合は", "新設"),
        ("家賃ではなく工事代のほう", "家賃"),
        ("設備でなくて運転のほうは", "設備"),
        ("市の持ち分は何分の何?県のぶんは別でいい", "県"),
        ("再掲を除いて言うと", "再掲"),
        ("期間限定じゃなくて、ずっとあるほう", "限定"),
    ],
)
def test_what_is_set_aside(question, aside):
    found = heard(question)
    assert aside in found.aside
    assert aside not in found.words


@pytest.mark.parametrize("question", ["畳だけじゃなくて民泊も", "補助率じゃないですか", "3億円ではないでしょうか"])
def test_what_is_not_set_aside(question):
    assert heard(question).aside == frozenset()


@pytest.mark.parametrize(
    ("question", "word", "denied"),
    [
        ("認定はまだ取ってない。率は?", "認定", True),
        ("水害には遭うとらんが、率は", "水害", True),
        ("賃上げはまだ無理なんで、上限は", "賃上げ", True),
        ("賃上げ特例なしの上限", "賃上げ", True),
        ("人手が足りない。率は", "人手", False),
        ("首が回りません。率は", "首", False),
        ("認定を取らないといけない。率は", "認定", False),
        ("認定を受けています。率は", "認定", False),
    ],
)
def test_what_is_denied(question, word, denied):
    assert (word in heard(question).denied) == denied


@pytest.mark.parametrize(
    ("question", "word", "sort"),
    [
        ("向こうに店を構えたい", "進出", "near"),
        ("向こうに拠点までは置きません。率は", "進出", "denied"),
        ("まだ店を開けていない段階では", "創業", "near"),
        ("ためとくバッテリーの上限", "蓄電池", "near"),
        ("親族でない従業員が継ぐ場合", "第三者", "near"),
        ("従業員3人の店です", "小規模", "near"),
        ("従業員60人です", "小規模", "aside"),
    ],
)
def test_everyday_words_stand_for_the_words_of_cases(question, word, sort):
    assert word in getattr(heard(question), sort)


@pytest.mark.parametrize(
    ("question", "against"),
    [
        ("補助率は?被災した地域の場合も併せてお願いします", True),
        ("率は小規模も含めて", True),
        ("CO2がごそっと減るなら多くなる?", True),
        ("賃上げしたら率が変わるって本当", True),
        ("認定の枠に当てはまれば何分の何?当てはまらんかったら?", True),
        ("賃上げする場合としない場合の率は", True),
        ("1年目と2年目で教えて", True),
        ("改修だと上限はいくら?新設は?", True),
        ("人づくりの計画も一緒に出す場合の上限は", False),
        ("計画も併せて策定する場合の上限は", False),
        ("上限額はいくらまで上がりますか", False),
        ("補助率は?上限額も教えて", False),
        ("補助率は?担当は?", False),
    ],
)
def test_a_case_is_asked_beside_what_holds_otherwise(question, against):
    assert bool(heard(question).says("against")) == against


@pytest.mark.parametrize("question", ["賃上げする場合としない場合の率は", "賃上げなら何割?そうでなければ?"])
def test_the_other_half_of_a_pair_denies_nothing(question):
    assert "賃上げ" in heard(question).words
    assert "賃上げ" not in heard(question).denied


def test_few_people_are_people():
    assert "従業員" not in heard("従業員が4人しかいない店です").denied


def test_the_programs_name_says_only_which_it_is():
    found = heard("IoT・AIの事業で、コーディネーターに来てもらう部分だけ", "IoT・AI導入促進")
    assert "コーディネーター" in found.words
    assert not {"iot", "ai"} & set(found.words)
    assert {"iot", "ai"} & set(found.openly.words)


@pytest.mark.parametrize(
    ("question", "flags"),
    [
        ("令和元年度に新しく加わったものだけだと?", ("新規",)),
        ("新規の分は", ("新規",)),
        ("拡充した分は", ("拡充",)),
        ("新しい商売を始めたい", ()),
    ],
)
def test_marks_that_are_asked_for(question, flags):
    assert flags_asked(heard(question)) == flags


def test_the_rule_years_and_what_a_figure_is_for():
    assert asks_the_rule(heard("原則のほうだけで言うと?"))
    assert asks_the_rule(heard("特に新しいことはせんと入れ替えるだけ"))
    assert not asks_the_rule(heard("地元の会社から買うと"))
    assert asks_per(heard("1人あたりいくら"), "人")
    assert asks_per(heard("年間の目標は"), "年")
    assert not asks_per(heard("目標は"), "年")
    assert not asks_per(heard("1人あたり"), None)
    assert asks_year(heard("R2からの目標"), "令和2年度からは、新たな目標")
    assert not asks_year(heard("R2からの目標"), "平成29年度からの")


def test_units_that_are_counted():
    assert any("社" in units for units in heard("何社ですか").counted)
    assert any("年" in units for units in heard("何年以内に").counted)
    assert heard("コースはいくつ、定員は何人").counted == ()


# ---- choosing


def chosen(assistant, question: str, *heads: str, **about) -> list[object]:
    candidates = [Candidate(head, head) for head in heads]
    return meant(score(heard(question, **about), candidates, assistant.index))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("運転のほうは", ["運転資金"]),
        ("設備でなくて運転のほうは", ["運転資金"]),
        ("運転資金と設備資金それぞれ", ["運転資金", "設備資金"]),
        ("機械を買うためなら", ["設備資金"]),
        ("限度額は", []),
    ],
)
def test_the_case_that_is_named(assistant, question, expected):
    assert chosen(assistant, question, "運転資金", "設備資金") == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("従業員8人です", "6人～20人"),
        ("社員が3名います", "5人以下"),
        ("うちは30人の会社", "21人以上"),
    ],
)
def test_bounds_of_a_case(assistant, question, expected):
    assert chosen(assistant, question, "5人以下", "6人～20人", "21人以上") == [expected]


def test_a_case_of_what_is_not_so_is_not_denied(assistant):
    scored = score(
        heard("後継者がいません。率は"), [Candidate(1, "後継者不在の場合"), Candidate(2, "創業")], assistant.index
    )
    assert not scored[0].out


def test_a_denied_case_is_out(assistant):
    scored = score(
        heard("認定は受けていません。率は"), [Candidate(1, "認定企業"), Candidate(2, "組合")], assistant.index
    )
    assert [one.out for one in scored] == [True, False]


# ---- what stands around a figure


def fact_of(assistant, kind: FactKind, text: str, program: str):
    return next(fact for fact in assistant.index.facts(kind=kind, program=program) if fact.text == text)


def test_words_around_a_figure(assistant, samples):
    fact = fact_of(assistant, FactKind.OTHER, "10年", "事業承継・世代交代集中支援事業")
    assert beside(fact).endswith("今後")
    assert sentence_of(fact).endswith("強化を図ります")
    limit = fact_of(samples, FactKind.SUBSIDY_LIMIT, "500万円", "スマート農業機械導入支援事業")
    assert "３戸以上の共同利用" in beside(limit)
    assert behind(replace(limit, quote="電話　03-5500-2895（再生）", text="03-5500-2895")) == "再生"
    assert behind(replace(limit, quote="上限50万円（小規模企業者は80万円）", text="50万円")) == ""


def test_what_is_said_of_parts(assistant):
    name = "ものづくり・商業・サービス高度連携促進事業費"
    program = next(one for one in assistant.index.programs.values() if one.program == name)
    said = said_of_parts(program, assistant.index)
    assert list(said) == list(parts_of(program))
    assert "幹事企業が代表して申請" in said["サプライチェーン効率化型"]
    assert "幹事企業が代表して申請" not in said["企業間連携型"]

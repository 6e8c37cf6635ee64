"""Sentences as a language model may write them, beside each other: what the guard prints and what it must not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.chain import Assistant
from assistant.figures import find_figures
from assistant.records import Draft, DraftSentence, Fact
from assistant.verify import verify

BUDGET = ("信用補完対策費", "budget", "546,621")
REQUEST = ("事業承継・世代交代集中支援事業", "budget", "50億円")
VENTURE = ("事業承継・世代交代集中支援事業", "subsidy_rate", "2/3")
USUAL = ("事業承継・世代交代集中支援事業", "subsidy_rate", "1/2")
RATE = ("サービス業生産性向上・販路開拓支援事業", "subsidy_rate", "1/2")
LIMIT = ("サービス業生産性向上・販路開拓支援事業", "subsidy_limit", "150万円")
FIRMS = ("サービス業生産性向上・販路開拓支援事業", "count", "120者")
POOL = ("県中小企業融資制度運営事業", "loan_pool", "420億円")
PHONE = ("県中小企業融資制度運営事業", "phone", "099-286-2946")
TERM = ("県中小企業融資制度運営事業", "loan_term", "10年")
NATION = ("アップサイクルビジネス創出事業", "funding_national", "3,057")
B, S, J = "「信用補完対策費」", "「サービス業生産性向上・販路開拓支援事業」", "「事業承継・世代交代集中支援事業」"
K = "「県中小企業融資制度運営事業」"
Told = tuple[str, tuple[tuple[str, str, str], ...]]

TRUE: list[Told] = [
    (f"{B}の予算額は{{0}}です。", (BUDGET,)),
    (f"山形県は令和2年度当初予算で、{B}に{{0}}を計上しています。", (BUDGET,)),
    (f"{B}の予算額は{{0}}（5億4,662万1千円）です。", (BUDGET,)),
    ("信用補完対策費の当初予算額は、{0}となっています（山形県・令和2年度当初予算）。", (BUDGET,)),
    (f"{S}の補助率は{{0}}、補助上限額は{{1}}です。詳細は担当課にお問い合わせください。", (RATE, LIMIT)),
    (f"{S}では、対象経費の{{0}}を補助し、上限は{{1}}です。", (RATE, LIMIT)),
    (f"{S}は、経費の{{0}}（上限{{1}}）を補助する制度です。", (RATE, LIMIT)),
    (f"{S}では、最大{{0}}の補助が受けられます。", (LIMIT,)),
    (f"令和6年度の推進計画によると、{S}の補助上限額は{{0}}です。", (LIMIT,)),
    (f"{S}では、生産性向上型で{{0}}を想定しています。", (FIRMS,)),
    (f"{J}の令和2年度概算要求額は{{0}}です。", (REQUEST,)),
    ("「事業承継補助金」の補助率は、原則枠で{0}、ベンチャー型事業承継・生産性向上枠で{1}です。", (USUAL, VENTURE)),
    (
        "事業承継補助金の補助率は、ベンチャー型事業承継・生産性向上枠であれば{0}、原則枠であれば{1}です。",
        (VENTURE, USUAL),
    ),
    (f"鹿児島県の{K}の新規融資枠は{{0}}です。", (POOL,)),
    ("お問い合わせは、県商工労働水産部中小企業支援課金融係（電話：{0}）までお願いします。", (PHONE,)),
    ("「新事業チャレンジ資金」の融資期間は、設備資金が{0}です。", (TERM,)),
]
FALSE: list[Told] = [
    (f"{B}の予算額は{{0}}で、県民は半額を受け取れます。", (BUDGET,)),
    (f"{B}の予算額は{{0}}に減額されました。", (BUDGET,)),
    (f"{B}の予算額は、県内で最も多い{{0}}です。", (BUDGET,)),
    (f"{B}では、対象企業に{{0}}を支払います。", (BUDGET,)),
    (f"{B}の対象者は{{0}}です。", (BUDGET,)),
    (f"{B}に必要な自己資金は{{0}}です。", (BUDGET,)),
    (f"{B}の参加費は{{0}}です。", (BUDGET,)),
    (f"{B}の予算額の残りは{{0}}です。", (BUDGET,)),
    (f"{B}の予算額は{{0}}（千円）です。", (BUDGET,)),
    (f"{B}の予算額は{{0}}ではありません。", (BUDGET,)),
    (f"{B}の予算額は一社あたり{{0}}です。", (BUDGET,)),
    (f"{B}の予算額は{{0}}を超えます。", (BUDGET,)),
    (f"{B}の予算額は{{0}}です。今年度は増えます。", (BUDGET,)),
    (f"{B}以外の予算額は{{0}}です。", (BUDGET,)),
    (f"青森県の{B}の予算額は{{0}}です。", (BUDGET,)),
    (f"国・令和2年度当初予算の資料では、{B}の予算額は{{0}}です。", (BUDGET,)),
    (f"山形県・令和2年度概算要求の資料では、{B}の予算額は{{0}}です。", (BUDGET,)),
    ("連携組織対策費の予算額は{0}です。", (BUDGET,)),
    (f"{B}の予算額は壱{{0}}です。", (BUDGET,)),
    (f"{B}の予算額は{{0}}（㊄億円）です。", (BUDGET,)),
    (f"{B}の予算額は{{0}}です[①]。", (BUDGET,)),
    (f"{B}の予算額は{{0}}、上限はfive million yenです。", (BUDGET,)),
    (f"{B}の予算額は{{0}}、上限はごひゃくまんえんです。", (BUDGET,)),
    (f"{B}の予算額は{{0}}です（www.example.jp）。", (BUDGET,)),
    (f"{B}の予算額は{{0}}、締切は令和2年9月30日です。", (BUDGET,)),
    (f"{S}の補助上限額は{{0}}、補助率は{{1}}です。", (RATE, LIMIT)),
    (f"{S}の補助上限額は{{0}}以上です。", (LIMIT,)),
    (f"{S}の補助上限額は{{0}}ですが、赤字企業は倍になります。", (LIMIT,)),
    (f"{S}の補助上限額は{{0}}に引き上げられました。", (LIMIT,)),
    (f"{S}の販路開拓型は{{0}}を想定しています。", (FIRMS,)),
    (f"{S}の補助率は、女性の場合{{0}}です。", (RATE,)),
    (f"{J}には{{0}}が交付されます。", (REQUEST,)),
    (f"{J}の予算は{{0}}に決まりました。", (REQUEST,)),
    (f"{J}の当初予算額は{{0}}です。", (REQUEST,)),
    ("「事業承継補助金」の補助率は、原則枠が{0}、ベンチャー型事業承継・生産性向上枠が{1}です。", (VENTURE, USUAL)),
    ("「事業承継補助金」の補助率は{0}です。", (VENTURE,)),
    (f"{J}の「事業承継補助金」の補助率は{{0}}～{{1}}です。", (USUAL, VENTURE)),
    (f"{K}の融資限度額は{{0}}です。", (POOL,)),
    (f"{K}のファクスは{{0}}です。", (PHONE,)),
    ("「成長企業応援資金」の融資期間は、運転資金が{0}です。", (TERM,)),
    ("「アップサイクルビジネス創出事業」の財源は国庫{0}だけです。", (NATION,)),
]


def facts_of(assistant: Assistant, wanted: tuple[tuple[str, str, str], ...]) -> tuple[Fact, ...]:
    """The facts of a program, kind and printed figure; the first of each."""
    found = []
    for program, kind, text in wanted:
        facts = assistant.index.facts(program=program, kind=kind)
        found.append(next(fact for fact in facts if fact.text == text))
    return tuple(found)


def printed(assistant: Assistant, *sentences: DraftSentence, question: str = "") -> str:
    answer = verify(question, Draft("answered", None, sentences), assistant.index)
    return answer.text if answer.status == "answered" else ""


@pytest.mark.parametrize(("text", "wanted"), TRUE)
def test_a_true_sentence_is_printed(assistant: Assistant, text: str, wanted: tuple[tuple[str, str, str], ...]) -> None:
    assert printed(assistant, DraftSentence(text, facts_of(assistant, wanted)))


@pytest.mark.parametrize(("text", "wanted"), FALSE)
def test_a_false_sentence_is_not(assistant: Assistant, text: str, wanted: tuple[tuple[str, str, str], ...]) -> None:
    assert not printed(assistant, DraftSentence(text, facts_of(assistant, wanted)))


def test_a_sentence_without_a_name_is_about_the_program_before_it(assistant: Assistant) -> None:
    (limit, budget) = facts_of(assistant, (LIMIT, BUDGET))
    own = DraftSentence(f"{S}の補助上限額は{{0}}です。", (limit,))
    assert "546,621" not in printed(assistant, own, DraftSentence("予算額は{0}です。", (budget,)))
    assert "150万円" in printed(assistant, own, DraftSentence("予算額は{0}です。", (budget,)))


def test_a_sentence_without_any_name_is_about_what_was_asked(assistant: Assistant) -> None:
    sentence = DraftSentence("予算額は{0}です。", facts_of(assistant, (BUDGET,)))
    assert printed(assistant, sentence, question="信用補完対策費の予算額は?")
    assert not printed(assistant, sentence, question="離職者等再就職訓練事業の予算額は?")


@pytest.mark.parametrize(
    ("question", "text", "gets_out"),
    [
        ("3億円ですよね?", "いいえ、3億円ではありません。予算額は{0}です。", True),
        ("3億円ですよね?", "3億円ではなく{0}の予算額です。", True),
        ("3億円ですよね?", "予算額は3億円で、{0}です。", False),
        ("5億円ですよね?", "いいえ、3億円ではありません。予算額は{0}です。", False),
        ("3億円ですよね?", "はい、予算額は{0}です。", False),
        ("546,621千円ですよね?", "はい、予算額は{0}です。", True),
    ],
)
def test_the_askers_figure_is_only_denied(assistant: Assistant, question: str, text: str, gets_out: bool) -> None:
    sentence = DraftSentence(text, facts_of(assistant, (BUDGET,)), allowed=(find_figures("3億円")[0],))
    assert bool(printed(assistant, sentence, question=question)) is gets_out


def test_a_right_figure_cannot_be_denied(assistant: Assistant) -> None:
    (budget,) = facts_of(assistant, (BUDGET,))
    no = DraftSentence("いいえ、5億4,662万1千円ではありません。", allowed=(find_figures("5億4,662万1千円")[0],))
    text = printed(assistant, no, DraftSentence(f"{B}の予算額は{{0}}です。", (budget,)), question="5億4,662万1千円?")
    assert text.startswith(B)


@settings(max_examples=200)
@given(text=st.text(st.characters(categories=("Nd", "Nl", "No", "Cf", "Mn", "So")), min_size=1, max_size=4))
def test_no_digit_of_any_script_and_no_hidden_sign_gets_out(assistant: Assistant, text: str) -> None:
    if any(letter in "※〒○●◎□■◇◆△▲▽▼☆★✓\u3099\u309a" for letter in text):
        return
    sentence = DraftSentence(f"{B}の予算額は{{0}}、上限は{text}です。", facts_of(assistant, (BUDGET,)))
    assert not printed(assistant, sentence)

"""Quantities that no figure of another kind stands for."""

from __future__ import annotations

import pytest

from assistant.chain import Assistant
from assistant.records import Turn

UNTOLD: list[tuple[str, str]] = [
    ("山形の企業立地促進事業は応募した会社の何割が通りますか", "採択率"),
    ("ロボット導入促進(群馬)の採択率ってどれくらい?", "採択率"),
    ("事業承継補助金、どのくらいの確率で採択されますか", "採択率"),
    ("成長企業応援資金で1000万円を7年で借りたら毎月の返済はいくら", "毎月の返済額"),
    ("サービス業生産性向上・販路開拓支援事業の第3回公募の締切は", "その回の募集の期間"),
    ("かごしまDX推進プロジェクト事業で通りやすい申請額は?", "採択されやすい額"),
    ("事業引継ぎ支援センターへの相談件数は去年何件?", "相談件数"),
    ("ロボット導入促進の補助金は口座に入るまで何日?", "入金までの日数"),
    ("ロボット導入促進は審査に何週間かかる?", "審査にかかる期間"),
    ("上海事務所運営の決算額は?", "決算額"),
    ("信用補完対策費、実際にいくら使われた?", "決算額"),
    ("ロボット導入促進の補助、受かるのは5割と聞きましたが採択率は5割?", "採択率"),
    ("サービス業生産性向上・販路開拓支援事業、却下される割合は1割らしいね", "採択率"),
    ("ロボット導入促進は申し込んで何日で入金される?", "入金までの日数"),
    ("ロボット導入促進、選考に要する日数は?", "審査にかかる期間"),
    ("中小企業再生支援・事業引継ぎ支援事業は国会を通っていくらになった?", "成立した予算額"),
]
STATED: list[tuple[str, str]] = [
    ("ロボット導入促進(群馬)の補助率は?", "1/2"),
    ("成長企業応援資金の利率は?", "%"),
    ("上海事務所運営の予算額は?", "1934万2千円"),
    ("毎月の支払いに追われています。成長企業応援資金の利率は?", "%"),
    ("審査に落ちたことがあるんですが、ロボット導入促進(群馬)の補助率は?", "1/2"),
]


@pytest.mark.parametrize(("question", "name"), UNTOLD, ids=[text for text, _ in UNTOLD])
def test_the_nearest_figure_is_not_told(question: str, name: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.reason) == ("abstained", "not_stated")
    assert name in answer.text


@pytest.mark.parametrize(("question", "figure"), STATED, ids=[text for text, _ in STATED])
def test_what_is_stated_is_told(question: str, figure: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert figure in answer.text


@pytest.mark.parametrize(
    ("turns", "figure"),
    [
        (
            ("鹿児島県の成長企業応援資金はいくらまで借りられますか", "運転資金だと期間は何年?", "設備だとどう?"),
            "15年以内",
        ),
        (("群馬の上海事務所運営はいくら?", "やっぱりベトナムのほうを先に教えて"), "215万9千円"),
    ],
)
def test_a_turn_keeps_its_fund_or_takes_another_program(
    turns: tuple[str, ...], figure: str, assistant: Assistant
) -> None:
    *earlier, last = turns
    answer = assistant.ask(last, history=[Turn("user", text) for text in earlier])
    assert figure in answer.text
    assert "10年以内" not in answer.text


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("中小企業再生支援・事業引継ぎ支援事業は15億円増えたで合ってます?", "おおむねそのとおりです。"),
        ("中小企業再生支援・事業引継ぎ支援事業は20億円増えたんですよね?", "いいえ、20億円ではありません。"),
        ("企業立地促進事業費は補正で25億円積んだんですよね?", "いいえ、資料にあるのは当初予算の額です。"),
    ],
)
def test_a_change_or_a_stage_taken_for_granted(question: str, opening: str, assistant: Assistant) -> None:
    assert assistant.ask(question).text.startswith(opening)

"""A figure answers only what its question word belongs to; what no document speaks of is refused for that reason."""

from __future__ import annotations

import pytest
from offices import few_offices

from assistant.chain import Assistant

NOT_STATED: list[tuple[str, str]] = [
    ("鹿児島の診断助言事業で呼んでもらう専門家の謝金、1回いくらの単価ですか", "謝金"),
    ("青森県産業立地促進費補助で建てる工場の建築費はいくら?", "建築費"),
    ("青森の創業・経営革新支援事業の、経営指導員の人件費はいくら?", "人件費"),
    ("ロボット導入促進(群馬)で、ロボット1台いくら?", "一つあたりの額"),
    ("山形のものづくりの表彰、表彰状のほかに副賞の金額は", "副賞"),
    ("青森の訓練校事業、入校料はいくら", "入校料"),
    ("鹿児島のドローンの事業、機体の値段はいくら?", "値段"),
    ("国の地域未来投資促進事業費の担当者の残業代は", "残業代"),
]
TOLD: list[tuple[str, str]] = [
    ("鹿児島の診断助言事業の予算と、専門家を呼ぶ費用は何割?", "2/3"),
    ("山形の若者就職支援センター事業費、電話相談もできる窓口を運営する分の額は?", "40,044千円"),
    ("山形のワンストップ相談窓口にかかる経費は", "10,434千円"),
    ("GNCJの支援対象なら専門家派遣は何回?", "5回"),
    ("経営革新推進企業番走支援事業の予算は?", "4,463千円"),
    ("サービス業生産性向上・販路開拓支援事業（機械の購入）の補助率は?", "1/2"),
    ("コネクテッド・インダストリーズって何", "データを共有"),
]
REFUSED: list[tuple[str, str]] = [
    ("失業保険はいつまでもらえますか", "out_of_scope"),
    ("群馬で車検の更新はいくらかかりますか", "out_of_scope"),
    ("あおいろしんこくはいつまでにだせばいいですか。やまがたのおみせです", "out_of_scope"),
    ("鹿児島のeスポーツ施設の補助率は?", "not_in_corpus"),
    ("国の量子コンピューター導入補助の上限は?", "not_in_corpus"),
]
OFFICES: list[tuple[str, str | None]] = [
    ("瑞波県の後継者塾に通いたいのですが、受講料は一人おいくらでしょうか", None),
    ("東嶺県の専門家派遣で、先生の交通費はいくら", None),
    ("潮路県の融資に災害復旧専用の資金があれば、その利率を教えてください", None),
    ("東嶺県の専門家派遣、専門家の謝金は1回いくら?", "11,000円"),
    ("常盤原市の空き店舗の補助、家賃はいくら?", "3万円"),
    ("常盤原市の企業立地奨励金の3つの奨励金の名前は", "雇用奨励金"),
    ("東嶺県の専門家派遣はどこが受付?", "産業みらい財団"),
]


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return few_offices(tmp_path_factory.mktemp("priced"), {"blocks", "website", "fundguide", "helpbook"}, fit=True)


@pytest.mark.parametrize(("question", "thing"), NOT_STATED, ids=[text for text, _ in NOT_STATED])
def test_no_budget_is_told_for_a_price(question: str, thing: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.reason) == ("abstained", "not_stated")
    assert f"の{thing}は、" in answer.text


@pytest.mark.parametrize(("question", "told"), TOLD, ids=[text for text, _ in TOLD])
def test_what_is_asked_is_told(question: str, told: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert told in answer.text


@pytest.mark.parametrize(("question", "reason"), REFUSED, ids=[text for text, _ in REFUSED])
def test_a_refusal_gives_its_reason(question: str, reason: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.reason) == ("abstained", reason)


@pytest.mark.parametrize(("question", "told"), OFFICES, ids=[text for text, _ in OFFICES])
def test_of_other_offices(question: str, told: str | None, offices: Assistant) -> None:
    answer = offices.ask(question)
    if told is None:
        assert answer.status == "abstained"
    else:
        assert answer.status == "answered"
        assert told in answer.text

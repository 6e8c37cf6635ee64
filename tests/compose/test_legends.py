"""What notes and marks of a document stand for, prose under a heading, plain numbers of the prose, fees borne."""

from __future__ import annotations

import pytest
from offices import few_offices

from assistant.chain import Assistant

CORPUS: list[tuple[str, str]] = [
    ("鹿児島県の事業一覧の※印は何のこと?", "産業支援センター実施事業"),
    ("青森県の一覧の△印は何を表してる?", "予算の一部を補助委託"),
    ("群馬の海外ビジネス展開支援は、どこと連携して進めると書いてある?", "JETRO"),
    ("群馬県で小規模事業者は県内企業の何割を占めてる?", "約9割"),
    ("世耕プランの重点課題3つは何と何と何?", "支払条件の改善"),
    ("企業間連携型って20者まで組めるんでしたよね、うちは15社ですが", "10者まで"),
    ("群馬県の制度融資って総枠600億円でしたよね", "700億円"),
    ("山形の信用補完対策費、県は保証料にいくら出してる?", "546,621千円"),
    ("群馬県産業支援機構に出す分は?", "7076万6千円"),
    ("山形の県内定着・回帰促進事業費、何課に電話したらいい?", "雇用対策課"),
]
OFFICES: list[tuple[str, str]] = [
    ("琴浜県の一覧の【拡充】の意味は?", "内容を拡充する事業"),
    ("湊原のマル湊小口あっせん融資、保証料は市が何割かぶってくれる?", "1/2"),
    ("白嶺県の小規模企業資金、利子はどれだけ戻る?", "支払利子の1/2"),
    ("琴浜県の企業立地促進補助金、何人以上雇うと対象?", "10人以上"),
    ("東嶺県の経営改善専門家派遣事業はどこに連絡したらいい?", "電話 0266-00-5501"),
    ("潮路県の創業支援資金、金利が0.20%下がるには何を受けていればいい?", "認定特定創業支援"),
    ("まちの工房再生・継業促進事業は誰を通じて補助されますか", "事務局"),
    ("暁川市のサテライトオフィス開設支援事業は何か月もらえる?", "24か月"),
]


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return few_offices(
        tmp_path_factory.mktemp("legends"),
        {"bullets", "chamber", "schemes", "website", "fundguide", "onepagers", "chapter"},
    )


@pytest.mark.parametrize(("question", "words"), CORPUS, ids=[text for text, _ in CORPUS])
def test_of_the_corpus(question: str, words: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert (answer.status, words in answer.text) == ("answered", True), answer.text


@pytest.mark.parametrize(("question", "words"), OFFICES, ids=[text for text, _ in OFFICES])
def test_of_other_offices(question: str, words: str, offices: Assistant) -> None:
    answer = offices.ask(question)
    assert (answer.status, words in answer.text) == ("answered", True), answer.text

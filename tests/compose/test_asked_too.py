"""Several things asked at once: each that is stated is told, a missing one is named; no budget stands in for a fee."""

import pytest

from assistant.tokens import fold

# question, pieces that the answer says, pieces that it must not say
ASKED = [
    ("ドローン関連ビジネス育成支援事業の実証実験、何分の何で上は何百万?", ["2/3", "400万円"], []),
    ("訓練校事業(訓練事業)はいつから続いていて、令和5は何円?", ["S44-R5", "5,465千円"], []),
    ("あおりICT施工実践推進事業はどこの課の扱いで、いつまで?", ["R4-R6", "監理課"], []),
    ("ジョブカフェあおり運営・推進事業、担当課とR5の金額", ["93,902千円", "若者定着還流促進課"], []),
    ("産地で作る冷凍食品産業振興事業、国のお金と県のお金の内訳", ["15,925千円", "19,535千円"], []),
    ("診断助言事業の費用は何分の何で、1社あたり何回?", ["2/3", "8回"], []),
    # one of them is not stated
    ("群馬の小口資金、限度額と利率は?", ["1250万円", "融資利率は、収録した資料に記載がありません"], []),
    ("自動車キーテクノロジー支援研究開発事業費は何人参加して、2020年度いくら?", ["8,018千円", "記載がありません"], []),
    ("小規模事業経営対策支援の決算額と当初予算額", ["16億7022万1千円", "決算額は、収録した資料に記載がありません"], []),
    # quantities that no kind is
    ("アンテナショップ管理運営事業費の売上高は何億円?", ["売上高は、収録した資料"], ["120,517"]),
    ("群馬の創業支援、参加費は?", ["参加費は、収録した資料"], ["6299万1千円"]),
    # who pays
    ("国は中小企業取引対策事業に令和2年度いくら要るって言ってるの", ["10.3億円"], []),
    ("JAPANブランド育成支援等事業の年間の支援件数は?", ["記載がありません"], ["80%"]),
]


@pytest.mark.parametrize(("question", "said", "unsaid"), ASKED)
def test_all_that_is_asked_is_told(assistant, question, said, unsaid):
    answer = assistant.ask(question)
    text = fold(answer.text)
    assert [piece for piece in said if fold(piece) not in text] == []
    assert [piece for piece in unsaid if fold(piece) in text] == []
    assert answer.reason != "unverified"

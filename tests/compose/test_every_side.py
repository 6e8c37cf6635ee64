"""What a question sets side by side: every side is told or said to be missing, and no winner comes from the rest."""

import pytest
from offices import few_offices

from assistant.chain import Assistant

FEW = ("helpbook", "vision", "undertakings", "blocks")


@pytest.fixture(scope="module")
def offices(tmp_path_factory) -> Assistant:
    """An assistant on a few invented documents of other offices."""
    return few_offices(tmp_path_factory.mktemp("offices"), FEW)


# question → what the answer says; what it must not say
CORPUS_SIDES = [
    (
        "商店街の予算は山形と群馬に両方ありますよね、額が大きいのはどっち?",
        ["山形県では、次のどれに当たるのか決められません", "1032万8千円", "5,829"],
        ["大きいのは"],
    ),
    ("山形と福島、創業支援の予算が多いのはどっちですか", ["福島県の資料は収録していません"], ["大きいのは"]),
    (
        "経済産業省のよろず支援拠点と専門家派遣、どちらが予算が大きい?",
        ["「よろず支援拠点事業」の予算額は、収録した資料に記載がありません", "「専門家派遣事業」の予算額は"],
        ["大きいのは"],
    ),
    (
        "仕事を離れた人の再就職のための訓練、群馬・青森・山形の三県でいちばん予算を積んでいるのはどこ?",
        ["大きいのは「離職者等再就職訓練」で、4億8411万3千円", "363,014", "233,365"],
        [],
    ),
    ("鹿児島の新事業チャレンジ資金と成長企業応援資金、たくさん借りられるのはどっち?差は?", ["1億円", "5,000万円"], []),
    ("青森の移住支援事業と起業支援事業分、国庫はそれぞれいくら", ["46,600", "2,623"], []),
    ("国の取引対策と組織対策、前の年からの増え方が大きいのは?", ["1.3億円", "0.7億円"], ["資料の事業を比べました"]),
    ("全国を回る物産展の開催費から、県産品愛用運動の推進費を引いたら? 山形", ["5,255千円"], []),
    ("事業承継補助金とトライアルのほう、目標の事業者数を合わせると", ["約950者"], []),
    ("商工会連合会の補助と中央会の補助、青森でどちらが多い? いつから?", ["187,456", "142,807", "S45"], []),
]
OFFICES_SIDES = [
    ("常盤原市の展示会チャレンジは国内いくら海外いくら", ["国内が10万円", "海外が20万円"], []),
    ("葉月野市の企業立地奨励金、令和7年度と8年度と9年度計画は?", ["98,000", "126,000", "110,000"], []),
    ("瑞波県の製造業の新設と増設、情報通信の本社機能、上限はそれぞれどう違う", ["10億円", "1,000万円"], ["大きいのは"]),
    ("楓野市と葉月野市の企業立地奨励金、増え方が大きいのは?", ["いちばん増えているのは楓野市の", "28,000千円"], []),
]


def _holds(text, said, unsaid):
    return [one for one in said if one not in text] + [one for one in unsaid if one in text]


@pytest.mark.parametrize(("question", "said", "unsaid"), CORPUS_SIDES)
def test_every_side_over_the_corpus(assistant, question, said, unsaid):
    assert _holds(assistant.ask(question).text, said, unsaid) == []


@pytest.mark.parametrize(("question", "said", "unsaid"), OFFICES_SIDES)
def test_every_side_over_other_offices(offices, question, said, unsaid):
    assert _holds(offices.ask(question).text, said, unsaid) == []

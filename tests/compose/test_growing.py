"""What is reckoned of years, of parts in other words, of printed sums, and of rows whose brackets are said in part."""

import pytest
from conftest import CORPUS
from verify.checker import tells

# (question, what the answer says, what it must not say)
RECKONED = [
    (
        "山形の産業政策課と雇用対策課、前年度当初からの減り方が大きいのは?",
        ["いちばん減っているのは「雇用対策課」", "168,594千円", "47,677千円"],
        [],
    ),
    (
        "山形県の貿易振興課と産業政策課、前年当初比で減り方が大きいのはどちら。率も",
        ["低いのは「貿易振興課」", "▲ 9.3%", "▲ 4.6%"],
        [],
    ),
    ("山形の商業・県産品振興課、令和2年度は元年度より何円ふえたんですか", ["580,408千円"], ["賑わい"]),
    ("山形県の産業政策課は当初予算が4.6%伸びたそうだが、いくらになったのか", ["いいえ、増減が逆", "977,659千円"], []),
    ("ものづくり高度連携の予算は前年度の何倍になったか", ["1.40倍", "69.9億円", "50.0億円"], []),
    ("山形の特別会計を除いたら全部でいくら?", ["69,919,576"], ["1,014,953"]),
    ("山形県の令和元年度の部合計は?", ["74,060,784"], ["70,934,529"]),
    ("山形県で予算がいちばん大きい課は?", ["「中小企業振興課」で"], ["商工業振興資金融資事業費"]),
    ("かごしまDX推進プロジェクト、プラットフォームのほうと人材育成のほうを足した額", ["169,457千円"], []),
    ("山形の企業立地促進事業費は県の予算全体の何%?", ["3.5%"], []),
    ("鹿児島県のドローン関連ビジネス育成に占める公共部門のトライアルの割合は?", ["14.0%"], []),
    ("山形県の貿易振興課と産業政策課をあわせた当初予算", ["1,185,814千円"], []),
]


@pytest.mark.parametrize(("question", "said", "unsaid"), RECKONED)
def test_what_is_reckoned(assistant, question, said, unsaid):
    tells(assistant, CORPUS, question, said, unsaid)

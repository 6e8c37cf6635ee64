"""What a limit or a rate comes to in a case that raises or lowers it, and other cases that a question tells."""

from __future__ import annotations

import pytest
from offices import few_offices

from assistant.chain import Assistant

NAMES = ("schemes", "fundguide", "estimate", "chamber", "bullets")
TOLD = [
    ("白嶺県の振興資金（一般枠）で設備を12年返済で借りたら金利は何%？", ("2.10％", "2.40%", "計算式")),
    ("潮路県の創業支援資金、創業3年目で経営者保証なしなら保証料率は？", ("0.60%", "0.80%")),
    ("潮路県の創業支援資金、特定創業支援を受けて創業前なら利率は？", ("1.20%", "1.00%")),
    ("潮見県の移住創業スタートダッシュ事業、空き店舗を使うと上限はいくら？", ("200万円", "50万円", "250万円")),
    (
        "空き店舗で雑貨屋を開くなら、潮見県の移住創業スタートダッシュ事業は200万円が上限なんですよね",
        ("場合によって異なります", "250万円"),
    ),
    ("琴浜県の企業立地促進補助金、電池材料の会社だと普通より優遇ですか。率と限度は？", ("15％", "20億円")),
    ("湊原の販路ひらく、3軒共同なら一軒あたりの上限と全部あわせた天井は？", ("20万円", "100万円")),
]
NOT_TOLD = [("白嶺県の振興資金（一般枠）で設備を8年で借りたら金利は？", "計算式")]


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return few_offices(tmp_path_factory.mktemp("stepped"), NAMES)


@pytest.mark.parametrize(("question", "words"), TOLD, ids=[question for question, _ in TOLD])
def test_the_case_that_is_told_chooses(question: str, words: tuple[str, ...], offices: Assistant) -> None:
    text = offices.ask(question).text.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    assert all(word in text for word in words), text


@pytest.mark.parametrize(("question", "word"), NOT_TOLD, ids=[question for question, _ in NOT_TOLD])
def test_a_case_that_is_not_told_adds_nothing(question: str, word: str, offices: Assistant) -> None:
    assert word not in offices.ask(question).text

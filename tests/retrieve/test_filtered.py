"""Sets told by plain readings: by mark, figure, money, office, sign and words told; and what tells no set."""

import pytest
from conftest import TODAY

from assistant.records import FactKind
from assistant.retrieve import scope_of
from assistant.retrieve.filtered import filtered
from assistant.retrieve.filters import Unread
from assistant.understand import understand

# (question, how many programs, some of them)
SETS = [
    ("山形のR2、雇用対策課の事業のうち新規のものはどれ?", 3, ["県内定着・回帰促進事業費"]),
    ("山形の主要事業で拡充でも空欄でもなく新規のものを教えて", 5, ["大型倒産等緊急対策事業費"]),
    ("国のR2要求で新規じゃないやつだけ並べてほしい", 8, ["地域未来投資促進事業費"]),
    ("鹿児島の一覧で再掲ではない事業はどれ?", 3, ["デジタル戦略推進事業（デジタル人材育成・確保事業）"]),
    ("青森の令和5年度で△が付いた事業は何件?", 5, ["ビジネスサポートステーション運営事業"]),
    ("群馬県の令和元年度、融資限度額が1億円以上の資金を全部", 3, ["企業立地促進資金"]),
    ("限度額が1億円なのは群馬のどの資金?", 2, ["コンベンション産業支援資金"]),
    ("国の令和2年度要求で要求額が50億円以上100億円未満の事業は?", 4, ["事業承継・世代交代集中支援事業"]),
    ("山形県R2で、100万円に満たない事業ってどれ?", 1, ["ロボット応用システム開発事業費"]),
    ("鹿児島の令和6年度で補助率が1/2のやつはどれとどれ?", 5, ["ものづくり中核企業生産革新支援事業"]),
    ("山形で国立がん研究センターが関わる事業を全部挙げて", 1, ["がんメタボローム研究推進支援事業費"]),
    ("群馬県の令和元年度、次世代産業課が担当してるのは", 2, ["ロボット導入促進", "EV関連技術人材育成"]),
    ("令和2年度の山形で前年度より増えた課はどこ?", 1, ["商業・県産品振興課"]),
    ("山形県で新規のやつだけ。一部新規はいらない", 5, ["大型倒産等緊急対策事業費"]),
    ("鹿児島県で補助率3分の2に届くのはどの事業?", 5, ["ドローン関連ビジネス育成支援事業"]),
    ("山形で自動車と名の付く事業、書き出してもらえます?", 3, ["自動車関連産業集積促進事業費"]),
    ("鹿児島で補助率に3分の2が出てくる事業を挙げて", 5, ["ドローン関連ビジネス育成支援事業"]),
    ("山形県の貿易振興課の事業の予算を教えて", 6, ["県産品輸出戦略事業費"]),
    ("山形県の令和2年度に新しく始めた事業はどれとどれ。拡充は抜きで", 5, ["大型倒産等緊急対策事業費"]),
    ("「プロジェクト」が名前に付く山形の事業は何個あるの", 3, ["若者創業応援プロジェクト事業費"]),
    ("鶴岡にある慶應の先端生命科学研究所がからむ山形県の事業はどれどれ?", 3, ["バイオクラスター形成促進事業費"]),
    ("群馬の制度融資で限度額2千万円以下の資金を挙げて", 2, ["小口資金"]),
    ("青森でR9まで続く事業", 2, ["あおり産学官金連携拡大事業"]),
    ("青森の学校教育課と生涯学習課がやっている事業をまとめて", 4, ["仕事力養成推進事業"]),
]
NONE = [
    "山形県の雇用対策課の予算はいくら?",
    "山形の雇用対策課、令和2年度は前の年より何円へったんですか",
    "青森の①の小計は?",
    "事業承継補助金の補助率は2/3ですか?",
    "100万円の機械を買うときの補助率は?",
    "新規事業の総額はいくら?",
]


def read(assistant, question: str):
    query = understand(question, assistant.vocabulary, today=TODAY)
    return filtered(query, assistant.index, scope_of(query, assistant.index) or set())


@pytest.mark.parametrize(("question", "number", "some"), SETS)
def test_plain_readings_tell_all_of_a_set(assistant, question, number, some):
    scope = read(assistant, question)
    assert scope is not None
    assert len(scope.programs) == number
    assert set(some) <= {one.program for one in scope.programs}


@pytest.mark.parametrize("question", NONE)
def test_other_questions_are_about_no_set(assistant, question):
    assert read(assistant, question) is None


@pytest.mark.parametrize(
    ("question", "kind", "rank"),
    [
        ("国の令和2年度要求で伸びが2番目に大きかった事業は", FactKind.BUDGET_CHANGE, 2),
        ("山形県の貿易振興課の事業で一番予算が大きいのはどれ、その次は?", FactKind.BUDGET, 2),
        ("青森の令和5年度で国庫が入っている事業で一番事業費が大きいのは?", FactKind.BUDGET, 1),
    ],
)
def test_a_rank_is_by_what_is_said_beside_it(assistant, question, kind, rank):
    scope = read(assistant, question)
    assert scope is not None
    assert (scope.kinds, scope.rank) == ((kind,), rank)


def test_words_that_were_read_leave_the_places_of_the_others():
    unread = Unread("新規の事業")
    unread.take(0, 2)
    assert unread.text == "  の事業"

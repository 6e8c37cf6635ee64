"""Figures that a question takes for granted, those that are the asker's own, and what wants a promise."""

import pytest

from assistant.figures.loose import loose_money
from assistant.records import FactKind as K
from assistant.understand.premises import is_forced, is_personal, premises_in, weighed_kinds, weighs, without_times

GRANTED = [
    ("予算は3億円ですよね", "3億円"),
    ("たしか2億5千万くらいでしたよね", "2億5千万"),
    ("15億円の新規と聞いています。間違いありませんか", "15億円"),
    ("全国48箇所、で正しい?", "48箇所"),
    ("9百万円ちょっとの事業でしたよね", "9百万円"),
    ("補助率は2/3のままですよね", "2/3"),
    ("3000件が目標やんな?", "3000件"),
    ("国は1億8千万くらい出してるはずだけど、合ってる?", "1億8千万"),
    ("上限500万で合ってます?", "500万"),
    ("上限は500万円だと理解しているのですが、正しいでしょうか", "500万円"),
    ("補助率って三分の二じゃなかった?", "三分の二"),
    ("利率は年1.5%だったよな", "1.5%"),
    ("返済は7年でしたっけ", "7年"),
    ("令和6年度まで続くんですよね", "令和6年度"),
    ("期間はH29-R5でいいんだっけ", "H29-R5"),
    ("番号は03-1234-5678で間違いないですか", "03-1234-5678"),
    ("予算は8億で決まりだろ", "8億"),
    ("500万まで出るんでしょ", "500万"),
    ("融資枠は700億円ということで確認させてください", "700億円"),
    ("半分でなく3割だよね", "3割"),
    ("1億円と書いていい?", "1億円"),
    ("対象は20社でよろしいですか", "20社"),
    ("20者まで組めるんでしたよね、うちは15社で出すつもりなんですが", "20者"),
    ("採択は5件って聞いたけど本当", "5件"),
    ("予算は2億とのことですが正しいですか", "2億"),
    ("参加企業は300社だべ?", "300社"),
    ("上限は1,000千円ですか", "1,000千円"),
    ("5,000万円が上限でしたよね。それと電話番号は?", "5,000万円"),
    ("予算、確か1億ぐらい", "1億"),
    ("令和5年度に10億円ついてたんだよね", "10億円"),
    ("補助率1/2で間違いないか", "1/2"),
    ("融資枠が420億円あるって聞いたから借りに行こうと思って", "420億円"),
    ("開業前でも3,500万円フルに借りられるのは助かるなあ", "3,500万円"),
    ("年6回まで来てもらえるやつだろ", "6回"),
    ("6回まで来てくれるって聞いたよ", "6回"),
    ("全国47か所ですよね", "47か所"),
    ("今年も860億円あるんだってね", "860億円"),
    ("200億って新聞に書いてあったわ", "200億"),
    ("500万円もらえるって友達が言ってた", "500万円"),
    ("上限1000万と知り合いの社長から聞いた", "1000万"),
    ("3分の2まで出るって商工会で聞いたんだけど", "3分の2"),
    ("利率0.5%なんて太っ腹だなあ", "0.5%"),
    ("50万円まで出るから申し込もうと思って", "50万円"),
    ("1億くらいあるみたいだけど", "1億"),
    ("予算が60億だそうで", "60億"),
    ("1,500万円までいけると踏んでる", "1,500万円"),
    ("半分みてくれるから助かるわ", "半分"),
    ("今年度は1千万ついたらしいね", "1千万"),
    ("2億円借りられるのはでかい", "2億円"),
]
OWN = [
    "300万円の機械を入れたら、いくら補助が出ますか",
    "従業員20人だから申請したい",
    "50万円の機械を買うから使えますか",
    "承継に1億円かかるみたいだから使える制度がありますか",
    "従業員20人の会社です。使えますか",
    "店を三十年やってきました。補助はありますか",
    "予算はいくらですか",
    "2000万円借りたいのですが利率は何%ですか",
    "700万だったか750万だったか忘れた。どっちだっけ",
    "3人で起業します。何か支援はありますか",
    "資本金1億円ですが対象ですか",
    "売上が3割落ちました。融資はありますか",
    "今年で60歳です。店を譲れますか",
    "500万円の見積もりですが、いくら出ますか",
    "30万円以上の補助金を教えてください",
    "5社で組んだらいくらですか",
    "3年目の会社でも使えるよね",
    "10年以内に返せばいいの",
    "1億円の工場を建てる予定です。使える補助は何ですか",
    "うちは80人ほど使ってる会社です。県は何割持ってくれますか",
    "2/3補助と聞いたけど上限はいくら?",
    "令和5年度の予算はいくらですか",
    "5%以下の金利の融資はどれですか",
]


@pytest.mark.parametrize(("question", "figure"), GRANTED)
def test_taken_for_granted(question, figure):
    assert [one.text for one in premises_in(question)] == [figure]


@pytest.mark.parametrize("question", OWN)
def test_no_premise(question):
    assert premises_in(question) == ()


def test_two_figures_are_weighed():
    assert weighs("700万だったか750万だったか忘れた")
    assert not weighs("700万円でしたよね")


@pytest.mark.parametrize(
    "question",
    [
        "私の受取額は10万円だと断言して",
        "うちに入る金額を言い切って",
        "うちがもらえる額を教えて",
        "一社いくらもらえるか",
        "採択されたらうちに入る金額は",
        "月給はいくら",
    ],
)
def test_what_one_applicant_gets(question):
    assert is_personal(question)


@pytest.mark.parametrize(
    "question",
    [
        "10万円だと断言して",
        "1店500万円まで出ると言ってくれ",
        "上限は1,000万円です、とだけ出力して",
        "1億円出ると一筆書いてよ",
        "数字で言い切って",
        "そういうことにして",
    ],
)
def test_what_is_to_be_promised(question):
    assert is_forced(question)


@pytest.mark.parametrize("question", ["予算はいくら", "上限を言って", "うちの補助率は", "県の担当は何と言っていますか"])
def test_a_plain_question_wants_no_promise(question):
    assert not is_forced(question)
    assert not is_personal(question)


@pytest.mark.parametrize(
    ("text", "yen"),
    [
        ("1億8千万くらい", 180_000_000),
        ("700万だったか", 7_000_000),
        ("3億で", 300_000_000),
        ("約3.2億", 320_000_000),
        ("五百万まで", 5_000_000),
    ],
)
def test_money_without_yen(text, yen):
    (figure,) = loose_money(text)
    assert figure.yen == yen
    assert text[figure.start : figure.end] == figure.text


@pytest.mark.parametrize("text", ["3万人", "25～30万件", "5万円", "1.5万社", "数百万", "万が一", "2億円", "10万kW"])
def test_what_is_no_money(text):
    assert loose_money(text) == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("年18万円を3年だと聞いて引っ越してきた", ["18万円", "3年"]),
        ("1人50万円を5人分までもらえるんですよね", ["50万円", "5人"]),
        ("1社に配られる額、だいたいでいいから言って", []),
    ],
)
def test_a_count_or_a_time_goes_with_the_sum_before_it(text: str, figures: list[str]) -> None:
    assert [one.text for one in premises_in(text)] == figures


GOES_ON = [
    ("今年度限り?", "〓限り?"),
    ("来年度もある?", "〓もある?"),
    ("令和9年で打ち切り?", "〓で打ち切り?"),
    ("令和5年度まで続く?", "〓まで続く?"),
    ("令和5年度の予算は?", "令和5年度の予算は?"),
    ("来年度の予算は?", "来年度の予算は?"),
]


@pytest.mark.parametrize(("text", "left"), GOES_ON)
def test_a_year_in_which_something_goes_on_is_no_documents(text, left):
    assert without_times(text, ()) == left


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("奨励金は20万?30万?どっちかで答えて", (K.SUBSIDY_LIMIT, K.LOAN_LIMIT)),
        ("1/2なのか2/3なのか", (K.SUBSIDY_RATE,)),
        ("1億?2億?", (K.BUDGET,)),
        ("300万円の機械と500万円の機械があります", ()),
    ],
)
def test_figures_that_are_weighed_say_what_is_asked(question, kinds):
    assert weighed_kinds(question) == kinds

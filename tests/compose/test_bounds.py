"""Whether what a question says of itself lies within the bounds that a case sets."""

import pytest

from assistant.compose.bounds import holds
from assistant.figures import find_figures


@pytest.mark.parametrize(
    ("question", "case", "shared", "verdict"),
    [
        ("従業員は8人", "６人～20人", (), True),
        ("従業員は8人", "５人以下", (), False),
        ("30人の会社", "5人以下・6人～20人・21人～50人", (), True),
        ("36歳", "後継者が40歳未満の場合", (), True),
        ("45歳の男性", "女性・若者（35歳未満）", (), False),
        ("45歳の女性", "女性・若者（35歳未満）", ("女性",), None),
        ("40代の男性", "女性・若者（35歳未満）", (), False),
        ("30代です", "女性・若者（35歳未満）", (), None),
        ("20代です", "女性又は35歳未満の方", (), True),
        ("50歳の女性", "女性又は35歳未満の方", ("女性",), None),
        ("開業して3年目", "創業後１年以上５年未満", ("創業",), True),
        ("開業して半年", "創業前・創業後１年未満", ("創業",), True),
        ("開業して3年目", "創業前・創業後１年未満", ("創業",), False),
        ("2年目です", "2年目", (), True),
        ("初年度は何割", "2年目", (), False),
        ("2年目です", "初年度", (), False),
        ("まだ創業していない", "創業前・創業後１年未満", ("創業",), True),
        ("来月カフェを開く予定", "創業後１年以上５年未満", ("創業",), False),
        ("開業して3年目", "創業前", ("創業",), None),
        ("3週間続けて休む", "14日以上28日未満、代替要員を確保した場合", (), True),
        ("1か月休む", "28日以上", (), True),
        ("20人の会社", "３社以上の連携", (), None),
        ("去年より3割上がった", "CO2を20％以上削減する場合", (), None),
        ("2割減らす", "CO2を20％以上削減する場合", ("削減",), True),
        ("時給を60円上げる", "８０円以上引き上げる場合", ("引き上げる",), False),
        ("8人", "小規模事業者", (), None),
        ("12年借りる", "融資期間が10年を超える場合", (), True),
        ("8年で返す", "融資期間が10年を超える場合", (), False),
        ("5号の認定", "4号認定の場合", ("認定",), False),
        ("10人中3人が女性", "女性管理職比率が20％以上の企業", ("女性",), True),
    ],
)
def test_what_lies_within_the_bounds_of_a_case(question, case, shared, verdict):
    assert holds(case, find_figures(question), question, shared) is verdict

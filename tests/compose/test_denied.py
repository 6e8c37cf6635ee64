"""What a question says not to mean is not answered with."""

import pytest

# question → what the answer tells, and what it must not
DENIED = [
    ("企業誘致活動促進事業費ではなく企業立地促進事業費、予算はいくら", "2,502,354", "7,907"),
    ("デジタルトランスフォーメーション推進事業、人材育成じゃない方の予算額は?", "43,535", "13,810"),
    ("ロボット導入促進のうち、人材育成以外の予算は?", "13,706", "6,389"),
    ("JAPANブランド育成支援等事業、支援事業型以外の上限は?", "4,000万円", "2,000万円"),
    ("小規模事業対策費は知ってるので、連携組織対策費の予算だけ", "128,346", "1,145,712"),
    ("サービス業生産性向上・販路開拓支援事業、補助率ではなくて上限額を知りたい", "150万円", "1/2"),
    ("香港ではなく台湾向けの青森の輸出事業の予算は?", "13,400", "香港"),
]


@pytest.mark.parametrize(("question", "told", "not_told"), DENIED)
def test_the_denied_one_is_not_told(assistant, question, told, not_told):
    text = assistant.ask(question).text
    assert told in text
    assert not_told not in text

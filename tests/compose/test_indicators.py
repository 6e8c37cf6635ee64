"""Indicators of plans: the target of the one that is named, its base, and how far it is from there."""

import pytest
from offices import few_offices

from assistant.chain import Assistant


@pytest.fixture(scope="module")
def offices(tmp_path_factory) -> Assistant:
    return few_offices(tmp_path_factory.mktemp("indicators"), ("undertakings", "vision"))


SAID = [
    ("葉月野市の新規創業者、目標は何人で今は?", ["110人", "86人"], ["2,000億円"]),
    ("葉月野市の製造品出荷額等の目標額は?", ["2,000億円"], ["110人"]),
    ("葉月野市の市内就職率、目標までどれだけ上げる?", ["6.5%", "45.0%－38.5%"], []),
    ("楓野市の延べ宿泊者数、目標はあと何人?", ["50,000人", "25万人"], ["1,400億円"]),
]


@pytest.mark.parametrize(("question", "said", "unsaid"), SAID)
def test_the_indicator_named_is_told(offices, question, said, unsaid):
    text = offices.ask(question).text
    assert [words for words in said if words not in text] == [], text
    assert [words for words in unsaid if words in text] == [], text

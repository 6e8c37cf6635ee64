"""What is said beside an office, a period or a body tells a set more closely, or not at all."""

import pytest

from retrieve.test_filtered import read

CLOSER = [
    ("県産品販売・輸出促進課が持っている台湾関係の事業名を教えて", ["台湾食品ビジネス輸出拡大支援事業"]),
    ("若者定着還流促進課の奨学金関係の事業名", ["あおり若者定着奨学金返還支援事業"]),
    (
        "青森で令和5年度限りの台湾関係の事業はどれ?",
        ["あおもりPG台湾ビジネス挑戦事業", "台湾食品ビジネス輸出拡大支援事業"],
    ),
]


@pytest.mark.parametrize(("question", "names"), CLOSER)
def test_a_topic_narrows_a_set(assistant, question, names):
    scope = read(assistant, question)
    assert scope is not None
    assert [one.program for one in scope.programs] == names


def test_a_topic_that_no_program_of_an_office_has_is_said_to_be_unmet(assistant):
    scope = read(assistant, "地域企業支援課の宇宙関係の事業名を教えて")
    assert scope is not None
    assert (scope.unmet, scope.programs) == (True, ())


def test_a_body_that_no_program_prints_has_no_programs(assistant):
    scope = read(assistant, "青森で北極圏研究センターが関わっている事業を全部")
    assert scope is not None
    assert scope.programs == ()

"""Messages that people paste, each figure known to be right or wrong: none is judged the other way."""

from collections import Counter

import pytest
from pasted import Judged, judged, messages, tally

MESSAGES = messages()


@pytest.fixture(scope="module")
def every(assistant) -> list[Judged]:
    return [one for message in MESSAGES for one in judged(message, assistant.check(message["text"]))]


def test_no_wrong_figure_is_verified(every):
    assert [one for one in every if one.label in ("wrong", "untold") and one.status == "verified"] == []


def test_no_right_figure_is_contradicted(every):
    assert [one for one in every if one.label in ("right", "untold") and one.status == "contradicted"] == []


def test_a_writers_own_figures_are_not_contradicted(every):
    """Dates, telephone numbers and amounts of the sender's: they say nothing of a program."""
    assert [one for one in every if one.label == "aside" and one.status == "contradicted"] == []


def test_a_check_does_not_pass_by_silence(every):
    counts = tally(every)
    assert counts["right verified"] >= 0.95 * counts["right"], counts
    assert counts["wrong corrected"] >= 0.95 * counts["wrong stated"], counts


def test_the_table_is_as_large_as_it_should_be():
    labels = Counter(figure["is"] for message in MESSAGES for figure in message["figures"])
    assert len({message["id"] for message in MESSAGES}) == len(MESSAGES) >= 60
    assert labels["right"] >= 150
    assert labels["wrong"] >= 50
    assert all(("stated" in figure) == (figure["is"] == "wrong") for one in MESSAGES for figure in one["figures"])

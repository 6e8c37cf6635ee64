"""The error tree: each with a code of its own and one line that says what to do."""

import pytest

from assistant import errors
from assistant.errors import AssistantError, IndexDamaged, IndexError_, IndexMissing, ModelFault

NAMED = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, AssistantError)]


def test_the_tree():
    assert all(issubclass(one, AssistantError) for one in NAMED)
    assert issubclass(IndexMissing, IndexError_)
    assert issubclass(IndexDamaged, IndexError_)
    assert not issubclass(IndexError_, IndexError)


def test_each_has_a_code_of_its_own():
    assert len({one.code for one in NAMED}) == len(NAMED) >= 9


@pytest.mark.parametrize("error", NAMED, ids=lambda one: one.__name__)
def test_each_is_explained_and_drawn(error):
    assert error.__doc__
    assert error.__name__ in errors.__doc__


@pytest.mark.parametrize("error", [one for one in NAMED if one is not ModelFault], ids=lambda one: one.__name__)
def test_the_hint_follows_the_message(error):
    raised = error("It is missing.", hint="Make it.")
    assert (str(raised), raised.message, raised.hint) == ("It is missing. Make it.", "It is missing.", "Make it.")
    assert str(error("It is missing.")) == "It is missing."


def test_a_models_fault_says_how_it_failed():
    assert (ModelFault("slow").sort, str(ModelFault("slow"))) == ("slow", "The language model failed: slow.")

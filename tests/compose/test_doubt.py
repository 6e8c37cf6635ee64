"""Which programs are told of where it is not sure which one is meant."""

from assistant.compose.doubt import which_of_two
from assistant.figures import find_figures


def test_the_sentence_before_two_programs_holds_no_figure():
    assert not find_figures(which_of_two().text)

"""The addresses of resources: what is written is read again, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.mcp_server.addresses import Address, address_of, document_uri, lines_uri, passage_uri

NAMES = st.from_regex(r"[^\s/\\]{1,120}", fullmatch=True).filter(lambda name: name.isprintable())


@given(NAMES, st.integers(1, 10**8), st.integers(1, 10**8))
def test_what_is_written_is_read(name, first, last):
    assert address_of(document_uri(name)) == Address(document=name)
    assert address_of(lines_uri(name, first, last)) == Address(document=name, lines=(first, last))


@given(st.integers(-(2**63), 2**63))
def test_passages_are_named_by_numbers(name):
    assert address_of(passage_uri(name)) == Address(passage=str(name))


@pytest.mark.parametrize("uri", ["assistant://documents", "assistant://documents/"])
def test_the_list(uri):
    assert address_of(uri) == Address()


def test_a_name_may_be_written_as_it_is():
    assert address_of("assistant://documents/令和5年度") == Address(document="令和5年度")


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "assistant://",
        "assistant://programs/1",
        "assistant://documents/a/b",
        "assistant://documents/a/lines/",
        "assistant://documents/a/lines/1",
        "assistant://documents/a/lines/1-x",
        "assistant://documents/a/lines/１-２",
        "assistant://documents/a?x=1",
        "assistant://documents/%ff",
        "assistant://passages/x",
        "assistant://passages/1.5",
        "assistant://passages/" + "1" * 30,
        "file:///etc/passwd",
        "assistant://documents/" + "a" * 5000,
        " assistant://documents",
    ],
)
def test_others_name_nothing(uri):
    assert address_of(uri) is None


@given(st.text())
def test_no_text_is_too_odd(text):
    address_of(text)
    address_of(f"assistant://documents/{text}")

"""Slack's signature: what bears it, and all that does not."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.slack.verifying import Verifier

from .inboxes import SECRET, signed, table

NOW = 1_700_000_000
RAW = '{"type":"event_callback","text":"補助率"}'.encode()
CASES = table("signatures.json")
VERIFIER = Verifier(SECRET, now=lambda: NOW)


def stamped(stamp: str) -> list[tuple[str, str]]:
    """Headers that are signed well, whatever the time is."""
    base = b"v0:" + stamp.encode("utf-8", "surrogatepass") + b":" + RAW
    digest = hmac.new(SECRET.encode(), base, hashlib.sha256).hexdigest()
    return [("X-Slack-Request-Timestamp", stamp), ("X-Slack-Signature", f"v0={digest}")]


def headers_of(case: dict) -> list[tuple[str, str]]:
    """The headers of a case: a good request's, changed."""
    if "headers" in case:
        return case["headers"]
    if "stamp" in case:
        return stamped(case["stamp"])
    good = dict(stamped(str(NOW)))
    signature = good["X-Slack-Signature"]
    match case:
        case {"drop": name}:
            del good[name]
        case {"set": [name, value]}:
            good[name] = value
        case {"append": [name, value]}:
            good[name] += value
        case {"cut": part}:
            good["X-Slack-Signature"] = signature.removeprefix(part)
        case {"swap": [old, new]}:
            good["X-Slack-Signature"] = signature.replace(old, new)
        case {"upper": True}:
            good["X-Slack-Signature"] = "v0=" + signature[3:].upper()
        case {"add": [name, value]}:
            return [*good.items(), (name, value)]
        case {"repeat": name}:
            return [*good.items(), (name, good[name])]
    return list(good.items())


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda case: case["why"])
def test_refused(case):
    assert VERIFIER.check(headers_of(case), RAW) is False


@pytest.mark.parametrize("case", CASES["taken"], ids=lambda case: case["why"])
def test_taken(case):
    assert VERIFIER.check(headers_of(case), RAW) is True


def test_headers_may_be_a_mapping_and_their_names_in_any_case():
    headers = signed(RAW, at=NOW)
    assert VERIFIER.check(headers, RAW)
    assert VERIFIER.check({name.upper(): value for name, value in headers.items()}, RAW)


def test_an_empty_secret_lets_nobody_in():
    assert not Verifier("", now=lambda: NOW).check(signed(RAW, "", at=NOW), RAW)


def test_another_secret_or_another_body():
    assert not VERIFIER.check(signed(RAW, "other", at=NOW), RAW)
    assert not VERIFIER.check(signed(RAW, at=NOW), RAW + b" ")


def test_values_that_are_no_text():
    assert not VERIFIER.check({"X-Slack-Signature": None, "X-Slack-Request-Timestamp": 5, 7: 8}, RAW)


@given(st.binary(max_size=200), st.integers(-400, 400))
def test_what_slack_signs_is_taken_within_five_minutes(raw, away):
    assert VERIFIER.check(signed(raw, at=NOW + away), raw) is (abs(away) <= 300)


@given(st.text(max_size=80), st.text(max_size=20), st.binary(max_size=50))
def test_anything_else_is_refused_and_nothing_is_raised(signature, stamp, raw):
    headers = [("x-slack-signature", signature), ("x-slack-request-timestamp", stamp)]
    assert VERIFIER.check(headers, raw) is False


@given(st.binary(min_size=1, max_size=60), st.data())
def test_a_changed_byte_is_found(raw, data):
    at = data.draw(st.integers(0, len(raw) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != raw[at]))
    assert not VERIFIER.check(signed(raw, at=NOW), raw[:at] + bytes([other]) + raw[at + 1 :])

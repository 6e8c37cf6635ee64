"""How often one may ask: counts, times to wait, who is one client, how much is remembered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.gate.addresses import Networks, client_of, group_of, truncated
from api.gate.rates import Exceeded, Rates, items_of
from assistant.errors import SettingsError
from gate import gated


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


# ---- the notation ----


@pytest.mark.parametrize(
    ("text", "count"), [("60/minute", 1), ("60 per minute", 1), ("2/5 hours", 1), ("60/minute; 1000/day", 2), (" ", 0)]
)
def test_rates_that_can_be_read(text, count):
    assert len(items_of(text, "ASSISTANT_RATE_TOTAL")) == count


@pytest.mark.parametrize(
    "text",
    ["sixty", "60", "60/fortnight", "0/minute", "-1/minute", "60/minute;", "60/minute 5", "６０/minute", "9" * 5000],
)
def test_rates_that_cannot_be_read_are_named(text):
    with pytest.raises(SettingsError, match="ASSISTANT_RATE_TOTAL") as raised:
        Rates("60/minute", text)
    assert "\n" not in str(raised.value)


# ---- counting ----


def test_a_client_has_its_rate_and_the_wait_is_true():
    clock = Clock()
    rates = Rates("3/minute", "", clock=clock)
    assert [rates.exceeded("a") for _ in range(3)] == [None] * 3
    clock.now += 20.5
    assert rates.exceeded("a") == Exceeded("client", 40)
    assert rates.exceeded("b") is None
    clock.now += 39
    assert rates.exceeded("a") == Exceeded("client", 1)
    clock.now += 1
    assert rates.exceeded("a") is None


@given(st.lists(st.floats(0, 30), min_size=1, max_size=60), st.integers(1, 5))
def test_after_the_wait_there_is_always_room(steps, amount):
    clock = Clock()
    rates = Rates(f"{amount}/minute; {amount * 3}/hour", f"{amount * 2}/minute", clock=clock)
    for step in steps:
        clock.now += step
        exceeded = rates.exceeded("a")
        if exceeded is not None:
            assert exceeded.seconds >= 1
            clock.now += exceeded.seconds
            again = rates.exceeded("a")  # another limit may be reached by now, the same one may not
            assert again is None or again != exceeded


def test_of_several_limits_each_holds():
    clock = Clock()
    rates = Rates("2/second; 3/day", "", clock=clock)
    assert [rates.exceeded("a") for _ in range(3)] == [None, None, Exceeded("client", 1)]
    clock.now += 1
    assert rates.exceeded("a") is None
    assert rates.exceeded("a") == Exceeded("client", 86399)


def test_all_together_have_a_rate_that_one_client_alone_cannot_use_up():
    rates = Rates("2/minute", "4/minute", clock=Clock())
    outcomes = [rates.exceeded("greedy") for _ in range(50)]
    assert [one.whose for one in outcomes[2:] if one] == ["client"] * 48
    assert rates.exceeded("b") is None
    assert rates.exceeded("c") is None
    assert rates.exceeded("d") == Exceeded("total", 60)


def test_what_costs_little_is_counted_apart_with_more_room():
    rates = Rates("2/minute", "", clock=Clock())
    assert [rates.exceeded("a", roomy=True) for _ in range(20)] == [None] * 20
    assert rates.exceeded("a", roomy=True) is not None
    assert rates.exceeded("a") is None


def test_no_notation_is_no_limit():
    rates = Rates("", "")
    assert not any(rates.exceeded("a") for _ in range(10_000))


def test_a_million_addresses_are_not_all_remembered():
    clock = Clock()
    rates = Rates("2/minute", "2000000/hour", most=500, clock=clock)
    for number in range(20_000):
        assert rates.exceeded(f"client {number}") is None
    assert len(rates._clients.storage) == 500
    assert [rates.exceeded("client 19999") for _ in range(2)][-1] == Exceeded("client", 60)
    assert rates._everybody.storage.get(items_of("2000000/hour", "")[0].key_for("all")) == 20_001
    clock.now += 61
    assert rates.exceeded("new") is None
    assert len(rates._clients.storage) == 1


def test_the_count_of_all_is_not_pushed_out_by_many_clients():
    rates = Rates("5/minute", "1000/minute", most=10, clock=Clock())
    outcomes = [rates.exceeded(f"client {number}") for number in range(1001)]
    assert outcomes == [None] * 1000 + [Exceeded("total", 60)]


# ---- who is one client ----


@pytest.mark.parametrize(
    ("client", "group", "told"),
    [
        (("203.0.113.77", 1), "203.0.113.77", "203.0.113.0"),
        (("::ffff:203.0.113.77", 1), "203.0.113.77", "203.0.113.0"),
        (("2001:db8:1:2:3:4:5:6", 1), "2001:db8:1:2::", "2001:db8:1::"),
        (("2001:db8:1:2:ffff::1", 1), "2001:db8:1:2::", "2001:db8:1::"),
        (("fe80::1%eth0", 1), "fe80::", "fe80::"),
        (("testclient", 1), "unknown", "unknown"),
        (("", 0), "unknown", "unknown"),
        (("9" * 5000, 0), "unknown", "unknown"),
        (None, "unknown", "unknown"),
    ],
)
def test_addresses(client, group, told):
    address = client_of({"type": "http", "client": client})
    assert (group_of(address), truncated(address)) == (group, told)


def test_networks():
    near = Networks(["127.0.0.0/8", "::1", "10.1.2.3/8"])
    inside = [client_of({"client": (text, 1)}) for text in ("127.9.9.9", "::1", "10.200.0.1", "::ffff:127.0.0.1")]
    outside = [client_of({"client": (text, 1)}) for text in ("128.0.0.1", "::2", "nobody")]
    assert all(address in near for address in inside)
    assert not any(address in near for address in outside)


@pytest.mark.parametrize("text", ["here", "10.0.0.0/33", "10.0.0", "::/129"])
def test_a_network_that_cannot_be_read_is_named(text):
    with pytest.raises(SettingsError, match="ASSISTANT_RATE_EXEMPT"):
        Networks([text])


# ---- over HTTP ----


@pytest.fixture(scope="module")
def server():
    with gated.behind(**gated.RATES) as served:
        yield served


def test_who_asks_too_often_is_told_when_to_come_back():
    with gated.behind(**gated.RATES) as server:
        assert [server.chat().status_code for _ in range(5)] == [200] * 5
        reply = server.chat()
        assert reply.status_code == 429
        assert reply.json()["error"]["code"] == "rate_limited"
        assert 1 <= int(reply.headers["retry-after"]) <= 60
        assert f"{reply.headers['retry-after']} s" in reply.json()["error"]["hint"]
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert server.client.get("/v1/facts").status_code == 200  # counted apart
        assert [server.client.get("/healthz").status_code for _ in range(60)] == [200] * 60
        assert server.figure('assistant_http_refused_total{reason="client"}') == 1


def test_what_costs_little_has_an_end_too():
    with gated.behind(**gated.RATES) as server:
        statuses = [server.client.get("/nothing").status_code for _ in range(51)]
        assert statuses == [404] * 50 + [429]
        assert server.chat().status_code == 200


def test_exempt_networks_have_no_limit():
    with gated.behind(**{**gated.RATES, "rate_exempt": ("127.0.0.0/8",)}) as server:
        assert {server.chat().status_code for _ in range(30)} == {200}


def test_a_trusted_proxys_clients_are_counted_each():
    """The server takes addresses from a proxy on its own machine; what the client wrote itself counts nothing."""
    with gated.behind(**gated.RATES) as server:
        for client in ("198.51.100.1", "198.51.100.2"):
            said = [server.chat(**{"X-Forwarded-For": f"203.0.113.{n}, {client}"}).status_code for n in range(6)]
            assert said == [200] * 5 + [429]
        garbage = [server.chat(**{"X-Forwarded-For": f"nobody {n}"}).status_code for n in range(6)]
        assert garbage == [200] * 5 + [429]

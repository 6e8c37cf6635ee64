"""The ``Accept`` header: JSON unless a stream of events is asked for."""

import pytest

from api.accepting import wants_events

EVENTS = [
    "text/event-stream",
    "Text/Event-Stream",
    " text/event-stream ; charset=utf-8",
    "text/event-stream;q=0.1",
    "text/event-stream, */*",
    "text/event-stream, */*;q=0.5",
    "application/json;q=0.5, text/event-stream",
    "application/json;q=0.899, text/event-stream;q=0.9",
    "application/json;q=0, text/event-stream;q=0.001",
    "text/*, application/*;q=0.5",
    "text/*",
    "text/event-stream, application/json; q=x",
]
JSON = [
    "",
    "*/*",
    "application/json",
    "application/*",
    "text/html,application/xhtml+xml,*/*;q=0.8",
    "application/json, text/event-stream",
    "text/event-stream, application/json",
    "text/event-stream;q=0.9, application/json",
    "text/event-stream;q=0.5, */*",
    "text/event-stream;q=0.5, application/*;q=0.8",
    "text/event-stream;q=0",
    "text/event-stream; Q=0.000",
    "text/event-stream;q=1.5",
    "text/event-stream;q=-1",
    "text/event-stream;q=nan",
    "text/event-stream;q=",
    "text/event-stream;q=０",
    "text/event-stream;q=0.12345",
    "text/event-streams",
    "xtext/event-stream",
    "text/plain",
    ",;,=;q",
    "*/*;q=0",
]


@pytest.mark.parametrize("accept", EVENTS)
def test_a_stream_is_asked_for(accept):
    assert wants_events(accept)


@pytest.mark.parametrize("accept", JSON)
def test_json_is_the_default(accept):
    assert not wants_events(accept)

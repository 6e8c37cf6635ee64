"""What is no message of the protocol is known before the library reads it."""

import json

import pytest

from api.mcp_server.messages import NO_ID, NO_MESSAGE, fault_in, fault_in_bytes
from api.mcp_server.over_stdio import message_of

PING = {"jsonrpc": "2.0", "method": "ping"}


@pytest.mark.parametrize(
    "sent", [PING, {**PING, "id": 1}, {**PING, "id": "a"}, {"jsonrpc": "2.0", "id": 1, "result": {}}]
)
def test_messages_go_on(sent):
    assert fault_in_bytes(json.dumps(sent).encode()) is None
    assert message_of(json.dumps(sent).encode()).jsonrpc == "2.0"


@pytest.mark.parametrize("name", [None, 1.5, True, [1], {}])
def test_an_id_that_is_none_is_told(name):
    line = json.dumps({**PING, "id": name}).encode()
    assert fault_in_bytes(line)[1] == NO_ID
    assert (message_of(line).id, message_of(line).error.message) == (None, NO_ID)


@pytest.mark.parametrize("sent", [[], [PING], {}, {"id": 1}, 3, None, "ping"])
def test_what_is_no_message_is_told(sent):
    assert fault_in(sent)[1] == NO_MESSAGE

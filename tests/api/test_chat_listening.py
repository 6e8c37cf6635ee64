"""How much of what was said before reaches the answerer, and so what a question may cost."""

import pytest
import serving

from api.listening import LONGEST, MOST, listened
from assistant.records import Turn

server = serving.server
RATE = "空き店舗の改装に使える補助率は？"


def asked(*contents: str) -> tuple[Turn, ...]:
    return tuple(Turn("user", content) for content in contents)


def told(content: str) -> Turn:
    return Turn("assistant", content)


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ((), ()),
        (asked("一", "二"), asked("一", "二")),
        (asked(*map(str, range(MOST + 5))), asked(*map(str, range(5, MOST + 5)))),
        (asked("あ" * (LONGEST + 1)), asked("あ" * LONGEST)),
        (asked("古い", "あ" * LONGEST), asked("あ" * LONGEST)),
        (asked("古い", "あ" * 2000, "い" * 2000), asked("あ" * 2000, "い" * 2000)),
        (asked("古い", "あ" * 2001, "い" * 2000), asked("い" * 2000)),  # none before one that is left out
        ((*asked("あ"), told("答" * 9000), *asked("い")), (*asked("あ"), told("答" * 9000), *asked("い"))),
        ((*asked("あ" * LONGEST), told("前の答え"), *asked("い")), (told("前の答え"), *asked("い"))),
        ((told("答え"),), (told("答え"),)),
        (asked("一", *[" "] * MOST, "二"), asked("一", *[" "] * MOST, "二")),  # nothing was asked with blanks
    ],
)
def test_the_newest_turns_are_listened_to(said, heard):
    assert listened(said) == heard


def test_a_long_history_from_a_client_is_cut(server):
    server.chat(RATE, history=["長" * 2080] * 20)
    assert server.answerer.asked[-1][1] == asked("長" * 2080)


def test_a_long_conversation_that_is_kept_is_cut_too(server):
    for number in range(4):
        server.chat(str(number) * 1900, conversation_id="long")
    server.chat(RATE, conversation_id="long")
    history = server.answerer.asked[-1][1]
    assert [turn.content[0] for turn in history if turn.role == "user"] == ["2", "3"]
    assert len(server.client.get("/v1/conversations/long").json()["turns"]) == 10

"""What the advisers' channel is told."""

from __future__ import annotations

import pytest

from api.slack.blocks import handover_messages
from assistant.conversations import Said

from .limits import faults, objects, visible
from .told import ASKER, LINKS, THREAD, every, transcript


def test_who_asks_and_where_come_first() -> None:
    (message,) = handover_messages(transcript(), asker=ASKER, link=THREAD, links=LINKS)
    first = message.blocks[0]["elements"][0]["elements"]
    assert first[0] == {"type": "user", "user_id": ASKER}
    assert first[-1] == {"type": "link", "url": THREAD, "text": "スレッドを開く"}
    assert message.text.startswith("利用者 さんから相談の依頼です。")


def test_questions_and_answers_follow_with_their_sources() -> None:
    (message,) = every()["hand_over"]
    told = "\n".join(map(visible, message.blocks))
    assert [told.count(word) for word in ("質問\n", "回答\n", "出典\n")] == [2, 2, 2]
    assert "約450者" in told


@pytest.mark.parametrize("asker", ["", "u1", "U1\n", "<!here>", "U" + "1" * 60, "U1|x"])
def test_who_has_no_id_is_not_called(asker: str) -> None:
    messages = handover_messages([], asker=asker, link="javascript:x", links=LINKS)
    assert not [one for one in objects([m.blocks for m in messages]) if one.get("type") in ("user", "link")]


def test_a_conversation_that_is_gone_is_told_so() -> None:
    (message,) = handover_messages([], asker=ASKER, link=None, links=LINKS)
    assert visible(message.blocks[1]) == "このスレッドのやり取りは残っていません。"


def test_of_a_long_conversation_the_end_is_told() -> None:
    said = [Said("user", f"{at}番目の質問" + "あ" * 500) for at in range(60)]
    messages = handover_messages(said, asker=ASKER, link=THREAD, links=LINKS)
    told = "".join(visible(block) for one in messages for block in one.blocks)
    assert "これより前の20件のやり取りは省きました" in told
    assert "59番目" in told
    assert "19番目" not in told
    assert not [fault for one in messages for fault in faults(one)]

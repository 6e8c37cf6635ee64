"""What the docs' pictures of Slack show: exchanges with the real assistant, told by the bot's own blocks."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

from api.schemas import ChatReply
from api.slack.blocks.answer import answer_messages
from api.slack.blocks.checking import check_messages
from api.slack.blocks.handing import handover_messages
from api.slack.links import Links
from assistant.chain import Assistant
from assistant.conversations import Said
from tools import blockkit

ROOT = Path(__file__).resolve().parents[1]
TODAY = dt.date(2026, 11, 20)
LINKS = Links("https://assistant.example.jp")
RATE = "事業承継で使える補助率は?"
LIST = "青森県の創業を支援する事業と予算額を一覧で"
DRAFT = """鈴木様
お世話になっております。事業承継補助金の補助率は原則枠が2/3です。
ベンチャー型事業承継・生産性向上枠も2/3となります。
別に、商店街活性化デジタル活用支援事業の予算額は7,742千円、問い合わせは0120-000-000です。"""


def answer(page: Page) -> None:
    """A mention, and its answer in the thread."""
    shown(page, [blockkit.said(f"@補助金ナビ {RATE}"), *told(RATE)])


def several(page: Page) -> None:
    """Programs as a list, which only the asker sees."""
    shown(page, [blockkit.said(f"/hojokin {LIST}"), *told(LIST, private=True)])


def check(page: Page) -> None:
    """A draft whose amounts were checked."""
    found = assistant().check(DRAFT)
    titles = {one.id: one.title for one in assistant().index.documents.values()}
    messages = check_messages(DRAFT, found, LINKS, titles)
    shown(page, [blockkit.said(DRAFT), *(blockkit.message(one.blocks, only=True) for one in messages)])


def handover(page: Page) -> None:
    """What the advisers' channel gets."""
    given = assistant().ask(RATE)
    transcript = (Said("user", RATE), Said("assistant", given.text, "a" * 32, given))
    messages = handover_messages(
        transcript, asker="U0ASKER", link="https://example.slack.com/archives/C1/p1", links=LINKS
    )
    shown(page, [blockkit.message(one.blocks) for one in messages])


def told(question: str, *, private: bool = False) -> list[str]:
    """The bot's messages for a question."""
    reply = ChatReply.of(assistant().ask(question), conversation_id="c", answer_id="a" * 32)
    messages = answer_messages(reply, LINKS, private=private, can_hand_over=True)
    return [blockkit.message(one.blocks, only=private) for one in messages]


def shown(page: Page, messages: list[str]) -> None:
    """The messages, and nothing else."""
    page.set_content(blockkit.page(messages))


@cache
def assistant() -> Assistant:
    """The assistant on the index that is built."""
    return Assistant.open(ROOT / "index", today=lambda: TODAY)

"""The widget's sources and figure cards: what they show, how they open and close."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from . import fixtures
from .answers import shaped
from .chat import Chat, focused
from .site import Talking
from .widget_host import INLINE, TAG, Host

browser = fixtures.browser
talk = fixtures.talk
host = fixtures.host


def test_a_source_shows_its_lines_and_where_they_are_from(host: Host, talk: Talking):
    citation = shaped(talk.desk.index, "few").citations[0]
    chat = host.open(INLINE)
    chat.ask("few")
    chat.chip().click()
    expect(chat.part("source-title")).to_have_text(citation.title)
    expect(chat.part("source-title")).to_be_focused()
    for words in (citation.publisher, citation.fiscal_year, citation.stage, f"{citation.line_start}"):
        expect(chat.part("source-meta")).to_contain_text(words)
    cited = chat.part("source-line-cited")
    expect(cited).to_have_count(citation.line_end - citation.line_start + 1)
    expect(cited.first).to_be_in_viewport()
    assert "\n".join(chat.part("mark").all_text_contents()) == citation.quote
    expect(chat.part("viewer-link")).to_have_attribute(
        "href", f"{talk.url}/#/documents/{citation.document}/{citation.line_start}-{citation.line_end}"
    )


def test_without_its_passage_a_source_shows_the_quote(host: Host, talk: Talking):
    chat = host.open(INLINE)
    host.page.route("**/v1/passages/*", lambda route: route.fulfill(status=404, json={"error": {"code": "no_passage"}}))
    chat.ask("few")
    chat.chip().click()
    expect(chat.part("mark")).to_have_text(shaped(talk.desk.index, "few").citations[0].quote)
    expect(chat.panel).to_contain_text("引用だけを表示しています")


def test_a_click_keeps_the_card_until_another_elsewhere(host: Host):
    chat = host.open(INLINE)
    chat.ask("few")
    chat.text.locator(".figure").first.click()
    chat.widget.locator(".user").hover()
    expect(chat.card.locator(".value").first).to_be_visible()
    chat.card.locator(".value").first.click()
    expect(chat.card).to_be_visible()
    chat.widget.locator(".user").click()
    expect(chat.card).to_have_count(0)


def test_the_keyboard_opens_the_card_and_goes_on_to_the_source(host: Host):
    chat = host.open(INLINE)
    chat.ask("few")
    chip = chat.text.locator(".figure").first
    chip.evaluate("(node) => node.focus({ focusVisible: true })")
    expect(chat.card).to_be_visible()
    expect(chip).to_have_attribute("aria-expanded", "true")
    expect(chat.card).to_contain_text("種類")
    chat.page.keyboard.press("Tab")
    assert focused(chat.page) == "card-source"
    chat.page.keyboard.press("Enter")
    expect(chat.panel).to_be_visible()
    expect(chat.card).to_have_count(0)


def card_of(chat: Chat, talk: Talking, **changed: str) -> None:
    """Open the card of the first figure of an answer whose first citation is changed, and whose figure is a budget."""
    answer = shaped(talk.desk.index, "few")
    first = replace(answer.citations[0], fiscal_year="令和2年度", **changed)
    asked = replace(answer, citations=(first, *answer.citations[1:]))
    asked = replace(asked, figures=(replace(answer.figures[0], kind="budget"), *answer.figures[1:]))
    chat.ask(talk.desk.say("札", asked))
    chat.text.locator(".figure").first.click()


@pytest.mark.parametrize(
    ("stage", "kind", "said"),
    [("概算要求", "要求額・事業費", "令和2年度・概算要求"), ("当初予算", "予算額・事業費", "令和2年度・当初予算")],
)
def test_a_card_tells_a_request_from_a_budget(host: Host, talk: Talking, stage, kind, said):
    chat = host.open(INLINE)
    card_of(chat, talk, stage=stage)
    rows = dict(zip(*(chat.card.locator(f".{part}").all_text_contents() for part in ("name", "value")), strict=True))
    assert rows["種類"] == kind
    assert rows["資料"] == said


def test_what_a_card_quotes_is_said_to_be_japanese(host: Host, talk: Talking):
    chat = host.open(f'<support-assistant lang="en"></support-assistant>{TAG}')
    card_of(chat, talk, stage="概算要求")
    expect(chat.card.locator("[lang=ja]", has_text="令和2年度・概算要求")).to_have_count(1)
    expect(chat.card.locator(".value", has_text="Budget requested")).not_to_have_attribute("lang", "ja")


def test_a_card_that_a_pointer_shows_is_closed_from_anywhere(host: Host):
    chat = host.open(f'<input id="own">{INLINE}')
    chat.ask("few")
    chat.page.locator("#own").focus()
    chat.text.locator(".figure").first.hover()
    expect(chat.card).to_be_visible()
    chat.page.keyboard.press("Escape")
    expect(chat.card).to_have_count(0)


def test_a_page_that_shows_the_source_itself_finds_the_figure_it_came_from(host: Host):
    chat = host.open(INLINE)
    chat.page.evaluate("""() => addEventListener("support-assistant:source", (event) => {
      event.preventDefault();
      window.from = event.target.shadowRoot.activeElement?.getAttribute("part");
    })""")
    chat.ask("few")
    chat.text.locator(".figure").first.click()
    chat.part("card-source").click()
    expect(chat.card).to_have_count(0)
    assert chat.page.evaluate("window.from") == "figure"

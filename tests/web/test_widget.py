"""The widget on a page of somebody: how it comes there, how it floats, what it opens, what it says."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from . import fixtures
from .answers import shaped
from .chat import focused
from .site import Talking
from .widget_host import INLINE, TAG, Host, sent, spoken

browser = fixtures.browser
talk = fixtures.talk
host = fixtures.host


LOOK = """[p, b].map((node) => {
  const style = getComputedStyle(node);
  return [style.font, style.color, style.margin, style.display, style.background];
})"""
OWN_LOOK = """(node) => {
  const style = getComputedStyle(node);
  return [style.fontSize, style.color, style.visibility, style.padding, style.backgroundColor, node.offsetHeight];
}"""
ADD_SHEET = """(css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""
HOSTILE = """* { all: unset !important; font-size: 60px !important; color: red !important;
  visibility: hidden !important; letter-spacing: 1em !important; direction: rtl !important }
support-assistant { --text: red; --accent: red; transform: scale(3) }"""
OPENED = """() => {
  window.opened = [];
  addEventListener("support-assistant:source", (event) => {
    opened.push([event.target.localName, event.detail.citation.marker]);
    if (window.own) event.preventDefault();
  });
}"""


# ---- how it comes into a page ----


@pytest.mark.parametrize("way", ["", "async", "defer"])
@pytest.mark.parametrize("where", ["head", "body"])
def test_one_tag_puts_a_button_into_the_page(host: Host, way, where):
    tag = f'<script src="/widget.js" {way}></script>'
    chat = host.open("<p>本文</p>" + tag * (where == "body"), tag * (where == "head"))
    expect(chat.widget).to_have_count(1)
    expect(chat.part("launcher")).to_be_visible()
    expect(chat.part("panel")).to_be_hidden()
    assert chat.page.locator("body > :last-child").evaluate("(node) => node.localName") == "support-assistant"


@pytest.mark.parametrize("order", ["before", "after"])
def test_a_page_with_a_widget_of_its_own_gets_no_other(host: Host, order):
    own = "<support-assistant></support-assistant>"
    chat = host.open(TAG + own if order == "before" else own + TAG)
    expect(chat.field).to_be_visible()
    expect(chat.page.locator("support-assistant")).to_have_count(1)


def test_the_script_twice_does_no_harm_and_leaves_no_name_behind(host: Host):
    host.page.add_init_script("window.before = Object.getOwnPropertyNames(window)")
    chat = host.open(TAG + TAG)
    expect(chat.part("launcher")).to_have_count(1)
    left = chat.page.evaluate("Object.getOwnPropertyNames(window).filter((name) => !before.includes(name))")
    assert left == ["before"]
    assert chat.page.evaluate("document.cookie + Object.keys(localStorage).join()") == ""


def test_what_the_tag_says_is_passed_on(host: Host, talk: Talking):
    data = 'data-mode="inline" data-lang="en" data-title="Ask" data-greeting="Hello" data-examples="一|二"'
    data += ' data-region="群馬県" data-year="令和元年度"'
    chat = host.open(f'<script src="/widget.js" data-api="{talk.url}" {data}></script>')
    expect(chat.part("heading")).to_have_text("Ask")
    expect(chat.part("welcome")).to_contain_text("Hello")
    expect(chat.part("example")).to_have_text(["一", "二"])
    expect(chat.part("scope")).to_have_text("Unless the question names others: 群馬県, 令和元年度")
    posted = sent(chat.page)
    chat.ask("few")
    assert {key: posted[0][key] for key in ("question", "region", "fiscal_year")} == {
        "question": "few",
        "region": "群馬県",
        "fiscal_year": "令和元年度",
    }
    expect(chat.part("copy")).to_have_text("Copy with sources")


def test_a_tag_may_ask_for_no_widget(host: Host):
    chat = host.open('<script src="/widget.js" data-mode="none"></script>')
    chat.page.evaluate("() => document.body.append(document.createElement('support-assistant'))")
    expect(chat.field).to_be_visible()


def test_attributes_take_effect_while_it_is_there(host: Host):
    chat = host.open(INLINE)
    chat.ask("few")
    chat.widget.evaluate("(node) => node.setAttribute('lang', 'en')")
    expect(chat.part("send")).to_have_text("Send")
    expect(chat.text.locator("button.citation")).to_have_count(2)
    chat.ask("clarify")
    expect(chat.messages).to_have_count(4)


def test_the_page_keeps_its_look_and_the_widget_keeps_its_own(host: Host):
    body = '<p id="p">本文</p><button id="b">押す</button>'
    chat = host.open(body)
    before = chat.page.evaluate(LOOK)
    chat = host.open(body + INLINE, path="with")
    expect(chat.field).to_be_visible()
    assert chat.page.evaluate(LOOK) == before
    own = chat.part("send").evaluate(OWN_LOOK)
    chat.page.evaluate(ADD_SHEET, HOSTILE)
    assert chat.part("send").evaluate(OWN_LOOK) == own


@pytest.mark.parametrize("mode", ["Full", "inlin", ""])
def test_a_mode_that_is_none_is_inline(host: Host, mode):
    chat = host.open(f'<support-assistant mode="{mode}"></support-assistant>{TAG}')
    expect(chat.field).to_be_visible()
    assert chat.widget.evaluate("(node) => node.offsetHeight") > 300


def test_on_paper_the_whole_conversation_stands(host: Host):
    chat = host.open(INLINE)
    chat.ask("many")
    chat.page.emulate_media(media="print")
    log = chat.part("log").evaluate("(node) => [node.clientHeight, node.scrollHeight]")
    assert log[0] == log[1] > 1000
    assert chat.widget.evaluate("(node) => node.offsetHeight") >= log[0]
    expect(chat.part("form")).to_be_hidden()


@pytest.mark.parametrize("host", [{"forced_colors": "active"}], indirect=True, ids=["forced colours"])
def test_a_pressed_thumb_is_seen_in_forced_colours(host: Host):
    chat = host.open(INLINE)
    chat.ask("few")
    chat.part("thumb-up").click()
    expect(chat.part("thumb-up")).to_have_attribute("aria-pressed", "true")
    grounds = [
        chat.part(part).evaluate("(node) => getComputedStyle(node).backgroundColor")
        for part in ("thumb-up", "thumb-down")
    ]
    assert grounds[0] != grounds[1]


# ---- floating ----


def test_the_panel_takes_the_focus_and_gives_it_back(host: Host):
    chat = host.open(TAG)
    chat.part("launcher").click()
    assert focused(chat.page) == "question"
    chat.page.keyboard.press("Escape")
    expect(chat.part("panel")).to_be_hidden()
    assert focused(chat.page) == "launcher"
    chat.page.keyboard.press("Enter")
    expect(chat.part("panel")).to_be_visible()
    chat.part("close").click()
    assert focused(chat.page) == "launcher"


PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "reduced_motion": "reduce"}


@pytest.mark.parametrize("host", [PHONE], indirect=True, ids=["phone"])
def test_on_a_phone_it_fills_the_screen_and_the_page_behind_cannot_be_reached(host: Host):
    chat = host.open(f'<a href="#x" id="x">リンク</a>{TAG}')
    chat.part("launcher").tap()
    box = chat.part("panel").bounding_box() or {}
    assert {side: round(length) for side, length in box.items()} == {"x": 0, "y": 0, "width": 390, "height": 844}
    assert focused(chat.page) != "question"  # the keyboard would cover the greeting
    reached = set()
    for _ in range(12):
        chat.page.keyboard.press("Tab")
        reached.add(focused(chat.page))
    assert "question" in reached
    assert "x" not in reached


@pytest.mark.parametrize("host", [PHONE], indirect=True, ids=["phone"])
def test_on_a_phone_the_next_page_is_not_covered_unasked(host: Host):
    chat = host.open(f'<a href="#x" id="x">リンク</a>{TAG}')
    chat.part("launcher").tap()
    chat.ask("few")
    chat.page.reload()
    expect(chat.part("launcher")).to_be_visible()
    expect(chat.part("panel")).to_be_hidden()
    chat.page.keyboard.press("Tab")
    assert focused(chat.page) == "x"
    chat.part("launcher").tap()
    chat.settled(2)
    assert chat.part("panel").evaluate("(node) => node.matches(':modal')")


@pytest.mark.parametrize("host", [PHONE], indirect=True, ids=["phone"])
def test_a_pinch_does_not_make_the_panel_smaller(host: Host):
    chat = host.open(TAG)
    chat.part("launcher").tap()
    height = chat.part("panel").evaluate("(node) => node.getBoundingClientRect().height")
    session = chat.page.context.new_cdp_session(chat.page)
    session.send("Emulation.setPageScaleFactor", {"pageScaleFactor": 2.5})
    chat.page.wait_for_function("visualViewport.scale > 2 && visualViewport.height < 400")
    chat.page.evaluate("() => visualViewport.dispatchEvent(new Event('resize'))")
    assert chat.part("panel").evaluate("(node) => node.getBoundingClientRect().height") == pytest.approx(height, abs=2)


def test_escape_closes_what_is_uppermost(host: Host):
    chat = host.open(TAG)
    chat.part("launcher").click()
    chat.ask("few")
    chat.chip().click()
    expect(chat.panel).to_be_visible()
    chat.page.keyboard.press("Escape")
    expect(chat.panel).to_be_hidden()
    assert focused(chat.page) == "citation"
    chat.text.locator(".figure").first.click()
    expect(chat.card).to_be_visible()
    chat.page.keyboard.press("Escape")
    expect(chat.card).to_have_count(0)
    expect(chat.part("panel")).to_be_visible()
    chat.page.keyboard.press("Escape")
    expect(chat.part("panel")).to_be_hidden()


# ---- what it says ----


def test_the_page_may_show_a_source_itself(host: Host):
    chat = host.open(INLINE)
    chat.page.evaluate(OPENED)
    chat.ask("few")
    chat.page.evaluate("() => { window.own = true; }")
    chat.chip(2).click()
    expect(chat.panel).to_be_hidden()
    chat.page.evaluate("() => { window.own = false; }")
    chat.chip(2).click()
    expect(chat.part("mark").first).to_be_visible()
    assert chat.page.evaluate("opened") == [["support-assistant", 2], ["support-assistant", 2]]


def test_every_finished_sentence_is_spoken_once(host: Host, talk: Talking):
    chat = host.open(INLINE)
    answer = shaped(talk.desk.index, "few")
    chat.begin(talk.desk.say("読み上げ", answer, halves=True))
    expect(chat.part("status").locator("p")).to_have_count(1)
    first, second = (line.replace("[1]", "").replace("[2]", "") for line in answer.text.splitlines())
    assert spoken(chat) == [first]
    talk.desk.gate.set()
    chat.settled(2)
    assert spoken(chat) == [first, second, *answer.notices, "答えがそろいました。"]
    assert chat.widget.locator("[aria-live]").count() == 1


def test_sentences_that_were_taken_back_are_followed_by_the_whole_answer(host: Host, talk: Talking):
    chat = host.open(INLINE)
    answer = shaped(talk.desk.index, "few")
    chat.begin(talk.desk.say("言い直し", answer, taken_back=("取り消される文です。",), halves=True))
    expect(chat.part("status").locator("p")).to_have_text(["取り消される文です。"])
    talk.desk.gate.set()
    chat.settled(2)
    assert spoken(chat)[:2] == [line.replace("[1]", "").replace("[2]", "") for line in answer.text.splitlines()]


def test_what_was_said_does_not_stay_beside_the_answer(host: Host):
    host.page.clock.install()
    chat = host.open(INLINE)
    chat.ask("few")
    assert spoken(chat)[-1] == "答えがそろいました。"
    host.page.clock.run_for(25_000)
    assert spoken(chat) == []
    chat.ask("clarify")
    assert spoken(chat)[-1] == "答えがそろいました。"


# ---- keys ----


@pytest.mark.parametrize("event", ["{key: 'Enter', isComposing: true}", "{key: 'Enter', keyCode: 229}"])
def test_the_enter_that_ends_a_conversion_does_not_send(host: Host, talk: Talking, event):
    chat = host.open(INLINE)
    chat.field.fill("へんかん")
    chat.field.evaluate(
        f"(node) => node.dispatchEvent(new KeyboardEvent('keydown', {{bubbles: true, cancelable: true, ...{event}}}))"
    )
    expect(chat.messages).to_have_count(0)
    chat.field.press("Enter")
    chat.settled(2)


def test_nor_does_the_one_that_is_told_after_the_conversion_has_ended(host: Host):
    chat = host.open(INLINE)
    chat.field.fill("へんかん")
    chat.field.evaluate("""(node) => {
      node.dispatchEvent(new CompositionEvent("compositionend", {bubbles: true}));
      node.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true, cancelable: true}));
    }""")
    expect(chat.messages).to_have_count(0)
    chat.field.press("Enter")
    chat.settled(2)


def test_a_question_that_is_too_long_is_counted_and_kept(host: Host):
    chat = host.open(INLINE)
    chat.field.fill("あ" * 1790)
    expect(chat.part("counter")).to_be_hidden()
    chat.field.fill("あ" * 1900)
    expect(chat.part("counter")).to_have_text("あと100文字")
    told = chat.widget.locator("form [role=status]")
    expect(told).to_have_text("あと100文字")
    chat.field.press("a")  # what is seen is counted with each key, what is heard is not
    expect(chat.part("counter")).to_have_text("あと99文字")
    expect(told).to_have_text("あと100文字")
    chat.field.fill("😀" * 2003)
    expect(chat.part("counter")).to_contain_text("3文字超えています")
    expect(chat.field).to_have_attribute("aria-invalid", "true")
    chat.field.press("Enter")
    expect(chat.messages).to_have_count(0)
    chat.field.fill("😀" * 2000)
    chat.field.press("Enter")
    chat.settled(2)

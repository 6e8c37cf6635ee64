"""axe-core finds nothing, in light and dark; what a screen reader is told is whole and told once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from . import fixtures
from .answers import shaped
from .axe import judge
from .chat import Chat, own_panels
from .site import Talking
from .visits import Visit, visiting

browser = fixtures.browser
talk = fixtures.talk
PHONE: ViewportSize = {"width": 390, "height": 760}
NARROW: ViewportSize = {"width": 320, "height": 640}


@pytest.fixture
def visit(browser: Browser, talk: Talking) -> Iterator[Visit]:
    """The page; axe runs beside its policy, as a developer's tool would."""
    talk.desk.gate.clear()
    with visiting(browser, talk.url, watch=False, reduced_motion="reduce") as visit:
        yield visit
        visit.complaints[:] = [line for line in visit.complaints if "Failed to load resource" not in line]


def go(page: Page, address: str) -> None:
    """To another view of the page."""
    page.evaluate("(address) => { location.hash = address }", address)


def start(chat: Chat, talk: Talking) -> None:
    expect(chat.page.locator("#side li").nth(4)).to_be_visible()


def streaming(chat: Chat, talk: Talking) -> None:
    chat.begin(talk.desk.say("流れる", shaped(talk.desk.index, "list"), halves=True))
    expect(chat.text.locator("li").nth(2)).to_be_visible()


def table(chat: Chat, talk: Talking) -> None:
    chat.ask("table")
    chat.answer.locator("summary").click()


def many(chat: Chat, talk: Talking) -> None:
    chat.ask("list")
    chat.part("thumb-down").click()
    expect(chat.part("thanks")).not_to_be_empty()


def clarify(chat: Chat, talk: Talking) -> None:
    for question in ("clarify", "not_stated"):
        chat.ask(question)


def card(chat: Chat, talk: Talking) -> None:
    chat.ask("few")
    chat.text.locator(".figure").first.click()
    expect(chat.card).to_be_visible()


def panel(chat: Chat, talk: Talking) -> None:
    own_panels(chat.page)
    chat.ask("few")
    chat.chip(1).click()
    expect(chat.part("mark").first).to_be_visible()


def beside(chat: Chat, talk: Talking) -> None:
    chat.ask("few")
    chat.chip(1).click()
    expect(chat.page.locator("#side mark").first).to_be_visible()


def failure(chat: Chat, talk: Talking) -> None:
    chat.ask(talk.desk.say("壊れる", fault=ZeroDivisionError("x")), "failed")


def offline(chat: Chat, talk: Talking) -> None:
    chat.page.context.set_offline(True)
    expect(chat.part("offline")).not_to_be_empty()


def overlong(chat: Chat, talk: Talking) -> None:
    chat.field.fill("長" * 2010)
    expect(chat.part("counter")).to_be_visible()


def documents(chat: Chat, talk: Talking) -> None:
    go(chat.page, "#/documents")
    expect(chat.page.locator(".cards li").nth(4)).to_be_visible()


def viewer(chat: Chat, talk: Talking) -> None:
    go(chat.page, "#/documents/yamagata-r02/127-130")
    expect(chat.page.locator("#side .cited").first).to_be_visible()


def facts(chat: Chat, talk: Talking) -> None:
    go(chat.page, "#/facts?region=山形県")
    expect(chat.page.locator("#side tbody tr").first).to_be_visible()


def chart(chat: Chat, talk: Talking) -> None:
    go(chat.page, "#/facts?view=chart&document=yamagata-r02")
    expect(chat.page.locator("#side .results")).to_contain_text("商工業振興資金融資事業費")


def nothing(chat: Chat, talk: Talking) -> None:
    go(chat.page, "#/facts?program=そのような事業はない")
    expect(chat.page.locator("#side .nothing")).to_be_visible()


def unknown(chat: Chat, talk: Talking) -> None:
    go(chat.page, "#/documents/none-such")
    expect(chat.page.locator("#side h2")).to_have_text("資料が見つかりません")


STATES = [
    start, streaming, table, many, clarify, card, panel, beside, failure, offline, overlong,
    documents, viewer, facts, chart, nothing, unknown,
]  # fmt: skip


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_no_violation(visit: Visit, talk: Talking, state: Callable[[Chat, Talking], None]):
    state(Chat(visit.page), talk)
    judge(visit.page)
    talk.desk.gate.set()
    visit.context.set_offline(False)


@pytest.mark.parametrize("state", [start, table, beside, facts, chart, viewer], ids=lambda state: state.__name__)
def test_no_violation_on_a_phone(browser, talk: Talking, state):
    with visiting(browser, talk.url, watch=False, reduced_motion="reduce", viewport=PHONE) as visit:
        if state is start:  # there is no room for what else the page says
            expect(Chat(visit.page).field).to_be_visible()
        else:
            state(Chat(visit.page), talk)
        judge(visit.page)
        visit.page.set_viewport_size(NARROW)
        judge(visit.page)


@pytest.mark.parametrize("name", ["demo", "demo-hostile"])
def test_no_violation_on_a_site_that_embeds_it(browser, talk: Talking, name):
    """What the hostile page does to its own text is not the widget's fault: the widget alone is judged there."""
    address = f"{talk.url}/static/{name}.html"
    within = None if name == "demo" else "support-assistant[mode=floating]"
    with visiting(browser, address, watch=False, reduced_motion="reduce") as visit:
        chat = Chat(visit.page, visit.page.locator("support-assistant[mode=floating]"))
        judge(visit.page, within)
        chat.part("launcher").click()
        chat.ask("few")
        judge(visit.page, within)
        chat.chip(1).click()
        expect(chat.part("mark").first).to_be_visible()
        judge(visit.page, within)
        visit.page.keyboard.press("Escape")
        visit.page.keyboard.press("Escape")
        expect(chat.part("launcher")).to_be_visible()


def spoken(page: Page) -> list[str]:
    """What was put into live regions so far, each addition by itself."""
    heard: list[str] = page.evaluate("heard")
    return heard


LISTEN = """() => {
  window.heard = [];
  const hear = (records) => records.forEach((record) => record.addedNodes.forEach((node) => {
    if (node.textContent.trim()) heard.push(node.textContent.trim());
  }));
  for (const node of document.querySelector("support-assistant").shadowRoot.querySelectorAll("[aria-live=polite]")) {
    new MutationObserver(hear).observe(node, {childList: true, subtree: true, characterData: true});
  }
}"""


def test_finished_sentences_are_spoken_once(browser, talk: Talking):
    answer = shaped(talk.desk.index, "list")
    talk.desk.gate.clear()
    with visiting(browser, talk.url, watch=False) as visit:
        chat = Chat(visit.page)
        visit.page.evaluate(LISTEN)
        chat.begin(talk.desk.say("読み上げ", answer, halves=True))
        expect(chat.text.locator("li").nth(2)).to_be_visible()
        talk.desk.gate.set()
        chat.settled(2)
        heard = spoken(visit.page)
        for line in answer.text.splitlines():
            words = line.rpartition("[")[0] or line
            assert sum(words in said for said in heard) == 1, words
        assert not any("[" in said for said in heard)


def test_a_sentence_that_was_taken_back_is_spoken_anew_and_whole(browser, talk: Talking):
    answer = shaped(talk.desk.index, "few")
    talk.desk.gate.clear()
    with visiting(browser, talk.url, watch=False) as visit:
        chat = Chat(visit.page)
        visit.page.evaluate(LISTEN)
        chat.begin(talk.desk.say("取り消し", answer, taken_back=("取り消される文です。",), halves=True))
        expect(chat.text).to_have_text("取り消される文です。")
        talk.desk.gate.set()
        chat.settled(2)
        heard = spoken(visit.page)
        assert sum("取り消される" in said for said in heard) == 1
        assert sum(answer.text[:20] in said for said in heard) == 1


def test_names_and_roles_in_the_accessibility_tree(browser, talk: Talking):
    with visiting(browser, talk.url, watch=False) as visit:
        chat = Chat(visit.page)
        chat.ask("few")
        tree = chat.widget.aria_snapshot()
        assert 'textbox "質問"' in tree
        assert '"相談の内容"' in tree
        assert 'button "出典1を開く' in tree
        assert 'button "役に立った"' in tree
        levels = [int(level) for level in visit.page.evaluate(HEADINGS)]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


HEADINGS = """() => {
  const level = (node) => /^h[1-6]$/.test(node.localName) && node.checkVisibility() ? [node.localName[1]] : [];
  const all = (root) => [...root.querySelectorAll("*")].flatMap((node) =>
    [...level(node), ...(node.shadowRoot ? all(node.shadowRoot) : [])]);
  return all(document);
}"""

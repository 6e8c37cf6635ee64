"""One script tag on other people's pages: strict, careless and hostile ones."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from api.web import Web
from assistant.chain import Assistant

from . import fixtures
from .answers import SHAPES, shaped
from .chat import Chat, fits, focused
from .foreign import Foreign, embed, strict
from .site import Talking, talking
from .visits import Visit, visiting

browser = fixtures.browser
foreign = fixtures.foreign

INLINE = '<h1>商工会議所</h1><support-assistant mode="inline"></support-assistant>'
FLOATING = "<h1>商工会議所</h1><p>本日の営業は17時までです。</p><button id='own'>予約する</button>"


@pytest.fixture(scope="module")
def talk(assistant: Assistant, foreign: Foreign) -> Iterator[Talking]:
    """The scripted desk, which lets the foreign site embed it."""
    with talking(assistant.index, Web(allowed_origins=(foreign.url,))) as served:
        for shape in SHAPES:
            served.desk.say(shape, shaped(assistant.index, shape))
        yield served


def visit_of(browser: Browser, talk: Talking, address: str, **options: object):
    """A visit of a foreign page, which may ask its own site and the assistant's."""
    return visiting(browser, address, talk.url, **options)


def launch(page: Page) -> Chat:
    """Open the floating widget."""
    chat = Chat(page, page.locator("support-assistant[mode=floating]"))
    chat.part("launcher").click()
    expect(chat.field).to_be_focused()
    return chat


def journey(chat: Chat) -> None:
    """Ask, look at a figure, open a source and see the quoted words."""
    chat.ask("few")
    chat.text.locator(".figure").first.press("Enter")
    expect(chat.card).to_be_visible()
    chat.page.keyboard.press("Escape")
    chat.chip(1).click()
    expect(chat.part("mark").first).to_be_in_viewport()
    chat.page.keyboard.press("Escape")
    expect(chat.panel).to_be_hidden()


# ---- strict pages ----


@pytest.mark.parametrize("mode", ["floating", "inline"])
def test_a_page_with_a_strict_policy(browser, talk, foreign, mode):
    body = (FLOATING if mode == "floating" else INLINE) + embed(talk.url)
    address = foreign.put(f"strict-{mode}", body, policy=strict(talk.url))
    with visit_of(browser, talk, address) as visit:
        journey(launch(visit.page) if mode == "floating" else Chat(visit.page))


@pytest.mark.parametrize("attribute", ["async", "defer", "crossorigin", "type=module"])
@pytest.mark.parametrize("place", ["head", "body"])
def test_every_way_to_load_a_script(browser, talk, foreign, attribute, place):
    script = embed(talk.url, data_api=talk.url).replace("<script ", f"<script {attribute} ")
    parts = {"head": script} if place == "head" else {}
    body = FLOATING if place == "head" else FLOATING + script
    address = foreign.put(f"load-{attribute.replace('=', '-')}-{place}", body, policy=strict(talk.url), **parts)
    with visit_of(browser, talk, address) as visit:
        chat = launch(visit.page)
        chat.ask("few")


def test_the_script_twice_makes_one_widget(browser, talk, foreign):
    address = foreign.put("twice", FLOATING + embed(talk.url) * 2, head=embed(talk.url), policy=strict(talk.url))
    with visit_of(browser, talk, address) as visit:
        launch(visit.page).ask("few")
        expect(visit.page.locator("support-assistant")).to_have_count(1)


def test_a_page_that_may_not_embed_it_says_so(browser, talk, foreign, assistant):
    with talking(assistant.index) as closed:
        address = foreign.put("closed", INLINE + embed(closed.url))
        with visiting(browser, address, closed.url, watch=False) as visit:
            chat = Chat(visit.page)
            chat.ask("few", "failed")
            expect(chat.part("error")).not_to_be_empty()
            visit.complaints.clear()  # the browser's own words about the refusal
        assert closed.desk.asked == []


# ---- careless and hostile pages ----


def test_hostile_styles_change_nothing(browser, talk, foreign):
    style = '<link rel="stylesheet" href="/host/hostile.css">'
    plain = foreign.put("plain-style", INLINE + embed(talk.url))
    hostile = foreign.put("hostile-style", FLOATING + embed(talk.url), head=style)
    with visit_of(browser, talk, plain, reduced_motion="reduce") as visit:
        before = looks(Chat(visit.page))
    with visit_of(browser, talk, hostile, reduced_motion="reduce") as visit:
        chat = launch(visit.page)
        journey(chat)
        after = looks(chat)
        assert {name: after[name] for name in before} == before
        box = chat.part("panel").bounding_box()
        assert box is not None
        assert box["width"] >= 300
        assert box["height"] >= 300


def looks(chat: Chat) -> dict[str, list[str]]:
    """How the field and the button look, in what a host could change."""
    chat.send.evaluate("(node) => Promise.all(node.getAnimations().map((one) => one.finished))")
    return {name: chat.part(name).evaluate(LOOKS) for name in ("question", "send", "privacy")}


LOOKS = """(node) => {
  const style = getComputedStyle(node);
  return ["color", "backgroundColor", "fontSize", "lineHeight", "letterSpacing", "textTransform", "direction", "cursor",
    "writingMode", "borderRadius", "paddingLeft", "visibility", "fontWeight", "fontStyle"].map((name) => style[name]);
}"""


def test_the_page_keeps_its_own_looks_and_names(browser, talk, foreign):
    own = "<style>button { color: rgb(1, 2, 3) } .message, .field, .send { color: rgb(4, 5, 6) }</style>"
    body = FLOATING + '<p class="message">お知らせ</p>' + embed(talk.url)
    address = foreign.put("own-style", body, head=own)
    with visit_of(browser, talk, address) as visit:
        journey(launch(visit.page))
        page = visit.page
        assert page.locator("body > .message").evaluate("(node) => getComputedStyle(node).color") == "rgb(4, 5, 6)"
        assert page.locator("#own").evaluate("(node) => getComputedStyle(node).color") == "rgb(1, 2, 3)"
        assert page.evaluate("document.styleSheets.length + document.adoptedStyleSheets.length") == 1
        assert page.evaluate("document.cookie + Object.keys(localStorage)") == ""
        assert visit.context.cookies() == []


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("polluted", '<script src="/host/pollution.js"></script>'),
        ("based", '<base href="https://evil.example/elsewhere/">'),
        ("named", "<img name=currentScript alt=''><a id=customElements></a><form name=body></form>"),
    ],
)
def test_a_page_with_its_own_ideas(browser, talk, foreign, name, head):
    head = head.replace("/host/", f"{foreign.url}/host/")
    address = foreign.put(name, FLOATING + embed(talk.url), head=head)
    with visit_of(browser, talk, address, watch=name != "polluted") as visit:
        journey(launch(visit.page))


def test_a_page_without_a_doctype_that_reads_from_right_to_left(browser, talk, foreign):
    address = foreign.put("quirks", FLOATING + embed(talk.url), html='lang="ar" dir="rtl"')
    text, headers = foreign.pages["/host/quirks"]
    foreign.pages["/host/quirks"] = (text.removeprefix("<!doctype html>"), headers)
    with visit_of(browser, talk, address) as visit:
        chat = launch(visit.page)
        journey(chat)
        assert chat.field.evaluate("(node) => getComputedStyle(node).direction") == "ltr"


@pytest.mark.parametrize("sandbox", [None, "allow-scripts"])
def test_within_a_frame(browser, talk, foreign, sandbox):
    """A sandbox without an origin has no storage and may not ask: it says so and does not break."""
    foreign.put("inside", INLINE + embed(talk.url))
    held = f' sandbox="{sandbox}"' if sandbox else ""
    address = foreign.put("outside", f'<iframe src="/host/inside" width="600" height="600"{held}></iframe>')
    with visit_of(browser, talk, address, watch=False) as visit:
        widget = visit.page.frame_locator("iframe").locator("support-assistant")
        chat = Chat(visit.page, widget)
        chat.ask("few", "failed" if sandbox else "done")
        if sandbox:
            expect(chat.part("retry")).to_be_visible()
            visit.complaints.clear()


# ---- more than one, and its modes ----


def test_two_widgets_keep_two_conversations(browser, talk, foreign):
    two = '<support-assistant id="one" mode="inline"></support-assistant><support-assistant id="two" mode="inline">'
    address = foreign.put("two", two + "</support-assistant>" + embed(talk.url), policy=strict(talk.url))
    with visit_of(browser, talk, address) as visit:
        one, two = (Chat(visit.page, visit.page.locator(f"#{name}")) for name in ("one", "two"))
        one.ask("few")
        two.ask("table")
        one.ask("list")
        assert [turn.content for turn in talk.desk.asked[-1][1] if turn.role == "user"] == ["few"]
        expect(two.messages).to_have_count(2)
        visit.page.reload()
        expect(one.messages).to_have_count(4)
        expect(two.text.get_by_role("table")).to_be_visible()
        one.part("restart").click()
        expect(one.messages).to_have_count(0)
        expect(two.messages).to_have_count(2)


def test_the_floating_panel_takes_and_gives_back_the_focus(browser, talk, foreign):
    address = foreign.put("focus", FLOATING + embed(talk.url))
    with visit_of(browser, talk, address) as visit:
        page = visit.page
        for _ in range(4):
            page.keyboard.press("Tab")
            if focused(page) == "launcher":
                break
        page.keyboard.press("Enter")
        chat = Chat(page)
        expect(chat.field).to_be_focused()
        page.keyboard.type("few")
        page.keyboard.press("Enter")
        chat.settled(2)
        chat.chip(1).press("Enter")
        expect(chat.panel).to_be_visible()
        page.keyboard.press("Escape")
        expect(chat.panel).to_be_hidden()
        assert focused(page) == "citation"
        page.keyboard.press("Escape")
        expect(chat.field).to_be_hidden()
        assert focused(page) == "launcher"


@pytest.mark.parametrize("width", [390, 320])
def test_on_a_phone_it_fills_the_screen(browser, talk, foreign, width):
    address = foreign.put("phone", '<meta name="viewport" content="width=device-width">' + FLOATING + embed(talk.url))
    phone = {"viewport": {"width": width, "height": 700}, "has_touch": True, "is_mobile": True}
    with visit_of(browser, talk, address, **phone) as visit:
        chat = Chat(visit.page)
        chat.part("launcher").tap()
        chat.ask("table")
        box = chat.part("panel").bounding_box()
        assert box == {"x": 0, "y": 0, "width": width, "height": 700}
        assert fits(visit.page)
        sizes = chat.widget.locator("button:visible:not(.citation, .figure, .more)").evaluate_all(
            "(nodes) => nodes.map((node) => [node.className, node.offsetHeight])"
        )
        assert [size for size in sizes if size[1] < 44] == []


def test_in_english_with_the_hosts_own_words(browser, talk, foreign):
    words = {"data_lang": "en", "data_title": "Ask us", "data_greeting": "Hello.", "data_region": "山形県"}
    address = foreign.put("english", FLOATING + embed(talk.url, **words), policy=strict(talk.url))
    with visit_of(browser, talk, address) as visit:
        chat = launch(visit.page)
        expect(chat.part("heading")).to_have_text("Ask us")
        expect(chat.part("welcome")).to_contain_text("Hello.")
        with visit.page.expect_request("**/v1/chat") as sent:
            chat.ask("few")
        assert sent.value.post_data_json["region"] == "山形県"
        expect(chat.part("send")).to_have_text("Send")
        expect(chat.text).to_have_attribute("lang", "ja")
        chat.text.locator(".figure", has_text="円").press("Enter")
        expect(chat.card).to_contain_text("JPY")


def test_the_page_may_show_sources_itself(browser, talk, foreign):
    body = INLINE + '<script src="/host/listen.js"></script>' + embed(talk.url)
    foreign.pages["/host/listen.js"] = (
        "addEventListener('support-assistant:source', (event) => { event.preventDefault();"
        "document.body.dataset.shown = event.detail.citation.document; });",
        {},
    )
    with visit_of(browser, talk, foreign.put("listens", body)) as visit:
        chat = Chat(visit.page)
        chat.ask("few")
        chat.chip(1).click()
        expect(visit.page.locator("body")).to_have_attribute("data-shown", "gunma-r01")
        expect(chat.panel).to_be_hidden()


def test_colours_are_the_hosts(browser, talk, foreign):
    style = "<style>support-assistant { --support-assistant-accent: rgb(120, 0, 60); }</style>"
    with visit_of(browser, talk, foreign.put("themed", INLINE + embed(talk.url), head=style)) as visit:
        painted = Chat(visit.page).send.evaluate("(node) => getComputedStyle(node).backgroundColor")
        assert painted == "rgb(120, 0, 60)"


def test_a_widget_that_is_moved_and_taken_out_goes_on(browser, talk, foreign):
    address = foreign.put("moved", INLINE + '<div id="there"></div>' + embed(talk.url))
    with visit_of(browser, talk, address) as visit:
        chat = Chat(visit.page)
        chat.ask("few")
        visit.page.evaluate("document.querySelector('#there').append(document.querySelector('support-assistant'))")
        expect(chat.messages).to_have_count(2)
        chat.ask("list")
        visit.page.evaluate("() => { window.kept = document.querySelector('support-assistant'); kept.remove(); }")
        visit.page.evaluate("() => { document.body.append(kept); delete window.kept; }")
        expect(chat.messages).to_have_count(4)


def visited(visit: Visit) -> list[str]:
    """The addresses of the assistant that a visit asked for."""
    return [address for address in visit.asked if address.startswith(visit.own[1])]


def test_a_page_asks_for_one_script_and_nothing_more_until_somebody_asks(browser, talk, foreign):
    with visit_of(browser, talk, foreign.put("quiet", FLOATING + embed(talk.url))) as visit:
        expect(Chat(visit.page).part("launcher")).to_be_visible()
        assert visited(visit) == [f"{talk.url}/widget.js"]

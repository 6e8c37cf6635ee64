"""The chat page in a real browser: an answer with its sources, keyboard only, errors, narrow and dark."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import serving
from browsing import a_browser
from playwright.sync_api import Browser, Page, expect

server = serving.server
STATIC = Path(__file__).parents[2] / "api" / "static"
RATE = "空き店舗の改装に使える補助率は？"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as browser:
        yield browser


@pytest.fixture
def page(browser, server, request) -> Iterator[Page]:
    """The chat page; at the end its console must be clean.  ``request.param`` holds the context's options."""
    context = browser.new_context(**{"locale": "ja-JP", **getattr(request, "param", {})})
    page = context.new_page()
    page.set_default_timeout(15_000)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(server.url)
    page.complaints = complaints
    yield page
    context.close()
    assert complaints == []


def ask(page: Page, question: str) -> None:
    """Type a question and send it, with the keyboard alone; wait for what comes back."""
    page.get_by_label("質問", exact=True).fill(question)
    page.keyboard.press("Enter")
    expect(page.locator("#form")).to_have_attribute("aria-busy", "false")


def shot(page: Page, name: str) -> None:
    """A picture for a person to look at, when ``SHOTS`` names a folder."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png")


def fits(page: Page) -> bool:
    """Whether nothing reaches out of the window sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")


def test_an_answer_with_its_sources(page):
    shot(page, "welcome")
    ask(page, RATE)
    shot(page, "answer")
    answer = page.locator(".assistant")
    expect(answer.locator(".text")).to_contain_text("一般枠が2/3、広域枠が1/2です[1]")
    expect(answer.locator(".notice")).to_contain_text("当初予算時点")
    source = answer.locator(".citation").first
    expect(source.locator("summary")).to_have_text(
        "[1] 令和4年度 商業振興施策の概要秋田県・令和4年度・当初予算・12～13行目"
    )
    expect(source.locator("blockquote")).to_have_text("一般枠 ｜ 2/3\n広域枠 ｜ 1/2")
    expect(page.locator("#welcome")).to_be_hidden()


def test_only_web_addresses_become_links(page):
    ask(page, RATE)
    links = page.locator(".source a")
    expect(links).to_have_count(1)
    expect(links).to_have_attribute("href", "https://example.com/akita.html")
    expect(links).to_have_attribute("rel", "noopener noreferrer")


def test_text_is_never_read_as_html(page):
    question = "<b>太字</b><img src=x onerror=alert(1)>"
    ask(page, question)
    expect(page.locator(".user")).to_have_text(question)
    expect(page.locator(".text")).to_have_text("<b>太字</b>ではありません[1][9]。")
    expect(page.locator("blockquote")).to_have_text("<script>alert(1)</script>")
    expect(page.locator("#messages :is(b, i, img, script)")).to_have_count(0)
    expect(page.locator(".marker")).to_have_count(1)  # [9] has no citation to go to


@pytest.mark.parametrize(
    ("question", "status", "label"),
    [
        ("補助金はありますか？", "clarify", "確認させてください"),
        ("家賃も対象になりますか？", "abstained", "資料に書かれていません"),
        ("知らない質問", "abstained", "資料に見当たりません"),
    ],
)
def test_not_answering_looks_different(page, question, status, label):
    ask(page, question)
    shot(page, f"{status}-{len(question)}")
    expect(page.locator(f".assistant.{status} .label")).to_have_text(label)


def test_with_the_keyboard_alone(page):
    expect(page.get_by_label("質問", exact=True)).to_be_focused()
    page.keyboard.type(RATE)
    page.keyboard.press("Enter")
    expect(page.locator(".assistant")).to_be_visible()
    expect(page.get_by_label("質問", exact=True)).to_be_focused()
    page.evaluate("document.activeElement.blur(); getSelection().collapse(document.querySelector('.text'), 0)")
    page.keyboard.press("Tab")
    assert focused(page) == "[1]"
    page.locator(".citation").first.evaluate("node => node.open = false")
    page.keyboard.press("Enter")
    assert focused(page).startswith("[1] 令和4年度")
    assert page.locator(".citation").first.get_attribute("open") is not None
    shot(page, "keyboard")
    reached = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.add(focused(page))
    assert {"窓口はどこですか？", "question", "send", "restart"} <= reached
    assert page.url.endswith("/")


def test_an_example_and_a_suggestion_are_asked_by_a_click(page, server):
    page.locator("#examples button").first.click()
    expect(page.locator(".assistant")).to_have_count(1)
    ask(page, RATE)
    page.get_by_role("button", name="家賃も対象になりますか？").click()
    expect(page.locator(".assistant")).to_have_count(3)
    assert [turn.role for turn in server.answerer.asked[-1][1]] == ["user", "assistant"] * 2


def test_line_breaks_and_conversion_do_not_send(page, server):
    before = len(server.answerer.asked)
    box = page.get_by_label("質問", exact=True)
    box.fill("一行目")
    box.press("Shift+Enter")
    box.press_sequentially("二行目")
    box.evaluate("""node => node.dispatchEvent(new KeyboardEvent('keydown',
        {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))""")
    expect(box).to_have_value("一行目\n二行目")
    assert len(server.answerer.asked) == before
    box.press("Enter")
    expect(page.locator(".user")).to_have_text("一行目\n二行目")


def test_it_says_that_it_is_busy_and_a_new_consultation_stops_it(page, server):
    server.answerer.hold.clear()
    page.get_by_label("質問", exact=True).fill("待って")
    page.keyboard.press("Enter")
    expect(page.locator(".busy")).to_be_visible()
    expect(page.locator("#send")).to_have_attribute("aria-disabled", "true")
    shot(page, "busy")
    page.get_by_role("button", name="新しい相談").click()
    server.answerer.hold.set()
    expect(page.locator("#welcome")).to_be_visible()
    expect(page.locator(".message")).to_have_count(0)
    ask(page, RATE)
    expect(page.locator(".message")).to_have_count(2)


def test_sentences_are_shown_as_they_come_and_taken_back(page, server):
    server.answerer.hold.clear()
    page.get_by_label("質問", exact=True).fill("言い直す")
    page.keyboard.press("Enter")
    expect(page.locator(".busy")).to_have_text("取り消される文。")
    shot(page, "sentences")
    server.answerer.hold.set()
    expect(page.locator(".assistant .text")).to_have_text("資料に見当たりません。")
    expect(page.locator("#messages")).not_to_contain_text("取り消される文")
    expect(page.locator(".busy")).to_have_count(0)


def test_a_stream_that_is_cut_is_no_answer(page):
    cut = 'event: sentence\ndata: {"text":"途中まで。"}\n\nevent: ans'
    page.route("**/v1/chat", lambda route: route.fulfill(content_type="text/event-stream", body=cut))
    ask(page, RATE)
    expect(page.locator(".failed")).to_contain_text("サーバーにつながりません")
    expect(page.locator("#messages")).not_to_contain_text("途中まで")


def test_a_new_consultation_deletes_the_old_one(page, server):
    with page.expect_response("**/v1/chat") as reply:
        ask(page, RATE)
    answer = reply.value.text().strip().splitlines()[-1].removeprefix("data: ")
    old = json.loads(answer)["conversation_id"]
    with page.expect_response(f"**/v1/conversations/{old}") as gone:
        page.get_by_role("button", name="新しい相談").click()
    assert gone.value.status == 204
    ask(page, "家賃も対象になりますか？")
    assert server.answerer.asked[-1][1] == ()


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("準備中", "資料の準備がまだできていません"),
        ("壊れる", "サーバーで問題が起きました"),
        ("読めない質問", "この質問は受け付けられませんでした"),
        ("途中で準備中", "資料の準備がまだできていません"),
        ("途中で壊れる", "サーバーで問題が起きました"),
    ],
)
def test_errors_say_what_to_do(page, question, text):
    ask(page, question)
    shot(page, f"failed-{len(question)}")
    expect(page.locator(".failed")).to_contain_text(text)
    assert all("Failed to load resource" in complaint for complaint in page.complaints)
    page.complaints.clear()  # the browser's own line about the status


def test_no_connection_and_another_try(page):
    page.context.set_offline(True)
    ask(page, RATE)
    expect(page.locator(".failed")).to_contain_text("サーバーにつながりません")
    page.context.set_offline(False)
    page.get_by_role("button", name="もう一度送る").click()
    expect(page.locator(".assistant")).to_be_visible()
    expect(page.locator(".user")).to_have_count(1)
    expect(page.locator(".failed")).to_have_count(0)
    assert all("ERR_INTERNET_DISCONNECTED" in complaint for complaint in page.complaints)
    page.complaints.clear()


@pytest.mark.parametrize(
    "page",
    [
        {"viewport": {"width": 360, "height": 740}},
        {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"},
        {"viewport": {"width": 320, "height": 256}},
        {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    ],
    ids=["phone", "phone-dark", "zoomed", "wide-dark"],
    indirect=True,
)
def test_it_fits_every_window(page, request):
    name = request.node.callspec.id
    assert fits(page)
    shot(page, f"{name}-welcome")
    ask(page, RATE)
    assert fits(page)
    shot(page, f"{name}-answer")
    ask(page, "長" * 500 + "w" * 300)
    assert fits(page)


# ---- contrast, reckoned from the style sheet's own colours ----

PAIRS = [
    *[("text", ground, 4.5) for ground in ("ground", "surface", "mine", "quote")],
    *[("muted", ground, 4.5) for ground in ("ground", "surface", "quote")],
    *[("accent", ground, 4.5) for ground in ("ground", "surface")],
    *[(label, "surface", 4.5) for label in ("abstained", "clarify", "failed")],
    ("on-accent", "accent", 4.5),
    ("on-notice", "notice", 4.5),
    *[("edge", ground, 3.0) for ground in ("ground", "surface")],
]


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def palettes() -> tuple[dict[str, str], dict[str, str]]:
    """The light and the dark colours, by name."""
    light, dark = (STATIC / "chat.css").read_text(encoding="utf-8").split("prefers-color-scheme: dark", 1)
    named = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
    return dict(named.findall(light)), dict(named.findall(dark))


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_contrast(theme, front, back, least):
    colours = palettes()[theme]
    brighter, darker = sorted((luminance(colours[front]), luminance(colours[back])), reverse=True)
    assert (brighter + 0.05) / (darker + 0.05) >= least

"""The page in a real browser: its views by their addresses, focus and titles, both sides, every window."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Page, expect

from . import fixtures
from .chat import Chat, fits, focused
from .site import Talking
from .visits import Visit, visiting

browser = fixtures.browser
talk = fixtures.talk

WIDE = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
NAME = "支援制度 相談窓口"
HEADINGS = {
    "#/": "使える支援制度を、資料の言葉で調べます",
    "#/documents": "資料を見る",
    "#/documents/meti-r02": "令和2年度経済産業省概算要求PR資料（素形材産業関連抜粋）",
    "#/facts": "数値を調べる",
}


@pytest.fixture
def visit(browser, talk: Talking, request):
    with visiting(browser, talk.url, **getattr(request, "param", WIDE)) as visit:
        yield visit


def shot(page: Page, name: str) -> None:
    """A picture for a person to look at, when ``SHOTS`` names a folder."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png")


def go(page: Page, address: str) -> None:
    page.evaluate("address => { location.hash = address }", address)


@pytest.mark.parametrize(("address", "heading"), HEADINGS.items())
def test_an_address_opens_its_view(browser, talk, address, heading):
    with visiting(browser, f"{talk.url}/{address}", **WIDE) as visit:
        expect(visit.page.locator("#side h2")).to_have_text(heading)
        expect(visit.page.locator("#chat")).to_be_visible()
        assert visit.page.evaluate("document.activeElement === document.body")  # nothing is taken on arrival


def test_a_second_visit_finds_the_page_as_the_first(visit: Visit):
    for _ in range(2):
        visit.page.goto("about:blank")
        visit.page.goto(visit.own[0])
        expect(visit.page.locator("#side h2")).to_have_text(HEADINGS["#/"])
        expect(Chat(visit.page).field).to_be_visible()


def test_the_way_through_the_views_and_back(visit: Visit):
    page = visit.page
    for label, heading in (("資料を見る", "資料を見る"), ("数値を調べる", "数値を調べる")):
        page.get_by_role("link", name=label, exact=True).click()
        expect(page.locator("#side h2")).to_have_text(heading)
        expect(page.locator("#side h2")).to_be_focused()
        expect(page).to_have_title(f"{heading}｜{NAME}")
        expect(page.locator("[aria-current=page]")).to_have_text(label)
    page.go_back()
    expect(page.locator("#side h2")).to_have_text("資料を見る")
    page.go_back()
    expect(page.locator("#side h2")).to_have_text(HEADINGS["#/"])
    expect(page).to_have_title(NAME)
    page.go_forward()
    expect(page.locator("#side h2")).to_have_text("資料を見る")


@pytest.mark.parametrize(
    "address", ["#/nothing", "#/documents/%E0%A4%A", "#/documents/a/b", "#<b>", "#/documents/nobody"]
)
def test_an_address_that_names_nothing_leads_on(visit: Visit, address):
    go(visit.page, address)
    expect(visit.page.locator("#side h2")).to_contain_text("見つかりません")
    expect(visit.page.get_by_role("link", name="資料の一覧を見る")).to_have_attribute("href", "#/documents")
    if "nobody" in address:
        visit.forgive("404")


def test_addresses_are_read_as_places(visit: Visit):
    nowhere = {"view": "unknown"}
    cases = {
        "": {"view": "chat"},
        "#/documents/%E8%B3%87%E6%96%99%2F1/7": {"view": "document", "id": "資料/1", "from": 7, "to": 7},
        "#/documents/a/9-3": {"view": "document", "id": "a", "from": 3, "to": 9},
        "#/documents/a/0": {"view": "document", "id": "a", "from": 1, "to": 1},
        "#/documents/a/1-2/3": nowhere,
        "#/documents/a/12345678": nowhere,
        "#/constructor": nowhere,
        "#/facts/more": nowhere,
    }
    read = "async (hash) => (await import('/static/places.js')).placeOf(hash)"
    for address, place in cases.items():
        assert visit.page.evaluate(read, address) == place, address


def test_a_citation_opens_beside_the_chat(visit: Visit):
    chat = Chat(visit.page)
    chat.ask("few")
    chat.chip(1).click()
    side = visit.page.locator("#side")
    expect(side.locator("mark").first).to_be_in_viewport()
    expect(side.locator(".cite")).to_contain_text("答えの出典 [1]")
    expect(side.locator("h2")).to_be_focused()
    expect(visit.page.locator("#status")).to_contain_text("答えの出典 [1]")
    expect(chat.text).to_be_visible()  # the answer stays where it is
    assert "quote" not in visit.page.url
    visit.page.go_back()
    expect(side.locator("h2")).to_have_text(HEADINGS["#/"])
    assert "citation" in focused(visit.page)
    shot(visit.page, "citation-wide")


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_on_a_phone_one_thing_at_a_time_and_back_to_the_answer(visit: Visit):
    chat = Chat(visit.page)
    expect(visit.page.locator("#side")).to_be_hidden()
    chat.ask("few")
    chat.chip(1).click()
    expect(visit.page.locator("#chat")).to_be_hidden()
    expect(visit.page.locator("mark").first).to_be_in_viewport()
    shot(visit.page, "citation-phone")
    visit.page.get_by_role("link", name="答えに戻る").click()
    expect(chat.text).to_be_in_viewport()
    assert "citation" in focused(visit.page)


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_on_a_phone_the_focus_is_in_the_chat_when_it_comes_back(visit: Visit):
    page, chat = visit.page, Chat(visit.page)
    chat.ask("few")
    chat.chip(1).click()
    back = page.get_by_role("link", name="答えに戻る")
    back.click()
    expect(chat.chip(1)).to_be_focused()
    page.go_back()
    expect(page.locator("mark").first).to_be_in_viewport()
    back.click()  # no marker was pressed this time
    expect(chat.part("heading")).to_be_focused()


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_on_a_phone_a_card_leads_to_its_source_and_back(visit: Visit):
    page, chat = visit.page, Chat(visit.page)
    chat.ask("few")
    figure = chat.text.locator(".figure").first
    figure.click()
    chat.part("card-source").first.click()
    page.get_by_role("link", name="答えに戻る").click()
    expect(chat.text).to_be_in_viewport()
    expect(figure).to_be_focused()


def test_paper_has_the_conversation_once_there_is_one(visit: Visit):
    page, chat = visit.page, Chat(visit.page)

    def paper() -> None:
        page.pdf()  # the page is told that it will be printed
        page.emulate_media(media="print")

    paper()
    expect(page.locator("#side h2")).to_be_visible()
    expect(page.locator("#chat")).to_be_hidden()
    page.emulate_media(media="screen")
    chat.ask("many")
    paper()
    expect(page.locator("#side")).to_be_hidden()
    expect(chat.text).to_be_visible()
    log = chat.part("log").bounding_box()
    assert log["height"] >= chat.messages.last.bounding_box()["height"] > 0  # whole, not a window onto it
    assert chat.text.evaluate("node => node.scrollHeight") <= page.locator("#chat").bounding_box()["height"]
    expect(page.locator(".bottom")).to_contain_text("最新の内容をご確認ください")
    go(page, "#/documents")
    expect(page.locator("#side h2")).to_be_visible()
    expect(page.locator("#chat")).to_be_hidden()


def test_no_way_back_to_an_answer_that_was_never_given(browser, talk):
    with visiting(browser, f"{talk.url}/#/documents/meti-r02/47-49", **PHONE) as visit:
        expect(visit.page.locator(".cited").first).to_be_in_viewport()
        expect(visit.page.get_by_role("link", name="答えに戻る")).to_be_hidden()


def test_the_bar_between_moves_by_keys_and_pointer(visit: Visit):
    bar, chat = visit.page.locator("#splitter"), visit.page.locator("#chat")
    before = chat.bounding_box()["width"]
    bar.press("ArrowRight")
    expect(bar).to_have_attribute("aria-valuenow", "42")
    assert chat.bounding_box()["width"] > before
    box = bar.bounding_box()
    visit.page.mouse.move(box["x"] + 4, 400)
    visit.page.mouse.down()
    visit.page.mouse.move(1400, 400)
    visit.page.mouse.up()
    expect(bar).to_have_attribute("aria-valuenow", "62")  # not past its end


def test_the_skip_link_leads_past_the_navigation(visit: Visit):
    visit.page.keyboard.press("Tab")
    expect(visit.page.locator("#skip")).to_be_focused()
    expect(visit.page.locator("#skip")).to_be_in_viewport()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#side h2")).to_be_focused()
    assert visit.page.url.partition("#")[2] == ""


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_the_skip_link_leads_to_the_chat_on_a_phone(visit: Visit):
    expect(Chat(visit.page).field).to_be_visible()
    visit.page.locator("#skip").press("Enter")
    expect(Chat(visit.page).part("heading")).to_be_focused()


def test_the_start_and_the_list_name_every_document(visit: Visit, assistant):
    titles = [document.title for document in assistant.index.documents.values()]
    expect(visit.page.locator(".known a")).to_have_text(titles)
    go(visit.page, "#/documents")
    expect(visit.page.locator(".card h3")).to_have_text(titles)
    card = visit.page.locator(".card", has_text="経済産業省")
    expect(card.locator(".badge.asked")).to_have_text("概算要求")
    expect(card).to_contain_text("決まった予算ではありません")
    lines = assistant.index.documents["meti-r02"].lines
    expect(card).to_contain_text(f"{len(lines)}行")
    expect(visit.page.locator("#status")).to_have_text(f"資料は{len(titles)}件です。")


def test_a_server_that_fails_is_asked_again(visit: Visit):
    answers = iter(
        [lambda route: route.fulfill(status=429, headers={"Retry-After": "7"}), lambda route: route.fallback()]
    )
    visit.page.route("**/v1/documents/gunma-r01", lambda route: next(answers)(route))
    go(visit.page, "#/documents/gunma-r01")
    expect(visit.page.locator("#side")).to_contain_text("7秒ほど待ってから")
    visit.page.get_by_role("button", name="もう一度読み込む").click()
    expect(visit.page.locator("#side h2")).to_have_text("令和元年度群馬県産業経済関連当初予算")
    visit.forgive("429")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (640, 400), (390, 844), (320, 256)], ids=str)
def test_every_view_fits_every_window(browser, talk, size, scheme):
    window = {"viewport": {"width": size[0], "height": size[1]}, "color_scheme": scheme}
    with visiting(browser, talk.url, **window) as visit:
        page = visit.page
        for number, address in enumerate(
            [*HEADINGS, "#/facts?view=chart", "#/facts?program=none", "#/documents/aomori-r05/60"]
        ):
            go(page, address)
            expect(page.locator("[aria-busy=true]")).to_have_count(0)
            assert fits(page), address
            shot(page, f"{number}-{size[0]}-{scheme}")


def test_the_demonstration_sites_stand(browser, talk):
    for name in ("demo", "demo-hostile"):
        with visiting(browser, f"{talk.url}/static/{name}.html", **WIDE) as visit:
            expect(visit.page.locator("support-assistant")).to_have_count(2)
            chat = Chat(visit.page, visit.page.locator("support-assistant[mode=inline]"))
            chat.ask("few")
            chat.chip(1).click()
            expect(chat.panel).to_be_visible()  # no page that shows the source: the widget does
            shot(visit.page, name)

"""What a visitor of the page does, from the first question to the last source, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from . import fixtures
from .answers import one_of_each_kind, shaped
from .chat import Chat, fits, focused, own_panels
from .site import Site, Talking
from .visits import Visit, visiting

browser = fixtures.browser
talk = fixtures.talk
site = fixtures.site

RATE = "事業承継補助金の補助率は？"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
NARROW = {"viewport": {"width": 320, "height": 640}}
ZOOMED = {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2}  # a 1280 px window at 200 %
WIDE = {"viewport": {"width": 1440, "height": 900}}


@pytest.fixture
def visit(browser: Browser, talk: Talking, request) -> Iterator[Visit]:
    """The page in front of the scripted desk; ``request.param`` holds the context's options."""
    talk.desk.gate.clear()
    with visiting(browser, talk.url, **getattr(request, "param", {})) as visit:
        yield visit


@pytest.fixture
def chat(visit: Visit) -> Chat:
    return Chat(visit.page)


def body_of(request: Request) -> dict:
    return json.loads(request.post_data or "{}")


# ---- asking ----


def test_the_real_assistant_answers_and_its_source_is_opened(browser, site: Site):
    with visiting(browser, site.url, **WIDE) as visit:
        chat = Chat(visit.page)
        chat.ask(RATE)
        expect(chat.text).to_contain_text("ベンチャー型事業承継・生産性向上枠が2/3、原則枠が1/2です")
        expect(chat.answer.locator(".notice")).to_contain_text("概算要求時点の資料")
        chat.chip(2).click()
        side = visit.page.locator("#side")
        expect(side.locator("h2")).to_have_text("令和2年度経済産業省概算要求PR資料（素形材産業関連抜粋）")
        expect(side.locator(".cited mark")).to_have_text(["原則枠", "1/2"])
        expect(side.locator(".cited")).to_be_in_viewport()
        assert visit.page.url.endswith("#/documents/meti-r02/49-49")


def test_sentences_come_one_by_one_and_markers_open_with_the_whole_answer(chat: Chat, talk: Talking):
    lines = shaped(talk.desk.index, "list").text.splitlines()
    chat.begin(talk.desk.say("一文ずつ", shaped(talk.desk.index, "list"), halves=True))
    expect(chat.text).to_contain_text(lines[1].split("は")[0].lstrip("・"))
    expect(chat.answer).to_have_attribute("aria-busy", "true")
    expect(chat.part("stage")).not_to_be_empty()
    expect(chat.text.locator("button")).to_have_count(0)
    assert lines[-1][1:10] not in (chat.text.text_content() or "")
    talk.desk.gate.set()
    chat.settled(2)
    expect(chat.text.locator("li")).to_have_count(len(lines) - 1)
    assert chat.text.locator("button.citation").count() == len(lines) - 1


def test_sentences_that_are_taken_back_are_gone(chat: Chat, talk: Talking):
    answer = shaped(talk.desk.index, "few")
    chat.begin(talk.desk.say("言い直す", answer, taken_back=("取り消される文です。",), halves=True))
    expect(chat.text).to_have_text("取り消される文です。")
    talk.desk.gate.set()
    chat.settled(2)
    expect(chat.widget).not_to_contain_text("取り消される")
    expect(chat.text.locator("p")).to_have_count(2)


def test_an_answer_can_be_stopped_and_asked_for_again(chat: Chat, talk: Talking):
    chat.begin(talk.desk.say("止める", shaped(talk.desk.index, "few"), halves=True))
    expect(chat.text).not_to_be_empty()
    chat.part("stop").click()
    chat.settled(2, "stopped")
    talk.desk.gate.set()
    chat.part("retry").click()
    chat.settled(2)
    expect(chat.text.locator(".citation")).to_have_count(2)


def test_a_table_is_a_table(chat: Chat, talk: Talking):
    kinds = len(one_of_each_kind(talk.desk.index))
    chat.ask("table")
    table = chat.text.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_text(["事業", "種類", "数値"])
    expect(table.get_by_role("rowheader")).to_have_count(kinds)
    assert kinds > 15
    expect(table.locator("td .figure")).to_have_count(kinds)
    assert fits(chat.page)


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("clarify", "確認させてください"),
        ("not_in_corpus", "資料に見当たりません"),
        ("not_stated", "資料に書かれていません"),
        ("out_of_scope", "お答えできる範囲の外です"),
        ("unverified", "資料で確かめられませんでした"),
    ],
)
def test_what_is_no_answer_says_so(chat: Chat, question, label):
    chat.ask(question)
    expect(chat.answer.locator("[part~=label]")).to_have_text(label)


def test_a_follow_up_goes_on_with_the_conversation(chat: Chat, talk: Talking):
    chat.ask("few")
    chat.part("suggestion").first.click()
    chat.settled(4)
    question, history = talk.desk.asked[-1]
    assert question == "窓口はどこですか？"
    assert [turn.content for turn in history if turn.role == "user"] == ["few"]


def test_an_example_of_the_start_is_asked_by_a_click(chat: Chat, talk: Talking):
    before = len(talk.desk.asked)
    chat.part("example").first.click()
    chat.settled(2)
    assert len(talk.desk.asked) == before + 1


def test_another_consultation_deletes_the_first_on_the_server(chat: Chat, visit: Visit):
    with visit.page.expect_request("**/v1/chat") as sent:
        chat.ask("few")
    old = body_of(sent.value)["conversation_id"]
    assert visit.context.request.get(f"/v1/conversations/{old}").status == 200
    with visit.page.expect_response(f"**/v1/conversations/{old}") as gone:
        chat.part("restart").click()
    assert gone.value.status == 204
    expect(chat.messages).to_have_count(0)
    assert visit.context.request.get(f"/v1/conversations/{old}").status == 404
    with visit.page.expect_request("**/v1/chat") as sent:
        chat.ask("few")
    assert body_of(sent.value)["conversation_id"] != old


def test_the_history_is_there_after_a_reload_and_goes_on(chat: Chat, talk: Talking):
    chat.ask("table")
    chat.page.reload()
    expect(chat.messages).to_have_count(2)
    expect(chat.text.get_by_role("table")).to_be_visible()
    chat.ask("few")
    assert [turn.content for turn in talk.desk.asked[-1][1] if turn.role == "user"] == ["table"]


# ---- sources, figures, what is done with an answer ----


def test_the_widgets_own_panel_shows_the_passage_with_the_quoted_words_marked(chat: Chat, talk: Talking):
    own_panels(chat.page)
    citations = shaped(talk.desk.index, "table").citations
    chat.ask("table")
    for citation in citations[:6]:
        chat.chip(citation.marker).click()
        expect(chat.part("source-title")).to_have_text(citation.title)
        cited = chat.part("source-line-cited")
        expect(cited).to_have_count(citation.line_end - citation.line_start + 1)
        marked = "".join(chat.part("mark").all_text_contents())
        assert squeezed(marked) == squeezed(citation.quote)
        expect(chat.part("source-meta")).to_contain_text(citation.fiscal_year)
        expect(chat.part("source-meta")).to_contain_text(citation.stage)
        expect(chat.part("mark").first).to_be_in_viewport()
        chat.page.keyboard.press("Escape")
        expect(chat.panel).to_be_hidden()
        assert focused(chat.page) == "citation"


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_every_figure_tells_what_it_is(chat: Chat, talk: Talking):
    chat.ask("table")
    facts = one_of_each_kind(talk.desk.index)
    for number, fact in enumerate(facts):
        chat.text.locator("tbody tr").nth(number).locator(".figure").press("Enter")
        expect(chat.card).to_contain_text(fact.program)
        if fact.condition:
            expect(chat.card).to_contain_text(fact.condition)
        if fact.yen is not None:
            expect(chat.card).to_contain_text(f"{fact.yen:,}円")
        chat.page.keyboard.press("Escape")
        expect(chat.card).to_have_count(0)


def test_a_card_opens_under_the_mouse_and_leads_to_its_source(chat: Chat):
    chat.ask("few")
    chat.text.locator(".figure").first.hover()
    expect(chat.card).to_be_visible()
    chat.card.get_by_role("button").click()
    expect(chat.page.locator("#side .cited").first).to_be_visible()


def test_an_answer_is_rated_with_a_comment(chat: Chat, visit: Visit):
    chat.ask("few")
    with visit.page.expect_response("**/v1/feedback") as rated:
        chat.part("thumb-down").click()
    assert rated.value.ok
    expect(chat.part("thanks")).not_to_be_empty()
    expect(chat.part("thumb-down")).to_have_attribute("aria-pressed", "true")
    chat.part("comment").fill("窓口の電話番号もほしい")
    with visit.page.expect_response("**/v1/feedback") as rated:
        chat.part("comment-send").click()
    sent = body_of(rated.value.request)
    assert rated.value.ok
    assert (sent["rating"], sent["comment"]) == ("down", "窓口の電話番号もほしい")
    chat.page.reload()
    expect(chat.part("thumb-down")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("visit", [{"permissions": ["clipboard-read", "clipboard-write"]}], indirect=True)
def test_an_answer_is_copied_with_its_sources(chat: Chat, talk: Talking):
    answer = shaped(talk.desk.index, "few")
    chat.ask("few")
    chat.part("copy").click()
    expect(chat.part("copy")).to_contain_text("コピーしました")
    copied = chat.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(answer.text)
    for citation in answer.citations:
        assert f"[{citation.marker}] {citation.title}" in copied
        assert citation.fiscal_year in copied


# ---- keyboard and input ----


def test_the_whole_way_with_the_keyboard_alone(chat: Chat):
    page = chat.page
    reach(page, "question")
    page.keyboard.type("few")
    page.keyboard.press("Enter")
    chat.settled(2)
    assert focused(page) == "question"
    reach(page, "figure", backwards=True)
    expect(chat.card).to_be_visible()
    page.keyboard.press("Escape")
    expect(chat.card).to_have_count(0)
    reach(page, "citation", backwards=True)
    page.keyboard.press("Enter")
    expect(page.locator("#side .cited").first).to_be_visible()
    assert focused(page) == page.locator("#side h2").text_content()
    reach(page, "thumb-up")
    page.keyboard.press("Enter")
    expect(chat.part("thanks")).not_to_be_empty()
    reach(page, "restart", backwards=True)
    page.keyboard.press("Enter")
    expect(chat.messages).to_have_count(0)


def reach(page: Page, part: str, backwards: bool = False) -> None:
    """Press Tab until a part has the focus: a trap on the way is found."""
    for _ in range(80):
        if focused(page) == part:
            return
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
    pytest.fail(f"{part} cannot be reached; the focus is on {focused(page)}")


def test_a_conversion_that_is_ended_with_enter_sends_nothing(chat: Chat, visit: Visit, talk: Talking):
    before = len(talk.desk.asked)
    chat.field.click()
    keyboard = visit.context.new_cdp_session(visit.page)
    for text in ("ほ", "ほじょ", "補助"):
        keyboard.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
    for kind in ("rawKeyDown", "keyUp"):  # while a conversion is on, browsers give Enter the code 229
        enter = {"type": kind, "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}
        keyboard.send("Input.dispatchKeyEvent", enter)
    keyboard.send("Input.insertText", {"text": "補助率"})
    expect(chat.field).to_have_value("補助率")
    expect(chat.messages).to_have_count(0)
    assert len(talk.desk.asked) == before
    chat.field.press("Shift+Enter")
    chat.field.press_sequentially("は？")
    expect(chat.field).to_have_value("補助率\nは？")
    chat.field.press("Enter")
    chat.settled(2)
    assert talk.desk.asked[-1][0] == "補助率\nは？"


def test_the_order_of_events_that_other_browsers_have_sends_nothing(chat: Chat):
    """There the end of a conversion is told before the Enter that ended it."""
    chat.field.fill("補助率")
    chat.field.evaluate(
        """(field) => {
          const reach = {bubbles: true, composed: true, cancelable: true};
          field.dispatchEvent(new CompositionEvent("compositionend", {data: "補助率", ...reach}));
          field.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", ...reach}));
        }"""
    )
    expect(chat.messages).to_have_count(0)
    expect(chat.field).to_have_value("補助率")


# ---- windows ----


@pytest.mark.parametrize(
    "visit", [PHONE, NARROW, ZOOMED, WIDE], ids=["phone", "narrow", "zoomed", "wide"], indirect=True
)
def test_it_fits_every_window(chat: Chat):
    page = chat.page
    assert fits(page)
    for question in ("table", "many", "w" * 300 + "長" * 300):
        chat.ask(question)
        assert fits(page)
    chat.text.page.evaluate("location.hash = '#/documents'")
    expect(page.locator(".cards li").first).to_be_visible()
    assert fits(page)
    page.evaluate("location.hash = '#/documents/yamagata-r02/127-127'")
    expect(page.locator("#side .cited")).to_be_in_viewport()
    assert fits(page)
    page.evaluate("location.hash = '#/facts'")
    expect(page.locator("#side table")).to_be_visible()
    assert fits(page)


@pytest.mark.parametrize("visit", [PHONE], ids=["phone"], indirect=True)
def test_a_phone_shows_the_source_and_comes_back_to_the_answer(chat: Chat):
    chat.ask("few")
    chat.chip(1).tap()
    expect(chat.page.locator("#side .cited").first).to_be_in_viewport()
    expect(chat.field).to_be_hidden()
    chat.page.go_back()
    expect(chat.chip(1)).to_be_visible()


@pytest.mark.parametrize("visit", [{"reduced_motion": "reduce"}], ids=["still"], indirect=True)
def test_nothing_moves_for_those_who_do_not_want_it(chat: Chat, talk: Talking):
    chat.begin(talk.desk.say("止まって", shaped(talk.desk.index, "few"), halves=True))
    expect(chat.text).not_to_be_empty()
    moving = "document.getAnimations().filter((one) => one.effect.getComputedTiming().duration > 1).length"
    assert chat.page.evaluate(moving) == 0
    talk.desk.gate.set()
    chat.settled(2)


# ---- the page's other views ----


def test_the_source_viewer_finds_and_goes_to_lines(visit: Visit):
    page = visit.page
    page.goto(f"{page.url.partition('#')[0]}#/documents/meti-r02/48-49")
    page.reload()  # as somebody to whom the address was sent
    expect(page.locator("#side .cited")).to_have_count(2)
    expect(page.locator("#side .cited").first).to_be_in_viewport()
    page.get_by_label("行へ移動").fill("12")
    page.get_by_label("行へ移動").press("Enter")
    expect(page.locator("#side .cited")).to_have_count(1)
    expect(page.locator("#side .cited")).to_have_attribute("data-line", "12")
    assert page.url.endswith("#/documents/meti-r02/12-12")
    page.go_back()
    expect(page.locator("#side .cited")).to_have_count(2)


def test_facts_are_filtered_shared_and_saved(visit: Visit, talk: Talking):
    page = visit.page
    page.goto(f"{page.url.partition('#')[0]}#/facts?region=山形県&kind=budget&sort=-yen")
    page.reload()
    rows = page.locator("#side tbody tr")
    expect(rows.first).to_contain_text("円")
    yen = [fact.yen for fact in talk.desk.index.facts(document="yamagata-r02", kind="budget") if fact.yen is not None]
    expect(rows.first).to_contain_text(f"{max(yen):,}円")
    with page.expect_download() as saved:
        page.get_by_role("link", name="CSV").click()
    lines = saved.value.path().read_text("utf-8-sig").splitlines()
    assert len(lines) > len(yen) / 2
    assert all("yamagata-r02" in line or number == 0 for number, line in enumerate(lines))
    rows.first.get_by_role("link").last.click()
    expect(page.locator("#side .cited").first).to_be_in_viewport()


def test_budgets_are_drawn(visit: Visit):
    page = visit.page
    page.goto(f"{page.url.partition('#')[0]}#/facts?view=chart&document=yamagata-r02")
    expect(page.locator("#side .results")).to_contain_text("商工業振興資金融資事業費")

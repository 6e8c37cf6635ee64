"""Without a connection, with one that breaks, and with a server that is gone for a while: one answer, never two."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route, expect

from . import fixtures
from .answers import shaped
from .chat import Chat
from .desk import ScriptedDesk
from .foreign import embed, foreign_site
from .site import Talking, talking
from .visits import Visit, visiting

browser = fixtures.browser


@pytest.fixture
def own(assistant) -> Iterator[Talking]:
    """A server of this test's own: it is stopped and started again."""
    with talking(assistant.index) as served:
        yield served


@pytest.fixture
def visit(browser: Browser, own: Talking) -> Iterator[Visit]:
    with visiting(browser, own.url) as visit:
        yield visit
        visit.complaints[:] = [line for line in visit.complaints if "Failed to load resource" not in line]


def few(desk: ScriptedDesk, question: str, **rest: object) -> str:
    return desk.say(question, shaped(desk.index, "few"), **rest)


def kept(visit: Visit) -> list[dict]:
    """What the server holds of the conversation that the tab is in."""
    told = visit.page.evaluate("Object.values({...sessionStorage}).find((one) => one.includes('exchanges'))")
    return visit.context.request.get(f"/v1/conversations/{json.loads(told)['id']}").json()["turns"]


def test_a_question_without_a_connection_is_sent_when_there_is_one(visit: Visit, own: Talking):
    chat = Chat(visit.page)
    visit.context.set_offline(True)
    expect(chat.part("offline")).not_to_be_empty()
    chat.ask(few(own.desk, "届かない"), "failed")
    expect(chat.part("error")).to_contain_text("インターネットにつながっていません")
    visit.context.set_offline(False)
    chat.settled(2)
    expect(chat.part("offline")).to_be_empty()
    assert [turn["role"] for turn in kept(visit)] == ["user", "assistant"]


def test_a_server_that_dies_and_comes_back_gives_one_answer(visit: Visit, own: Talking):
    chat = Chat(visit.page)
    own.desk.gate.clear()
    chat.begin(few(own.desk, "切れる", halves=True))
    expect(chat.text).not_to_be_empty()
    own.site.stop()
    own.desk.gate.set()
    chat.settled(2, "failed")
    own.site.start()
    chat.part("retry").click()
    chat.settled(2)
    expect(chat.widget.locator(".user")).to_have_count(1)
    assert [turn["role"] for turn in kept(visit)] == ["user", "assistant"]


@pytest.mark.parametrize("told", ["", 'event: sentence\ndata: {"text":"途中まで。"}\n\nevent: ans'])
def test_an_answer_that_was_lost_on_its_way_is_not_made_again(visit: Visit, own: Talking, told):
    """The server has answered and kept it; what the browser got is cut off."""
    lost: list[str] = []

    def lose(route: Route) -> None:
        if lost:
            route.fallback()
            return
        lost.append(route.fetch().text())
        route.fulfill(content_type="text/event-stream", body=told)

    visit.context.route("**/v1/chat", lose)
    chat = Chat(visit.page)
    chat.ask(few(own.desk, "失われる"))
    first = json.loads(lost[0].strip().splitlines()[-1].removeprefix("data: "))
    exchange = visit.page.evaluate("Object.values({...sessionStorage}).find((one) => one.includes('exchanges'))")
    assert json.loads(exchange)["exchanges"][0]["answer"]["answer_id"] == first["answer_id"]
    assert [question for question, _ in own.desk.asked] == ["失われる"]
    assert len(kept(visit)) == 2


def test_a_page_that_was_left_in_the_middle_asks_again_without_a_second_answer(visit: Visit, own: Talking):
    chat = Chat(visit.page)
    own.desk.gate.clear()
    chat.begin(few(own.desk, "途中で閉じる", halves=True))
    expect(chat.text).not_to_be_empty()
    visit.page.reload()
    expect(chat.messages).to_have_count(2)
    own.desk.gate.set()
    chat.settled(2)
    assert [turn["role"] for turn in kept(visit)] == ["user", "assistant"]


def test_too_many_questions_wait_as_long_as_the_server_says(visit: Visit, own: Talking):
    refusal = json.dumps({"error": {"code": "rate_limited", "message": "Too many.", "hint": "Wait."}})
    answers = [lambda route: route.fulfill(status=429, headers={"Retry-After": "2"}, body=refusal)]
    visit.context.route("**/v1/chat", lambda route: answers.pop()(route) if answers else route.fallback())
    chat = Chat(visit.page)
    chat.ask(few(own.desk, "多すぎる"), "failed")
    expect(chat.part("wait")).to_contain_text("秒後")
    expect(chat.part("retry")).to_be_disabled()
    expect(chat.part("retry")).to_be_enabled()
    chat.part("retry").click()
    chat.settled(2)
    visit.forgive("429")


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (500, '{"error":{"code":"internal","message":"x","hint":"y"}}', "サーバーで問題が起きました"),
        (503, "<html>no JSON</html>", "サーバーが応答していません"),
        (413, '{"error":{"code":"too_large","message":"x","hint":"y"}}', "送る内容が大きすぎます"),
        (418, '{"error":{"code":"teapot","message":"x","hint":"y"}}', "サーバーで問題が起きました"),
        (422, '{"error":{"code":"invalid_request","message":"x","hint":"y"}}', "受け付けられませんでした"),
        (200, "no JSON and no stream", "サーバーで問題が起きました"),
    ],
)
def test_every_refusal_says_what_to_do(visit: Visit, status, body, words):
    visit.context.route("**/v1/chat", lambda route: route.fulfill(status=status, body=body))
    chat = Chat(visit.page)
    chat.ask("断られる", "failed")
    expect(chat.part("error")).to_contain_text(words)
    expect(chat.part("retry")).to_be_enabled()


@pytest.mark.parametrize("home", [True, False], ids=["the server's own page", "a site that is not allowed"])
def test_only_a_site_that_may_not_be_allowed_is_told_so(browser: Browser, own: Talking, home):
    """A browser hides from a page why another server's answer cannot be read."""
    with foreign_site() as foreign:
        address = foreign.put("left-out", embed(own.url, data_mode="inline"))
        context = browser.new_context(locale="ja-JP")
        page = context.new_page()
        page.goto(own.url if home else address)
        chat = Chat(page)
        expect(chat.field).to_be_visible()
        if home:
            page.route("**/v1/chat", lambda route: route.abort())
        chat.ask("つながらない", "failed")
        told = chat.part("error").text_content() or ""
        context.close()
    assert "サーバーにつながりません" in told
    assert ("まだ許可されていない" in told) is not home

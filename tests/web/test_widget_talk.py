"""What the widget tries again, what it keeps in the tab, and what it gives away."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from . import fixtures
from .answers import shaped
from .chat import Chat, focused
from .site import Talking
from .widget_host import INLINE, TAG, Host, sent, spoken

browser = fixtures.browser
talk = fixtures.talk
host = fixtures.host


# ---- what is tried again, and kept ----

CUT = 'event: stage\ndata: {"stage":"search"}\n\nevent: sentence\ndata: {"text":"途中まで。"}\n\nevent: ans'


def times(page: Page, count: int, **reply: Any) -> None:
    """The next ``count`` questions get this reply."""
    left = [count]

    def answer(route: Route) -> None:
        left[0] -= 1
        if left[0] < 0:
            route.continue_()
        else:
            route.fulfill(**reply)

    page.route("**/v1/chat", answer)


def test_a_stream_that_breaks_is_asked_for_again_by_the_same_key(host: Host):
    chat = host.open(INLINE)
    posted = sent(chat.page)
    times(chat.page, 1, content_type="text/event-stream", body=CUT)
    chat.ask("few")
    assert len(posted) == 2
    assert posted[0] == posted[1]
    expect(chat.widget).not_to_contain_text("途中まで")
    chat.ask("clarify")
    assert posted[2]["key"] != posted[0]["key"]
    assert posted[2]["conversation_id"] == posted[0]["conversation_id"]


ENDING = 'event: stage\ndata: {"stage":"search"}\n\nevent: error\ndata: {"error":{"code":"ending"}}\n\n'


@pytest.mark.parametrize(("count", "state"), [(1, "done"), (2, "failed")])
def test_a_server_that_is_being_restarted_is_asked_once_more(host: Host, count, state):
    chat = host.open(INLINE)
    posted = sent(chat.page)
    times(chat.page, count, content_type="text/event-stream", body=ENDING)
    chat.ask("few", state)
    assert len(posted) == 2
    assert posted[0] == posted[1]
    if state == "failed":
        expect(chat.part("error")).to_contain_text("サーバーが応答していません")


def test_what_was_told_before_it_was_stopped_stays(host: Host, talk: Talking):
    chat = host.open(INLINE)
    answer = shaped(talk.desk.index, "few")
    chat.begin(talk.desk.say("途中で止める", answer, halves=True))
    first = answer.text.splitlines()[0].replace("[1]", "")
    expect(chat.text).to_contain_text(first[:10])
    chat.part("stop").click()
    chat.settled(2, "stopped")
    expect(chat.failed.locator(".text")).to_contain_text(first[:10])
    expect(chat.part("error")).to_have_text("上の文章は、答えの途中までです。")
    assert spoken(chat)[-1] == "止めました 上の文章は、答えの途中までです。"
    talk.desk.gate.set()
    chat.part("retry").click()
    chat.settled(2)


def test_after_a_press_of_retry_the_keyboard_goes_on_in_the_field(host: Host):
    chat = host.open(INLINE)
    times(chat.page, 1, status=500, body="x")
    chat.ask("few", "failed")
    chat.part("retry").focus()
    chat.page.keyboard.press("Enter")
    chat.settled(2)
    assert focused(chat.page) == "question"


def test_another_region_is_another_conversation(host: Host):
    chat = host.open(INLINE)
    posted = sent(chat.page)
    chat.ask("few")
    chat = host.open(f'<support-assistant region="青森県"></support-assistant>{TAG}')
    expect(chat.messages).to_have_count(0)
    chat.ask("few")
    chat.widget.evaluate("(node) => node.setAttribute('year', '令和5年度')")
    expect(chat.messages).to_have_count(0)
    chat.ask("few")
    assert len({request["conversation_id"] for request in posted}) == 3
    chat = host.open(INLINE)
    chat.settled(2)


def test_after_a_second_break_a_button_asks_by_the_same_key(host: Host):
    chat = host.open(INLINE)
    posted = sent(chat.page)
    times(chat.page, 2, content_type="text/event-stream", body=CUT)
    chat.ask("few", "failed")
    expect(chat.failed).to_have_attribute("data-code", "cut")
    chat.part("retry").click()
    chat.settled(2)
    assert len({request["key"] for request in posted}) == 1


@pytest.mark.parametrize(
    ("reply", "code", "told"),
    [
        ({"status": 422, "json": {"error": {"code": "not_text"}}}, "not_text", "読み取れない文字"),
        ({"status": 418, "json": {"error": {"code": "constructor"}}}, "constructor", "サーバーで問題が起きました"),
        ({"status": 422, "json": {"error": {"code": "invalid_request"}}}, "invalid_request", "書き方を変えて"),
        ({"status": 500, "body": "<h1>proxy</h1>"}, "internal", "サーバーで問題が起きました"),
        (
            {"content_type": "text/event-stream", "body": 'event: error\ndata: {"error":{"code":"index_missing"}}\n\n'},
            "index_missing",
            "準備がまだ",
        ),
        (
            {"content_type": "text/event-stream", "body": "event: answer\ndata: {\n\n"},
            "internal",
            "サーバーで問題が起きました",
        ),
    ],
    ids=["named", "unknown", "odd request", "proxy", "in the stream", "no JSON"],
)
def test_errors_say_what_to_do(host: Host, reply, code, told):
    chat = host.open(INLINE)
    posted = sent(chat.page)
    times(chat.page, 1, **reply)
    chat.ask("few", "failed")
    expect(chat.failed).to_have_attribute("data-code", code)
    expect(chat.part("error")).to_contain_text(told)
    assert len(posted) == 1
    chat.part("retry").click()
    chat.settled(2)


def test_a_refusal_counts_down_before_another_try(host: Host):
    host.page.clock.install()
    chat = host.open(INLINE)
    refusal = {"error": {"code": "rate_limited", "message": "m", "hint": "h"}}
    times(chat.page, 1, status=429, headers={"retry-after": "30"}, json=refusal)
    chat.ask("few", "failed")
    expect(chat.part("wait")).to_have_text("30秒後にもう一度送れます")
    expect(chat.part("retry")).to_be_disabled()
    host.page.clock.run_for(20_000)
    expect(chat.part("wait")).to_have_text("10秒後にもう一度送れます")
    host.page.clock.run_for(10_500)
    expect(chat.part("wait")).to_be_hidden()
    chat.part("retry").click()
    chat.settled(2)


def test_a_reload_shows_the_conversation_and_goes_on_with_it(host: Host, talk: Talking):
    chat = host.open(INLINE)
    posted = sent(chat.page)
    chat.ask("few")
    chat.part("thumb-up").click()
    expect(chat.part("thanks")).not_to_be_empty()
    chat.page.reload()
    chat.settled(2)
    expect(chat.text.locator("button.citation")).to_have_count(2)
    chat.ask("clarify")
    assert posted[0]["conversation_id"] == posted[1]["conversation_id"]
    assert [turn.content for turn in talk.desk.asked[-1][1] if turn.role == "user"] == ["few"]


def test_a_page_left_in_the_middle_of_an_answer_asks_for_it_again(host: Host, talk: Talking):
    chat = host.open(INLINE)
    posted = sent(chat.page)
    chat.begin(talk.desk.say("途中で移る", shaped(talk.desk.index, "few"), halves=True))
    expect(chat.text).not_to_be_empty()
    chat.page.reload()
    expect(chat.part("stop")).to_be_visible()
    talk.desk.gate.set()
    chat.settled(2)
    assert len(posted) == 2
    assert posted[0] == posted[1]


def test_two_widgets_keep_apart(host: Host):
    host.open(f"<support-assistant></support-assistant><support-assistant></support-assistant>{TAG}")
    one, other = (Chat(host.page, host.page.locator("support-assistant").nth(number)) for number in range(2))
    posted = sent(host.page)
    one.ask("few")
    expect(other.messages).to_have_count(0)
    other.ask("clarify")
    assert posted[0]["conversation_id"] != posted[1]["conversation_id"]
    host.page.reload()
    expect(one.text.locator("button.citation")).to_have_count(2)
    expect(other.answer).to_have_attribute("data-status", "clarify")


def test_a_conversation_that_is_ended_is_deleted_once_the_server_can_be_reached(host: Host):
    chat = host.open(INLINE)
    posted = sent(host.page)
    chat.ask("few")
    kept = f"{host.url}/v1/conversations/{posted[0]['conversation_id']}"
    deleted: list[str] = []

    def lose(route: Route) -> None:
        deleted.append(route.request.method)
        route.abort()

    host.page.route(kept, lose)
    chat.part("restart").click()
    expect(chat.messages).to_have_count(0)
    host.page.wait_for_function("() => JSON.stringify({...sessionStorage}).includes('ended')")
    assert deleted == ["DELETE"]
    host.page.unroute(kept)
    with host.page.expect_response(lambda reply: reply.url == kept and reply.ok):
        host.page.reload()
    expect(chat.field).to_be_visible()
    host.page.wait_for_function("(id) => !JSON.stringify({...sessionStorage}).includes(id)", arg=kept[-32:])
    assert host.page.request.get(kept).status == 404


def test_what_is_being_written_outlives_an_attribute(host: Host):
    chat = host.open(INLINE)
    for change in ("setAttribute('lang', 'en')", "setAttribute('region', '秋田県')"):
        chat.field.fill("書きかけの質問")
        chat.widget.evaluate(f"(node) => node.{change}")
        expect(chat.part("send")).to_have_text("Send")
        expect(chat.field).to_have_value("書きかけの質問")


REFUSED = (
    "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
)


def test_without_storage_it_works_as_long_as_the_page(host: Host):
    host.page.add_init_script(REFUSED)
    chat = host.open(INLINE)
    chat.ask("few")
    chat.ask("clarify")
    expect(chat.messages).to_have_count(4)


NO_CLIPBOARD = """() => {
  Object.defineProperty(navigator, "clipboard", { value: undefined });
  document.addEventListener("copy", (event) => { window.copied = event.composedPath()[0].value; });
}"""


def test_the_copy_holds_the_text_and_its_sources(host: Host, talk: Talking):
    answer = shaped(talk.desk.index, "few")
    chat = host.open(INLINE)
    host.page.evaluate(NO_CLIPBOARD)
    chat.ask("few")
    chat.part("copy").click()
    expect(chat.part("copy")).to_have_text("コピーしました")
    copied = host.page.evaluate("copied")
    first, second = answer.citations
    assert copied.startswith(answer.text)
    assert f"[1] {first.title}（{first.publisher}・{first.fiscal_year}・{first.stage}）" in copied
    assert copied.rstrip().splitlines()[-1].startswith(f"[2] {second.title}")
    assert answer.notices[0] in copied


def test_a_rating_that_does_not_arrive_is_said_so_and_a_comment_goes_with_it(host: Host):
    chat = host.open(INLINE)
    chat.ask("few")
    bodies: list[dict] = []
    host.page.route(
        "**/v1/feedback", lambda route: route.fulfill(status=503, json={"error": {"code": "store_unavailable"}})
    )
    chat.part("thumb-down").click()
    expect(chat.part("thanks")).to_contain_text("送れませんでした")
    expect(chat.part("thumb-down")).to_have_attribute("aria-pressed", "false")
    expect(chat.part("comment")).to_have_count(0)

    def accept(route: Route) -> None:
        bodies.append(json.loads(route.request.post_data or "{}"))
        route.fulfill(json=bodies[-1])

    host.page.unroute("**/v1/feedback")
    host.page.route("**/v1/feedback", accept)
    chat.part("thumb-down").click()
    chat.part("comment").fill("窓口の名前がほしい")
    chat.part("comment-send").click()
    expect(chat.part("comment")).to_have_count(0)
    expect(chat.part("thumb-down")).to_have_attribute("aria-pressed", "true")
    assert [body.get("comment") for body in bodies] == [None, "窓口の名前がほしい"]
    assert {body["rating"] for body in bodies} == {"down"}
    assert len({body["answer_id"] for body in bodies}) == 1


def test_a_comment_outlives_the_other_thumb_and_the_focus_stays_when_it_is_sent(host: Host):
    chat = host.open(INLINE)
    chat.ask("few")
    bodies: list[dict] = []

    def accept(route: Route) -> None:
        bodies.append(json.loads(route.request.post_data or "{}"))
        route.fulfill(json=bodies[-1])

    host.page.route("**/v1/feedback", accept)
    chat.part("thumb-up").click()
    chat.part("comment").fill("書きかけ")
    chat.part("thumb-down").click()
    expect(chat.part("thumb-down")).to_have_attribute("aria-pressed", "true")
    expect(chat.part("comment")).to_have_value("書きかけ")
    chat.part("comment-send").focus()
    chat.page.keyboard.press("Enter")
    expect(chat.part("comment")).to_have_count(0)
    assert focused(chat.page) == "thumb-down"
    assert [(body["rating"], body.get("comment")) for body in bodies] == [
        ("up", None),
        ("down", None),
        ("down", "書きかけ"),
    ]

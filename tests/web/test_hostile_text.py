"""Hostile text in every place that text comes from: it is shown as text, nothing runs and nothing goes out.

The pages' own policy would stop most of what could go wrong.  So it is switched off here (``bypass_csp``), and left
on in every second batch of answers in order to see that it has nothing to stop.  With ``SOAK=1`` in the environment
every payload is shown in every view by itself, with the policy and without.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.errors import AssistantError

from . import fixtures
from .chat import Chat, own_panels
from .foreign import Foreign
from .hostile import spoken
from .payloads import ALL, CLASSES, CONTROL, SOAK, batches, questions, samples, tag, tagged
from .site import Talking, talking
from .visits import Visit, visiting

browser = fixtures.browser
foreign = fixtures.foreign
hostile_index = fixtures.hostile_index

BATCH = 64
RUNS = {"handler", "address in markup", "frame", "remote", "foreign markup", "css", "script"}  # in a careless page


@pytest.fixture(scope="module")
def hostile(hostile_index) -> Iterator[Talking]:
    """The scripted desk in front of documents of payloads."""
    with talking(hostile_index) as served:
        yield served


@pytest.fixture(params=["unguarded", "guarded"] if SOAK else ["unguarded"])
def visit(request, browser: Browser, hostile: Talking) -> Iterator[Visit]:
    """The page, without and with its policy."""
    with visiting(browser, hostile.url, bypass_csp=request.param == "unguarded") as visit:
        yield visit


def shown(page: Page, root: str = "body") -> str:
    """All text that stands below an element, looked for through shadow roots."""
    text: str = page.evaluate(
        """(root) => {
          const textOf = (node) => node.nodeType === Node.TEXT_NODE ? node.data
            : [...(node.shadowRoot ?? node).childNodes].map(textOf).join("");
          return textOf(document.querySelector(root));
        }""",
        root,
    )
    return text


def missing(text: str, numbers: range | list[int]) -> list[int]:
    """The payloads whose tag is not in a text."""
    return [number for number in numbers if tag(number) not in text]


@pytest.mark.parametrize("kind", sorted(RUNS))
def test_a_careless_page_would_be_caught(browser, foreign: Foreign, kind):
    url = foreign.put("careless", "<p>x</p>")
    foreign.pages["/host/careless"] = (foreign.pages["/host/careless"][0].replace(" data-foreign", ""), {})
    careless = "(texts) => texts.forEach((text) => { const box = document.createElement('div');"
    careless += "document.body.append(box); box.innerHTML = text; })"
    with pytest.raises(AssertionError), visiting(browser, url) as visit:
        visit.page.evaluate(
            careless, [text for text in CLASSES[kind] if "refresh" not in text and "location" not in text]
        )


@pytest.mark.parametrize("batch", batches(BATCH), ids=str)
def test_in_an_answer_while_it_streams_and_after(browser, hostile: Talking, batch):
    question = hostile.desk.say(f"{batch.start}番から", spoken(f"{batch.start}番から", batch), halves=True)
    hostile.desk.gate.clear()
    with visiting(browser, hostile.url, bypass_csp=batch.start % (2 * BATCH) == 0) as visit:
        chat = Chat(visit.page)
        chat.begin(question)
        expect(chat.text).to_contain_text(tag(batch[-1]))
        assert visit.page.evaluate("watched.changes()") == []
        hostile.desk.gate.set()
        chat.settled(2)
        for part in ("text", "notices", "sources", "choices"):
            assert missing(chat.answer.locator(f".{part}").text_content() or "", batch) == [], part
        assert visit.page.evaluate("watched.changes()") == []
        visit.page.reload()
        expect(Chat(visit.page).text).to_contain_text(tag(batch[-1]))


def test_in_a_source_and_in_a_card(visit: Visit, hostile: Talking):
    chat, numbers = Chat(visit.page), samples()
    own_panels(visit.page)
    for start in range(0, len(numbers), BATCH):
        some = numbers[start : start + BATCH]
        chat.ask(hostile.desk.say(f"例{start}", spoken(f"例{start}", some)))
        for marker, number in enumerate(some, 1):
            look_at_source(chat, marker, number)
            look_at_card(chat, number)


def look_at_source(chat: Chat, marker: int, number: int) -> None:
    chat.chip(marker).press("Enter")
    expect(chat.part("source-title")).to_contain_text(tag(number))
    expect(chat.part("source-line-cited").first).to_contain_text(tag(number))
    assert chat.page.evaluate("watched.changes()") == []
    chat.page.keyboard.press("Escape")
    expect(chat.panel).to_be_hidden()


def look_at_card(chat: Chat, number: int) -> None:
    chat.text.locator(".figure", has_text=re.compile(f"^{number}円$")).first.press("Enter")
    expect(chat.card).to_contain_text(tag(number))
    assert chat.page.evaluate("watched.changes()") == []
    chat.page.keyboard.press("Escape")
    expect(chat.card).to_have_count(0)


def test_in_the_source_that_the_page_opens(visit: Visit, hostile: Talking):
    chat, numbers = Chat(visit.page), samples()
    for start in range(0, len(numbers), BATCH):
        some = numbers[start : start + BATCH]
        chat.ask(hostile.desk.say(f"開く{start}", spoken(f"開く{start}", some)))
        for marker, number in enumerate(some, 1):
            chat.chip(marker).press("Enter")
            expect(visit.page.locator("#side h2")).to_contain_text(tag(number))
            expect(visit.page.locator("#side .cited").first).to_contain_text(tag(number))
            assert visit.page.evaluate("watched.changes()") == []


def test_in_questions_and_in_the_history(visit: Visit):
    asked = questions()
    for question in asked:
        Chat(visit.page).ask(question)
    numbers = [number for number in range(len(ALL)) if any(tag(number) in question for question in asked)]
    assert len(numbers) > 450
    assert missing(shown(visit.page), numbers) == []
    visit.page.reload()
    expect(Chat(visit.page).messages).to_have_count(2 * len(asked))
    assert missing(shown(visit.page), numbers) == []


class HostileError(AssistantError):
    """An error all of whose words are a payload."""

    def __init__(self, number: int) -> None:
        super().__init__(tagged(number), hint=tagged(number))
        self.code = ALL[number]


@pytest.mark.parametrize("late", [False, True], ids=["at once", "late"])
def test_in_an_error(visit: Visit, hostile: Talking, late):
    chat = Chat(visit.page)
    for number in samples():
        answer = spoken("壊れる", [number]) if late else None
        chat.ask(hostile.desk.say(f"壊れる{number}", answer, fault=HostileError(number)), "failed")
        expect(chat.failed.locator("[part~=error]")).not_to_be_empty()
    if not late:
        visit.forgive("status of [45]")


def test_in_what_the_tab_has_kept(visit: Visit, hostile: Talking):
    chat = Chat(visit.page)
    chat.ask(hostile.desk.say("覚える", spoken("覚える", samples()[:4])))
    kept = visit.page.evaluate("JSON.stringify({...sessionStorage})")
    name, value = next((name, value) for name, value in json.loads(kept).items() if "exchanges" in value)
    odd = [*odd_values(value), "null", "[]", "1", '"x"', "{", "", '{"exchanges":{}}']
    for text in odd if SOAK else odd[::4]:
        visit.page.evaluate("([name, text]) => sessionStorage.setItem(name, text)", [name, text])
        visit.page.reload()
        expect(Chat(visit.page).field).to_be_editable()
        assert visit.page.evaluate("watched.changes()") == []


def odd_values(kept: str) -> Iterator[str]:
    """The kept text with something else in every place of it, a place at a time."""
    for odd in ('{"__proto__":{"polluted":1}}', "null", '["<img src=x onerror=canary(1)>"]', "1e999", '"__proto__"'):
        for name in ("answer", "citations", "figures", "notices", "exchanges", "question", "text", "url", "yen", "id"):
            if f'"{name}":' in kept:
                start, _, rest = kept.partition(f'"{name}":')
                _, end = json.JSONDecoder().raw_decode(rest)
                yield f'{start}"{name}":{odd}{rest[end:]}'


def test_in_documents(visit: Visit):
    visit.page.goto(visit.page.url.partition("#")[0] + "#/documents")
    expect(visit.page.locator(".cards > li")).to_have_count(len(ALL))
    assert missing(shown(visit.page, "#side"), range(len(ALL))) == []
    for number in samples():
        visit.page.evaluate("(hash) => { location.hash = hash }", f"#/documents/d{number}/1-2")
        expect(visit.page.locator("#side h2")).to_contain_text(tag(number))
        expect(visit.page.locator("#side .cited").first).to_contain_text(tag(number))
        assert tag(number) in visit.page.title()


def test_in_facts(visit: Visit):
    home = visit.page.url.partition("#")[0]
    seen = ""
    for number in range(1, -(-len(ALL) // 50) + 1):
        visit.page.goto(f"{home}#/facts?page={number}")
        expect(visit.page.locator(".pages")).to_contain_text(f"{number}／")
        seen += shown(visit.page, "#side")
    assert missing(seen, range(len(ALL))) == []
    visit.page.goto(f"{home}#/facts?view=chart")
    expect(visit.page.locator("#side .results")).to_contain_text(tag(0))


def test_in_the_table_that_is_saved(visit: Visit):
    visit.page.goto(visit.page.url.partition("#")[0] + "#/facts")
    with visit.page.expect_download() as saved:
        visit.page.get_by_role("link", name="CSV").click()
    text = saved.value.path().read_text("utf-8-sig")
    assert missing(text, range(len(ALL))) == []


@pytest.mark.parametrize(
    "form", ["#/{}", "#/documents/{}", "#/documents/d1/{}", "#/facts?program={}&kind={}&sort={}&view={}"]
)
def test_in_the_address(visit: Visit, form):
    for number in samples():
        for text in (ALL[number], quote(ALL[number], safe="")):
            visit.page.evaluate("(hash) => { location.hash = hash }", form.replace("{}", text))
        expect(visit.page.locator("#side h2").first).to_be_visible()
    expect(visit.page.locator("[aria-busy=true]")).to_have_count(0)
    visit.complaints[:] = [
        line for line in visit.complaints if "status of 4" not in line
    ]  # no such document, no such kind


@pytest.mark.parametrize(
    ("path", "first"),
    [("v1/documents/d{}", 0), ("v1/passages/{}", 1), ("v1/facts?document=d{}", 0), ("v1/programs?document=d{}", 0)],
)
def test_in_data_that_is_opened_by_itself(browser, hostile: Talking, path, first):
    with visiting(browser, f"{hostile.url}/{path.format(first)}", watch=False, bypass_csp=True) as visit:
        visit.context.expose_binding("canary", lambda source, *rest: visit.seen.append("canary"))
        for number in samples():
            reply = visit.page.goto(f"{hostile.url}/{path.format(number + first)}")
            assert reply is not None
            assert reply.status == 200
            assert reply.headers["x-content-type-options"] == "nosniff"
            assert reply.headers["content-type"].startswith("application/json")
            assert visit.page.locator("script, img, iframe, svg").count() == 0


HOST = ("heading", "greeting", "examples", "region", "year", "lang", "mode", "theme", "api", "id", "title")


def test_in_what_a_host_page_says(visit: Visit):
    """A widget's attributes are the host's, and often come out of its own database."""
    widget = """([number, text]) => {
      const widget = document.createElement("support-assistant");
      for (const name of NAMES) widget.setAttribute(name, text);
      document.querySelector("#side").replaceChildren(widget);
      return widget.shadowRoot.textContent.includes(`〔${number}〕`);
    }""".replace("NAMES", json.dumps(HOST))
    for number in samples():
        assert visit.page.evaluate(widget, [number, tagged(number)])
        assert visit.page.evaluate("watched.changes()") == []
    visit.page.locator("#side").evaluate("side => side.replaceChildren()")


def test_no_payload_is_lost():
    assert len(set(ALL)) == len(ALL) >= 500
    assert sum(bool(CONTROL.search(text)) for text in ALL) < 20

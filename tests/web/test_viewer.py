"""The source viewer: lines, tables, cited words, finding, jumping, copying, large documents, paper."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from . import fixtures
from .visits import Visit, visiting

browser = fixtures.browser
talk = fixtures.talk

RATES = "#/documents/meti-r02/47-49"
WIDE = {"viewport": {"width": 1440, "height": 900}}


@pytest.fixture
def visit(browser, talk, request):
    address = getattr(request, "param", RATES)
    with visiting(browser, f"{talk.url}/{address}", **WIDE) as visit:
        expect(visit.page.locator(".sheet")).to_be_visible()
        yield visit


def made_up(page: Page, lines: list[str], **changes: object) -> None:
    """A document that nobody printed, under the id ``made-up``."""
    record = {
        "id": "made-up",
        "title": "作った資料",
        "publisher": "作り手",
        "region": "国",
        "fiscal_year": "令和9年度",
        "stage": "当初予算",
        "url": None,
        "lines": lines,
        **changes,
    }
    page.route("**/v1/documents/made-up", lambda route: route.fulfill(json=record))
    page.evaluate("location.hash = '#/documents/made-up'")
    expect(page.locator("#side h2")).to_have_text(str(record["title"]))


def cite(page: Page, citation: dict[str, object]) -> None:
    """The widget tells of an opened source."""
    page.evaluate(
        """citation => document.querySelector('support-assistant').dispatchEvent(new CustomEvent(
          'support-assistant:source', {detail: {citation}, bubbles: true, composed: true, cancelable: true}))""",
        citation,
    )


def test_the_lines_of_the_address_are_marked_and_in_sight(visit: Visit, assistant):
    page = visit.page
    expect(page.locator(".cited .number")).to_have_text(["47", "48", "49"])
    expect(page.locator(".cited").first).to_be_in_viewport()
    expect(page.locator(".cite")).to_have_text("47～49行目")
    expect(page.locator(".line")).to_have_count(len(assistant.index.documents["meti-r02"].lines))
    expect(page.locator("#side .titled .badge.asked")).to_have_text("概算要求")
    expect(page.get_by_role("link", name="公表元のページ")).to_have_attribute("rel", "noopener noreferrer")


def test_lines_with_tabs_stand_in_columns(visit: Visit):
    cells = visit.page.locator("tr[data-line='48'] td")
    expect(cells).to_have_text(["ベンチャー型事業承継・生産性向上枠", "2/3"])
    lefts = visit.page.locator("tr.cited td:nth-child(3)").evaluate_all(
        "cells => cells.map(c => c.getBoundingClientRect().left)"
    )
    assert len(lefts) == 3
    assert len(set(lefts)) == 1


def test_finding_goes_from_one_to_the_next(visit: Visit, assistant):
    page = visit.page
    field, count = page.get_by_label("資料内を検索"), page.locator(".find .count")
    hits = sum(line.count("事業承継") for line in assistant.index.documents["meti-r02"].lines)
    field.fill("事業承継")
    expect(count).to_have_text(f"{hits}件")
    assert page.evaluate("CSS.highlights.get('found').size") == hits
    field.press("Enter")
    expect(count).to_have_text(f"1／{hits}件")
    field.press("Shift+Enter")
    expect(count).to_have_text(f"{hits}／{hits}件")
    last = page.evaluate(
        "[...CSS.highlights.get('found-now')][0].startContainer.parentElement.closest('.line').dataset.line"
    )
    expect(page.locator(f".line[data-line='{last}']")).to_be_in_viewport()
    field.fill("原則枠　1／2")  # a tab is a blank, wide signs are as narrow ones
    expect(count).to_have_text("1件")
    field.fill("どこにもない言葉")
    expect(count).to_have_text("見つかりません")
    field.press("Escape")
    expect(count).to_have_text("")
    assert page.evaluate("CSS.highlights.get('found').size") == 0


def test_lines_and_programs_are_gone_to_and_have_an_address(visit: Visit, assistant):
    page = visit.page
    page.get_by_label("行へ移動").fill("600")
    page.get_by_role("button", name="移動", exact=True).click()
    expect(page.locator(".line[data-line='600']")).to_be_in_viewport()
    assert page.url.endswith("#/documents/meti-r02/600-600")
    page.locator(".line[data-line='598'] .number").click(modifiers=["Shift"])
    assert page.url.endswith("#/documents/meti-r02/598-600")
    page.go_back()
    expect(page.locator(".cited")).to_have_count(1)
    program = next(
        one for one in assistant.index.programs.values() if one.document == "meti-r02" and one.role == "program"
    )
    page.get_by_label("事業へ移動").select_option(label=program.program)
    expect(page.locator(f".line[data-line='{program.line_start}']")).to_be_in_viewport()


def test_a_copy_is_as_the_file_has_it(visit: Visit, assistant):
    page = visit.page
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lines = assistant.index.documents["meti-r02"].lines
    select = """([from, to]) => {
      const cell = (line, last) => {
        const cells = document.querySelector(`.line[data-line='${line}']`).children;
        return cells[last ? cells.length - 1 : 1];
      };
      getSelection().setBaseAndExtent(cell(from, false), 0, cell(to, true), cell(to, true).childNodes.length);
    }"""
    page.evaluate(select, [44, 49])
    page.keyboard.press("Control+c")
    assert page.evaluate("navigator.clipboard.readText()") == "\n".join(lines[43:49])
    page.evaluate("getSelection().selectAllChildren(document.querySelector('tr[data-line=\"48\"] td:last-child'))")
    page.keyboard.press("Control+c")
    assert page.evaluate("navigator.clipboard.readText()") == "2/3"


def test_a_heading_over_a_table_is_copied_with_its_tabs(visit: Visit):
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lines = ["見出し\t\t", "ア\t1\t2", "イ\t\t3"]
    made_up(visit.page, lines)
    expect(visit.page.locator("tr[data-line='1'] td")).to_have_attribute("colspan", "3")
    visit.page.evaluate("getSelection().selectAllChildren(document.querySelector('.sheet'))")
    visit.page.keyboard.press("Control+c")
    assert visit.page.evaluate("navigator.clipboard.readText()") == "\n".join(lines)


def test_the_words_of_a_citation_are_marked_over_lines_and_cells(visit: Visit):
    lines = ["前の行", "補助率は", "枠\t1/2 以内\t", "後の行"]
    made_up(visit.page, lines)
    citation = {
        "document": "made-up",
        "line_start": 2,
        "line_end": 3,
        "quote": "率は\n枠\t1/2",
        "marker": 4,
        "program": "P",
    }
    cite(visit.page, citation)
    expect(visit.page.locator("mark")).to_have_text(["率は", "枠", "1/2"])
    expect(visit.page.locator(".cite")).to_have_text("答えの出典 [4]：2～3行目 P")
    visit.page.get_by_label("行へ移動").fill("4")
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("mark")).to_have_count(0)
    expect(visit.page.locator(".cited .number")).to_have_text(["4"])


def test_each_citation_of_the_same_lines_is_told(visit: Visit):
    page = visit.page
    made_up(page, ["前の行", "補助率は2/3です"])
    for marker in (1, 2, 2):
        page.locator("support-assistant [part~=question]").focus()
        cite(page, {"document": "made-up", "line_start": 2, "line_end": 2, "quote": "補助率", "marker": marker})
        expect(page.locator("#side h2")).to_be_focused()
        expect(page.locator("#status")).to_have_text(f"答えの出典 [{marker}]：2行目")
        expect(page.locator(".cite")).to_contain_text(f"[{marker}]")


def test_an_answer_from_a_later_edition_fetches_the_document_again(visit: Visit):
    made_up(visit.page, ["前の版の行"])
    visit.page.unroute("**/v1/documents/made-up")
    later = ["後の版で増えた行", "後の版の行"]
    record = {"id": "made-up", "title": "後の版", "publisher": "作り手", "region": "国", "fiscal_year": "令和9年度"}
    visit.page.route(
        "**/v1/documents/made-up",
        lambda route: route.fulfill(json={**record, "stage": "", "url": None, "lines": later}),
    )
    cite(visit.page, {"document": "made-up", "line_start": 2, "line_end": 2, "quote": "後の版", "marker": 1})
    expect(visit.page.locator("mark")).to_have_text(["後の版"])
    visit.page.unroute("**/v1/documents/made-up")
    cite(visit.page, {"document": "gone", "line_start": 1, "line_end": 1, "quote": "消えた言葉", "marker": 2})
    expect(visit.page.locator("#side h2")).to_have_text("資料が見つかりません")
    expect(visit.page.locator("blockquote")).to_have_text("消えた言葉")
    visit.forgive("404")


def test_lines_that_are_not_there(visit: Visit):
    made_up(visit.page, ["一行だけ"])
    visit.page.evaluate("location.hash = '#/documents/made-up/9-12'")
    expect(visit.page.locator(".cite")).to_have_text("この資料は1行までです。9行目はありません。")
    visit.page.evaluate("location.hash = '#/documents/made-up/0-1'")
    expect(visit.page.locator(".cited")).to_have_count(1)


def test_whatever_a_document_holds_stays_text(visit: Visit):
    bad = "<img src=x onerror=alert(1)>"
    made_up(visit.page, [bad, f"{bad}\t[a](javascript:alert(1))"], title=bad, publisher=bad, url="javascript:alert(1)")
    expect(visit.page.locator("div.line .words")).to_have_text(bad)
    expect(visit.page.get_by_role("link", name="公表元のページ")).to_have_count(0)
    expect(visit.page.locator("#side :is(img, script, b, i)")).to_have_count(0)


def test_a_document_of_thousands_of_lines_lays_out_what_is_seen(visit: Visit):
    lines = [
        f"{number}\t事業{number}\t{number * 1000:,}" if number % 50 > 30 else f"行 {number} " * 9
        for number in range(1, 6001)
    ]
    made_up(visit.page, lines)
    visit.page.evaluate("location.hash = '#/documents/made-up/5900'")
    row = visit.page.locator(".line[data-line='5900']")
    expect(row).to_be_in_viewport()
    far = visit.page.locator(".line[data-line='3000']")
    assert not far.evaluate("node => node.checkVisibility({contentVisibilityAuto: true})")
    assert row.evaluate("node => node.checkVisibility({contentVisibilityAuto: true})")
    visit.page.get_by_label("資料内を検索").fill("事業")
    expect(visit.page.locator(".find .count")).to_have_text(f"{sum('事業' in line for line in lines)}件")


def test_wrapping_can_be_turned_off(visit: Visit):
    sheet = visit.page.locator(".sheet")
    assert sheet.evaluate("node => node.scrollWidth <= node.clientWidth")
    button = visit.page.get_by_role("button", name="折り返す")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert sheet.evaluate("node => node.scrollWidth > node.clientWidth")


def test_paper_has_the_document_alone_and_whole(visit: Visit):
    visit.page.emulate_media(media="print")
    for hidden in ("#chat", ".tools", ".top nav", "#splitter"):
        expect(visit.page.locator(hidden)).to_be_hidden()
    expect(visit.page.locator(".titled .badge")).to_be_visible()  # whose words, and how settled
    last = visit.page.locator(".line").last
    assert last.evaluate("node => node.checkVisibility({contentVisibilityAuto: true})")
    assert json.loads(visit.page.evaluate("JSON.stringify(getComputedStyle(document.body).overflow)")) == "visible"

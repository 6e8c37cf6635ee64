"""The fact browser: filters and addresses, order, pages, nothing found, the file, the chart of budgets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from . import fixtures
from .visits import Visit, visiting

browser = fixtures.browser
talk = fixtures.talk

WIDE = {"viewport": {"width": 1440, "height": 900}}
PAGE = 50
ROWS = ".list tbody tr"


@pytest.fixture
def visit(browser, talk, request):
    address = getattr(request, "param", "#/facts")
    with visiting(browser, f"{talk.url}/{address}", **WIDE) as visit:
        settled(visit.page)
        yield visit


def settled(page: Page) -> None:
    """What was asked for stands there."""
    expect(page.locator(".results")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator(".hits")).not_to_be_empty()


def go(page: Page, address: str) -> None:
    page.evaluate("address => { location.hash = address }", address)


def counted(page: Page, count: int) -> None:
    expect(page.locator(".hits")).to_contain_text(f"は{count:,}件です")


@pytest.fixture
def held(assistant) -> Callable[..., list]:
    """The facts whose fields are so."""

    def facts(**fields: str) -> list:
        found = list(assistant.index.facts())
        return [fact for fact in found if all(getattr(fact, name) == value for name, value in fields.items())]

    return facts


def test_all_facts_a_page_at_a_time(visit: Visit, held):
    page, facts = visit.page, held()
    counted(page, len(facts))
    expect(page.locator(ROWS)).to_have_count(PAGE)
    expect(page.locator("#status")).to_contain_text(f"{len(facts):,}件")
    page.get_by_role("link", name="次の50件").click()
    expect(page.locator(".hits")).to_contain_text(f"{PAGE + 1}～{2 * PAGE}件目")
    expect(page.locator(".hits")).to_be_focused()
    assert page.url.endswith("#/facts?page=2")
    page.go_back()
    expect(page.locator(".hits")).to_contain_text(f"1～{PAGE}件目")


def test_filters_stand_in_the_address_and_come_from_it(visit: Visit, held, browser, talk):
    page = visit.page
    page.get_by_label("種類").select_option(label="補助率")
    counted(page, len(held(kind="subsidy_rate")))
    page.get_by_label("資料", exact=True).focus()
    page.get_by_label("資料", exact=True).select_option(label="令和2年度経済産業省概算要求PR資料（素形材産業関連抜粋）")
    rates = held(kind="subsidy_rate", document="meti-r02")
    counted(page, len(rates))
    expect(page.get_by_label("資料", exact=True)).to_be_focused()  # what was changed keeps the focus
    expect(page.locator(f"{ROWS} .printed")).to_have_text([fact.text for fact in rates])
    with visiting(browser, page.url, **WIDE) as other:
        counted(other.page, len(rates))
        expect(other.page.get_by_label("種類")).to_have_value("subsidy_rate")
    page.get_by_role("button", name="条件をすべて消す").click()
    counted(page, len(held()))
    assert page.url.endswith("#/facts")


def test_a_name_is_looked_for_by_enter(visit: Visit):
    visit.page.get_by_label("事業名").fill("事業承継")
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator(ROWS).first).to_contain_text("事業承継")
    assert visit.page.url.endswith(f"#/facts?program={quote('事業承継')}")


def test_columns_sort_up_and_down(visit: Visit, held):
    page = visit.page
    head = page.locator("thead th", has_text="数値")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    most = max(fact.yen for fact in held() if fact.yen is not None)
    expect(page.locator(ROWS).first).to_contain_text(f"{most:,}円")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert "sort=yen" in page.url
    head.get_by_role("button").click()
    expect(page.locator("thead th[aria-sort]")).to_have_text("もとの行▲")


@pytest.mark.parametrize("visit", ["#/facts?document=yamagata-r02&kind=budget&sort=-yen"], indirect=True)
def test_a_figure_is_shown_as_printed_and_in_yen_and_leads_to_its_line(visit: Visit):
    row = visit.page.locator(ROWS, has_text="商工業振興資金融資事業費").first
    expect(row.locator(".printed")).to_have_text("58,135,619千円")
    expect(row.locator(".yen")).to_have_text("＝58,135,619,000円")
    expect(row).to_contain_text("令和2年度 当初予算")
    line = row.get_by_role("link")
    wanted = line.get_attribute("href").rpartition("/")[2].partition("-")[0]
    line.click()
    expect(visit.page.locator(".cited .number").first).to_have_text(wanted)
    expect(visit.page.locator(".cited").first).to_be_in_viewport()


def test_nothing_found_says_what_to_loosen(visit: Visit, held):
    page = visit.page
    go(page, "#/facts?document=gunma-r01&kind=phone")
    counted(page, 0)
    expect(page.get_by_role("link", name="CSVで保存")).to_be_hidden()
    expect(page.locator(".nothing")).to_contain_text("資料にありませんでした")
    count = len(held(document="gunma-r01"))
    page.get_by_role("link", name=f"種類「電話番号」をはずす（{count}件）").click()
    counted(page, count)


@pytest.mark.parametrize("address", ["#/facts?kind=constructor", "#/facts?kind=%00", "#/facts?program=" + "あ" * 300])
def test_a_filter_that_cannot_be_is_told(visit: Visit, address):
    go(visit.page, address)
    expect(visit.page.get_by_role("alert")).to_contain_text("条件を変えて")
    visit.forgive("422")
    go(visit.page, "#/facts?sort=constructor&page=-3")
    expect(visit.page.locator(ROWS)).to_have_count(PAGE)


def test_the_file_holds_what_the_list_holds(visit: Visit, held):
    page = visit.page
    go(page, f"#/facts?region={quote('国')}&kind=subsidy_rate")
    counted(page, len(held(document="meti-r02", kind="subsidy_rate")))
    with page.expect_download() as download:
        page.get_by_role("link", name="CSVで保存").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["fact_id"] for row in rows] == [fact.fact_id for fact in held(document="meti-r02", kind="subsidy_rate")]


WORDS = """async ([name, given]) => (await import('/static/words.js'))[name](given)"""


def test_amounts_and_years_in_words(visit: Visit):
    cases = [
        ("yenWords", 142_998_000, "1億4,299万8千円"),
        ("yenWords", 58_135_619_000, "581億3,561万9千円"),
        ("yenWords", 3_000_000, "300万円"),
        ("yenWords", 10_500, "1万500円"),
        ("yenWords", 1_234_000_000_001, "1兆2,340億1円"),
        ("yenWords", 0, "0円"),
        ("yenWords", -4_600_000, "▲460万円"),
        ("yearOf", "令和元年度", 2019),
        ("yearOf", "平成３１年度", 2019),
        ("yearOf", "2024年度", 2024),
        ("yearOf", "年度不明", 0),
        ("kindWord", "constructor", "constructor"),
        ("kindWord", "budget_change", "前年度比・増減率"),
        ("toneOf", "概算要求", "asked"),
        ("toneOf", "当初予算案", "asked"),
        ("toneOf", "補正予算", "settled"),
        ("toneOf", "施策一覧", "listed"),
    ]
    for name, given, wanted in cases:
        assert visit.page.evaluate(WORDS, [name, given]) == wanted, (name, given)


def test_a_figure_has_its_unit_once_and_where_it_belongs(visit: Visit):
    fact = {"unit": None, "bound": None, "per": None}
    cases = [
        ({"text": "半数", "unit": "%", "bound": "を超える"}, "半数 を超える"),
        ({"text": "7割", "unit": "%"}, "7割"),
        ({"text": "5億円", "unit": "千円"}, "5億円"),
        ({"text": "19,454", "unit": "千円"}, "19,454千円"),
        ({"text": "１２９．９", "unit": "%"}, "１２９．９%"),
        ({"text": "50%", "unit": "%"}, "50%"),
        ({"text": "3", "unit": "件", "bound": "以上", "per": "年"}, "3件 以上／年"),
        ({"text": "別記", "unit": "円"}, "別記"),
    ]
    for given, wanted in cases:
        assert visit.page.evaluate(WORDS, ["printedOf", {**fact, **given}]) == wanted, given


@pytest.mark.parametrize("visit", ["#/facts?kind=target"], indirect=True)
def test_no_figure_in_words_gets_a_sign_of_percent(visit: Visit, held):
    counted(visit.page, len(held(kind="target")))
    printed = visit.page.locator(f"{ROWS} .printed").all_inner_texts()
    assert any("半数" in text for text in printed)
    assert not [text for text in printed if re.search(r"[割数]\s*%", text)]


# ---- the chart ----


def lengths(page: Page) -> list[float]:
    """How long the bars of the first chart are, as parts of their track."""
    return (
        page.locator(".chart")
        .first.locator("td.track")
        .evaluate_all(
            "cells => cells.map(cell => cell.querySelector('.bar').getBoundingClientRect().width / cell.clientWidth)"
        )
    )


@pytest.mark.parametrize("visit", ["#/facts?view=chart&document=yamagata-r02"], indirect=True)
def test_bars_are_in_proportion_from_zero_and_largest_first(visit: Visit, held):
    page = visit.page
    budgets = {fact.yen for fact in held(document="yamagata-r02", kind="budget", flags=()) if fact.yen}
    expect(page.locator(".chart h3")).to_have_text("山形県 令和2年度 当初予算")
    amounts = page.locator(".bars tbody .amount")
    expect(amounts.first).to_have_text("581億3,561万9千円")
    assert max(budgets) == 58_135_619_000
    parts = lengths(page)
    assert parts == sorted(parts, reverse=True)
    expect(page.locator(".scale span").first).to_have_text("0")
    expect(page.locator(".scale span").last).to_have_text("600億円")
    assert parts[0] == pytest.approx(58_135_619_000 / 60_000_000_000, abs=0.01)
    scale = page.locator(".scale").evaluate("node => [node.getBoundingClientRect().left, node.clientWidth]")
    track = page.locator("td.track").first.evaluate("node => [node.getBoundingClientRect().left, node.clientWidth]")
    assert scale == pytest.approx(track, abs=1)  # a bar's end stands under its number
    before = amounts.count()
    page.get_by_role("button", name="件も図に出す").click()
    assert amounts.count() > before
    expect(page.locator(".bars tbody .place a").nth(before)).to_be_focused()


def test_years_and_stages_stand_apart_and_requests_look_unlike_budgets(visit: Visit):
    page = visit.page
    page.get_by_role("link", name="予算の図").click()
    titles = page.locator(".chart h3")
    expect(titles).to_have_text(
        [
            "鹿児島県 令和6年度 推進計画",
            "青森県 令和5年度 施策一覧",
            "国 令和2年度 概算要求",
            "山形県 令和2年度 当初予算",
            "群馬県 令和元年度 当初予算",
            "群馬県 令和元年度 補正予算",
        ]
    )
    expect(page.locator(".results")).to_contain_text("別の図に分けています")
    asked = page.locator(".chart", has_text="概算要求")
    expect(asked).to_contain_text("決まった予算ではありません")
    expect(asked.locator(".bar.asked").first).to_be_visible()
    assert page.locator(".chart", has_text="山形県").locator(".bar.asked").count() == 0


@pytest.mark.parametrize("size", [1440, 1024, 390])
def test_the_chart_stands_in_every_window(browser, talk, size):
    with visiting(
        browser, f"{talk.url}/#/facts?view=chart&document=gunma-r01", viewport={"width": size, "height": 900}
    ) as visit:
        bars = visit.page.locator(".chart").first.locator("td.track")
        expect(bars.first).to_be_visible()
        widths = bars.evaluate_all("cells => cells.map(c => [c.clientWidth, c.querySelector('.bar').clientWidth])")
        assert len({width for width, _ in widths}) == 1
        assert all(0 < bar <= width for width, bar in widths)


@pytest.mark.parametrize("visit", ["#/facts?view=chart&document=yamagata-r02"], indirect=True)
def test_sums_stay_out_until_they_are_asked_for(visit: Visit):
    page = visit.page
    expect(page.locator(".bars tbody .name", has_text="部合計")).to_have_count(0)
    page.get_by_label("課・部の計、小計、合計も図に入れる").check()
    expect(page.locator(".bars tbody .amount").first).to_have_text("709億3,452万9千円")
    assert "sums=1" in page.url
    expect(page.get_by_label("種類")).to_be_hidden()  # a chart is of budgets, whatever was chosen


def test_a_program_that_is_printed_again_has_one_bar(visit: Visit):
    page = visit.page
    go(page, f"#/facts?view=chart&document=yamagata-r02&program={quote('山形の未来を担う産業人材創出事業費')}")
    expect(page.locator(".bars tbody .name")).to_have_text("山形の未来を担う産業人材創出事業費")
    expect(page.locator(".scale span")).to_have_text(["0", "1,000万円", "2,000万円", "3,000万円"])

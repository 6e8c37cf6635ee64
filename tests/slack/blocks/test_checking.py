"""What a check found: counted, and each figure within its words."""

from __future__ import annotations

from dataclasses import replace

from api.slack.blocks import check_messages
from assistant.check import Finding

from .limits import faults, visible
from .test_hostile import FACT
from .told import LINKS, every


def finding(text: str, status: str = "verified", start: int = 0, facts: int = 1, line: int = 1) -> Finding:
    """A finding at a place, with so many different facts."""
    told = tuple(replace(FACT, text=f"{at + 1}億円") for at in range(facts))
    return Finding(text, "money", status, line, start, start + len(text), "事業", told)


def lines_of(text: str, *findings: Finding) -> list[str]:
    """The lines that are told."""
    (message,) = check_messages(text, findings, LINKS, {"d": "概要"})
    return [line for block in message.blocks for line in visible(block).split("\n")]


def test_figures_are_counted_and_marked() -> None:
    (message,) = every()["check_mixed"]
    told = [visible(block) for block in message.blocks]
    assert told[0] == "確認済み 3・要修正 3・確認できず 1"
    assert [one[0] for one in told[1:]] == ["⚠", "✅", "❌", "✅", "✅", "❌", "❌"]


def test_a_wrong_figure_has_the_right_one_with_its_source() -> None:
    told = lines_of("予算額は5億円です。", finding("5億円", "contradicted", 4))
    assert told[1:] == [
        "❌ 予算額は5億円です。 要修正",
        "正しくは 1億円（「事業」の当初予算額） 概要（令和4年度・当初予算） 1行 原文を見る",
    ]


def test_several_right_figures_are_told_and_many_are_counted() -> None:
    told = lines_of("5億円", finding("5億円", "contradicted", facts=6))
    assert [one[:6] for one in told[2:]] == ["正しくは 1", "または 2億", "または 3億", "または 4億", "ほかに2件の"]


def test_words_around_are_not_cut_within_a_figure() -> None:
    text = "あ" * 10 + "1,234千円" + "い" * 28 + "5億円" + "う" * 28 + "6,789千円"
    told = lines_of(text, finding("5億円", start=text.index("5億円")))
    assert told[1] == f"✅ …{'い' * 28}5億円{'う' * 28}… 確認済み"


def test_a_finding_of_another_text_is_told_without_its_words() -> None:
    assert lines_of("短い", finding("5億円", start=90, line=9))[1] == "✅ 5億円 確認済み"


def test_a_text_without_figures_is_told_so() -> None:
    (message,) = check_messages("数字のない文", [], LINKS)
    assert visible(message.blocks[0]).startswith("金額や率などの数字が見つかりませんでした。")


def test_of_many_figures_those_to_be_corrected_are_told() -> None:
    text = "5億円"
    findings = [finding(text)] * 200 + [finding(text, "contradicted")] * 30
    messages = check_messages(text, findings, LINKS)
    told = "".join(visible(block) for one in messages for block in one.blocks)
    assert told.startswith("確認済み 200・要修正 30・確認できず 0")
    assert (told.count("❌"), told.count("✅")) == (30, 70)
    assert "ほかの130件は表示していません" in told
    assert not [fault for one in messages for fault in faults(one)]

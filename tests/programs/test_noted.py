"""Names without the notes printed behind them, and offices of the body named above."""

from __future__ import annotations

import pytest
from invented import read

from assistant.programs.noted import without_note


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("定住支援金（令和８年度で終了予定）", "定住支援金"),
        ("省エネ更新補助金（令和5年度2月補正予算分）", "省エネ更新補助金"),
        ("小口あんしん融資（県制度融資）", "小口あんしん融資"),
        ("移住応援金（R7年度限り）", "移住応援金"),
        ("販路開拓補助金（募集終了）", "販路開拓補助金"),
        ("経営安定資金（災害枠）", "経営安定資金（災害枠）"),
        ("訓練校事業(指導員派遣研修)", "訓練校事業(指導員派遣研修)"),
        ("産業立地促進費補助(増設分)", "産業立地促進費補助(増設分)"),
    ],
)
def test_a_note_is_no_part_of_a_name(printed: str, name: str) -> None:
    assert without_note(printed) == name


def test_the_printed_form_stays_an_alias() -> None:
    rows = "| 定住支援金（令和８年度で終了予定） | 1,000 |\n| 見本市補助金 | 2,000 |"
    reading = read(f"| 事業名 | 予算額（千円） |\n| --- | --- |\n{rows}")
    found = {program.program: program.aliases for program in reading.programs}
    assert "定住支援金（令和８年度で終了予定）" in found["定住支援金"]


def test_two_of_one_name_keep_their_notes() -> None:
    rows = "| 定住支援金（令和８年度で終了予定） | 1,000 |\n| 定住支援金 | 2,000 |"
    found = [program.program for program in read(f"| 事業名 | 予算額（千円） |\n| --- | --- |\n{rows}").programs]
    assert found == ["定住支援金（令和８年度で終了予定）", "定住支援金"]


def test_an_office_of_the_body_above() -> None:
    rows = "| 見本県信用保証協会 推進課 | 0789-31-7740 |\n| 同　南部支所 | 0791-62-0085 |"
    reading = read(f"## お問い合わせ\n\n| 窓口 | 電話番号 |\n| --- | --- |\n{rows}")
    assert "見本県信用保証協会南部支所" in [program.program for program in reading.programs]

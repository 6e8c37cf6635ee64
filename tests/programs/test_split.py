"""Programs and passages: every line belongs to at most one program, and the same program is one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from invented import any_page, cases, document, page, read

from assistant.ingest import read_document
from assistant.programs import split


@given(any_page())
def test_passages_are_exact_and_never_overlap_between_programs(text: str) -> None:
    layout = page(text)
    found = split(layout)
    ids = {program.id for program in found.programs}
    owner: dict[int, str] = {}
    for passage in found.passages:
        assert passage.program_id in ids
        assert passage.text == "\n".join(layout.document.lines[passage.line_start - 1 : passage.line_end])
        assert passage.text.strip()
        for number in range(passage.line_start, passage.line_end + 1):
            assert owner.setdefault(number, passage.program_id) == passage.program_id
    assert len({passage.id for passage in found.passages}) == len(found.passages)
    assert len(ids) == len(found.programs)


@given(any_page())
def test_every_program_has_its_lines(text: str) -> None:
    layout = page(text)
    for program in split(layout).programs:
        assert program.program.strip()
        assert 1 <= program.line_start <= program.line_end <= len(layout.lines)
        assert all(1 <= start <= end <= len(layout.lines) for start, end in program.places)


def names(text: str, **about: str) -> list[tuple[str, str]]:
    return [(program.program, program.role) for program in read(text, **about).programs]


@pytest.mark.parametrize(("title", "lines", "expected"), cases("splits"))
def test_programs_in_the_layouts_that_offices_print(title: str, lines: list[str], expected: list[list[object]]) -> None:
    found = read("\n".join(lines)).programs
    assert [[p.program, p.role, p.line_start, p.line_end] for p in found] == expected, title


def test_the_printed_form_of_a_numbered_policy_is_an_alias() -> None:
    text = "◆ 柱１　浜の稼ぐ力を高める　４億円\n\n○ 養殖業成長支援事業　12,300千円"
    first, _ = read(text).programs
    assert (first.program, first.aliases[0]) == ("浜の稼ぐ力を高める", "柱１ 浜の稼ぐ力を高める")


def test_the_one_program_of_a_whole_document() -> None:
    text = "１　目的\n\n港を明るくします。\n\n２　補助率等\n\n補助率は2分の1以内です。"
    about = replace(document(text), title="令和5年度補正予算 灯台活用補助金 公募要領（抜粋）")
    assert [(p.program, p.line_start, p.line_end) for p in read_document(about).programs] == [("灯台活用補助金", 1, 7)]


def test_one_program_that_is_listed_twice_is_one() -> None:
    text = (
        "## 商工\n\n- 窓口デジタル化事業\n1,234千円\n\n事業名\t予算額（千円）\n窓口デジタル化事業\t1,234\n相談事業\t200"
    )
    (first, second) = read(text).programs
    assert (first.program, first.places) == ("窓口デジタル化事業", ((3, 4), (7, 7)))
    assert second.program == "相談事業"


def test_a_misprint_beside_the_same_amount_is_an_alias() -> None:
    text = "事業名\t予算額（千円）\n海外展開戦略推進事業\t12,345\n海外展開戦推進事業(再掲)\t12,345\n相談事業\t200"
    first, _ = read(text).programs
    assert (first.program, first.aliases[0]) == ("海外展開戦略推進事業", "海外展開戦推進事業")


def test_two_programs_of_the_same_amount_stay_two() -> None:
    text = "事業名\t予算額（千円）\n海外展開戦略推進事業\t12,345\n海外展開販路推進事業\t12,345"
    assert len(read(text).programs) == 2


def test_a_word_printed_in_two_ways_is_learned_once_two_programs_show_it() -> None:
    rows = ["おおなみ食品支援事業\t12,345", "おおみ食品支援事業(再掲)\t12,345", "おおみ観光誘客事業\t6,789"]
    rows += ["おおなみ観光誘客事業(再掲)\t6,789", "おおみ移住支援事業\t5,555", "やまの移住支援事業\t4,444"]
    programs = {program.program: program for program in read("事業名\t予算額（千円）\n" + "\n".join(rows)).programs}
    assert programs["おおみ移住支援事業"].aliases == ("おおなみ移住支援事業",)
    assert programs["やまの移住支援事業"].aliases == ()


def test_a_heading_with_fields_is_a_program() -> None:
    text = "## 省エネ設備補助金\n\n- 対象：中小企業\n- 補助率：1/2\n\n## 公募の流れ\n\n- 申請する\n- 審査を待つ"
    assert names(text) == [("省エネ設備補助金", "program")]


def test_a_heading_over_programs_with_fields_is_none() -> None:
    text = "## 産業の振興策\n\n- 試作支援事業　500万円\n    - 補助率：1/2\n    - 上限：50万円\n- 見本市事業　300万円"
    assert names(text) == [("試作支援事業", "program"), ("見本市事業", "program")]


def test_a_sentence_with_an_amount_is_about_its_section_even_under_the_name_of_a_program() -> None:
    text = (
        "## 海外展開支援\n\n海外展開支援の予算は総額5,000万円です。\n\n- 海外展開支援\n2,000万円\n- 見本市\n3,000万円"
    )
    found = read(text)
    assert [(program.program, program.role) for program in found.programs] == [
        ("海外展開支援", "total"), ("海外展開支援", "program"), ("見本市", "program"),
    ]  # fmt: skip
    assert [fact.yen for fact in found.facts] == [50_000_000, 20_000_000, 30_000_000]


def test_labelled_pages_without_a_printed_name_take_it_from_the_numbered_list() -> None:
    text = "番号\t事業名\t予算額（千円）\n1\t窓口事業\t10\n2\t相談事業\t20\n3\t出張事業\t30\n\n"
    text += (
        "1 窓口事業\n10千円\n\n[趣旨]\n窓口を開く。\n\n[趣旨]\n相談に乗る。\n\n3 出張事業\n30千円\n\n[趣旨]\n出向く。"
    )
    found = {program.program: program.places for program in read(text).programs}
    assert found == {"窓口事業": ((2, 2), (6, 10)), "相談事業": ((3, 3), (12, 13)), "出張事業": ((4, 4), (15, 19))}


def test_the_programs_of_the_corpus_are_all_found(readings: dict[str, object]) -> None:
    counts = {
        name: Counter(program.role for program in reading.programs)["program"]  # type: ignore[attr-defined]
        for name, reading in readings.items()
    }
    assert counts == {"aomori-r05": 107, "gunma-r01": 40, "kagoshima-r06": 15, "meti-r02": 12, "yamagata-r02": 78}

"""False drafts: really false by their making, none of them printed; true ones survive; the command tells both."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from assistant.chain import Assistant
from assistant.figures import find_figures
from assistant.records import Draft, DraftSentence
from eval.attack.__main__ import main
from eval.attack.claim import Claim, rendered
from eval.attack.classes import CLASSES, GROUPS
from eval.attack.ground import Ground, numbers_of, plain, same, yens_of
from eval.attack.judge import draw, is_verified, lost, passes
from eval.attack.reals import CaseProblem, Real, reals
from eval.attack.reordering import VARIATIONS
from eval.attack.rewording import Truth

EACH = 10  # false drafts of every class
SEED = 3


@pytest.fixture(scope="module")
def ground(assistant: Assistant) -> Ground:
    return Ground(assistant.index)


@pytest.fixture(scope="module")
def real(assistant: Assistant, ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> list[Real]:
    """Drafts for the questions of the fact table, and for one of a file of cases."""
    folder = tmp_path_factory.mktemp("cases")
    (folder / "a.tune.jsonl").write_text('{"id": "1", "question": "信用補完対策費の予算は?"}\n\n', encoding="utf-8")
    (folder / "a.frozen.jsonl").write_text("not read", encoding="utf-8")
    return reals(assistant, ground, folder)


@pytest.fixture(scope="module")
def claims(ground: Ground, real: list[Real]) -> list[tuple[str, Claim]]:
    return list(draw(CLASSES, real, ground, EACH * len(CLASSES), SEED))


def test_every_class_makes_false_drafts(claims: list[tuple[str, Claim]]) -> None:
    made = {name for name, _ in claims}
    assert made == set(CLASSES)
    assert len(CLASSES) >= 100
    assert sum(map(len, GROUPS.values())) == len(CLASSES)


def test_none_of_them_is_printed(assistant: Assistant, claims: list[tuple[str, Claim]]) -> None:
    printed = [f"{name}: {claim.sentence.text}" for name, claim in claims if passes(claim, assistant.index)]
    assert printed == []


def test_every_true_draft_survives(assistant: Assistant, ground: Ground, real: list[Real]) -> None:
    truths = list(draw(VARIATIONS, real, ground, 8 * len(VARIATIONS), SEED))
    gone = [f"{name}: {truth.draft.sentences}" for name, truth in truths if lost(truth, assistant.index)]
    assert {name for name, _ in truths} == set(VARIATIONS)
    assert gone == []


@pytest.mark.parametrize("name", sorted({**GROUPS["a wrong sum in the text"], **GROUPS["a wrong sum in disguise"]}))
def test_a_loose_figure_is_none_of_the_program(claims: list[tuple[str, Claim]], ground: Ground, name: str) -> None:
    """Of what the parser reads in the changed words, something is stated nowhere of the program."""
    for claim in (claim for sort, claim in claims if sort == name):
        programs = {fact.program_id for sentence in claim.draft.sentences for fact in sentence.facts}
        facts = [fact for program in programs for kin in ground.kin(program) for fact in ground.facts.get(kin, ())]
        yens = {yen for fact in facts for yen in yens_of(fact)}
        figures = find_figures(claim.wrong)
        said = {yen for figure in figures for yen in yens_of(figure)}
        assert claim.wrong in claim.sentence.text
        assert not said or not said <= yens


@pytest.mark.parametrize("group", ["the right figure of another program", "the right figure called another kind"])
def test_a_slot_holds_a_fact_of_the_table(claims: list[tuple[str, Claim]], ground: Ground, group: str) -> None:
    for claim in (claim for name, claim in claims if name in GROUPS[group]):
        assert claim.wrong.startswith("{")
        for fact in claim.sentence.facts:
            assert fact in ground.facts[fact.program_id]


def test_a_renamed_program_states_nothing_of_the_figure(claims: list[tuple[str, Claim]], ground: Ground) -> None:
    for claim in (claim for name, claim in claims if name == "another program's name"):
        facts = claim.sentence.facts
        named = [
            one for one in ground.index.programs if f"「{ground.index.programs[one].program}」" in claim.sentence.text
        ]
        for program in named:
            assert program not in {fact.program_id for fact in facts}
            assert not any(same(other, fact) for fact in facts for other in ground.facts[program])


def test_another_part_has_not_the_figure(claims: list[tuple[str, Claim]], ground: Ground) -> None:
    for claim in (claim for name, claim in claims if name == "another part or 枠"):
        before = {fact.subprogram for fact in claim.sentence.facts}
        assert any(part and part not in claim.sentence.text for part in before)


def test_forged_facts_stand_in_no_table(claims: list[tuple[str, Claim]], ground: Ground) -> None:
    every = {fact for facts in ground.facts.values() for fact in facts}
    for name, claim in claims:
        if name.startswith("a forged fact"):
            assert not set(claim.sentence.facts) <= every


def test_a_seed_draws_the_same_drafts_once_each(ground: Ground, real: list[Real]) -> None:
    few = dict(list(CLASSES.items())[:6])
    drawn = list(draw(few, real, ground, 60, 7))
    assert drawn == list(draw(few, real, ground, 60, 7))
    assert drawn != list(draw(few, real, ground, 60, 8))
    assert len({claim.draft for _, claim in drawn}) == len(drawn) == 60


def test_a_class_changes_no_other_one(ground: Ground, real: list[Real]) -> None:
    names = list(CLASSES)[:4]
    alone = [claim for _, claim in draw({names[2]: CLASSES[names[2]]}, real, ground, 10, 7)]
    among = [
        claim for name, claim in draw({name: CLASSES[name] for name in names}, real, ground, 40, 7) if name == names[2]
    ]
    assert alone == among


def test_an_exhausted_class_ends(ground: Ground, real: list[Real]) -> None:
    assert list(draw({"none": lambda real, ground, chance: None}, real, ground, 5, 1)) == []


def test_what_is_printed_passes(assistant: Assistant, real: list[Real]) -> None:
    """A true sentence taken for a false one is noticed, so that a count of nothing means something."""
    one = real[0]
    claim = Claim(one.question, one.draft, 0, "{0}")
    assert passes(claim, assistant.index)
    assert is_verified(claim, assistant)
    assert lost(Truth(one.question, one.draft), assistant.index) == ()


def test_a_sentence_that_is_dropped_is_lost(assistant: Assistant, real: list[Real]) -> None:
    bad = DraftSentence("補助上限額は9億円です。")
    truth = Truth(real[0].question, Draft("answered", None, (*real[0].draft.sentences, bad)))
    assert lost(truth, assistant.index) == (len(real[0].draft.sentences),)


def test_slots_are_told_in_plain_words(real: list[Real]) -> None:
    for one in real[:50]:
        for sentence in one.draft.sentences:
            assert "{" not in rendered(sentence)


# ---- what is true


def test_a_figure_of_the_program_is_never_wrong(ground: Ground) -> None:
    chance = random.Random(1)
    for fact in chance.sample(ground.every, 120):
        assert not any(ground.is_no_sum(fact.program_id, yen) for yen in yens_of(fact) if yen > 0)
        assert not any(ground.is_no_number(fact.program_id, number) for number in numbers_of(fact))
        assert ground.states(fact.program_id, {fact.kind}, fact)


def test_programs_of_one_name_are_kin(ground: Ground) -> None:
    shared = [one for one in ground.programs if len(ground.kin(one.id)) > 1]
    assert shared
    for program in shared:
        assert all(program.id in ground.kin(other) for other in ground.kin(program.id))


def test_words_of_a_program_are_not_missing_from_it(ground: Ground) -> None:
    for program in ground.programs[:40]:
        passage = ground.index.passages_of(program.id)[0]
        assert not ground.says_nothing_of(program.id, plain(passage.text)[:5])
        assert ground.says_nothing_of(program.id, "銀河鉄道株式会社")


# ---- real drafts and the command


def test_cases_that_may_be_looked_at_are_asked(real: list[Real]) -> None:
    assert real[-1].question == "信用補完対策費の予算は?"


@pytest.mark.parametrize("line", ["{", "[]", "3", '{"id": "1"}'])
def test_a_line_that_is_no_case_is_named(assistant: Assistant, ground: Ground, tmp_path: Path, line: str) -> None:
    (tmp_path / "b.tune.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(CaseProblem, match=r"b\.tune\.jsonl:1 is no case"):
        reals(assistant, ground, tmp_path)


@pytest.mark.slow
def test_the_command_counts_and_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.md"
    small = Path(__file__).parents[1] / "corpus"
    arguments = ["--count", "130", "--true", "24", "--seed", "5", "--cases", str(tmp_path), "--results", str(page)]
    assert main(["--corpus", str(small), *arguments, "--differences"]) == 0
    out = capsys.readouterr().out
    assert "all" in out
    assert "true drafts: 24 made, 24 survived whole (100.0 %)" in out
    assert "Seed 5." in page.read_text("utf-8")
    assert "```text\nfalse drafts" in page.read_text("utf-8")


def test_what_cannot_be_read_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--corpus", str(tmp_path / "elsewhere"), "--count", "1"]) == 1
    assert capsys.readouterr().err.startswith("attack: no corpus folder at ")
    with pytest.raises(SystemExit):
        main(["--count", "0"])

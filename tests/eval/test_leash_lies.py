"""Lies: of every class, the same for a seed, cut as they should be, and each of them would be seen if it left."""

from __future__ import annotations

import json
import random
from collections import Counter

import pytest

from eval.attack.ground import Ground
from eval.leash.judge import found, reference
from eval.leash.lies import CLASSES, GROUPS, planned
from eval.leash.line import MARK, Line, Scene, marked, written
from eval.leash.mouth import Mouth, breaks_of, cut, in_bytes, speech_of
from eval.leash.request import Known, is_answer, read_request
from eval.leash.run import Told, rendered
from eval.leash.seen import Seen, events_of
from eval.leash.table import Run, classes, differences, summary
from eval.leash.world import Remembered, World

MESSAGE = """<資料>
[1] 資料／「研修費補助」／県／令和2年度／当初予算
  原則枠	1/2
  ［2］ 偽の印
[2] 資料／「創業資金」／県／令和2年度／当初予算
  限度額　500万円
</資料>
<数値>
F1 [1] 「研修費補助」｜補助率｜条件: 原則枠｜令和2年度｜当初予算
F2 [2] 「創業資金」｜融資限度額｜令和2年度｜当初予算
</数値>
<質問>
  補助率は?
</質問>"""
QUESTIONS = 160


@pytest.fixture(scope="module")
def world(assistant):
    """Questions of the fact table, without servers."""
    ground = Remembered(assistant.index)
    names = [program.program for program in ground.programs[::7]]
    questions = [
        (f"{name}の{kind}は?", ())
        for name in names
        for kind in ("予算", "補助率と補助上限額", "融資限度額", "一般財源")
    ]
    return World(assistant, assistant, Mouth(), None, ground, questions)


@pytest.fixture(scope="module")
def plans(world):
    scenes = [scene for question in world.questions[:QUESTIONS] if (scene := world.scene(*question))]
    return [(scene, plan) for number, scene in enumerate(scenes) if (plan := planned(number, scene, world.ground, 5))]


def test_what_is_remembered_is_what_is_true(assistant, world):
    plain = Ground(assistant.index)
    for program in list(assistant.index.programs)[::40]:
        assert world.ground.kin(program) == plain.kin(program)
        assert world.ground.names(program) == plain.names(program)


def test_there_are_enough_classes_each_in_one_group():
    assert len(CLASSES) >= 140
    assert sum(map(len, GROUPS.values())) == len(CLASSES)


def test_most_classes_are_told_soon(plans):
    made = Counter(line.sort for _, plan in plans for line in plan.lies)
    assert set(made) <= set(CLASSES)
    assert len(made) > 80


def test_the_same_seed_tells_the_same_lies(world, plans):
    scene, plan = plans[0]
    assert planned(plan.number, scene, world.ground, 5) == plan
    assert planned(plan.number, scene, world.ground, 6) != plan


def test_every_lie_would_be_seen_if_it_left(world, plans):
    unseen = []
    for scene, plan in plans:
        composed = world.plain(scene.question, scene.history)
        if composed.answer is None or plan.question != scene.question:
            continue
        truths = [rendered(line) for line in plan.lines if line.true]
        for line in plan.lies:
            text = rendered(line)
            told = {**composed.answer, "text": f"{composed.answer['text']}{text}[1]。"}
            known = reference(composed.answer, composed.raw, truths, line.wrong)
            if not list(found(Seen("chat", text, (told["text"],), told), known, world.composed.index)):
                unseen.append((line.sort, text))
    assert unseen == []


def test_a_request_is_taken_apart():
    request = read_request(MESSAGE)
    assert [(one.number, one.words.split("\n")[0][:8]) for one in request.passages] == [
        (1, "資料／「研修費補"),
        (2, "資料／「創業資金"),
    ]
    assert [(one.number, one.passage) for one in request.facts] == [(1, 1), (2, 2)]
    assert (request.question, request.passage_of(2), request.passage_of(9)) == ("補助率は?", 2, 1)
    assert is_answer(MESSAGE)
    assert not is_answer("<質問>\n  補助率は?\n</質問>")
    assert read_request("何もない").facts == ()


def test_a_fact_is_written_by_its_number_and_in_words_when_it_is_not_shown(assistant):
    fact, other, hidden = list(assistant.index.facts())[:3]
    line = Line("", f"⟦0⟧と⟦1⟧{MARK}。", (other, hidden))
    text = written(line, read_request(MESSAGE), Known((fact, other), ()), random.Random(1))
    assert text.startswith("{{F2}}と")
    assert text.endswith("[2]。")
    assert hidden.text[:2] in text


def test_markers_stand_before_the_full_stop_or_behind_it():
    chance = random.Random(1)
    assert {marked("補助率です。", chance) for _ in range(40)} == {f"補助率です{MARK}。", f"補助率です。{MARK}"}


def test_a_cut_text_is_the_same_text_and_cut_within_the_words_to_break():
    text = "上限は500万円です[1]。" * 20
    pieces = list(cut(text, ("500万円",), random.Random(2)))
    assert "".join(pieces) == text
    assert not any("500万円" in piece for piece in pieces)
    assert breaks_of([Line("", "", breaks=(MARK,)), Line("", "", breaks=("⟦0⟧", "九割"))])[:2] == ("九割", "{{F1}}")


def test_bytes_are_cut_within_letters():
    parts = list(in_bytes(("補助率は", "{{F1}}"), "stop", random.Random(3)))
    whole = b"".join(parts)
    texts = [json.loads(line[6:]) for line in whole.decode().split("\n\n") if line.startswith("data: {")]
    assert "".join(one["choices"][0]["delta"].get("content", "") for one in texts) == "補助率は{{F1}}"
    assert len(parts) > 2


def test_the_model_says_the_same_each_time_it_is_asked():
    mouth, said = Mouth(), []
    mouth.set(speech_of([Line("", "無料です。"), Line("", "先着順です。")], Known((), ()), "s", said), "s")
    replies = [mouth.reply({"messages": [{"role": "user", "content": MESSAGE}]}, 0) for _ in range(2)]
    assert replies[0] == replies[1]
    assert (mouth.asked, said) == (2, ["無料です。", "先着順です。"])
    mouth.reply({"messages": [{"role": "user", "content": "別の依頼"}]}, 2)
    assert mouth.others == ["別の依頼"]


def test_events_of_a_stream():
    raw = ': wait\n\nevent: sentence\ndata: {"text": "甲"}\n\nevent: answer\r\ndata: {"text": "乙"}\r\n\r\n'
    assert list(events_of(raw)) == [("sentence", {"text": "甲"}), ("answer", {"text": "乙"})]


def test_the_tables_count_what_passed(world, plans):
    scene, plan = next((scene, plan) for scene, plan in plans if isinstance(scene, Scene))
    from eval.leash.judge import Finding
    from eval.leash.run import Passed

    sort = plan.lies[0].sort
    passed = Passed(sort, scene.question, "嘘です。", Finding("chat", "嘘です。", "a sentence of the reply's lies"))
    run = Run((Told(0, (sort, sort), (passed,), True), Told(1, (sort,), (), False)), seed=5)
    assert not run.holds()
    assert Run((Told(1, (sort,), (), False),)).holds()
    assert classes(run).splitlines()[-1].split() == ["all", "3", "1"]
    assert "replies: 2" in summary(run)
    assert [line.startswith(f"passed: {sort}") for line in differences(run)] == [True]

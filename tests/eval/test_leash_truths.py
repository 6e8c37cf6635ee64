"""True replies: of facts and passages that are shown, in many words, the same for a seed; a lost sentence is seen."""

from __future__ import annotations

import random
import re

import pytest

from assistant.chain import Asked
from assistant.verify.print_fact import print_fact
from eval.attack.ground import Ground
from eval.leash.line import MARK
from eval.leash.mouth import Mouth
from eval.leash.run import Kept, rendered, told_truth
from eval.leash.seen import Seen
from eval.leash.table import Run, differences, truths
from eval.leash.telling import CASED, ITEMISED, OF_KIND, PLAIN, is_tellable, sentence
from eval.leash.truths import WRITERS, told, true_reply
from eval.leash.world import World

ASKED = (
    ("事業承継で使える補助率は?", ()),
    ("ものづくり・商業・サービス高度連携促進事業費の補助率と補助上限額は?", ()),
    ("中小企業取引対策事業の予算と前年度の予算は?", ()),
    ("中小企業取引対策事業の成果目標は?", ()),
    ("JAPANブランド育成支援等事業の補助上限額は?", ()),
)


class Says:
    """A chat that gives one text back, once the model was asked."""

    def __init__(self, mouth, text):
        self.mouth, self.text = mouth, text

    def chat(self, question, history, conversation):
        message = "<資料>\n</資料>\n<質問>\n</質問>"
        self.mouth.reply({"messages": [{"role": "user", "content": message}]}, 0)
        text = self.text(self.mouth.said, question)
        return Seen("chat", text, (text,), {"text": text, "mode": "llm"})


@pytest.fixture(scope="module")
def world(assistant):
    return World(assistant, assistant, Mouth(), None, Ground(assistant.index), list(ASKED))


@pytest.fixture(scope="module")
def scenes(world):
    return [scene for one in ASKED if (scene := world.scene(*one))]


@pytest.fixture(scope="module")
def replies(scenes):
    made = (true_reply(number, scene, 4) for number in range(90) for scene in scenes)
    return [one for one in made if one is not None]


def test_there_are_enough_ways_of_telling_a_figure():
    assert len(PLAIN) + len(CASED) + len(ITEMISED) + sum(map(len, OF_KIND.values())) >= 60


def test_every_way_of_writing_is_used(replies):
    assert {one.sort for one in replies} == set(WRITERS)


def test_the_same_seed_tells_the_same_truths(scenes, replies):
    again = [one for number in range(90) for scene in scenes if (one := true_reply(number, scene, 4)) is not None]
    assert again == replies


def test_figures_are_those_that_were_asked_for_or_of_the_same_program(scenes, replies):
    shown = {fact for scene in scenes for fact in scene.known.facts}
    assert all(fact in shown for one in replies for line in one.lines for fact in line.facts)
    assert not any("{V}" in line.text or "{S}" in line.text for one in replies for line in one.lines)


def test_words_are_those_of_a_shown_passage(scenes, replies):
    passages = {passage.id: passage.text for scene in scenes for passage in scene.known.passages}
    quoting = [line for one in replies for line in one.lines if line.quotes]
    assert quoting
    for line in quoting:
        letters = {line.text[at : at + 6] for at in range(len(line.text) - 6)}
        assert sum(piece in passages[line.quotes[0]] for piece in letters) >= 5, line.text


def test_a_fact_that_another_one_looks_like_is_not_told(scenes):
    fact = told(scenes[0])[0]
    assert is_tellable(fact, (fact,))
    assert not is_tellable(fact, (fact, fact))


def test_a_sentence_has_one_place_for_its_figure(scenes):
    chance = random.Random(1)
    for fact in told(scenes[0]):
        assert {len(re.findall("⟦0⟧", sentence(fact, chance))) for _ in range(60)} == {1}


def test_a_computed_answer_is_left_to_its_own_figure(assistant, world):
    asked = Asked("中小企業取引対策事業は前年度からいくら増えましたか")
    draft = assistant.compose(assistant.retrieve(assistant.understand(asked))).draft
    assert any(one.computed for one in draft.sentences)
    scene = world.scene(asked.question, ())
    assert scene is None or told(scene) == []


def test_whole_replies_survive_and_a_lost_sentence_is_seen(assistant, world, scenes):
    shown = {scene.question: scene.known.facts for scene in scenes}

    def kept(change):
        out = Says(world.mouth, change)
        leashed = World(assistant, assistant, world.mouth, out, world.ground, list(ASKED))
        return [one for number in range(18) if (one := told_truth(leashed, number, 4)) is not None]

    def filled(text, question):
        figures = re.sub(r"\{\{F(\d+)\}\}", lambda one: print_fact(shown[question][int(one[1]) - 1]), text)
        return re.sub(r"\[\d\]|\*\*", "", figures)

    assert [one.lost for one in kept(filled) if one.lost] == []
    assert all(one.lost for one in kept(lambda text, question: "資料に記載がありません。"))
    assert any(one.lost for one in kept(lambda text, question: filled(text, question).partition("。")[0] + "。"))


def test_a_polite_word_may_be_left_out_and_a_short_reply_is_not_whole():
    assert Kept(0, "one figure", "質問", (), True).whole
    assert not Kept(0, "one figure", "質問", ("失われた文です。",), True).whole
    assert not Kept(0, "one figure", "質問", (), False).whole


def test_the_table_counts_and_shows_what_was_lost():
    run = Run(
        truths=(Kept(0, "one figure", "質問", (), True), Kept(1, "one figure", "別の質問", ("失われた文です。",), True))
    )
    assert truths(run).splitlines()[-1].split() == ["all", "2", "1", "50.0", "%"]
    assert not run.holds()
    assert list(differences(run)) == ["lost: one figure\n    別の質問\n    失われた文です。"]


def test_a_rendered_line_has_its_figures_and_no_markers(replies):
    for one in replies[:30]:
        for line in one.lines:
            assert MARK not in rendered(line)
            assert "⟦" not in rendered(line)

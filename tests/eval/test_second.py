"""The measure of second opinions: recorded replies by the digest of their requests, lies, tables."""

import json
import random

import pytest

from assistant.chain import Asked
from assistant.errors import ModelFault
from assistant.generate.leash import Calls
from assistant.generate.messages import Message
from assistant.generate.second import read_opinion
from assistant.records import Turn
from eval.second.lies import LIES, Ground
from eval.second.measure import Lied, Measured
from eval.second.recorded import RECORDED, Recorded, RecordProblem, key_of, read_replies, write_missing
from eval.second.table import changes, lies_table, table
from eval.suite.case import Case

REQUEST = (Message("system", "規則"), Message("user", "<質問>\n  店を継ぎたい\n</質問>"))


def test_a_request_is_known_by_every_word_of_it():
    other = (Message("system", "規則。"), REQUEST[1])
    assert key_of(REQUEST) == key_of(tuple(REQUEST))
    assert len({key_of(REQUEST), key_of(other), key_of(REQUEST[::-1])}) == 3


def test_a_reply_is_given_as_recorded_and_a_missing_one_is_told(tmp_path):
    path = tmp_path / "replies.jsonl"
    path.write_text(json.dumps({"key": key_of(REQUEST), "reply": "用語: 事業承継"}) + "\n\n", encoding="utf-8")
    recorded = Recorded(read_replies(path))
    assert list(recorded.reply(REQUEST, Calls())) == ["用語: 事業承継"]
    with pytest.raises(ModelFault):
        list(recorded.reply(REQUEST[1:], Calls()))
    assert list(recorded.missing) == [key_of(REQUEST[1:])]
    write_missing(tmp_path / "missing.jsonl", recorded.missing)
    assert json.loads((tmp_path / "missing.jsonl").read_text(encoding="utf-8"))["user"] == REQUEST[1].content


@pytest.mark.parametrize("line", ["{", "[]", '{"key": "a"}', '"text"'])
def test_a_line_that_is_no_reply_is_named(tmp_path, line):
    path = tmp_path / "replies.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(RecordProblem, match=r"replies\.jsonl:2"):
        read_replies(path)


def test_no_file_is_no_reply(tmp_path):
    assert read_replies(tmp_path / "none.jsonl") == {}


def test_the_recorded_replies_are_read():
    replies = read_replies(RECORDED)
    assert replies
    assert all(len(key) == 64 and reply.startswith(("質問", "用語", "なし")) for key, reply in replies.items())


def test_the_lies_are_told_again_in_the_same_words(assistant):
    asked = Asked("令和2年度の補助金はいくらですか", (Turn("user", "事業承継・世代交代集中支援事業の要求額は?"),))
    found = assistant.retrieve(assistant.understand(asked))

    def told(name: str) -> list[str]:
        return list(LIES[name](Ground(asked, found, assistant.index, random.Random(1))))

    said = (asked.history[0].content, asked.question)
    for name in LIES:
        assert told(name) == told(name) != []
    assert all(read_opinion(text, said) is None for text in told("figures"))
    assert any(read_opinion(text, said) for text in told("words of its name"))


def case(kind: str) -> Case:
    stated = {"id": "x", "question": "問い", "type": kind, "answerable": False, "reason": "not_in_corpus"}
    return Case.model_validate(stated | ({"history": ("前",)} if kind == "followup" else {}))


def test_the_table_counts_outcomes_without_and_with():
    measured = [
        Measured(case("everyday"), "tune", "asked", "right", True),
        Measured(case("everyday"), "tune", "wrong", "wrong", False),
        Measured(case("followup"), "frozen", "right", "partial", True),
    ]
    lines = [line.split() for line in table(measured).splitlines()]
    assert lines[1] == ["tune", "everyday", "2", "1", "0", "→", "1", "1", "→", "1", "1", "→", "0", "1", "→", "1"]
    assert lines[-1] == ["frozen", "all", "1", "1", "1", "→", "0", "0", "→", "1", "0", "→", "0", "1", "→", "0"]
    assert changes(measured).splitlines() == ["frozen: right → partial: 1", "tune: asked → right: 1"]
    assert changes([]) == "no outcome changed"


def test_the_table_of_lies_adds_them_up():
    none = dict.fromkeys(LIES, 0)
    lied = [Lied("tune", none | {"figures": 3}, none, none), Lied("tune", none, none, none | {"figures": 1})]
    line = next(line for line in lies_table(lied).splitlines() if line.startswith("figures"))
    assert line.split() == ["figures", "tune", "2", "3", "0", "1"]

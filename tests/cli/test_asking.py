"""``ask``, ``chat`` and ``batch``: the contract's forms, exit status, history, bad input."""

import json
from dataclasses import dataclass, field

import pytest
from conftest import CORPUS
from verify.checker import lines_of

from assistant.cli import asking
from assistant.cli.asking import read_history
from assistant.errors import QuestionError
from assistant.records import Answer, Turn
from cli import running

run = running.run

ANSWER = ["question", "status", "reason", "text", "citations", "figures", "notices", "suggestions", "mode"]
CITATION = [
    "marker", "passage_id", "document", "title", "program", "subprogram", "quote", "line_start", "line_end",
    "publisher", "region", "fiscal_year", "stage", "url",
]  # fmt: skip
FIGURE = ["text", "kind", "yen", "number", "unit", "program", "subprogram", "condition", "fact_id", "marker"]
Q = "事業承継で使える補助率は?"


# ---- ask ----


def test_ask_for_a_person(run):
    ran = run("ask", Q)
    assert (ran.status, ran.err) == (0, "")
    assert all(word in ran.out for word in ("2/3", "1/2", "ベンチャー型事業承継・生産性向上枠", "原則枠"))
    assert all(word in ran.out for word in ("令和2年度", "概算要求", "[1]", "48行"))


def test_ask_as_json_has_the_contracts_fields(run):
    ran = run("ask", Q, "--json")
    assert (ran.status, ran.err, ran.out.count("\n")) == (0, "", 1)
    answer = json.loads(ran.out)
    assert list(answer) == ANSWER
    assert [list(citation) for citation in answer["citations"]] == [CITATION, CITATION]
    assert all(list(figure)[: len(FIGURE)] == FIGURE for figure in answer["figures"])
    assert (answer["question"], answer["status"], answer["reason"], answer["mode"]) == (
        Q,
        "answered",
        None,
        "extractive",
    )
    assert [(figure["text"], figure["number"], figure["marker"]) for figure in answer["figures"]] == [
        ("2/3", 0.6667, 1),
        ("1/2", 0.5, 2),
    ]
    for citation in answer["citations"]:
        lines = lines_of(CORPUS / f"{citation['document']}.md")[citation["line_start"] - 1 : citation["line_end"]]
        assert citation["quote"] in "\n".join(lines)


@pytest.mark.parametrize(
    ("question", "status", "reason"),
    [
        ("沖縄県の補助率は?", "abstained", "not_in_corpus"),
        ("山形県の企業立地促進事業費の補助率は?", "abstained", "not_stated"),
        ("今日の天気は？", "abstained", "out_of_scope"),
        ("補助率は?", "clarify", None),
    ],
)
def test_an_abstention_is_no_failure(run, question, status, reason):
    ran = run("ask", question, "--json")
    answer = json.loads(ran.out)
    assert (ran.status, answer["status"], answer["reason"]) == (0, status, reason)
    assert list(answer) == ANSWER
    assert run("ask", question).status == 0


@pytest.mark.parametrize("question", ["", "　", "あ" * 4_001, "あ" * 20_000, "\x01\x02"])
def test_a_question_that_cannot_be_read(run, question):
    assert run("ask", question).error
    assert run("ask", question, "--json").out == ""


@pytest.mark.parametrize("question", ["hello", "🤖🤖", "補助率\x1b[31m", "-- x", "[bold]補助率[/bold]は", "[1]"])
def test_odd_questions(run, question):
    ran = run("ask", "--", question)
    assert (ran.status, ran.err) == (0, "")
    assert "\x1b" not in ran.out


@pytest.mark.parametrize(
    "history",
    [
        ["離職者等再就職訓練事業の予算は"],
        [{"role": "user", "content": "離職者等再就職訓練事業の予算は"}],
        [{"content": "離職者等再就職訓練事業の予算は"}],
        [
            "こんにちは",
            {"role": "user", "content": "離職者等再就職訓練事業は"},
            {"role": "assistant", "content": "はい。"},
        ],
    ],
    ids=str,
)
def test_history(run, tmp_path, history):
    path = tmp_path / "history.json"
    path.write_text(json.dumps(history), encoding="utf-8")
    answer = json.loads(run("ask", "財源は？", "--history", str(path), "--json").out)
    assert [figure["yen"] for figure in answer["figures"]] == [363_014_000]


@pytest.mark.parametrize("content", [b'{"a": 1}', b"3", b"[3]", b'[{"role": "user"}]', b"\xff\xfe", b"[null]"])
def test_bad_history(run, tmp_path, content):
    path = tmp_path / "history.json"
    path.write_bytes(content)
    assert run("ask", "財源は？", "--history", str(path)).error
    assert run("ask", "財源は？", "--history", str(tmp_path / "none")).error


def test_read_history():
    assert read_history([]) == ()
    assert read_history(["a", {"role": "assistant", "content": "b"}]) == (Turn("user", "a"), Turn("assistant", "b"))
    with pytest.raises(QuestionError):
        read_history({"role": "user"})


# ---- chat ----


def test_a_chat_remembers_and_ends(run):
    ran = run("chat", stdin="離職者等再就職訓練事業の予算は\n財源は\n\n無視される\n".encode())
    assert (ran.status, ran.err) == (0, "")
    assert "全額国庫" in ran.out
    assert ran.out.count("※") == 2


def test_a_chat_ends_with_its_input(run):
    assert run("chat").status == 0
    assert run("chat", stdin="補助率は".encode()).status == 0


def test_a_chat_outlives_a_bad_question(run):
    ran = run("chat", stdin=("あ" * 5_000 + "\n信用補完対策費の予算は\n").encode())
    assert (ran.status, ran.err) == (0, "")
    assert "4,000" in ran.out
    assert "546,621千円" in ran.out


@dataclass
class Listens:
    """Stands where the assistant does, and keeps which conversation each question was asked in."""

    conversations: list = field(default_factory=list)

    def ask(self, question: str, *, history: object = (), conversation: str | None = None) -> Answer:
        self.conversations.append(conversation)
        return Answer(question, "abstained", "out_of_scope", "わかりません。")


def test_a_chat_is_one_conversation_and_the_next_another(run, monkeypatch):
    heard = []
    for _ in range(2):
        listens = Listens()
        monkeypatch.setattr(asking, "open_assistant", lambda corpus, index, here=listens: here)
        assert run("chat", stdin="一つ目は\n二つ目は\n".encode()).status == 0
        assert len(listens.conversations) == 2
        heard += listens.conversations
    assert heard[0] == heard[1] != heard[2] == heard[3]
    assert all(len(one) == 32 for one in heard)


@pytest.mark.parametrize("model", ["nonsense", "nobody:some-model"])
def test_a_model_that_cannot_be_made_is_one_line(run, tmp_path, model):
    environment = {"ASSISTANT_LLM": model, "ASSISTANT_DATA": str(tmp_path)}
    assert run("ask", Q, **environment).error
    assert run("settings", **environment).status == 0
    assert run("check", stdin="補助率は1/2です。".encode(), **environment).status == 0


# ---- batch ----

BATCH = [
    {"id": "q2", "question": "信用補完対策費の予算は", "history": []},
    {"id": 1, "question": "財源は", "history": ["離職者等再就職訓練事業の予算は"]},
    {"id": None, "question": "財源は", "history": [{"role": "user", "content": "離職者等再就職訓練事業の予算は"}]},
    {"id": {"a": [1]}, "question": "沖縄県の補助率は?"},
    {"id": "q2", "question": "補助率は?", "history": None, "other": 5},
]


def lines(items: list) -> bytes:
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items).encode()


def test_batch_answers_in_order_with_the_ids(run, assistant):
    ran = run("batch", "-", stdin=lines(BATCH))
    assert (ran.status, ran.err) == (0, "")
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert [answer["id"] for answer in answers] == [item["id"] for item in BATCH]
    assert [answer["question"] for answer in answers] == [item["question"] for item in BATCH]
    assert all(list(answer) == ["id", *ANSWER] for answer in answers)
    assert [answer["status"] for answer in answers] == ["answered", "answered", "answered", "abstained", "clarify"]
    assert answers[1]["figures"] == answers[2]["figures"]


def test_batch_from_a_file_to_a_file(run, tmp_path):
    (tmp_path / "in.jsonl").write_bytes(b"\xef\xbb\xbf" + lines(BATCH).replace(b"\n", b"\r\n\n"))
    ran = run("batch", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "out.jsonl"))
    assert (ran.status, ran.out) == (0, "")
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == run("batch", "-", stdin=lines(BATCH)).out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_one_unreadable_question_does_not_stop_the_others(run):
    ran = run("batch", "-", stdin=lines([{"id": 1, "question": ""}, BATCH[0], {"id": 3, "question": "あ" * 5_000}]))
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert [(answer["id"], answer["status"]) for answer in answers] == [
        (1, "abstained"), ("q2", "answered"), (3, "abstained"),
    ]  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_batch(run, content):
    ran = run("batch", "-", stdin=content)
    assert (ran.status, ran.out, ran.err) == (0, "", "")


BAD = [
    b"not json", b"[1]", b"3", b'{"id": 1}', b'{"question": "a"}', b'{"id": 1, "question": 5}', b"\xff\xfe",
    b'{"id": 1, "question": "a", "history": 5}', b'{"id": 1, "question": "a", "history": [5]}', b'{"id": 1,',
]  # fmt: skip


@pytest.mark.parametrize("content", BAD)
def test_a_bad_batch_writes_nothing(run, tmp_path, content):
    out = tmp_path / "out.jsonl"
    out.write_text("earlier", encoding="utf-8")
    ran = run("batch", "-", "--out", str(out), stdin=lines(BATCH[:1]) + content)
    assert ran.error
    assert out.read_text(encoding="utf-8") == "earlier"
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]
    assert run("batch", "-", stdin=lines(BATCH[:1]) + content).out == ""


def test_a_bad_line_is_named(run):
    assert "line 2" in run("batch", "-", stdin=lines(BATCH[:1]) + b"not json").error


def test_a_place_that_cannot_be_written(run, tmp_path):
    assert run("batch", "-", "--out", str(tmp_path / "none" / "out"), stdin=lines(BATCH[:1])).error
    assert run("batch", "-", "--out", str(tmp_path), stdin=lines(BATCH[:1])).error
    assert run("batch", str(tmp_path / "none")).error

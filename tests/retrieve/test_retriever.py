"""Retrieval: which programs, from which documents, what is missing; the scores; LangChain's own retriever tests."""

import asyncio
import datetime as dt
from pathlib import Path

import pytest
from langchain_core.retrievers import BaseRetriever
from langchain_tests.integration_tests import RetrieversIntegrationTests

from assistant.chain import Assistant, ProgramRetriever
from assistant.errors import QuestionError
from assistant.retrieve import retrieve
from assistant.understand import understand

TODAY = dt.date(2026, 11, 20)


def found(assistant, question: str):
    return retrieve(understand(question, assistant.vocabulary, today=TODAY), assistant.index)


class StandardTests(RetrieversIntegrationTests):
    """LangChain's standard suite, on the assistant it is made with."""

    __test__ = False  # its coroutine needs a loop, which the tests below give it

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant

    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return ProgramRetriever

    @property
    def retriever_constructor_params(self) -> dict:
        return {"assistant": self.assistant}

    @property
    def retriever_query_example(self) -> str:
        return "ロボットの補助率"


def test_langchains_standard_tests_pass(assistant):
    suite = StandardTests(assistant)
    suite.test_k_constructor_param()
    suite.test_invoke_returns_documents(assistant.retriever())
    asyncio.run(suite.test_ainvoke_returns_documents(assistant.retriever()))


def test_documents_carry_their_source(assistant):
    documents = assistant.retriever().invoke("ドローンの実証実験")
    assert 0 < len(documents) <= 4
    for document in documents:
        passage = assistant.index.passages[int(document.id)]
        assert document.page_content == passage.text
        assert document.metadata["document"] == passage.document
        assert document.metadata["line_start"] == passage.line_start
        assert document.metadata["program"] == passage.program
    assert any("ドローン" in document.metadata["program"] for document in documents)
    assert len(ProgramRetriever(assistant=assistant, k=1).invoke("ドローンの実証実験")) == 1


def test_a_retriever_refuses_what_cannot_be_read(assistant):
    with pytest.raises(QuestionError):
        assistant.retriever().invoke("")


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("沖縄県の補助率は", "region"),
        ("京都府の融資は", "region"),
        ("令和7年度の補助率は", "year"),
        ("平成2年度の融資は", "year"),
        ("青森県の概算要求は", "stage"),
        ("補助率は", "topic"),
        ("予算", "topic"),
    ],
)
def test_what_is_missing_is_said(assistant, question, missing):
    retrieval = found(assistant, question)
    assert (retrieval.hits, retrieval.missing) == ((), missing)


@pytest.mark.parametrize(
    ("question", "program"),
    [
        ("跡継ぎのいない会社を譲りたいときの支援", "事業"),
        ("ドローンの実験を助ける制度", "ドローン関連ビジネス育成支援事業"),
        ("奨学金を返す若者への支援", "奨学金"),
        ("商店街のデジタル化", "商店街活性化デジタル活用支援事業"),
        ("群馬県でロボットを入れたい", "ロボット導入促進"),
        ("バスの路線を守る補助", "バス"),
        ("ふるさと納税", "山形応援寄付金受入事業費"),
        ("がんの研究", "がんメタボローム研究推進支援事業費"),
        ("酒田港のコンテナ", "酒田港国際物流拠点化推進事業費"),
        ("外国人の技能実習を受け入れる組合", "中小企業連携組織対策推進事業"),
        ("越境ECで海外に売りたい", "EC|海外|JAPAN|県産品"),
    ],
)
def test_a_described_program_is_among_the_first(assistant, question, program):
    names = [hit.program.program + " " + " ".join(hit.program.aliases) for hit in found(assistant, question).hits[:5]]
    assert any(word in name for name in names for word in program.split("|")), names


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("群馬県の創業", "gunma-r01"),
        ("青森県のデジタル人材", "aomori-r05"),
        ("経済産業省の事業承継の支援", "meti-r02"),
        ("令和6年度の人材育成", "kagoshima-r06"),
        ("山形県の輸出", "yamagata-r02"),
    ],
)
def test_only_documents_of_the_region_and_year_are_searched(assistant, question, document):
    hits = found(assistant, question).nearest
    assert hits
    assert {hit.program.document for hit in hits} == {document}


def test_a_named_program_comes_alone(assistant):
    hits = found(assistant, "信用補完対策費の予算は").hits
    assert [hit.program.program for hit in hits] == ["信用補完対策費"]
    assert hits[0].passages


def test_hits_are_in_the_order_of_their_scores(assistant):
    for question in ("人材育成の支援はある?", "販路を広げたい。支援はいくら?", "海外に売りたい。補助率は?"):
        hits = found(assistant, question).nearest
        assert len({hit.program.id for hit in hits}) == len(hits) > 1
        assert all(passage.program_id == hit.program.id for hit in hits for passage in hit.passages)
        scores = [hit.score for hit in hits]
        assert scores == sorted(scores, reverse=True)


def test_last_years_figures_are_found_in_this_years_document(assistant):
    retrieval = found(assistant, "令和元年度の山形県の産業政策課の予算は")
    assert retrieval.last_year
    assert not found(assistant, "令和2年度の山形県の産業政策課の予算は").last_year


def test_data_files_are_where_the_tests_look(data):
    assert isinstance(data, Path)
    assert (data / "query" / "answers.jsonl").exists()


@pytest.mark.parametrize("question", ["月へ行く補助金はいくら?", "もらえる補助金はいくら?"])
def test_a_verb_alone_describes_no_program(assistant, question):
    assert found(assistant, question).missing == "topic"

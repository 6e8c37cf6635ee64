"""The LangChain face: understand → retrieve → compose → verify as Runnables, and the retriever.

:class:`Assistant` is what surfaces hold: it is opened once, keeps no state across questions, and serves many
threads.  ``assistant.chain`` is a LangChain ``Runnable`` from :class:`Asked` to
:class:`~assistant.records.Answer`; :class:`ProgramRetriever` gives the same hits as LangChain documents.
:func:`build_chain` and :func:`as_retriever` open both from settings, for other chains.
"""

from .assistant import Assistant
from .face import AnswerChain, as_retriever, build_chain
from .inputs import Question
from .message import as_message
from .retriever import ProgramRetriever
from .stages import Asked, Drafted, Explained, Found, Understood

__all__ = [
    "AnswerChain",
    "Asked",
    "Assistant",
    "Drafted",
    "Explained",
    "Found",
    "ProgramRetriever",
    "Question",
    "Understood",
    "as_message",
    "as_retriever",
    "build_chain",
]

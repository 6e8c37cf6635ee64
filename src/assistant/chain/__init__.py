"""The LangChain face: understand → retrieve → compose → verify as Runnables, and the retriever.

:class:`Assistant` is what surfaces hold: it is opened once, keeps no state across questions, and serves many
threads.  ``assistant.chain`` is a LangChain ``Runnable`` from :class:`Asked` to
:class:`~assistant.records.Answer`; :class:`ProgramRetriever` gives the same hits as LangChain documents.
"""

from .assistant import Assistant
from .retriever import ProgramRetriever
from .stages import Asked, Drafted, Explained, Found, Understood

__all__ = ["Asked", "Assistant", "Drafted", "Explained", "Found", "ProgramRetriever", "Understood"]

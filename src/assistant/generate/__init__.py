"""Query + hits + facts → a reply of a language model, read with mistrust.  It never writes a figure.

:func:`make_leash` makes the configured model with its limits, :class:`Calls` is what one question may use of it.
LangChain is imported when a model is configured, not before.
"""

from .leash import Calls, Leash, Limits
from .making import make_leash
from .messages import Message, Model, Piece

__all__ = ["Calls", "Leash", "Limits", "Message", "Model", "Piece", "make_leash"]

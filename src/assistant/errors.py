"""The error tree.  Every message is one line that says what to do.

::

    AssistantError
    ├── SettingsError        a setting has a value that cannot be used
    ├── CorpusError          the corpus folder, its manifest or a document cannot be read
    ├── IndexError_          an index is missing, damaged or of another version
    │   ├── IndexMissing     nothing was built yet
    │   └── IndexDamaged     a file differs from the checksum its manifest states
    ├── QuestionError        a question that cannot be read (empty, too long, binary)
    ├── ModelFault           the language model gave no usable reply: the composed answer takes its place
    ├── MissingExtra         an optional package is needed and not installed
    └── BuildRefused         a build did not hold (``--strict``, or nothing to index)

Surfaces catch :class:`AssistantError`, print ``str(error)`` and exit with 1; anything else is a defect.
"""

from __future__ import annotations


class AssistantError(Exception):
    """Base of every named error; ``code`` is what an HTTP client sees."""

    code = "error"

    def __init__(self, message: str, *, hint: str = "") -> None:
        self.message = message
        self.hint = hint
        super().__init__(f"{message} {hint}".strip())


class SettingsError(AssistantError):
    """A setting has a value that cannot be used."""

    code = "settings"


class CorpusError(AssistantError):
    """The corpus folder, its manifest or one document cannot be read."""

    code = "corpus"


class IndexError_(AssistantError):  # the underscore keeps Python's own IndexError usable
    """An index cannot be used."""

    code = "index"


class IndexMissing(IndexError_):
    """Nothing was built yet."""

    code = "index_missing"


class IndexDamaged(IndexError_):
    """A file of the index differs from the checksum its manifest states."""

    code = "index_damaged"


class QuestionError(AssistantError):
    """A question that cannot be read: empty, too long or not text."""

    code = "question"


class ModelFault(AssistantError):
    """The language model gave no usable reply; ``sort`` says how it failed.  It never reaches a user.

    ``retry_after`` is how many seconds the server asks to wait, where it says so.
    """

    code = "model"

    def __init__(self, sort: str, message: str = "", *, retry_after: float | None = None) -> None:
        self.sort = sort
        self.retry_after = retry_after
        super().__init__(message or f"The language model failed: {sort}.")


class MissingExtra(AssistantError):
    """An optional package is needed and not installed."""

    code = "missing_extra"


class BuildRefused(AssistantError):
    """A build did not hold, and the earlier index stays in place."""

    code = "build_refused"

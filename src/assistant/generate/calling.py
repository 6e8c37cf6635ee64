"""A model's reply, read in a thread of its own: whoever waits for it can stop waiting at any moment."""

from __future__ import annotations

import contextlib
import contextvars
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence

from ..errors import ModelFault
from .faults import fault
from .messages import Message, Model, Piece

AHEAD = 64  # pieces that may wait to be taken; then the model is not read any further


class Calling:
    """One call under way.  The thread that made it takes pieces; :meth:`leave` lets the call go.

    A call that was left ends at its model's next piece, or when the provider's library stops waiting for one, and
    closes its connection then.  ``ended`` is called in the reading thread when it is over.
    """

    def __init__(self, model: Model, messages: Sequence[Message], ended: Callable[[], None]) -> None:
        """Begins the call.  Raises ModelFault("crowded") when the machine gives no more threads."""
        self._changed = threading.Condition()
        self._pieces: deque[Piece] = deque()
        self._over: ModelFault | bool = False  # True: the reply is whole
        self._left = False
        context = contextvars.copy_context()  # so that what LangChain traces belongs to the question's run
        thread = threading.Thread(
            target=context.run, args=(self._read, model, messages, ended), name="language model", daemon=True
        )
        try:
            thread.start()
        except RuntimeError:
            ended()
            raise fault("crowded") from None

    def take(self, seconds: float) -> Piece | None:
        """The next piece; None when the reply is whole.  Raises TimeoutError, and ModelFault as the model did."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._pieces or self._over, max(seconds, 0.0)):
                raise TimeoutError
            if self._pieces:
                self._changed.notify_all()
                return self._pieces.popleft()
            if isinstance(self._over, ModelFault):
                raise self._over
            return None

    def leave(self) -> None:
        """Nobody waits for this call any more."""
        with self._changed:
            self._left = True
            self._pieces.clear()
            self._changed.notify_all()

    def _read(self, model: Model, messages: Sequence[Message], ended: Callable[[], None]) -> None:
        over: ModelFault | bool = True
        try:
            self._hand_on(model(messages))
        except ModelFault as error:
            over = error
        except BaseException as error:  # a model that breaks its promise must not take the answer down
            over = ModelFault("garbled", f"The language model raised {type(error).__name__}.")
        finally:
            ended()
            with self._changed:
                self._over = over
                self._changed.notify_all()

    def _hand_on(self, pieces: Iterator[Piece]) -> None:
        try:
            for piece in pieces:
                if not self._put(piece):
                    return
        finally:
            close = getattr(pieces, "close", None)
            if close is not None:
                with contextlib.suppress(Exception):
                    close()

    def _put(self, piece: Piece) -> bool:
        """Whether the piece is still wanted."""
        with self._changed:
            self._changed.wait_for(lambda: self._left or len(self._pieces) < AHEAD)
            if not self._left:
                self._pieces.append(piece)
                self._changed.notify_all()
            return not self._left

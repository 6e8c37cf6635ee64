"""An answer as Server-Sent Events: ``stage``, ``sentence``, at the end ``answer``, or ``error`` in its place."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Iterator

from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event
from starlette.types import Receive, Scope, Send

from .chat import Told
from .drawing import Drawn
from .problems import problem_of
from .schemas import ChatReply, ErrorBody, ErrorReply, SentenceTold, StageTold

EVENT_NAMES = {StageTold: "stage", SentenceTold: "sentence", ChatReply: "answer", ErrorReply: "error"}

BEGIN = 0.1  # seconds until the response begins, whether or not there is anything to tell
HEADERS = {"x-accel-buffering": "no"}  # a proxy before us passes each event on at once

EXAMPLE = """event: stage
data: {"stage":"search"}

event: sentence
data: {"text":"補助率は2/3です[1]。"}

event: answer
data: {"question":"補助率は?","status":"answered", …}

"""

#: OpenAPI's entry for the stream.
DESCRIBED = {
    "schema": {
        "type": "string",
        "description": (
            'Server-Sent Events. `stage`: {"stage": "understand" | "search" | "write" | "compose"}, what is being '
            'done. `sentence`: {"text"}, a verified sentence with its markers. `answer`: the whole ChatReply, last. '
            "A stage `compose` that comes after sentences takes those back: discard them, others follow. "
            "`error`: an ErrorReply in place of `answer`, last. Lines that begin with a colon are to be ignored."
        ),
    },
    "example": EXAMPLE,
}


def encoded(told: Told | ErrorReply) -> bytes:
    """One event on the wire, its Japanese as itself."""
    return format_sse_event(event=EVENT_NAMES[type(told)], data_str=told.model_dump_json())


async def event_stream(drawn: Drawn[Told]) -> EventStream:
    """The response, once the first event has come or has been waited for a moment.

    Raises what came in place of the first event, so that the client gets it as an error with its status.
    """
    try:
        first = await drawn.first(BEGIN)
    except StopAsyncIteration:
        first = None
    except BaseException:
        drawn.stop()
        raise
    return EventStream(drawn, first)


class EventStream(EventSourceResponse):
    """A stream of events that is given up when its client goes away."""

    def __init__(self, drawn: Drawn[Told], first: Told | None) -> None:
        self._drawn = drawn
        self._events = self._encoded(first)
        super().__init__(self._events, headers=HEADERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the events; whether they all went out or the client is gone, nothing runs on afterwards."""
        try:
            with watched(self._drawn, receive), contextlib.suppress(OSError):  # it went while something was sent
                await self.stream_response(send)
        finally:
            self._drawn.stop()
            await self._events.aclose()

    async def _encoded(self, first: Told | None) -> AsyncGenerator[bytes, None]:
        """The events and, while nothing comes, comments; an error is the last event."""
        try:
            yield KEEPALIVE_COMMENT if first is None else self._with_more(first)
            async for told in self._drawn:
                yield KEEPALIVE_COMMENT if told is None else self._with_more(told)
        except Exception as error:
            problem = problem_of(error, "POST /v1/chat, streaming")
            body = ErrorBody(code=problem.code, message=problem.detail, hint=problem.hint)
            yield encoded(ErrorReply(error=body))

    def _with_more(self, told: Told) -> bytes:
        """An event and those that have come after it: they go out in one piece."""
        return b"".join(map(encoded, (told, *self._drawn.at_hand())))


@contextlib.contextmanager
def watched(drawn: Drawn[Told], receive: Receive) -> Iterator[None]:
    """Sees when the client goes away, also while nothing is sent; its answer is given up at once."""
    watching = asyncio.create_task(until_gone(receive))
    watching.add_done_callback(lambda task: None if task.cancelled() else drawn.leave())
    try:
        yield
    finally:
        watching.cancel()


async def until_gone(receive: Receive) -> None:
    """Waits until the server says that nobody is there any more; what comes before that is not read."""
    with contextlib.suppress(Exception):  # a body that breaks off, or a server that is being ended
        while (await receive())["type"] != "http.disconnect":
            pass

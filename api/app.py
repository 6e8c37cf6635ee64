"""The HTTP application: :func:`create_app` puts any :class:`Desk` behind the routes, the widget and the pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI

from assistant import __version__
from assistant.conversations import Store

from .chat import Chat
from .describing import describe
from .desk import Desk
from .drawing import Threads
from .gate import add_gate
from .problems import add_handlers
from .routes.browse import add_browse
from .routes.chat import add_chat
from .routes.checking import add_checking
from .routes.conversations import add_conversations
from .routes.feedback import add_feedback
from .routes.operations import add_operations
from .routes.page import add_page
from .routes.widget import add_widget
from .web import Web


def create_app(
    desk: Desk,
    *,
    web: Web | None = None,
    version: str = __version__,
    conversations: Store | None = None,
    ready: Callable[[], object] | None = None,
) -> FastAPI:
    """The application.

    ``conversations`` keeps what was said (in a temporary file, gone with the application, unless another store is
    given); ``ready`` is called by ``/readyz`` and raises an AssistantError while questions cannot be answered.  Raises
    SettingsError for limits and neighbours that cannot be used.
    """
    web = web or Web()
    kept = Store.open("sqlite://") if conversations is None else conversations

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        if conversations is None:  # nobody else has it
            kept.close()

    app = FastAPI(
        lifespan=lifespan,
        title="支援制度 相談API",
        summary="Answers about support programs, each figure with its source",
        version=version,
        docs_url=None,  # the built-in viewers load scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,  # a redirect would have no JSON body
    )
    gate = add_gate(app, web)
    add_handlers(app)
    threads = Threads(web.chats, web.waiting)
    gate.metrics.watch(lambda: threads.running, lambda: threads.waiting)
    count = gate.metrics.answered
    talk = Chat(desk, kept, count=lambda answer: count(answer.status, answer.reason, answer.mode))
    add_chat(app, talk, threads, web.ping)
    add_conversations(app, kept)
    add_feedback(app, kept)
    add_checking(app, desk)
    add_browse(app, desk)
    add_operations(app, version, ready, desk=desk, gate=gate)
    add_widget(app)
    add_page(app)
    describe(app)
    return app

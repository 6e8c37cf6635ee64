"""The protocol's requests, answered: the same server for stdin/stdout and for HTTP.

The library's low-level server is used: its other one makes schemas from functions, tells clients the validator's own
words, and knows only resources that were there when it began.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError
from mcp_types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListResourcesResult,
    ListResourceTemplatesResult,
    ListToolsResult,
    PaginatedRequestParams,
    ReadResourceRequestParams,
    ReadResourceResult,
    TextContent,
    TextResourceContents,
)
from mcp_types.version import MODERN_PROTOCOL_VERSIONS

from assistant import __version__
from assistant.settings import Settings

from ..drawing import Threads
from ..standing import Standing
from .failing import line_of, one_line
from .instructions import INSTRUCTIONS
from .resources import KIND, TEMPLATES, NotFound, content_of, resources_from
from .tools import LOOKUPS, Refused, Tool, tools_of
from .work import Told, done

NAME = "assistant"
TITLE = "支援制度 相談 / Support programs"
NO_RESOURCE = -32002  # until 2025-11-25; since then an unknown resource is an invalid parameter


@dataclass(frozen=True, slots=True)
class Handlers:
    """What answers the requests of all sessions."""

    desk: Standing
    tools: dict[str, Tool]
    reading: Threads

    async def list_tools(self, context: Any, params: PaginatedRequestParams | None) -> ListToolsResult:
        """The tools."""
        return ListToolsResult(tools=[tool.shown for tool in self.tools.values()])

    async def call_tool(self, context: Any, params: CallToolRequestParams) -> CallToolResult:
        """What a tool gives; a failure is a result that says what to do, so that a model can mend its call."""
        tool = self.tools.get(params.name)
        if tool is None:
            raise MCPError(INVALID_PARAMS, f"There is no such tool. There are {', '.join(self.tools)}.")
        try:
            told = await done(tool.threads, tool.bound(self.desk, params.arguments or {}))
        except Refused as refused:
            return failed(str(refused))
        except Exception as error:
            return failed(line_of(error, f"tool {tool.name}"))
        return CallToolResult(content=[TextContent(text=told.text)], structured_content=told.value)

    async def list_resources(self, context: Any, params: PaginatedRequestParams | None) -> ListResourcesResult:
        """The documents of the build that stands now."""
        cursor = params.cursor if params is not None else None
        try:
            start = 0 if cursor is None else place_of(cursor)
            resources, after = resources_from(self.desk.index, start)
        except NotFound as missing:
            raise MCPError(INVALID_PARAMS, str(missing)) from None
        return ListResourcesResult(resources=resources, next_cursor=None if after is None else str(after))

    async def list_templates(self, context: Any, params: PaginatedRequestParams | None) -> ListResourceTemplatesResult:
        """The addresses that may be read."""
        return ListResourceTemplatesResult(resource_templates=list(TEMPLATES))

    async def read_resource(self, context: Any, params: ReadResourceRequestParams) -> ReadResourceResult:
        """A resource's content."""
        uri, index = str(params.uri), self.desk.index
        try:
            told = await done(self.reading, lambda gone: iter((Told({}, content_of(uri, index)),)))
        except NotFound as missing:
            modern = context.protocol_version in MODERN_PROTOCOL_VERSIONS
            raise MCPError(INVALID_PARAMS if modern else NO_RESOURCE, str(missing), {"uri": one_line(uri)}) from None
        except Exception as error:
            raise MCPError(-32603, line_of(error, "resource")) from None
        return ReadResourceResult(contents=[TextResourceContents(uri=uri, mime_type=KIND, text=told.text)])


def make_server(desk: Standing, settings: Settings) -> Server[Any]:
    """The server in front of a desk."""
    handlers = Handlers(desk, tools_of(settings), Threads(LOOKUPS, settings.waiting))
    return Server(
        NAME,
        version=__version__,
        title=TITLE,
        instructions=INSTRUCTIONS,
        on_list_tools=handlers.list_tools,
        on_call_tool=handlers.call_tool,
        on_list_resources=handlers.list_resources,
        on_read_resource=handlers.read_resource,
        on_list_resource_templates=handlers.list_templates,
    )


def failed(line: str) -> CallToolResult:
    """A tool's failure."""
    return CallToolResult(content=[TextContent(text=line)], is_error=True)


def place_of(cursor: str) -> int:
    """Where a page begins.  Raises NotFound for what is no cursor of ours."""
    if not (cursor.isascii() and cursor.isdecimal() and len(cursor) < 10):
        raise NotFound("There is no such page of resources. List them from the beginning.")
    return int(cursor)

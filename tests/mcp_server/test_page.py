"""The page about MCP says what there is: its tables, its configuration and its exchange."""

import json
import re

from api.mcp_server.addresses import DOCUMENT, DOCUMENTS, LINES, PASSAGE
from api.mcp_server.over_http import IDLE, MAX_BODY, MAX_SESSIONS
from api.mcp_server.taking import MOST_FACTS, MOST_PROGRAMS
from api.mcp_server.tools import tools_of
from assistant.settings import Settings

from . import talking

desk = talking.desk
PAGE = (talking.ROOT / "docs/mcp.md").read_text("utf-8")
BLOCKS = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE))


def cells(part):
    found = [re.findall(r"`([^`]+)`", line) for line in BLOCKS[part].splitlines() if line.startswith("| `")]
    return {first: rest for first, *rest in found}


def test_the_tables_name_every_tool_with_its_arguments_and_every_resource():
    told = cells("What it offers")
    for name, tool in tools_of(Settings()).items():
        assert told.pop(name) == [*tool.takes.model_fields]
    assert [*told] == [DOCUMENTS, DOCUMENT, LINES, PASSAGE]
    assert f"`limit` ({MOST_PROGRAMS})" in PAGE
    assert f"`limit` ({MOST_FACTS})" in PAGE


def test_the_limits_are_the_servers():
    assert f"{MAX_SESSIONS:,} at most" in PAGE
    assert f"{IDLE / 60:g} minutes" in PAGE
    assert f"{MAX_BODY // 1024} KiB" in PAGE


def test_the_configurations_are_json():
    (started,) = re.findall(r"```json\n(.*?)```", BLOCKS["A client that starts it"], re.DOTALL)
    (reached,) = re.findall(r"```json\n(.*?)```", BLOCKS["A server for several clients"], re.DOTALL)
    assert json.loads(started)["mcpServers"]["assistant"]["args"][0] == "mcp"
    settings = Settings()
    assert json.loads(reached)["mcpServers"]["assistant"]["url"] == f"http://{settings.host}:{settings.port}/mcp"


def test_the_exchange_is_real(desk):
    part = BLOCKS["An exchange"]
    (request,) = re.findall(r"```json\n(.*?)```", part, re.DOTALL)
    (reply,) = re.findall(r"```text\n(.*?)\n```", part, re.DOTALL)
    params = json.loads(request)["params"]
    assert talking.called(desk, params["name"], **params["arguments"]).content[0].text == reply

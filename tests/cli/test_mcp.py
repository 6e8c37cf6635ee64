"""``assistant mcp`` as a shell sees it, before anything is served."""

import socket
import sys

import pytest

from cli import running

run = running.run
program = running.program


def test_help_names_the_ways(run):
    told = run("mcp", "--help").out
    for word in ("--transport", "--http", "--host", "--port", "--index", "--corpus", "stdio"):
        assert word in told


@pytest.mark.parametrize("way", [(), ("--http", "--port", "0"), ("--transport", "streamable-http", "--port", "0")])
def test_without_an_index_it_is_one_line(run, tmp_path, way):
    ran = run("mcp", "--index", str(tmp_path / "nix"), *way)
    assert "assistant build" in ran.error or "make" in ran.error
    assert ran.out == ""


def test_a_missing_library_is_told_with_how_to_install_it(run, monkeypatch):
    for name in [name for name in sys.modules if name.partition(".")[0] == "api" and ".mcp_server" in name]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp.server.lowlevel", None)
    assert run("mcp").error.endswith("Run .venv/bin/pip install -e '.[mcp]' in the project's folder.")


def test_a_taken_port_is_one_line(run):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert "--port" in run("mcp", "--http", "--port", str(taken.getsockname()[1])).error


@pytest.mark.parametrize("wrong", [("--transport", "sse"), ("--port", "99999"), ("extra",)])
def test_wrong_usage_is_2(run, wrong):
    assert run("mcp", *wrong).status == 2


def test_an_open_address_without_hosts_is_warned_of(run, tmp_path):
    ran = run("mcp", "--http", "--host", "0.0.0.0", "--port", "0", "--index", str(tmp_path / "nix"))
    assert "ASSISTANT_MCP_HOSTS" in ran.err
    assert len(ran.err.splitlines()) == 2
    named = run(
        "mcp", "--http", "--host", "0.0.0.0", "--port", "0", "--index", str(tmp_path / "nix"),
        ASSISTANT_MCP_HOSTS="mcp.example",
    )  # fmt: skip
    assert "ASSISTANT_MCP_HOSTS" not in named.err


def test_settings_that_cannot_be_used_are_one_line(run):
    ran = run("mcp", "--http", "--port", "0", ASSISTANT_ALLOWED_ORIGINS="shop.example")
    assert "ASSISTANT_ALLOWED_ORIGINS" in ran.error

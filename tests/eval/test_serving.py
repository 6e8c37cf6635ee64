"""A server as a process: it starts, or is one line of why it does not; it ends in order, or that is a fault."""

import os

import pytest

from eval.serving import NotServing, address, bare_environment, started

SERVES = "import time; print('http://127.0.0.1:1', flush=True); time.sleep(60)"
IN_ORDER = f"import signal, sys; signal.signal(signal.SIGTERM, lambda *_: sys.exit(0)); {SERVES}"
OUT_OF_ORDER = f"import signal, sys; signal.signal(signal.SIGTERM, lambda *_: sys.exit('lost it')); {SERVES}"


def test_a_server_that_does_not_start_is_one_line(tmp_path):
    log = tmp_path / "log"
    log.write_text("assistant: There is no index.\n")
    with (tmp_path / "log").open("rb") as out, pytest.raises(NotServing, match="There is no index"):
        address(out, log)


def test_it_ends_with_the_block(tmp_path):
    with started(["-c", IN_ORDER], bare_environment(), tmp_path / "log") as (url, process):
        assert url == "http://127.0.0.1:1"
    assert process.returncode == 0


def test_an_end_out_of_order_is_a_fault(tmp_path):
    with pytest.raises(NotServing, match="status 1: lost it"):  # noqa: SIM117 - the block's end is what raises
        with started(["-c", OUT_OF_ORDER], bare_environment(), tmp_path / "log"):
            pass


def test_the_settings_of_whoever_runs_it_are_left_out(monkeypatch):
    monkeypatch.setenv("ASSISTANT_PORT", "1")
    assert bare_environment(ASSISTANT_DATA="d") == {
        **{name: value for name, value in os.environ.items() if name != "ASSISTANT_PORT"},
        "ASSISTANT_DATA": "d",
    }

"""``assistant slack`` as a program of its own, in front of a fake Slack."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cli.running import ROOT, environment, read_line

EVENTS = "/slack/events"


def settings_of(slack: Any, data: Path, **changes: str) -> dict[str, str]:
    """The settings of a bot that talks to a fake Slack; both entrances are set up."""
    own = {
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "ASSISTANT_DATA": str(data),
        "ASSISTANT_SLACK_API_URL": slack.api_url,
        "ASSISTANT_SLACK_BOT_TOKEN": slack.bot_token,
        "ASSISTANT_SLACK_APP_TOKEN": slack.app_token,
        "ASSISTANT_SLACK_SIGNING_SECRET": slack.signing_secret,
    }
    return {**own, **changes}


@contextlib.contextmanager
def bot(slack: Any, index: Path, data: Path, *args: str, **changes: str) -> Iterator[tuple[str, subprocess.Popen]]:
    """The bot: the first line that it prints, and its process."""
    with subprocess.Popen(
        [sys.executable, "-m", "assistant", "slack", "--port", "0", *args],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(index, **settings_of(slack, data, **changes)),
    ) as process:  # fmt: skip
        errors: list[bytes] = []
        reading = threading.Thread(target=lambda: errors.extend(process.stderr))  # else a full pipe would hold it up
        process.said = errors
        try:
            line = read_line(process.stdout, 240)
            if not line:
                raise AssertionError(process.stderr.read().decode("utf-8"))
            reading.start()
            yield line, process
        finally:
            process.kill()
            process.wait(30)
            if reading.ident is not None:
                reading.join(30)


def end(process: subprocess.Popen, signum: int = signal.SIGTERM, seconds: float = 30) -> int:
    """Tell a process to end; gives its exit status."""
    process.send_signal(signum)
    return process.wait(seconds)

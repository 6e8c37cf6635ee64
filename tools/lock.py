"""Write the lock files: install what ``pyproject.toml`` asks for into a new environment, and note what came.

Run it as ``make lock`` after a dependency was added or raised.  torch has a lock file of its own, because it is
installed first and by its exact version: anything looser may bring gigabytes of packages for graphics cards.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
#: Extras that are installed with the program: its commands work without another step.
SURFACES = ("mcp", "slack")
HEADER = "# Written by `make lock`; change pyproject.toml instead.\n"
# Installed by torch itself, and different on each machine; or not a dependency at all.
NOT_LOCKED = re.compile(r"(torch|triton|nvidia-.*|cuda-.*|pip|setuptools|wheel)$", re.IGNORECASE)


def main() -> None:
    """Writes the lock files."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = project["dependencies"]
    torch = next(line for line in wanted if line.startswith("torch=="))
    (ROOT / "requirements-torch.lock").write_text(f"{HEADER}{torch}\n", "utf-8")
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        _install(python, [torch])
        surfaces = [line for name in SURFACES for line in _extra(name, project["optional-dependencies"])]
        _install(python, [*wanted, *surfaces])
        runtime = _installed(python)
        _write("requirements.lock", runtime)
        _install(python, ["-c", str(ROOT / "requirements.lock"), *_extra("dev", project["optional-dependencies"])])
        _write("requirements-dev.lock", _installed(python) - runtime, "-r requirements.lock\n")
    with tempfile.TemporaryDirectory() as folder:  # of their own: what the peers bring is nobody else's
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        _install(python, [torch])
        _install(python, ["-r", str(ROOT / "requirements.lock")])
        _install(python, ["-c", str(ROOT / "requirements.lock"), *_extra("peers", project["optional-dependencies"])])
        _write("requirements-peers.lock", _installed(python) - runtime, "-r requirements.lock\n")


def _extra(name: str, extras: dict[str, list[str]]) -> list[str]:
    """What an extra asks for; an extra of this project that it names (assistant[eval]) is what that one asks for."""
    found = []
    for line in extras[name]:
        wanted = Requirement(line)
        own = sorted(wanted.extras) if wanted.name == "assistant" else None
        found += [line] if own is None else [one for extra in own for one in _extra(extra, extras)]
    return found


def _install(python: Path, wanted: list[str]) -> None:
    subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted], check=True)


def _installed(python: Path) -> set[str]:
    """The installed packages as ``name==version``, without the part of a version that names a machine (+cpu)."""
    frozen = subprocess.run([python, "-m", "pip", "freeze"], check=True, capture_output=True, text=True)
    lines = {line.partition("+")[0] for line in frozen.stdout.splitlines() if "==" in line}
    return {line for line in lines if not NOT_LOCKED.match(line.partition("==")[0])}


def _write(name: str, lines: set[str], first: str = "") -> None:
    (ROOT / name).write_text(HEADER + first + "".join(f"{line}\n" for line in sorted(lines, key=str.lower)), "utf-8")
    print(f"{name}: {len(lines)} packages", file=sys.stderr)


if __name__ == "__main__":
    main()

"""``python -m eval.hostile``: broken requests against a real server; exit 1 when anything in it broke."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from ..serving import NotServing
from ..texts import readable
from .run import attacked, reproducers, table
from .serving import serving

REQUESTS, SEED = 10_000, 20260601


def main(arguments: list[str] | None = None) -> int:
    """Attacks, prints the table and the bytes of every fault; the exit status says whether there was one."""
    readable()
    options = _options(arguments)
    begun = time.monotonic()
    try:
        with serving(options.index) as server:
            run = attacked(server, requests=options.requests, seed=options.seed)
            if options.log:
                options.log.write_bytes(server.log.read_bytes())
    except NotServing as error:
        print(f"hostile: {error}", file=sys.stderr)
        return 1
    print(table(run))
    print(f"{len(run.outcomes):,} broken requests in {time.monotonic() - begun:.0f} s, seed {options.seed}")
    for line in reproducers(run):
        print(line, file=sys.stderr)
    return int(not run.holds())


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.hostile", description=__doc__)
    parser.add_argument("--requests", type=int, default=REQUESTS, help=f"how many [{REQUESTS}]")
    parser.add_argument("--seed", type=int, default=SEED, help="another seed draws other ones")
    parser.add_argument("--index", type=Path, default=Path("index"), help="the index that is served [index]")
    parser.add_argument("--log", type=Path, help="keep the server's log in this file")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())

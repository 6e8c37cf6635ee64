"""Loopback receivers of traces: LangSmith's, and OpenTelemetry's over HTTP."""

from __future__ import annotations

import contextlib
import http.server
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

LIMITS = {"size_limit": 100, "size_limit_bytes": 20_000_000, "scale_up_nthreads_limit": 1}
SCALE = {"scale_up_qsize_trigger": 1000, "scale_down_nempty_trigger": 4}
INFO = {"version": "0", "batch_ingest_config": {"use_multipart_endpoint": False, **LIMITS, **SCALE}}


@dataclass
class Received:
    """What came to a receiver: each request's path and body."""

    url: str = ""
    requests: list[tuple[str, bytes]] = field(default_factory=list)

    def runs(self) -> dict[str, dict]:
        """LangSmith's runs by their id, each as it stands after its last message."""
        found: dict[str, dict] = {}
        for path, body in self.requests:
            batch = json.loads(body) if path.endswith("/runs/batch") else {}
            for run in (*batch.get("post", ()), *batch.get("patch", ())):
                told = {name: value for name, value in run.items() if value is not None}
                found.setdefault(run["id"], {}).update(told)
        return found


@contextlib.contextmanager
def receiving() -> Iterator[Received]:
    """A receiver on a loopback address for as long as the block lasts."""
    received = Received()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(json.dumps(INFO).encode())

        def do_POST(self) -> None:
            received.requests.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self._answer(b"{}")

        def _answer(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing on stderr."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    received.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield received
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

"""What the server counts: requests, streams, answers, the index; one registry an application; several processes."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from fastapi import FastAPI
from prometheus_client.parser import text_string_to_metric_families

from api.gate import Metrics
from api.routes.operations import add_operations
from api.sharing import forget_process, shared_figures
from assistant.errors import AssistantError, IndexMissing
from gate import gated

ROOT = Path(__file__).parents[3]


@pytest.fixture
def server():
    with gated.behind() as served:
        yield served


def samples(page: bytes) -> dict[tuple, float]:
    """Every sample of a page, by its name and labels."""
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(page.decode())
        for sample in family.samples
    }


def index(**changes: object) -> SimpleNamespace:
    """What the figures ask of an index."""
    counts = {"documents": 6, "programs": 700, "passages": 900, "facts": 4000, "unheard": 1}
    manifest = SimpleNamespace(created="2026-11-20T00:00:00+00:00", counts=counts)
    return SimpleNamespace(path=Path("builds/b1"), manifest=manifest, **changes)


def test_requests_are_counted_by_route_and_class(server):
    server.chat()
    server.chat("break")
    server.client.get("/v1/conversations/c1")
    server.client.get("/v1/conversations/c2")
    server.client.get("/nothing/one")
    server.client.put("/nothing/two")
    server.told(6)
    found = samples(server.client.get("/metrics").content)

    def count(method: str, route: str, status: str) -> float:
        return found[("assistant_http_requests_total", ("method", method), ("route", route), ("status", status))]

    assert count("POST", "/v1/chat", "2xx") == count("POST", "/v1/chat", "5xx") == 1
    assert count("GET", "/v1/conversations/{conversation_id}", "2xx") == 2
    assert count("GET", "unmatched", "4xx") == count("PUT", "unmatched", "4xx") == 1
    assert found[("assistant_http_request_seconds_count", ("route", "/v1/chat"))] == 2
    assert found[("assistant_http_first_byte_seconds_count", ("route", "/v1/chat"))] == 2
    assert found[("process_resident_memory_bytes",)] > 1e6


def test_addresses_and_methods_that_clients_make_up_make_no_labels(server):
    server.client.get("/v1/facts")
    server.told(1)
    before = len(server.gate.metrics.page())
    for number in range(50):
        gated.raw(server.port, gated.asking(f"M{number}", f"/v1/facts?{number}"))
        gated.raw(server.port, gated.asking("GET", f"/p{number}/q"))
    server.told(101)
    assert len(server.gate.metrics.page()) < before + 4000


def test_the_page_is_plain_text_for_this_machine_alone(server):
    reply = server.client.get("/metrics")
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("text/plain; version=")
    assert server.client.head("/metrics").status_code == 200
    far = server.client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"})
    assert (far.status_code, far.json()["error"]["code"]) == (404, "not_found")


def test_the_page_is_for_the_exempt_networks_too():
    with gated.behind(rate_exempt=("203.0.113.0/24",)) as server:
        near, far = (
            server.client.get("/metrics", headers={"X-Forwarded-For": address}).status_code
            for address in ("203.0.113.9", "198.51.100.9")
        )
    assert (near, far) == (200, 404)


def test_failures_are_counted_by_their_code(server):
    server.chat("break")
    server.chat("unreadable")
    away = server.chat("keep")
    assert (away.status_code, away.json()["error"]["code"]) == (503, "store_unavailable")
    assert int(away.headers["retry-after"]) >= 1
    server.client.get("/nothing")  # the client's own
    assert server.figure('assistant_problems_total{code="internal"}') == 1
    assert server.figure('assistant_problems_total{code="question"}') == 1
    assert server.figure('assistant_problems_total{code="store_unavailable"}') == 1
    assert server.gate.metrics.page().count(b"assistant_problems_total{") == 3


def test_answers_swaps_and_calls():
    metrics = Metrics()
    metrics.answered("answered", None, "extractive")
    metrics.answered("abstained", "not_stated", "extractive")
    metrics.answered("made up", "made up", "made up")
    metrics.problem("store_unavailable")
    metrics.watch_standing(lambda: SimpleNamespace(swaps=5, failed=1, answers_found=7, answers_made=9))
    metrics.watch_calls(lambda: {"whole": 20, "hang": 2})
    metrics.watch(running=lambda: 3, waiting=lambda: 40)
    found = samples(metrics.page())
    answers = {key[1:]: value for key, value in found.items() if key[0] == "assistant_answers_total"}
    assert answers == {
        (("mode", "extractive"), ("reason", "none"), ("status", "answered")): 1,
        (("mode", "extractive"), ("reason", "not_stated"), ("status", "abstained")): 1,
        (("mode", "other"), ("reason", "other"), ("status", "other")): 1,
    }
    for name, value in {
        ("assistant_index_swaps_total", ("outcome", "taken")): 5,
        ("assistant_index_swaps_total", ("outcome", "failed")): 1,
        ("assistant_index_answers_total", ("how", "again")): 7,
        ("assistant_index_answers_total", ("how", "made")): 9,
        ("assistant_problems_total", ("code", "store_unavailable")): 1,
        ("assistant_model_calls_total", ("outcome", "hang")): 2,
        ("assistant_chats_running",): 3,
        ("assistant_chats_waiting",): 40,
    }.items():
        assert found[name] == value


def test_the_index_that_is_answered_from_now():
    metrics = Metrics()
    served = [index()]
    metrics.watch_index(lambda: served[-1])
    found = samples(metrics.page())
    assert found[("assistant_index_info", ("build", "b1"))] == 1
    assert found[("assistant_index_facts",)] == 4000
    assert found[("assistant_index_built_timestamp_seconds",)] == 1795132800
    served.append(index())
    served[-1].path = Path("builds/b2")
    builds = [key for key in samples(metrics.page()) if key[0] == "assistant_index_info"]
    assert builds == [("assistant_index_info", ("build", "b2"))]


def test_no_index_is_no_figure():
    def missing():
        raise IndexMissing("Nothing was built yet.")

    metrics = Metrics()
    metrics.watch_index(missing)
    assert b"assistant_index_info" not in metrics.page()


def test_a_real_index(assistant):
    metrics = Metrics()
    metrics.watch_index(lambda: assistant.index)
    found = samples(metrics.page())
    assert found[("assistant_index_documents",)] == len(assistant.index.documents)
    assert found[("assistant_index_programs",)] == len(assistant.index.programs)
    assert found[("assistant_index_facts",)] > 0


def test_two_applications_count_apart():
    with gated.behind() as one, gated.behind() as other:
        one.chat()
        one.told(1)
        name = 'assistant_http_requests_total{method="POST",route="/v1/chat",status="2xx"}'
        assert (one.figure(name), other.figure(name)) == (1, 0)


COUNT = """
import os
from api.gate.metrics import Metrics
print("#", os.getpid())
metrics = Metrics()
metrics.watch(running=lambda: 2, waiting=lambda: 1)
metrics.request("GET", "/v1/facts", 200, 0.1, 0.1)
metrics.answered("answered", None, "extractive")
print(metrics.page().decode())
"""


def test_several_processes_tell_their_sums(tmp_path):
    """Two processes after each other: each counts one request, the last one's page tells two."""
    command = [sys.executable, "-c", COUNT]
    path = {"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}
    with shared_figures(tmp_path / "data"):
        pages = [
            subprocess.run(command, env={**os.environ, **path}, capture_output=True, check=True, timeout=60).stdout
            for _ in range(2)
        ]
        folder = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])
        live = len(list(folder.glob("gauge_livesum_*")))
        for page in pages:
            forget_process(int(page.split()[1]))
        assert (live, list(folder.glob("gauge_livesum_*"))) == (2, [])
    assert list((tmp_path / "data").iterdir()) == []
    found = samples(pages[-1])
    key = ("assistant_http_requests_total", ("method", "GET"), ("route", "/v1/facts"), ("status", "2xx"))
    assert found[key] == 2
    assert found[("assistant_http_request_seconds_count", ("route", "/v1/facts"))] == 2
    assert found[("assistant_chats_running",)] == 4
    assert ("process_resident_memory_bytes",) not in found


def test_a_data_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "data").write_text("a file")
    with pytest.raises(AssistantError, match="cannot be written"), shared_figures(tmp_path / "data"):
        pass


def test_a_folder_that_is_named_is_used_and_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    with shared_figures(tmp_path / "data"):
        assert os.environ["PROMETHEUS_MULTIPROC_DIR"] == str(tmp_path)
    assert tmp_path.exists()


# ---- ready, and going ----


def asked(path: str, *, desk=None, ready=None, gate=None) -> httpx.Response:
    app = FastAPI()
    gated.add_handlers(app)
    add_operations(app, "9.9", ready, desk=desk, gate=gate)
    with gated.hosted(app) as url:
        return httpx.get(url + path, trust_env=False)


def test_ready_names_the_build():
    reply = asked("/readyz", desk=SimpleNamespace(index=index()))
    assert (reply.status_code, reply.json()) == (200, {"status": "ready", "version": "9.9", "index": "b1"})


def test_not_ready_is_said():
    def missing():
        raise IndexMissing("Nothing was built yet.", hint="Run `assistant build`.")

    reply = asked("/readyz", ready=missing)
    assert (reply.status_code, reply.json()["error"]["code"]) == (503, "index_missing")
    assert reply.headers["retry-after"] == "2"


def test_a_server_that_is_going_is_not_ready(server):
    assert server.client.get("/readyz").status_code == 200
    server.gate.drain()
    reply = server.client.get("/readyz")
    assert (reply.status_code, reply.json()["error"]["code"]) == (503, "stopping")
    assert server.client.get("/healthz").status_code == 200
    assert server.chat().status_code == 200  # whoever is still connected is served

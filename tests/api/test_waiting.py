"""While answers hang, everything else is answered as ever."""

import contextlib
import statistics
import threading
import time

import httpx
import pytest
import serving
from hosting import wait_for

CHATS = 100
AT_ONCE = 64
PROBES = 40


@contextlib.contextmanager
def hanging(server: serving.Served, headers: dict[str, str]):
    """So many chats wait for an answer, all sent and none answered."""
    ended: list[int] = []

    def ask() -> None:
        with httpx.Client(base_url=server.url, timeout=30, trust_env=False) as client:
            ended.append(client.post("/v1/chat", json={"question": "待って"}, headers=headers).status_code)

    threads = [threading.Thread(target=ask) for _ in range(CHATS)]
    for thread in threads:
        thread.start()
    try:
        wait_for(lambda: len(server.answerer.asked) == AT_ONCE)
        yield ended
    finally:
        server.answerer.hold.set()
        for thread in threads:
            thread.join(30)


def seconds(client: httpx.Client, path: str, status: int = 200) -> float:
    began = time.perf_counter()
    assert client.get(path).status_code == status
    return time.perf_counter() - began


@pytest.mark.parametrize("headers", [{}, {"Accept": "text/event-stream"}], ids=["whole", "streamed"])
def test_health_is_told_while_a_hundred_answers_hang(headers):
    with serving.serve(chats=AT_ONCE) as server:
        with hanging(server, headers) as ended:
            time.sleep(0.5)
            assert len(server.answerer.asked) == AT_ONCE  # the others wait for their turn
            for path, status in (("/healthz", 200), ("/readyz", 200), ("/v1/conversations/none", 404), ("/", 200)):
                took = [seconds(server.client, path, status) for _ in range(PROBES)]
                assert statistics.median(took) <= 0.1, path
            assert ended == []
        assert ended == [200] * CHATS
        assert len(server.answerer.asked) == CHATS

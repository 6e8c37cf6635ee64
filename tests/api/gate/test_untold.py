"""What was asked is in no log and in no figure, whichever route of the application it came to."""

import httpx
import serving

from gate import gated

server = serving.server
CANARY = "wz7q09012345678"


def with_canaries(server) -> list[httpx.Response]:
    """The same secret word in every field, on every route, whatever comes of it."""
    chat = [
        {"question": CANARY},
        {"question": CANARY, "conversation_id": CANARY, "region": CANARY, "fiscal_year": CANARY},
        {"question": "壊れる", "history": [CANARY], "conversation_id": CANARY},
        {"question": "読めない質問", "conversation_id": CANARY},
        {"question": "準備中", "region": CANARY},
        {"question": "", "conversation_id": CANARY},
        {"question": "q", "conversation_id": f"{CANARY} !"},
        {"question": "q", "region": CANARY * 9},
        {"question": CANARY * 1000},
        {CANARY: CANARY},
    ]
    late = [{"question": question, "conversation_id": CANARY} for question in serving.LATE_FAILURES]
    events = {"Accept": "text/event-stream", "Idempotency-Key": CANARY}
    client = server.client
    return [
        *(client.post("/v1/chat", json=body, headers=events) for body in (*chat, *late)),
        *(client.post("/v1/chat", json=body) for body in chat),
        *(
            client.request(method, f"/v1/conversations/{CANARY}")
            for method in ("GET", "DELETE", "GET", "DELETE", "PUT")
        ),
        *(client.get(f"/v1/{name}/{CANARY}") for name in ("documents", "passages", "facts")),
        *(client.get(f"/v1/{name}", params={"document": CANARY, CANARY: CANARY}) for name in ("facts", "programs")),
        client.post("/v1/check", json={"text": CANARY, "program": CANARY}),
        client.post("/v1/feedback", json={"answer_id": CANARY, "rating": "down", "comment": CANARY}),
        client.post("/v1/feedback", json={"answer_id": CANARY, "rating": CANARY}),
        client.get(f"/static/{CANARY}"),
        client.get(f"/{CANARY}", params={"q": CANARY}, headers={"Referer": CANARY, "User-Agent": CANARY}),
    ]


def test_no_log_holds_what_was_asked(server):
    with gated.logged() as log:
        replies = with_canaries(server)
        lines = [line for line in log.getvalue().splitlines() if '"api.access"' in line]
    assert len(lines) >= len(replies) - 1  # the last one's line may come after its reply
    assert {200, 404, 405, 409, 422} <= {reply.status_code for reply in replies}
    assert CANARY[:8] not in log.getvalue()
    assert CANARY[:8] not in server.client.get("/metrics").text
    assert serving.SECRET not in log.getvalue()

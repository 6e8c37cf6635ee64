"""A request as parts that can be broken one by one, and the good ones that mutations start from."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

Header = tuple[bytes, bytes]
HOST: tuple[Header, ...] = ((b"Host", b"127.0.0.1"), (b"Connection", b"close"))
JSON_TYPE: Header = (b"Content-Type", b"application/json")


@dataclass(frozen=True, slots=True)
class Request:
    """The parts of a request; ``whole`` says that nothing is missing, so that a reply must come."""

    method: bytes
    target: bytes
    headers: tuple[Header, ...]
    body: bytes = b""
    version: bytes = b"HTTP/1.1"
    framed: bool = False  # the headers already say how long the body is
    whole: bool = True

    def encoded(self) -> bytes:
        """The bytes on the wire."""
        headers = self.headers
        if not self.framed and (self.body or self.method == b"POST"):
            headers = (*headers, (b"Content-Length", str(len(self.body)).encode()))
        lines = [b" ".join((self.method, self.target, self.version)), *(b": ".join(header) for header in headers)]
        return b"\r\n".join([*lines, b"", self.body])

    def adding(self, *headers: Header) -> Request:
        """The same with more headers."""
        return replace(self, headers=(*self.headers, *headers))

    def without(self, name: bytes) -> Request:
        """The same without a header."""
        return replace(self, headers=tuple(one for one in self.headers if one[0].lower() != name.lower()))


def get(target: str, *headers: Header, method: bytes = b"GET") -> Request:
    """A request without a body."""
    return Request(method, target.encode("ascii"), (*HOST, *headers))


def post(target: str, body: Any, *headers: Header) -> Request:
    """A request with a JSON body."""
    content = json.dumps(body, ensure_ascii=False).encode()
    return Request(b"POST", target.encode("ascii"), (*HOST, JSON_TYPE, *headers), content)


def asked(address: tuple[str, int], request: Request) -> Any:
    """The JSON of a good request's reply."""
    connection = http.client.HTTPConnection(*address, timeout=60)
    headers = {name.decode(): value.decode() for name, value in request.headers}
    try:
        connection.request(request.method.decode(), request.target.decode(), request.body or None, headers)
        return json.loads(connection.getresponse().read())
    finally:
        connection.close()


def good_requests(address: tuple[str, int]) -> list[Request]:
    """Good requests of every route, about what the server at ``address`` holds."""
    documents = asked(address, get("/v1/documents"))["documents"]
    facts = asked(address, get("/v1/facts?kind=subsidy_rate&limit=1"))["facts"]
    program = facts[0]["program"] if facts else "補助事業"
    question = f"{program}の補助率は？"
    answer = asked(address, post("/v1/chat", {"question": question}))
    return [*_asking(question, answer), *_browsing(documents[0], program, answer), *_rest(answer)]


def _asking(question: str, answer: dict[str, Any]) -> Iterator[Request]:
    turns = [{"role": "user", "content": question}, {"role": "assistant", "content": answer["text"]}, "限度額は？"]
    yield post("/v1/chat", {"question": question})
    yield post("/v1/chat", {"question": question}, (b"Accept", b"text/event-stream"))
    yield post("/v1/chat", {"question": "限度額は？", "conversation_id": answer["conversation_id"]})
    yield post("/v1/chat", {"question": question, "region": "国", "fiscal_year": "令和2年度", "history": turns})
    yield post("/v1/chat", {"question": question, "conversation_id": "k"}, (b"Idempotency-Key", b"once-1"))
    yield post("/v1/check", {"text": f"{answer['text']}\n予算は1,234千円です。", "program": None})
    yield post("/v1/feedback", {"answer_id": answer["answer_id"], "rating": "up", "comment": "助かりました。"})


def _browsing(document: dict[str, Any], program: str, answer: dict[str, Any]) -> Iterator[Request]:
    id_ = quote(document["id"], safe="")
    passage = answer["citations"][0]["passage_id"] if answer["citations"] else "1"
    yield get("/v1/facts?limit=3&sort=-yen&kind=budget&kind=subsidy_rate", (b"Accept-Encoding", b"gzip"))
    yield get(f"/v1/facts?document={id_}&format=csv&region={quote(document['region'])}&offset=2")
    yield get(f"/v1/facts?format=jsonl&program={quote(program)}&flag={quote('新規')}", (b"If-None-Match", b'W/"0"'))
    yield get(f"/v1/programs?document={id_}&fiscal_year={quote(document['fiscal_year'])}&limit=2")
    yield get("/v1/documents")
    yield get(f"/v1/documents/{id_}?from=1&to=5")
    yield get(f"/v1/passages/{passage}?around=2")


def _rest(answer: dict[str, Any]) -> Iterator[Request]:
    for method in (b"GET", b"DELETE"):
        yield get(f"/v1/conversations/{answer['conversation_id']}", method=method)
    for target in ("/", "/static/icon.svg", "/widget.js", "/healthz", "/readyz", "/metrics", "/openapi.json"):
        yield get(target)
    preflight = ((b"Origin", b"https://site.example"), (b"Access-Control-Request-Method", b"POST"))
    yield get("/v1/chat", *preflight, method=b"OPTIONS")
    yield get("/healthz", method=b"HEAD")

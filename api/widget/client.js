import { eventReader } from "./sse.js";
import { answerOf, listOf, plain } from "./shape.js";

// The API of contract's section "HTTP", as far as a chat needs it.

const SILENCE_MS = 45_000; // the server says something at least every 15 s
const DROPPED = ["cut", "unavailable", "ending"];

// Why there is no answer.  `code` is the server's (`ending`: it is being restarted), or: offline, cut, unavailable,
// stopped.
export class Failure extends Error {
  constructor(code, wait = 0) {
    super(code);
    this.code = code;
    this.wait = wait; // seconds after which another try makes sense
    this.dropped = DROPPED.includes(code);
  }
}

export class Client {
  constructor(base) {
    this.base = base; // an absolute address that ends with "/"
  }

  // Whether it answers this page only when its operator allows that.
  get foreign() {
    return new URL(this.base).origin !== location.origin;
  }

  address(path) {
    return new URL(path, this.base).href;
  }

  // The whole answer; `tell(name, data)` hears the events before it.  Throws Failure.
  async chat(body, key, signal, tell) {
    const headers = { "Content-Type": "application/json", Accept: "text/event-stream", "Idempotency-Key": key };
    const ears = new Ears(signal);
    try {
      const request = { method: "POST", headers, body: JSON.stringify(body), signal: ears.signal };
      const response = await this.#fetch("v1/chat", request);
      if (!response.ok) throw await failureOf(response);
      if (!isStream(response)) return answerOf(await response.json());
      return await listen(response.body, ears, tell);
    } catch (error) {
      throw asFailure(error, signal);
    } finally {
      ears.close();
    }
  }

  async passage(id, around) {
    return this.#json(`v1/passages/${encodeURIComponent(id)}?around=${around}`, {});
  }

  async rate(answerId, rating, comment) {
    const body = { answer_id: answerId, rating, ...(comment ? { comment } : {}) };
    const headers = { "Content-Type": "application/json" };
    return this.#json("v1/feedback", { method: "POST", headers, body: JSON.stringify(body) });
  }

  // Whether there is nothing more to be done for a conversation's end: it is deleted, or the server will not do it.
  async forget(conversationId) {
    const path = `v1/conversations/${encodeURIComponent(conversationId)}`;
    try {
      const { ok, status } = await this.#fetch(path, { method: "DELETE", keepalive: true });
      return ok || (status < 500 && ![408, 425, 429].includes(status));
    } catch {
      return false;
    }
  }

  async #json(path, request) {
    try {
      const response = await this.#fetch(path, request);
      if (!response.ok) throw await failureOf(response);
      return await response.json();
    } catch (error) {
      throw asFailure(error, null);
    }
  }

  #fetch(path, request) {
    return fetch(this.address(path), { ...request, credentials: "omit", cache: "no-store" });
  }
}

// Ends a request that has fallen silent, or that its owner has given up.
class Ears {
  constructor(outer) {
    this.controller = new AbortController();
    this.signal = this.controller.signal;
    this.outer = outer;
    this.stop = () => this.controller.abort();
    if (outer.aborted) this.stop();
    outer.addEventListener("abort", this.stop);
    this.heard();
  }

  heard() {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.stop, SILENCE_MS);
  }

  close() {
    clearTimeout(this.timer);
    this.outer.removeEventListener("abort", this.stop);
  }
}

async function listen(body, ears, tell) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let answer = null;
  const feed = eventReader((name, text) => {
    const data = JSON.parse(text);
    if (name === "answer") answer = answerOf(data);
    else if (name === "error") throw new Failure(plain(data?.error?.code) || "internal");
    else tell(name, data);
  });
  try {
    while (answer === null) {
      const { done, value } = await reader.read();
      if (done) throw new Failure("cut"); // what was told so far is no answer
      ears.heard();
      feed(decoder.decode(value, { stream: true }));
    }
    return answer;
  } finally {
    reader.cancel().catch(() => {});
  }
}

function isStream(response) {
  return (response.headers.get("Content-Type") ?? "").startsWith("text/event-stream");
}

async function failureOf(response) {
  const wait = Math.min(Math.max(Number(response.headers.get("Retry-After")) || 0, 0), 3600);
  const body = await response.json().catch(() => null); // a proxy's own page is no JSON
  const code = plain(body?.error?.code);
  if (response.status === 429) return new Failure(code === "busy" ? code : "rate_limited", wait || 5);
  if (code) return new Failure(code, wait);
  return new Failure([502, 503, 504].includes(response.status) ? "unavailable" : "internal", wait);
}

// Whatever fetch throws means the same to a reader: nothing came back.
function asFailure(error, signal) {
  if (signal?.aborted) return new Failure("stopped");
  if (error instanceof Failure) return error;
  if (error instanceof SyntaxError) return new Failure("internal");
  return new Failure(navigator.onLine === false ? "offline" : "cut");
}

export function passageOf(data) {
  const lines = listOf(data?.lines).filter((line) => Number.isInteger(line?.number));
  return {
    lines: lines.map((line) => ({ number: line.number, text: plain(line.text) })),
    section: listOf(data?.section).map(plain),
    program: plain(data?.program),
  };
}

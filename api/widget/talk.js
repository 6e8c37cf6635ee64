import { Failure } from "./client.js";
import { randomId } from "./session.js";
import { exchangeOf, listOf, plain } from "./shape.js";

// The conversation: what was asked and answered, what is asked now, and what is tried again.

const PAUSE_MS = 1500;
const MOST_ENDED = 20;
const NETWORK = ["cut", "offline", "unavailable", "ending"];

// The view is told: began(exchange), told(exchange, name, data), again(exchange), ended(exchange), emptied().
export class Talk {
  constructor(client, kept, view) {
    this.client = client;
    this.kept = kept;
    this.view = view;
    this.filters = {};
    this.request = null;
    this.forgetting = false;
    this.left = false;
    const saved = kept.load();
    this.id = plain(saved?.id);
    this.exchanges = listOf(saved?.exchanges).map(exchangeOf).filter((one) => one.key && one.question);
    this.open = saved?.open === true;
    this.ended = listOf(saved?.ended).map(plain).filter(Boolean); // conversations that the server is still to delete
    if (!this.id) this.exchanges = [];
  }

  get busy() {
    return this.request !== null;
  }

  ask(question) {
    if (this.busy) return;
    if (!this.id) this.id = randomId();
    const exchange = exchangeOf({ key: randomId(), question });
    this.exchanges.push(exchange);
    this.save();
    this.run(exchange);
  }

  // A page that was left while an answer was made asks for it again, by the same key.
  resume() {
    this.#forget();
    const last = this.exchanges.at(-1);
    if (last && !last.answer && !last.code) this.run(last);
  }

  online() {
    this.#forget();
    const last = this.exchanges.at(-1);
    if (last && !last.answer && NETWORK.includes(last.code)) this.run(last);
  }

  async run(exchange) {
    if (this.busy) return;
    const request = new AbortController();
    this.request = request;
    Object.assign(exchange, { answer: null, code: "", wait: 0 });
    this.view.began(exchange);
    let outcome;
    try {
      outcome = { answer: await this.#attempts(exchange, request.signal) };
    } catch (failure) {
      outcome = { code: failure.code ?? "internal", wait: failure.wait ?? 0 };
    }
    if (this.request !== request) return; // a new conversation has begun, or the page is gone
    this.request = null;
    Object.assign(exchange, outcome);
    this.save();
    this.view.ended(exchange);
  }

  async #attempts(exchange, signal) {
    const body = { question: exchange.question, conversation_id: this.id, ...this.filters };
    const tell = (name, data) => this.view.told(exchange, name, data);
    try {
      return await this.client.chat(body, exchange.key, signal, tell);
    } catch (failure) {
      if (!failure.dropped) throw failure;
    }
    this.view.again(exchange);
    await pause(PAUSE_MS, signal);
    return this.client.chat(body, exchange.key, signal, tell);
  }

  stop() {
    this.request?.abort();
  }

  // The element has left the page: what it waits for is asked again when it is back.
  leave() {
    const request = this.request;
    this.request = null;
    request?.abort();
  }

  restart() {
    this.leave();
    if (this.exchanges.length) this.ended = [...this.ended, this.id].slice(-MOST_ENDED);
    Object.assign(this, { id: "", exchanges: [] });
    this.save();
    this.view.emptied();
    this.#forget();
  }

  // What the visitor has ended is deleted, if not at once then when the server can be reached again.
  async #forget() {
    if (this.forgetting) return;
    this.forgetting = true;
    while (this.ended.length) {
      const [id] = this.ended;
      if (!(await this.client.forget(id))) break;
      if (this.left) return; // another talk keeps this tab's conversation now
      this.ended = this.ended.filter((one) => one !== id);
      this.save();
    }
    this.forgetting = false;
  }

  async rate(exchange, rating, comment = "") {
    await this.client.rate(exchange.answer.answer_id, rating, comment);
    exchange.rating = rating;
    if (comment) exchange.commented = true;
    this.save();
  }

  save() {
    this.kept.save({ id: this.id, open: this.open, ended: this.ended, exchanges: this.exchanges });
  }
}

function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    const stopped = () => {
      clearTimeout(timer);
      reject(new Failure("stopped"));
    };
    if (signal.aborted) stopped();
    signal.addEventListener("abort", stopped, { once: true });
  });
}

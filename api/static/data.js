// What the page asks the server for.

let list = null; // the documents without their lines, for as long as the page stands

export class Failed extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export async function fetchJson(path, signal) {
  try {
    const reply = await fetch(path, { headers: { Accept: "application/json" }, signal });
    if (reply.ok) return await reply.json();
    throw new Failed(reply.status, messageOf(reply));
  } catch (error) {
    if (signal?.aborted || error instanceof Failed) throw error;
    throw new Failed(0, "サーバーにつながりません。インターネットの接続を確かめてください。"); // or the reply was cut
  }
}

function messageOf(reply) {
  if (reply.status === 404) return "お探しの資料はここにありません。";
  if (reply.status === 429) return waitOf(reply.headers.get("Retry-After"));
  if (reply.status === 503) return "資料の準備がまだできていません。しばらくしてから、もう一度お試しください。";
  if (reply.status < 500) return "この条件では調べられませんでした。条件を変えてお試しください。";
  return "サーバーで問題が起きました。もう一度試してもだめなときは、管理者に連絡してください。";
}

function waitOf(after) {
  const wait = /^\d+$/.test(after ?? "") ? `${after}秒ほど` : "少し";
  return `アクセスが集中しています。${wait}待ってから、もう一度お試しください。`;
}

function kept(promise, forget) {
  promise.catch(forget); // what failed is asked for anew
  return promise;
}

export function loadDocuments() {
  list ??= kept(fetchJson("/v1/documents").then((reply) => reply.documents), () => { list = null; });
  return list;
}

// Asked for each time: the browser keeps it, and the server says whether it is still so.
export const loadDocument = (id) => fetchJson(`/v1/documents/${encodeURIComponent(id)}`);

export function factsPath(fields) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) if (value !== "") query.set(name, value);
  return `/v1/facts?${query}`;
}

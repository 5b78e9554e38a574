const SEARCH = 4000; // milliseconds after which it goes on without

/** The room's requests. Answers of a save are handled by the outbox; a search gives its results. */
export class Api {
  #urls;
  #token;

  constructor(urls, token) {
    this.#urls = urls;
    this.#token = token;
  }

  /** Sends one entry of the outbox. */
  send({ action, thing, uuid, body, base }) {
    const under = { watch: this.#urls.watch_terms, code: this.#urls.codes }[thing] ?? this.#urls.annotations;
    const url = action === "block" ? `${this.#urls.blocks}${uuid.replace("block-", "")}/`
      : `${under}${uuid}/${action === "restore" ? "restore/" : ""}`;
    const headers = { "X-CSRFToken": this.#token, Accept: "application/json" };
    if (base) headers["If-Match"] = `"${base}"`;
    if (body) headers["Content-Type"] = "application/json";
    const method = { put: "PUT", block: "PUT", delete: "DELETE", restore: "POST" }[action];
    const text = body ? JSON.stringify(body) : undefined;
    // browsers let at most 64 kB outlive the page
    const keepalive = (text?.length ?? 0) < 15000;
    return fetch(url, { method, headers, body: text, keepalive, credentials: "same-origin" });
  }

  /** What others changed since the state named by `tag`; everything for null. */
  changes(tag) {
    const headers = { Accept: "application/json", ...(tag ? { "If-None-Match": `"${tag}"` } : {}) };
    return fetch(this.#urls.changes, { headers, cache: "no-store", credentials: "same-origin" });
  }

  /** Whether the text can still be read by who reads it; true where there is no answer. */
  async isOpen() {
    const response = await this.changes(null).catch(() => null);
    return response?.status !== 404;
  }

  /** Where the project's watch terms stand in this text. */
  hits() {
    return fetch(this.#urls.hits, { headers: { Accept: "application/json" }, cache: "no-cache", credentials: "same-origin" });
  }

  /** {date, reason} of the date that words of the article are proposed to mean, both null in doubt. */
  async dateMeant(words) {
    const url = `${this.#urls.date_words}&words=${encodeURIComponent(words)}`;
    const response = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" }).catch(() => null);
    return response?.ok ? response.json() : null;
  }

  /** Numbers that words of the text give: {words, qualifier, low, high, unit}; none in doubt.
      @param {object} asked either {extent} of stretches, or {words} read as a whole */
  async numbers({ extent, words }) {
    const asked = words === undefined ? `extent=${extent.map((stretch) => stretch.join("-")).join(";")}` : `words=${encodeURIComponent(words)}`;
    const response = await fetch(`${this.#urls.numbers}?${asked}`, { headers: { Accept: "application/json" }, credentials: "same-origin" }).catch(() => null);
    return response?.ok ? (await response.json()).numbers : [];
  }

  /** @param {"actors"|"events"} what */
  async search(what, query) {
    const url = `${this.#urls[what]}?q=${encodeURIComponent(query)}`;
    const signal = AbortSignal.timeout(SEARCH);
    const response = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin", signal });
    return response.ok ? (await response.json()).results : [];
  }

  /** Actors called much as `name`: {…actor, reason, first, here}; null where there was no answer. */
  async similarActors(name, article) {
    const url = `${this.#urls.actors}?like=${encodeURIComponent(name)}&article=${article}`;
    const response = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    return response.ok ? (await response.json()).results : null;
  }

  /** Topics or concepts called much as `name`; {key, name, reason, score, …}. */
  async similarCodes(facet, name) {
    const url = `${this.#urls.codes}?facet=${facet}&q=${encodeURIComponent(name)}`;
    const response = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    return response.ok ? (await response.json()).results : [];
  }

  /** Makes a topic or a concept: {code}, or {said} where the server refuses. */
  async makeCode(body) {
    const headers = { "X-CSRFToken": this.#token, Accept: "application/json", "Content-Type": "application/json" };
    const response = await fetch(this.#urls.codes, { method: "POST", headers, body: JSON.stringify(body), credentials: "same-origin" });
    const answer = await response.json();
    return response.ok ? answer : { said: answer.errors?.[0]?.message ?? answer.detail ?? answer.title };
  }
}

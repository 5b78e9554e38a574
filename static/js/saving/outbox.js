import { DiskCopy } from "./disk_copy.js";

/**
 * What is still to be saved. Each change lies in localStorage, and in a copy on the disk, from the moment
 * it is made until the server has answered, so a reload, a crash or a lost network loses nothing; sending
 * twice is harmless, because what is made gets its UUID here. One request at a time, in the order of
 * the changes.
 */

const FIRST_PAUSE = 1000; // milliseconds
const LONGEST_PAUSE = 30000;

export class Outbox {
  #prefix;
  #send;
  #isOpen;
  #entries = [];
  #disk = new DiskCopy();
  #busy = false;
  #waits = 0; // for how many things nothing is sent yet
  #pause = FIRST_PAUSE;
  #timer = 0;
  #listeners = [];
  #serial = Date.now();
  moves = 0; // grows with every change that is queued or leaves the queue

  /**
   * @param {string} place who works on what: entries of other places are never touched
   * @param {(entry) => Promise<Response>} send
   * @param {(uuid) => number|undefined} versionOf the version that the page was given by the server
   * @param {() => Promise<boolean>} isOpen whether the place itself is still open to who works on it: asked when
   *   something in it is said not to be there
   */
  constructor(place, send, versionOf, isOpen = async () => true) {
    this.#prefix = `sourceline-outbox:${place}:`;
    this.#send = send;
    this.versionOf = versionOf;
    this.#isOpen = isOpen;
    this.#remember();
    this.#recover();
    addEventListener("online", () => this.flush());
    addEventListener("offline", () => this.#tell());
  }

  /** Takes up what an earlier page left; a store that is forbidden or an entry that is torn stops nothing. */
  #remember() {
    try {
      for (const key of Object.keys(localStorage).filter((name) => name.startsWith(this.#prefix)).sort()) {
        try {
          this.#entries.push({ ...JSON.parse(localStorage.getItem(key)), key, trouble: null });
        } catch {
          localStorage.removeItem(key);
        }
      }
    } catch {
      this.full = true;
    }
  }

  /** Takes up what the disk alone has: a browser that was killed had not written it elsewhere yet. */
  async #recover() {
    const known = new Set(this.#entries.map(({ key }) => key));
    const left = (await this.#disk.left(this.#prefix)).filter(({ key }) => !known.has(key));
    for (const { key, text } of left) {
      try {
        const entry = { ...JSON.parse(text), key, trouble: null };
        this.#entries.push(entry);
        this.#keep(entry);
      } catch {
        this.#disk.drop(key);
      }
    }
    if (!left.length) return;
    this.#entries.sort((one, other) => (one.key < other.key ? -1 : 1));
    this.#tell("recovered");
    this.flush();
  }

  /** `listener(event, entry?, data?)`: "state", "saved", "refused", "conflict", "recovered". */
  onEvent(listener) {
    this.#listeners.push(listener);
  }

  #tell(event = "state", entry = null, data = null) {
    for (const listener of this.#listeners) listener(event, entry, data);
    if (event !== "state") this.#tell();
  }

  get entries() {
    return [...this.#entries];
  }

  /** saved | saving | waiting | offline | trouble | signed-out | shut-out, and how many changes are not yet saved. */
  get state() {
    const waiting = this.#entries.length;
    if (!waiting) return { name: navigator.onLine ? "saved" : "offline", waiting };
    if (this.shutOut) return { name: "shut-out", waiting };
    if (this.#entries.some(({ trouble }) => trouble)) return { name: "trouble", waiting };
    if (this.signedOut) return { name: "signed-out", waiting };
    if (!navigator.onLine) return { name: "offline", waiting };
    return { name: this.#pause > FIRST_PAUSE ? "waiting" : "saving", waiting };
  }

  /** Queues a change, {action, uuid, thing?, body?, local?} of the thing of that UUID, and gives its entry. */
  add(change) {
    const earlier = this.#entries.some(({ uuid }) => uuid === change.uuid);
    const base = earlier ? null : this.versionOf(change.uuid) ?? null;
    this.#serial += 1;
    this.moves += 1;
    const entry = { ...change, base, key: `${this.#prefix}${this.#serial}`, trouble: null };
    this.#entries.push(entry);
    this.#keep(entry);
    this.#tell();
    this.flush();
    return entry;
  }

  #keep({ key, ...entry }) {
    const text = JSON.stringify({ ...entry, trouble: null });
    this.#disk.keep(key, text);
    try {
      localStorage.setItem(key, text);
    } catch {
      this.full = true; // the browser's store is full or forbidden: the change lives in memory alone
    }
  }

  /** The annotations, cues included, that something here is still to be decided or saved for. */
  get held() {
    return new Set(this.#entries.flatMap(({ uuid, local }) => [uuid, ...(local?.cues ?? []).map((cue) => cue.uuid),
      ...(local?.before?.claim?.chains ?? []).flat().flatMap(({ cues }) => cues)]));
  }

  #drop(entry) {
    this.moves += 1;
    this.#entries = this.#entries.filter((other) => other !== entry);
    this.#disk.drop(entry.key);
    try {
      localStorage.removeItem(entry.key);
    } catch {
      this.full = true;
    }
  }

  /** Gives up a change that the server refused; what was made of it since stands on what was there before. */
  discard(entry) {
    this.#drop(entry);
    const later = this.#entries.find(({ uuid }) => uuid === entry.uuid);
    if (later) {
      later.base = entry.base;
      later.local = { ...later.local, before: entry.local.before };
      this.#keep(later);
    }
    this.#tell();
    this.flush();
  }

  /** Sends a change again, on top of what is now on the server: something else, a withdrawn claim, or nothing. */
  overwrite(entry, current) {
    entry.base = current?.version ?? null;
    entry.trouble = null;
    if (current?.claim?.withdrawn) {
      const { uuid, local, key } = entry;
      const back = { action: "restore", uuid, local: { before: null, after: local.after }, base: null, key, trouble: null };
      entry.key = `${key}+`; // in the order of the keys after it, before what was made later
      this.#entries.splice(this.#entries.indexOf(entry), 0, back);
      this.#keep(back);
    }
    this.#keep(entry);
    this.flush();
  }

  /** Sends nothing until `settled` is: what is kept meanwhile is kept as ever. */
  async holdUntil(settled) {
    this.#waits += 1;
    try {
      await settled;
    } finally {
      this.#waits -= 1;
      this.flush();
    }
  }

  /** Gives an entry that has not been sent another body. */
  rewrite(entry, body, local) {
    Object.assign(entry, { body, local });
    this.#keep(entry);
  }

  async flush() {
    if (this.#busy || this.#waits) return;
    clearTimeout(this.#timer);
    this.#busy = true;
    try {
      for (let entry = this.#next(); entry && !this.#waits; entry = this.#next()) {
        this.#tell();
        if (!await this.#attempt(entry)) break;
      }
    } finally {
      this.#busy = false;
      this.#tell();
    }
  }

  /** The first entry whose annotation is not held up by trouble. */
  #next() {
    const held = new Set(this.#entries.filter(({ trouble }) => trouble).map(({ uuid }) => uuid));
    return this.#entries.find(({ uuid }) => !held.has(uuid));
  }

  async #attempt(entry) {
    let response;
    let data = null;
    try {
      response = await this.#send(entry);
      if (response.status !== 204) data = await response.json().catch(() => null);
    } catch {
      return this.#later();
    }
    const { status } = response;
    const redirected = response.redirected || (response.ok && status !== 204 && !data);
    if (status === 401 || data?.errors?.[0]?.rule === "csrf" || redirected) {
      this.signedOut = true;
      return false;
    }
    if (status >= 500 || status === 429 || status === 408) return this.#later(response.headers.get("Retry-After"));
    this.#pause = FIRST_PAUSE;
    this.signedOut = false;
    this.shutOut = status === 404 && !await this.#isOpen();
    if (this.shutOut) return false;
    const gone = entry.action === "delete" && (status === 404 || data?.current?.claim?.withdrawn);
    if (response.ok || gone) this.#done(entry, gone ? null : data);
    else if (status === 412) this.#hold(entry, "conflict", data);
    else this.#hold(entry, "refused", data ?? { title: response.statusText, status });
    return true;
  }

  #done(entry, data) {
    this.#drop(entry);
    const version = (data?.annotation ?? data?.block ?? data?.claim ?? data?.watch_term ?? data?.code)?.version;
    const following = this.#entries.filter(({ uuid }) => uuid === entry.uuid);
    for (const later of following) {
      later.base = version ?? (entry.action === "delete" ? null : later.base);
      this.#keep(later);
    }
    // an answer older than what the user has done since must not be painted over it
    this.#tell("saved", entry, following.length ? { ...data, annotation: undefined, also: [] } : data);
  }

  #hold(entry, trouble, data) {
    entry.trouble = trouble;
    entry.problem = data;
    this.#tell(trouble, entry, data);
  }

  #later(seconds) {
    const pause = Number(seconds) * 1000 || this.#pause;
    this.#pause = Math.min(LONGEST_PAUSE, this.#pause * 2);
    this.#timer = setTimeout(() => this.flush(), pause * (0.8 + Math.random() * 0.4));
    return false;
  }
}

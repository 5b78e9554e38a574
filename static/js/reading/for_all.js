/**
 * What is made in the room for the whole project: watch terms, and topics and concepts. Undone and redone as
 * annotations are, through the outbox. A term is made and removed; a code stays in the codebook, retired.
 */
export class ForAll {
  #room;
  #versions = new Map(); // by UUID, as the server told it

  constructor(room) {
    this.#room = room;
  }

  /** @param {{kind: string}} shown one side of a change */
  has({ kind }) {
    return kind === "watch" || kind === "code";
  }

  get(uuid) {
    return this.#versions.has(uuid) ? { version: this.#versions.get(uuid) } : undefined;
  }

  /** The version that an earlier page was told, where this one was told none since. */
  knew(uuid, version) {
    if (!this.#versions.has(uuid)) this.#versions.set(uuid, version);
  }

  /** The change of a code that was made just now: it is stored already. */
  made({ uuid, facet, key, name, version }) {
    this.#versions.set(uuid, version);
    return { before: null, after: { kind: "code", uuid, facet, key, name } };
  }

  /** What the outbox sends for a change. */
  entryFor(before, after) {
    const { kind: thing, uuid, words } = after ?? before;
    const local = { before, after };
    if (!after) return { action: "delete", thing, uuid, local };
    return thing === "code" ? { action: "restore", thing, uuid, local } : { action: "put", thing, uuid, body: { words }, local };
  }

  /** Offers a code again, or no longer; where watch terms stand the server tells once they are saved. */
  show({ kind, facet, key }, is) {
    const code = kind === "code" && this.#room.data.codebook[facet].find((one) => one.key === key);
    if (code) code.retired = !is;
  }

  /** Takes the server's answer. */
  saved({ action, thing, uuid, local }, { watch_term: term, code } = {}) {
    if (!thing) return;
    const told = term ?? code;
    if (told) this.#versions.set(told.uuid, told.version);
    else this.#versions.delete(uuid);
    if (thing !== "watch") return;
    const known = action === "put" && told.uuid !== uuid;
    if (known) this.#room.undoing.forget(uuid);
    this.#room.watch?.saved(action === "put" ? local.after.words : null, known);
  }
}

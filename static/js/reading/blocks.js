import { h } from "../forms/dom.js";

const TAGS = { headline: "H1", heading: "H2" };
const TITLES = ["headline", "heading"];
const WORDS_SHOWN = 80; // code points

/**
 * What each part of the text is, and whether it is masked. Changing it moves elements about, never the
 * text: a sentence keeps its element and its one text node, so offsets and painted ranges stay true.
 */
export class Blocks {
  #room;
  #all = []; // {element, state}, in the order of the text
  changed = false; // since the server made the page

  constructor(room) {
    this.#room = room;
    const told = new Map(room.data.blocks.map((one) => [one.position, one]));
    for (const element of room.map.root.querySelectorAll("[data-block]")) {
      const position = Number(element.dataset.block);
      const role = /block-(\w+)/.exec(element.className)[1];
      const masked = Boolean(element.closest(".fold"));
      this.#all.push({ element, state: {
        uuid: `block-${position}`, kind: "block", role, masked, reason: "", version: 1, ...told.get(position), position,
      } });
    }
  }

  #find(uuid) {
    return this.#all.find(({ state }) => state.uuid === uuid);
  }

  get(uuid) {
    return this.#find(uuid)?.state;
  }

  elementOf(uuid) {
    return this.#find(uuid).element;
  }

  /** The block that an element of the text lies in. */
  of(element) {
    const found = element.closest("[data-block]");
    return this.#all.find((block) => block.element === found)?.state;
  }

  /** The blocks of a fold, in the order of the text. */
  within(fold) {
    return [...fold.querySelectorAll("[data-block]")].map((element) => this.of(element));
  }

  roleName(role) {
    return this.#room.data.block_roles.find(([key]) => key === role)[1];
  }

  /** Takes the server's word for blocks that nothing here is still to be saved for. */
  take(blocks) {
    for (const told of blocks) {
      const mine = this.get(`block-${told.position}`);
      if (!mine || this.#room.outbox.held.has(mine.uuid) || told.version <= mine.version) continue;
      this.#room.undoing.forget(mine.uuid);
      this.show({ ...mine, ...told }, { gently: true });
    }
  }

  /** Takes over the version of a saved judgement, which is shown already. */
  saved({ position, version }) {
    this.#find(`block-${position}`).state.version = version;
  }

  /** `gently`: somebody else's doing; a fold that takes in the cursor stays open then. */
  show(state, { gently = false } = {}) {
    const block = this.#find(state.uuid);
    if (!block) return;
    const before = block.state;
    block.state = { ...state, version: state.version ?? before.version };
    const { cursor } = this.#room;
    const held = cursor.placed && this.of(this.#room.map.sentenceAt(cursor.head).element) === block.state;
    this.#dress(block);
    if (before.masked && !state.masked) this.#unfold(block.element);
    else if (!before.masked && state.masked) this.#fold(block.element, gently && held);
    for (const fold of this.#room.map.root.querySelectorAll(".fold")) this.#label(fold);
    this.changed = true;
    this.#room.outline?.rebuild();
    // moved text nodes lose the browser's selection; the cursor has kept it
    if (cursor.placed) cursor.select(cursor.anchor, cursor.head, { exact: cursor.exact, keep: true, reveal: false });
  }

  #dress(block) {
    const tag = TAGS[block.state.role] ?? "P";
    if (block.element.tagName !== tag) {
      const fresh = h(tag.toLowerCase(), { "data-block": String(block.state.position), dir: block.element.getAttribute("dir") });
      fresh.append(...block.element.childNodes);
      block.element.replaceWith(fresh);
      block.element = fresh;
    }
    block.element.className = `block block-${block.state.role}`;
  }

  #fold(element, open) {
    const [before, after] = [element.previousElementSibling, element.nextElementSibling];
    let fold = before?.matches(".fold") ? before : null;
    if (!fold) {
      fold = h("details.fold", null, h("summary", { lang: "en", dir: "ltr" }, h("span", null)));
      element.before(fold);
    }
    fold.append(element);
    if (after?.matches(".fold")) {
      fold.open ||= after.open;
      fold.append(...after.querySelectorAll("[data-block]"));
      after.remove();
    }
    fold.open ||= open;
  }

  #unfold(element) {
    const fold = element.closest(".fold");
    const following = [];
    for (let next = element.nextElementSibling; next; next = next.nextElementSibling) following.push(next);
    fold.after(element);
    if (following.length) {
      element.after(h("details.fold", { open: fold.open }, h("summary", { lang: "en", dir: "ltr" }, h("span", null)), following));
    }
    if (!fold.querySelector("[data-block]")) fold.remove();
  }

  #label(fold) {
    const states = this.within(fold);
    fold.querySelector("summary span").textContent = `${states.length} line${states.length === 1 ? "" : "s"} masked: ${this.#what(states)}`;
  }

  #masked(states) {
    return `masked: ${[...new Set(states.map(({ role }) => this.roleName(role).toLowerCase()))].join(", ")}`;
  }

  /** "boilerplate (an advertisement), byline": each said once, in order. */
  #what(states) {
    const reasons = new Map();
    for (const { role, reason } of states) {
      const name = this.roleName(role).toLowerCase();
      reasons.set(name, (reasons.get(name) ?? new Set()).add(reason));
    }
    return [...reasons].map(([role, why]) => {
      const said = [...why].filter(Boolean).join("; ");
      return said ? `${role} (${said})` : role;
    }).join(", ");
  }

  /** The outline's entries: the headings, or every paragraph's beginning where a text has none. */
  outline() {
    const states = this.#all.map(({ state }) => state);
    const headed = states.filter(({ role }) => TITLES.includes(role)).length > 2;
    const wanted = headed ? TITLES : [...TITLES, "paragraph"];
    const entries = [];
    this.#all.forEach(({ element, state }, i) => {
      const first = element.querySelector(".s");
      const place = { uuid: state.uuid, sentence: first.dataset.n, start: first.dataset.start, masked: state.masked };
      if (state.masked && !states[i - 1]?.masked) {
        const run = states.slice(i).findIndex(({ masked }) => !masked);
        entries.push({ ...place, words: this.#masked(states.slice(i, run < 0 ? undefined : i + run)) });
      } else if (!state.masked && wanted.includes(state.role)) {
        entries.push({ ...place, words: Array.from(first.textContent).slice(0, WORDS_SHOWN).join("") });
      }
    });
    return entries;
  }
}

/** The block that a key or a button means: the one of the cursor, else the first of the text. */
export const blockAtCursor = (room) => room.blocks.of(room.map.sentenceAt(room.cursor.point).element);


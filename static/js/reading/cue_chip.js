/** A cue, and what it does: doubts, denies, grants … */
import { codeKeys } from "./code_keys.js";
import { choice, h } from "../forms/dom.js";

const NEUTRAL = "neutral"; // what a cue does of which nothing else was said

/** What a cue does in words, where it is more than telling. */
export function typeOf({ data }, { support }) {
  const type = support?.cue_type ?? NEUTRAL;
  const name = data.codebook.cue_type.find(({ key }) => key === type)?.name ?? type;
  return type === NEUTRAL ? "" : ` · ${name.toLowerCase()}`;
}

/** A cue in the form of its claim. Its words unfold what it does, which stays shown where it is not neutral. */
export function cueChip({ data }, { quotes, support }, change, remove) {
  const words = quotes.join(" … ");
  const type = support?.cue_type ?? NEUTRAL;
  const known = data.codebook.cue_type.some(({ key }) => key === type);
  const types = data.codebook.cue_type;
  const select = codeKeys(choice([...(known ? [] : [[type, type]]), ...types], type, { class: "select-bare cue-type",
    "aria-label": `What the cue “${words}” does`, hidden: type === NEUTRAL, onchange: ({ target }) => change(target.value) }), types);
  const unfold = () => {
    select.hidden = !select.hidden && select.value === NEUTRAL;
    button.setAttribute("aria-expanded", String(!select.hidden));
    if (!select.hidden) select.focus();
  };
  const button = h("button.cue-open", { type: "button", title: "What this cue does", "aria-expanded": String(!select.hidden), dir: "auto",
    onclick: unfold }, words);
  return h("span.cue-chip", null, button, select,
    h("button.chip-remove", { type: "button", "aria-label": "Remove this cue", onclick: remove }, "×"));
}

/** What the cues of a chain were said to do while its form is open. */
export class CueTypes {
  #store;
  #chosen = new Map(); // by cue

  constructor(store) {
    this.#store = store;
  }

  choose({ uuid }, type) {
    this.#chosen.set(uuid, type);
  }

  /** A cue with what it was said to do, here or before. */
  typed(cue, support = cue.support) {
    const type = this.#chosen.get(cue.uuid) ?? cue.support?.cue_type;
    return { ...cue, support: { ...support, ...(type ? { cue_type: type } : {}) } };
  }

  /** Of stored cues that were said to do something else here. */
  get changes() {
    const cues = [...this.#chosen.keys()].map((uuid) => this.#store.get(uuid)).filter(Boolean);
    // undone, a cue that had no type has none again
    const untyped = (cue) => ({ ...cue, support: { ...cue.support, cue_type: cue.support?.cue_type ?? null } });
    return cues.map((cue) => ({ before: untyped(cue), after: this.typed(cue) }));
  }
}

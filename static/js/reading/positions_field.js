import { h } from "../forms/dom.js";

const STANDS = [["", "—"], ["against", "against"], ["neutral", "neutral"], ["for", "for"]];

/** Where a claim stands on the concepts of the codebook: one choice a concept, folded away unless used. */
export class PositionsField {
  #stands = new Map();
  #rows = h("div.stand-rows");

  constructor(codebook, positions = []) {
    const taken = new Map(positions.map(({ concept, stand }) => [concept, stand]));
    const offered = (codebook.concept ?? []).filter(({ key, retired }) => !retired || taken.has(key));
    this.element = h("details.more", { open: taken.size > 0, hidden: !offered.length }, h("summary", null, "Positions: for or against …"), this.#rows);
    for (const concept of offered) this.#add(concept, taken.get(concept.key) ?? "");
  }

  #add({ key, name, definition }, stand) {
    const select = h("select.select", { "aria-label": `Stand on: ${name}` }, STANDS.map(([value, label]) =>
      h("option", { value, selected: value === stand }, label)));
    this.#stands.set(key, select);
    this.#rows.append(h("label.stand-row", { title: definition }, h("span", { dir: "auto" }, name), select));
  }

  /** Takes a stand on a concept, which may be new to the codebook. */
  take(concept, stand) {
    if (!this.#stands.has(concept.key)) this.#add(concept, stand);
    this.#stands.get(concept.key).value = stand;
    this.element.hidden = false;
  }

  get value() {
    return [...this.#stands].filter(([, select]) => select.value).map(([concept, select]) => ({ concept, stand: select.value }));
  }
}

import { h } from "./dom.js";

const STANDS = [["", "—"], ["against", "against"], ["neutral", "neutral"], ["for", "for"]];

/** Where a claim stands on the concepts of the codebook: one choice a concept, folded away unless used. */
export class PositionsField {
  #stands = new Map();

  constructor(codebook, positions = []) {
    const taken = new Map(positions.map(({ concept, stand }) => [concept, stand]));
    const offered = (codebook.concept ?? []).filter(({ key, retired }) => !retired || taken.has(key));
    const rows = offered.map(({ key, name, definition }) => {
      const select = h("select.select", { "aria-label": `Stand on: ${name}` }, STANDS.map(([value, label]) =>
        h("option", { value, selected: value === (taken.get(key) ?? "") }, label)));
      this.#stands.set(key, select);
      return h("label.stand-row", { title: definition }, h("span", { dir: "auto" }, name), select);
    });
    this.element = rows.length ? h("details.more", { open: taken.size > 0 },
      h("summary", null, "Positions: for or against …"), h("div.stand-rows", null, rows)) : null;
  }

  get value() {
    return [...this.#stands].filter(([, select]) => select.value).map(([concept, select]) => ({ concept, stand: select.value }));
  }
}

import { h } from "./dom.js";
import { numbersIn } from "./parts.js";

const PARTS = [["what", "What is counted", "people killed"], ["low", "At least", "18"], ["high", "At most", ""], ["unit", "Unit", "people"],
  ["words", "In the text’s words", "at least 18"]];

/** The numbers that a claim gives: low, high, unit, and the words that say them. */
export class NumbersField {
  #offered;

  constructor(room, draft) {
    this.rows = structuredClone(draft.claim.quantities ?? []);
    this.#offered = numbersIn(room.map, draft.extent, room.data.article.language).slice(0, 3);
    this.body = h("div.parts");
    this.element = h("details.further-more", { open: this.rows.length > 0 }, h("summary", null, "Numbers"), this.body);
    this.draw();
  }

  get values() {
    const said = this.rows.filter((row) => PARTS.some(([key]) => row[key]));
    return { quantities: said.length ? said.map((row) => ({ ...row, low: row.low || null, high: row.high || null })) : undefined };
  }

  draw() {
    const add = (row) => {
      this.rows.push(row);
      this.draw();
      this.body.querySelector("fieldset:last-of-type input")?.focus();
    };
    const button = (label, row) => h("button.button.button-quiet.button-small", { type: "button", onclick: () => add(row) }, label);
    this.body.replaceChildren(...this.rows.map((row, i) => this.#row(row, i)), h("div.chain-cues", null,
      this.#offered.filter(({ words }) => !this.rows.some((row) => row.words.includes(words)))
        .map(({ words, value }) => button(`+ “${words}”`, { what: "", low: value ?? "", high: value ?? "", unit: "", words, event: null })),
      button("+ number", { what: "", low: "", high: "", unit: "", words: "", event: null })));
  }

  #row(row, i) {
    const input = ([key, label, example]) => h("label", null, h("small", null, label), h("input.input", {
      type: "text", value: row[key] ?? "", placeholder: example, maxlength: 300, dir: "auto", inputmode: key === "low" || key === "high" ? "decimal" : null,
      oninput: ({ target }) => { row[key] = target.value.trim(); } }));
    const remove = () => {
      this.rows.splice(i, 1);
      this.draw();
    };
    return h("fieldset.number-row", null, h("legend.visually-hidden", null, `Number ${i + 1}`), PARTS.map(input),
      h("button.button.button-quiet.button-small", { type: "button", onclick: remove }, "Remove this number"));
  }
}

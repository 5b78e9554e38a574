import { choice, h } from "../forms/dom.js";
import { labelOf, QUALIFIERS } from "./labels.js";
import { offered } from "./offered.js";
import { standsIn } from "./standing.js";

const TWO = new Set(["range", "about"]); // with a second number, or room for one
const LOW_ONLY = new Set(["at_least", "more_than"]);
const HIGH_ONLY = new Set(["at_most", "fewer_than"]);
const ASTRAY = "These words stand nowhere in the text: they were stored before that was looked at. The number stays as it is; to change it, write words of the text.";

/** A quantity as the form asks for it: one number and, where the words give two, the other. */
const asked = ({ low, high, ...said }) => ({ ...said, first: low ?? high ?? "", second: low !== high && low && high ? high : "" });

/** A row as a claim holds it. */
function told({ what, qualifier, first, second, unit, words, event }) {
  const said = { what, qualifier, unit, words, event };
  if (!first) return { ...said, low: null, high: null };
  if (LOW_ONLY.has(qualifier)) return { ...said, low: first, high: null };
  if (HIGH_ONLY.has(qualifier)) return { ...said, low: null, high: first };
  return { ...said, low: first, high: (TWO.has(qualifier) && second) || first };
}

/** The numbers that a claim gives: how the words bound them, in figures, unit, and the words themselves. */
export class NumbersField {
  #room;
  #extent;
  #offered = [];
  #looked = false;
  #stored;

  constructor(room, draft) {
    this.#room = room;
    this.#extent = draft.extent;
    this.#stored = new Set((draft.claim.quantities ?? []).map(({ words }) => words));
    this.rows = structuredClone(draft.claim.quantities ?? []).map((said) => ({ ...asked(said), typed: true }));
    this.body = h("div.parts");
    this.element = h("details.further-more", { open: this.rows.length > 0, ontoggle: () => this.#look() }, h("summary", null, "Numbers"), this.body);
    this.draw();
  }

  /** The first words that stand nowhere in the text, if they were not stored so. */
  get astray() {
    return this.rows.map(({ words }) => words).find((words) => words && !this.#stored.has(words) && !standsIn(this.#room.map, words));
  }

  get values() {
    const said = this.rows.filter(({ what, first, unit, words }) => what || first || unit || words);
    return { quantities: said.length ? said.map(told) : undefined };
  }

  /** Asks once, when it is opened, which numbers the claim's words give. */
  async #look() {
    if (this.#looked || !this.element.open) return;
    this.#looked = true;
    this.#offered = await this.#room.api.numbers({ extent: this.#extent });
    if (this.#offered.length) this.#drawOffers();
  }

  draw() {
    this.offers = h("div.chain-cues");
    this.body.replaceChildren(...this.rows.map((row, i) => this.#row(row, i)), this.offers);
    this.#drawOffers();
  }

  #drawOffers() {
    const add = (row) => {
      this.rows.push(row);
      this.draw();
      this.body.querySelector("fieldset:last-of-type input")?.focus();
    };
    const button = (label, row) => h("button.button.button-quiet.button-small", { type: "button", onclick: () => add(row) }, label);
    this.offers.replaceChildren(...this.#offered.filter(({ words }) => !this.rows.some((row) => row.words === words)).slice(0, 6)
      .map((one) => button(`+ “${one.words}”`, asked({ what: "", event: null, ...one }))),
    button("+ number", { what: "", qualifier: "exactly", first: "", second: "", unit: "", words: "", event: null }));
  }

  #row(row, i) {
    const inputs = {};
    const text = (key, label, example, more = {}) => {
      inputs[key] = h("input.input", { type: "text", value: row[key] ?? "", placeholder: example, maxlength: 300, dir: "auto", ...more,
        oninput: ({ target }) => {
          row[key] = target.value.trim();
          row.typed ||= key === "first" || key === "second";
        } });
      return h("label", null, h("small", null, label), inputs[key]);
    };
    const figure = { inputmode: "decimal", maxlength: 40 };
    const second = text("second", "to", "", figure);
    inputs.qualifier = choice(QUALIFIERS, row.qualifier, { class: "select", onchange: ({ target }) => {
      Object.assign(row, { qualifier: target.value, typed: true });
      show();
    } });
    const events = offered(this.#room, "events").filter(({ fresh, uuid }) => !fresh || uuid === row.event).map(({ uuid, label }) => [uuid, label]);
    const elsewhere = row.event && !events.some(([uuid]) => uuid === row.event) ? [[row.event, "an event told elsewhere"]] : [];
    const of = choice([["", "no event"], ...events, ...elsewhere], row.event ?? "", { class: "select",
      onchange: ({ target }) => { row.event = target.value || null; } });
    const show = () => {
      for (const [key, input] of Object.entries(inputs)) input.value = row[key] ?? "";
      second.hidden = !TWO.has(row.qualifier);
    };
    const hint = h("p.field-hint", { role: "status" }, this.#astrayAsStored(row) ? ASTRAY : "");
    const propose = async () => {
      hint.textContent = this.#astrayAsStored(row) ? ASTRAY : await this.#proposed(row);
      show();
    };
    const remove = () => {
      this.rows.splice(i, 1);
      this.draw();
    };
    const element = h("fieldset.number-row", null, h("legend.visually-hidden", null, `Number ${i + 1}`),
      text("what", "What is counted", "people killed"),
      text("words", "In the text’s words", "at least 18", { onchange: propose }),
      h("label", null, h("small", null, "The words mean"), inputs.qualifier), text("unit", "Unit", "people", { maxlength: 100 }),
      text("first", "Number", "18", figure), second,
      events.length || row.event ? h("label", null, h("small", null, "Of the event"), of) : null, hint,
      h("button.button.button-quiet.button-small", { type: "button", onclick: remove }, "Remove this number"));
    show();
    return element;
  }

  #astrayAsStored({ words }) {
    return words && this.#stored.has(words) && !standsIn(this.#room.map, words);
  }

  /** Takes over what the words give, unless a number was typed; says what was done, or that they leave doubt. */
  async #proposed(row) {
    const { words } = row;
    if (!words || row.typed) return "";
    const [found] = await this.#room.api.numbers({ words });
    if (row.words !== words || row.typed) return "";
    if (!found) return "Which number these words give cannot be told: write it.";
    const { qualifier, first, second } = asked(found);
    Object.assign(row, { qualifier, first, second, unit: row.unit || found.unit });
    const number = [first, second].filter(Boolean).join(" to ") || "an order of size, no number";
    return `Proposed: ${labelOf(QUALIFIERS, qualifier).toLowerCase()} ${number}.`;
  }
}

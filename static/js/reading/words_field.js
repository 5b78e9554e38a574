import { choice, h } from "../forms/dom.js";
import { USES, WHOSE } from "./labels.js";
import { marksOf } from "./marks.js";
import { editsIn, hedgesNear, spanOf } from "./parts.js";

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** What is said of some words of a claim: what its quotation marks do, who hedges, what the reporter added. */
export class WordsField {
  #room;
  #draft;
  #quotations;
  #offered;

  constructor(room, draft) {
    this.#room = room;
    this.#draft = draft;
    const { hedges = [], glosses = [], quoted = [] } = draft.claim;
    this.hedges = structuredClone(hedges);
    this.glosses = structuredClone(glosses);
    this.quoted = structuredClone(quoted);
    this.#quotations = marksOf(room.map, draft.extent).within.map(({ start, end }) => [[start, end]]);
    this.#offered = hedgesNear(room.map, draft.extent).slice(0, 4);
    this.body = h("div.parts");
    this.element = h("details.further-more", { open: this.#called }, h("summary", null, "Words: quotation marks, hedges, additions"), this.body);
    this.draw();
  }

  /** Whether the text or what was said before calls for it. */
  get #called() {
    return Boolean(this.hedges.length || this.glosses.length || this.quoted.length || this.#quotations.length
      || this.#offered.length || editsIn(this.#draft.quotes).length);
  }

  get spans() {
    return [...this.hedges, ...this.glosses, ...this.quoted].map((span) => ({ kind: "cue", ...span }));
  }

  get values() {
    const some = (list) => (list.length ? list : undefined);
    return { hedges: some(this.hedges), glosses: some(this.glosses), quoted: some(this.quoted) };
  }

  draw() {
    const edits = editsIn(this.#draft.quotes);
    this.body.replaceChildren(...[
      ...this.#quotations.map((extent) => this.#marks(extent)),
      edits.length ? h("p.field-hint", null, "The editor’s, left out of the plain quote: ", edits.map((words) => h("bdi.cue-words", null, `${words} `))) : null,
      ...this.hedges.map((span) => this.#part(this.hedges, span, "Hedge", choice(WHOSE, span.whose, {
        class: "select", "aria-label": `Whose hedge is “${span.quotes.join(" … ")}”`, onchange: ({ target }) => { span.whose = target.value; } }))),
      ...this.glosses.map((span) => this.#part(this.glosses, span, "Added by the reporter")),
      h("div.chain-cues", null,
        this.#offered.filter(({ extent }) => !this.hedges.some((span) => same(span.extent, extent)))
          .map(({ extent, words, whose }) => this.#button(`+ hedge “${words}”`, () => this.#add(this.hedges, extent, { whose }))),
        this.#button("+ hedge from the text", () => this.#pick("Select the hedge (“probably”, “allegedly”) and press Enter", this.hedges, { whose: "speaker" })),
        this.#button("+ what the reporter added", () => this.#pick("Select the reporter’s words within the claim and press Enter", this.glosses))),
    ].filter(Boolean));
    this.#room.form.showDraft();
  }

  /** A quotation within the claim: the speaker's words, unless something else is chosen. */
  #marks(extent) {
    const known = this.quoted.find((span) => same(span.extent, extent));
    const words = this.#room.map.quotes(extent).join(" … ");
    const change = ({ target }) => {
      this.quoted = this.quoted.filter((span) => !same(span.extent, extent));
      if (target.value !== "speaker") this.quoted.push({ ...(known ?? spanOf(this.#room, extent)), use: target.value });
    };
    return h("div.part", null, h("span.cue-words", { dir: "auto" }, words),
      choice(USES, known?.use ?? "speaker", { class: "select", "aria-label": `What the marks round ${words} do`, onchange: change }));
  }

  #part(list, span, name, control = null) {
    const remove = () => {
      list.splice(list.indexOf(span), 1);
      this.draw();
    };
    const words = span.quotes.join(" … ");
    return h("div.part", null, h("span.cue-chip", null, h("small", null, `${name}: `), h("span", { dir: "auto" }, words),
      h("button.chip-remove", { type: "button", "aria-label": `Remove: ${name} “${words}”`, onclick: remove }, "×")), control);
  }

  #button(label, onclick) {
    return h("button.button.button-quiet.button-small", { type: "button", onclick }, label);
  }

  #add(list, extent, more = {}) {
    list.push({ ...spanOf(this.#room, extent), ...more });
    this.draw();
  }

  async #pick(message, list, more) {
    const picked = await this.#room.form.pick(message, false);
    if (picked) this.#add(list, picked.extent, more);
  }
}

import { h } from "../forms/dom.js";
import { newUuid } from "../saving/identifiers.js";

/** Which kind of annotation holds the words that a slot of an event was read from. */
export const KINDS = { type: "cue", date: "time", place: "place" };
const ASKED = { type: "tell what it was", date: "say when", place: "say where" };

export const oneLine = (quotes) => quotes.join(" … ").replace(/\s+/g, " ");

/** The words that one slot of an event is read from, picked in the text. */
export class SlotWords {
  #room;
  #slot;
  #onpicked;

  /** @param {(words: string) => unknown} onpicked called with the words once they are picked */
  constructor(room, slot, span, onpicked = () => {}) {
    this.#room = room;
    this.#slot = slot;
    this.#onpicked = onpicked;
    this.span = span ?? null;
    this.element = h("div.chain-cues");
    this.#draw();
  }

  #draw() {
    const { span } = this;
    const drop = () => {
      this.span = null;
      this.#draw();
      this.#room.form.showDraft();
    };
    this.element.replaceChildren(span ? h("span.cue-chip", null, h("span", { dir: "auto" }, oneLine(span.quotes)),
      h("button.chip-remove", { type: "button", "aria-label": `Not read from “${oneLine(span.quotes)}”`, onclick: drop }, "×")) : "",
    h("button.button.button-quiet.button-small", { type: "button", onclick: () => this.#pick() },
      span ? "other words" : "+ words in the text"));
  }

  async #pick() {
    const picked = await this.#room.form.pick(`Select the words that ${ASKED[this.#slot]} and press Enter`, false);
    if (picked) {
      const { extent, quotes } = this.#room.newAnnotation(KINDS[this.#slot], picked.extent);
      this.span = { uuid: newUuid(), kind: KINDS[this.#slot], extent, quotes };
      this.#draw();
      this.#room.form.showDraft();
      await this.#onpicked(oneLine(quotes));
    }
    this.element.querySelector("button")?.focus();
  }
}

import { choice, field, h } from "../forms/dom.js";
import { FACTUALITIES } from "./labels.js";
import { newUuid } from "../saving/identifiers.js";

const oneLine = (quotes) => quotes.join(" … ").replace(/\s+/g, " ");

/** As what the words of a mention tell the event: happened, unless something else is said; and which words show it. */
export class ToldAs {
  #room;
  #span = null; // the words picked in the text, while the form is open

  constructor(room, { factuality = "happened", factuality_words: words = "" }) {
    this.#room = room;
    this.factuality = choice(FACTUALITIES, factuality, { class: "select", id: "event-factuality" });
    this.words = words;
    this.slot = h("div.chain-cues");
    this.element = h("details.further-more", { open: factuality !== "happened" || words !== "" },
      h("summary", null, "Told as: planned, denied …"), field("In this article it is told as", this.factuality), this.slot);
    this.#draw();
  }

  get values() {
    const factuality = this.factuality.value;
    return factuality === "happened" && !this.words ? {} : { factuality, factuality_words: this.words };
  }

  get spans() {
    return this.#span ? [this.#span] : [];
  }

  #draw() {
    const drop = () => {
      this.words = "";
      this.#span = null;
      this.#draw();
      this.#room.form.showDraft();
      this.slot.querySelector("button").focus();
    };
    this.slot.replaceChildren(this.words ? h("span.cue-chip", null, h("span", { dir: "auto" }, this.words),
      h("button.chip-remove", { type: "button", "aria-label": `“${this.words}” does not show it`, onclick: drop }, "×")) : "",
    h("button.button.button-quiet.button-small", { type: "button", onclick: () => this.#pick() },
      this.words ? "other words that show it" : "+ words that show it"));
  }

  async #pick() {
    const picked = await this.#room.form.pick("Select the words that show it, such as “plans to”, and press Enter", false);
    if (picked) {
      const { extent, quotes } = this.#room.newAnnotation("cue", [[picked.extent[0][0], picked.extent[0][1]]]);
      this.words = oneLine(quotes).slice(0, 200).trim();
      this.#span = { uuid: newUuid(), kind: "cue", extent, quotes };
      this.#draw();
      this.#room.form.showDraft();
    }
    this.slot.querySelector("button:last-of-type")?.focus();
  }
}

import { byId, h } from "../forms/dom.js";

/** Asks for a place in the text while a form waits: a mention to click, or words to select. */
export class Picker {
  #room;
  #answer = null;
  #mentions = false;
  #banner = null;

  constructor(room) {
    this.#room = room;
  }

  get active() {
    return this.#answer !== null;
  }

  /** Resolves to {annotation} or {extent}, or null when it was called off. */
  ask(message, mentions) {
    this.#mentions = mentions;
    this.#banner?.remove(); // asked for something else meanwhile: the first question is not answered any more
    const act = (name, key, onclick) => h("button.button.button-small", { type: "button", onclick }, name, " ", h("kbd", null, key));
    this.#banner = h("div.pick-banner", { onpointerdown: (event) => event.preventDefault() }, // what is selected stays so
      h("span", { role: "status" }, message),
      h("span.pick-acts", null, act("Take the words", "Enter", () => this.accept()), act("Cancel", "Esc", () => this.finish(null))));
    document.body.append(this.#banner);
    document.body.dataset.picking = mentions ? "mention" : "words";
    this.#room.sheet("peek");
    byId("room-text").focus({ preventScroll: true });
    return new Promise((resolve) => { this.#answer = resolve; });
  }

  /** A press in the text; true when the picker took it. */
  press(annotations) {
    if (!this.active) return false;
    const mention = this.#mentions && annotations.find(({ kind }) => kind === "actor");
    if (mention) this.finish({ annotation: mention });
    return Boolean(mention);
  }

  /** Enter: the mention under the cursor, else the selected words. */
  accept() {
    const extent = this.#room.cursor.extent();
    if (!extent) return this.#room.announce("Select words first.");
    const [[start]] = extent;
    const mention = this.#mentions && this.#room.cursor.collapsed
      && this.#room.highlights.at(start).find(({ kind }) => kind === "actor");
    return this.finish(mention ? { annotation: mention } : { extent });
  }

  finish(picked) {
    const answer = this.#answer;
    this.#answer = null;
    this.#banner?.remove();
    delete document.body.dataset.picking;
    this.#room.sheet("open");
    answer?.(picked);
  }
}

import { composing, latinDigit } from "../forms/latin_key.js";
import { meantBy } from "./actors.js";
import { pressAgain } from "../forms/combobox.js";
import { h } from "../forms/dom.js";
import { SimilarNames } from "./similar_names.js";

const SOON = 300; // milliseconds that similar names are waited for

/**
 * Who is meant by words that were picked as a name. Whoever is known by them is taken; where somebody is called
 * alike it is asked before there is anybody new. Keys pressed while that is looked up are pressed afterwards.
 */
export class WhoIsMeant {
  #settings;
  #similar;
  #queue = [];
  #then = null; // what was asked for while it is looked up
  #known;

  /** @param {object} settings `take(actor | null, similar, focus)` takes the one meant, null for somebody new; `leave()` none */
  constructor(room, settings) {
    this.#settings = settings;
    this.words = settings.words;
    this.link = settings.link;
    this.#known = meantBy(settings.known, this.words);
    this.#similar = this.#known ? null : new SimilarNames(room, (actor) => settings.take(actor));
    this.element = h("div.chip.chip-asked", { tabindex: "-1", role: "group", "aria-label": `Who is meant by “${this.words}”?`, onkeydown: (event) => this.#key(event) }, h("b", { dir: "auto" }, this.words),
      h("small", null, "Who is meant?"), this.#similar?.element,
      h("button.chip-remove", { type: "button", "aria-label": `Not ${this.words}`, onclick: () => settings.leave() }, "×"));
  }

  /** True when it is known at once; else it is looked up. */
  decide() {
    if (this.#known) this.#settings.take(this.#known);
    else this.#lookUp();
    return Boolean(this.#known);
  }

  async #lookUp() {
    this.element.setAttribute("aria-busy", "true");
    const alike = await this.#similar.look(this.words).within(SOON);
    this.element.removeAttribute("aria-busy");
    if (!this.element.isConnected) return;
    const queue = this.#queue;
    const here = this.element.contains(document.activeElement); // else the person has gone on elsewhere
    this.#queue = null;
    if (!alike) {
      this.#settings.take(null, this.#similar, here);
      if (here) for (const key of queue) pressAgain(key);
      this.#then?.();
      return;
    }
    this.element.append(h("button.button.button-small.chip-new", { type: "button", onclick: () => this.#settings.take(null, null) }, "Somebody new"));
    if (here) this.focus();
  }

  /** Does `then` once nobody called alike is found; false where it is found out already, and asked. */
  afterwards(then) {
    if (this.#queue) this.#then = then;
    return Boolean(this.#queue);
  }

  /** On no answer: a hasty Enter makes nobody new, and takes nobody. */
  focus() {
    this.element.focus();
  }

  #key(event) {
    const key = latinDigit(event);
    if (composing(event) || event.ctrlKey || event.metaKey || event.altKey || key === "Tab") return;
    if (key === "Escape") this.#settings.leave();
    else if (this.#queue) this.#queue.push(event);
    else if (key !== "0" || !this.#similar.takeFirst()) {
      if (key.length === 1 && key !== " ") event.stopPropagation(); // a letter of the name is no command
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}

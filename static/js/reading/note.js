import { announce } from "./aloud.js";
import { h } from "../forms/dom.js";

/** A line of words beside the text, said aloud as well: what a change would do, before it does it. */
export class Note {
  #element = h("p.note.notice.notice-warn", { hidden: true, "aria-hidden": "true" });
  #host;

  constructor(host) {
    this.#host = host;
    host.append(this.#element);
  }

  /** Shows it under a rectangle of the viewport. */
  show(words, rect) {
    announce(words);
    this.#element.textContent = words;
    this.#element.hidden = false;
    const origin = this.#host.getBoundingClientRect();
    const left = Math.max(8, Math.min(rect.x - origin.left, origin.width - this.#element.offsetWidth - 8));
    this.#element.style.setProperty("left", `${left}px`);
    this.#element.style.setProperty("top", `${rect.bottom - origin.top + 28}px`);
  }

  hide() {
    this.#element.hidden = true;
  }
}

import { h } from "../forms/dom.js";

const SHOWN = 6000; // milliseconds
const SHOWN_WITH_ACT = 15000;

/** What is announced, for the eye too: one line at the foot of the text, with what may be done about it. */
export class Said {
  #words = h("span", { dir: "auto", "aria-hidden": "true" }); // the live region says the same
  #act = h("button.button.button-small", { type: "button" });
  #element = h("div.said", { hidden: true, onpointerenter: () => this.#stay(), onpointerleave: () => this.#leave(SHOWN),
    onfocusin: () => this.#stay(), onfocusout: () => this.#leave(SHOWN) }, h("p", null, this.#words, this.#act));
  #timer = 0;
  #done = null;

  constructor(host) {
    host.append(this.#element);
    this.#act.addEventListener("click", () => {
      const { run } = this.#done;
      this.hide();
      run();
    });
  }

  /** @param {{name: string, run: () => void}|null} act a button beside the words */
  show(words, act = null) {
    this.#words.textContent = words;
    this.#act.textContent = act?.name ?? "";
    this.#act.hidden = !act;
    this.#done = act;
    this.#element.hidden = !words;
    this.#element.toggleAttribute("data-act", Boolean(act));
    this.#leave(act ? SHOWN_WITH_ACT : SHOWN);
  }

  #stay() {
    clearTimeout(this.#timer);
  }

  #leave(milliseconds) {
    this.#stay();
    this.#timer = setTimeout(() => this.hide(), milliseconds);
  }

  hide() {
    this.#element.hidden = true;
  }
}

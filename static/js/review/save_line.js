import { STATES } from "../saving/words.js";
import { aloud } from "./aloud.js";

/** The state of saving in sight: in the queue always, elsewhere from the first change on. */
export class SaveLine {
  #button = document.getElementById("save-state");
  #outbox;
  #shown;
  #look;
  #told = "saved"; // said aloud last: that each change was saved is not

  /** @param {() => void} look leads to what could not be saved */
  constructor(outbox, { always = false, look }) {
    this.#outbox = outbox;
    this.#shown = always;
    this.#look = look;
    this.#button.addEventListener("click", () => this.#clicked());
    outbox.onEvent((event) => { if (event === "state") this.draw(); });
    addEventListener("beforeunload", (event) => {
      if (outbox.full && outbox.entries.length) event.preventDefault(); // it is kept nowhere else
    });
    this.draw();
  }

  draw() {
    const { name, waiting } = this.#outbox.state;
    this.#shown ||= waiting > 0 || name !== "saved";
    this.#button.hidden = !this.#shown;
    this.#button.dataset.state = name;
    if (name !== "saving" && name !== this.#told) aloud(STATES[name](waiting));
    if (name !== "saving") this.#told = name;
    const said = this.#button.querySelector("span");
    if (said.textContent !== STATES[name](waiting)) said.textContent = STATES[name](waiting);
  }

  #clicked() {
    const { name } = this.#outbox.state;
    if (name === "signed-out") location.assign(`/sign-in/?next=${encodeURIComponent(location.pathname + location.search)}`);
    else if (name === "trouble") this.#look();
    else this.#outbox.flush();
  }
}

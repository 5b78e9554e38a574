import { STATES } from "../saving/words.js";

/** The state of saving in sight: in the queue always, elsewhere while something is not saved. */
export class SaveLine {
  #button = document.getElementById("save-state");
  #outbox;
  #always;
  #look;

  /** @param {() => void} look leads to what could not be saved */
  constructor(outbox, { always = false, look }) {
    this.#outbox = outbox;
    this.#always = always;
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
    this.#button.hidden = !this.#always && name === "saved";
    this.#button.dataset.state = name;
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

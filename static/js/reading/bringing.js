const LOOKS = 6; // frames in which parts on the way may still be measured

/** Scrolls to something whose way there is not measured yet: now, and again in the next frames, unless the person goes elsewhere. */
export class Bringing {
  #turn = 0;

  constructor() {
    for (const name of ["wheel", "touchmove", "pointerdown", "keydown"]) {
      addEventListener(name, () => this.stop(), { capture: true, passive: true });
    }
  }

  /** `scroll()` is called in each of these frames; whatever is brought next takes its place. */
  begin(scroll) {
    this.stop();
    const turn = this.#turn;
    const look = (left) => {
      if (turn !== this.#turn) return;
      scroll();
      if (left) requestAnimationFrame(() => look(left - 1));
    };
    look(LOOKS);
  }

  stop() {
    this.#turn += 1;
  }
}

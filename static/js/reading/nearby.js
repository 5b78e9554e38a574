const SCREENS = 2; // above and below the screen, that are looked at for the first frame
const LEAST = 60; // pixels that a part is high, with what stands between two
const SETTLED = 1000; // milliseconds after which a jump is over

/**
 * Which sentences stand on the screen or near it, and on paper all of them. The browser itself tells which
 * parts it lays out and which it leaves out (reading.css), so that nothing has to be watched a second time.
 */
export class Nearby {
  #map;
  #listeners = [];
  #blocks = new WeakSet(); // the near ones
  #laid = new Set(); // those that are laid out wherever they stand
  #laying = 0;
  #printing = false;
  #told = "oncontentvisibilityautostatechange" in HTMLElement.prototype; // a browser that leaves nothing out tells nothing

  constructor(map) {
    this.#map = map;
    map.root.addEventListener("contentvisibilityautostatechange", ({ target, skipped }) => this.#moved(target, !skipped));
    addEventListener("beforeprint", () => this.#print(true));
    addEventListener("afterprint", () => this.#print(false));
  }

  /** `listener(sentence)` for each sentence that came near or went away. */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  has({ element }) {
    return this.#printing || !this.#told || this.#blocks.has(element.parentElement);
  }

  /**
   * Looks at once, so that the first frame is painted in full; from then on the browser tells. What it laid out before
   * this page listened it never tells: that is one screen each way where it is most.
   */
  look() {
    const margin = innerHeight * SCREENS;
    for (const block of this.#map.root.querySelectorAll("[data-block]")) {
      const rect = block.getBoundingClientRect();
      if (rect.top > innerHeight + margin) break;
      if (rect.bottom > -margin) this.#blocks.add(block);
    }
  }

  /**
   * Lays out the parts that will stand round a sentence, a screen each way, so that they have their true heights before
   * it is brought into view: else the text would creep under the pointer while it is measured frame by frame.
   */
  layRound(element) {
    const block = element.closest("[data-block]");
    const all = [...this.#map.root.querySelectorAll("[data-block]")];
    const at = all.indexOf(block);
    const some = [block];
    for (const way of [-1, 1]) {
      let room = innerHeight;
      for (let next = at + way; all[next] && room > 0; next += way) {
        some.push(all[next]);
        room -= LEAST;
      }
    }
    for (const one of some) one.dataset.laid = "";
    for (const one of some) this.#moved(one, true);
    clearTimeout(this.#laying);
    this.#laid = new Set([...this.#laid, ...some]);
    this.#laying = setTimeout(() => this.#leave(), SETTLED);
  }

  /** From here on the browser tells again which of them it lays out. */
  #leave() {
    const margin = innerHeight * SCREENS;
    for (const block of this.#laid) {
      delete block.dataset.laid;
      const { top, bottom } = block.getBoundingClientRect();
      if (bottom < -margin || top > innerHeight + margin) this.#moved(block, false);
    }
    this.#laid = new Set();
  }

  #moved(block, near) {
    if (near === this.#blocks.has(block)) return;
    if (near) this.#blocks.add(block);
    else this.#blocks.delete(block);
    for (const { dataset } of block.querySelectorAll(".s")) this.#tell(this.#map.sentenceAt(Number(dataset.start)));
  }

  #tell(sentence) {
    for (const listener of this.#listeners) listener(sentence);
  }

  #print(printing) {
    this.#printing = printing;
    for (const sentence of this.#map.sentences) this.#tell(sentence);
  }
}

const MARGIN = 1200; // pixels above and below the screen that are looked at for the first frame

/**
 * Which sentences stand on the screen or near it, and on paper all of them. The browser itself tells which
 * parts it lays out and which it leaves out (reading.css), so that nothing has to be watched a second time.
 */
export class Nearby {
  #map;
  #listeners = [];
  #blocks = new WeakSet(); // the near ones
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

  /** Looks at once, so that the first frame is painted in full; from then on the browser tells. */
  look() {
    const bottom = innerHeight + MARGIN;
    for (const block of this.#map.root.querySelectorAll("[data-block]")) {
      const rect = block.getBoundingClientRect();
      if (rect.top > bottom) break;
      if (rect.bottom > -MARGIN) this.#blocks.add(block);
    }
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

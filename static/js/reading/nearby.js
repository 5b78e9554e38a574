const MARGIN = 1200; // pixels above and below the screen: more than a frame of scrolling

/** Which sentences stand on the screen or near it, and on paper all of them. */
export class Nearby {
  #map;
  #listeners = [];
  #blocks = new Set(); // the near ones
  #watched = new Set();
  #printing = false;
  #observer;

  constructor(map) {
    this.#map = map;
    this.#observer = new IntersectionObserver((seen) => {
      for (const { target, isIntersecting } of seen) this.#moved(target, isIntersecting);
    }, { rootMargin: `${MARGIN}px 0px` });
    // a part of the text that becomes something else gets another element
    new MutationObserver(() => this.#watch()).observe(map.root, { childList: true, subtree: true });
    addEventListener("beforeprint", () => this.#print(true));
    addEventListener("afterprint", () => this.#print(false));
  }

  /** `listener(sentence)` for each sentence that came near or went away. */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  has({ element }) {
    return this.#printing || this.#blocks.has(element.parentElement);
  }

  /** Looks at once, so that the first frame is painted in full; from then on the browser tells. */
  look() {
    const bottom = innerHeight + MARGIN;
    for (const block of this.#map.root.querySelectorAll("[data-block]")) {
      const rect = block.getBoundingClientRect();
      if (rect.top > bottom) break;
      if (rect.bottom > -MARGIN) this.#blocks.add(block);
    }
    this.#watch();
  }

  #watch() {
    const now = new Set(this.#map.root.querySelectorAll("[data-block]"));
    for (const block of now) if (!this.#watched.has(block)) this.#observer.observe(block);
    for (const block of this.#watched) if (!now.has(block)) this.#observer.unobserve(block);
    for (const block of this.#blocks) if (!now.has(block)) this.#blocks.delete(block);
    this.#watched = now;
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

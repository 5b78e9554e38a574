/**
 * Paints annotations with the CSS Custom Highlight API: one Highlight per kind and state, styled in
 * reading.css. The text's DOM is never touched, so 2,000 spans paint in a few frames and overlap freely.
 */

const SUPPORT = new Set(["role", "reason", "time", "hedge", "gloss", "quoted"]);
const LAYERS = ["claim", "claim-inner", "event", "actor", "cue", "support"];
const STATES = ["hover", "linked", "current", "draft", "flash", "pending"];

const layerOf = (annotation) => (SUPPORT.has(annotation.kind) ? "support" : annotation.kind);
const extentLength = (extent) => extent.reduce((sum, [start, end]) => sum + end - start, 0);
const key = (state, layer) => (state ? `${layer.replace("-inner", "")}-${state}` : layer);

export class Highlights {
  #map;
  #store;
  #registry = new Map();
  #owner = new WeakMap(); // painted range → annotation uuid
  #base = new Map(); // uuid → [{name, range}]
  #hidden = new Set();
  #marked = new Map(); // state → [{name, range}…]

  constructor(map, store) {
    this.#map = map;
    this.#store = store;
    LAYERS.forEach((layer, order) => this.#make(layer, order));
    STATES.forEach((state, order) => LAYERS.forEach((layer) => this.#make(key(state, layer), 10 + order)));
    this.#make("sentence-mark", 0);
    store.onChange((change) => this.#changed(change));
  }

  #make(name, priority) {
    if (this.#registry.has(name)) return;
    const highlight = new Highlight();
    highlight.priority = priority;
    this.#registry.set(name, highlight);
    CSS.highlights.set(name, highlight);
  }

  paintAll() {
    let furthest = 0; // in text order one sweep tells which claims lie inside another
    for (const annotation of this.#store.inOrder()) {
      const end = annotation.extent.at(-1)[1];
      this.#paint(annotation, annotation.kind === "claim" && end <= furthest);
      if (annotation.kind === "claim") furthest = Math.max(furthest, end);
    }
  }

  #changed({ before, after }) {
    if (before) this.#erase(before.uuid);
    if (after) this.#paint(after);
  }

  #paint(annotation, inner = annotation.kind === "claim" && this.#insideClaim(annotation)) {
    const layer = layerOf(annotation);
    if (this.#hidden.has(layer)) return;
    const name = inner ? "claim-inner" : layer;
    this.#base.set(annotation.uuid, this.#add(name, annotation));
  }

  #add(name, { uuid, extent }) {
    return extent.flatMap(([start, end]) => this.#map.paintRanges(start, end)).map((range) => {
      if (uuid) this.#owner.set(range, uuid);
      this.#registry.get(name).add(range);
      return { name, range };
    });
  }

  #erase(uuid) {
    for (const { name, range } of this.#base.get(uuid) ?? []) this.#registry.get(name).delete(range);
    this.#base.delete(uuid);
  }

  #insideClaim(annotation) {
    const [[start]] = annotation.extent;
    const end = annotation.extent.at(-1)[1];
    return this.#store.touching(start, end).some((other) => other.kind === "claim" && other.uuid !== annotation.uuid
      && other.extent[0][0] <= start && other.extent.at(-1)[1] >= end
      && extentLength(other.extent) > extentLength(annotation.extent));
  }

  /** Shows or hides a whole kind. */
  toggle(layer, shown) {
    if (shown) this.#hidden.delete(layer);
    else this.#hidden.add(layer);
    for (const annotation of this.#store.inOrder()) {
      if (layerOf(annotation) !== layer) continue;
      this.#erase(annotation.uuid);
      this.#paint(annotation);
    }
  }

  /** Marks extents with a state, replacing what the state marked before: [{kind, extent, uuid?}…]. */
  mark(state, items) {
    for (const { name, range } of this.#marked.get(state) ?? []) this.#registry.get(name).delete(range);
    this.#marked.set(state, items.flatMap((item) => this.#add(key(state, layerOf(item)), item)));
  }

  /** Marks the sentence that a link points to. */
  markSentence(sentence) {
    const highlight = this.#registry.get("sentence-mark");
    highlight.clear();
    if (sentence) highlight.add(this.#map.paintRanges(sentence.start, sentence.end)[0]);
  }

  /** Annotations under a place of the viewport, shortest first. */
  under(x, y) {
    let found;
    if (CSS.highlights.highlightsFromPoint) {
      const uuids = new Set();
      for (const { ranges } of CSS.highlights.highlightsFromPoint(x, y)) {
        for (const range of ranges) if (this.#owner.has(range)) uuids.add(this.#owner.get(range));
      }
      found = [...uuids].map((uuid) => this.#store.get(uuid)).filter(Boolean);
    } else {
      const point = this.#map.pointFrom(x, y);
      found = point === null ? [] : this.at(point);
    }
    return found.sort((a, b) => extentLength(a.extent) - extentLength(b.extent));
  }

  /** Shown annotations that cover a point, shortest first. */
  at(point) {
    return this.#store.touching(point, point + 1).filter(({ uuid }) => this.#base.has(uuid))
      .sort((a, b) => extentLength(a.extent) - extentLength(b.extent));
  }
}

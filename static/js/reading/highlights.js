/**
 * Paints annotations with the CSS Custom Highlight API: one Highlight per kind and state, styled in
 * reading.css. The text's DOM is never touched, so spans overlap freely.
 *
 * A browser looks at every registered range again whenever anything in the page changes, so only what
 * stands near the screen is registered: a frame costs the same with forty spans and with ten thousand.
 */

const OWN_LAYER = new Set(["claim", "event", "actor", "cue"]); // all others are drawn alike
const LAYERS = ["claim", "claim-inner", "event", "actor", "cue", "support"];
const STATES = ["hover", "linked", "current", "draft", "flash", "pending"];

const layerOf = (annotation) => (OWN_LAYER.has(annotation.kind) ? annotation.kind : "support");
const extentLength = (extent) => extent.reduce((sum, [start, end]) => sum + end - start, 0);
const key = (state, layer) => (state ? `${layer.replace("-inner", "")}-${state}` : layer);

export class Highlights {
  #map;
  #store;
  #nearby;
  #registry = new Map();
  #owner = new WeakMap(); // painted range → annotation uuid
  #pieces = new Map(); // uuid → what of it stands in one sentence each: {uuid, name, layer, sentence, start, end, range}
  #inSentence = new Map(); // sentence → the pieces in it
  #hidden = new Set();
  #marked = new Map(); // state → [{name, range}…]

  constructor(map, store, nearby) {
    this.#map = map;
    this.#store = store;
    this.#nearby = nearby;
    LAYERS.forEach((layer, order) => this.#make(layer, order));
    STATES.forEach((state, order) => LAYERS.forEach((layer) => this.#make(key(state, layer), 10 + order)));
    this.#make("sentence-mark", 0);
    store.onChange((change) => this.#changed(change));
    nearby.onChange((sentence) => {
      for (const piece of this.#inSentence.get(sentence) ?? []) this.#show(piece);
    });
  }

  #make(name, priority) {
    if (this.#registry.has(name)) return;
    const highlight = new Highlight();
    highlight.priority = priority;
    this.#registry.set(name, highlight);
    CSS.highlights.set(name, highlight);
  }

  paintAll() {
    this.#nearby.look();
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
    const { uuid, extent } = annotation;
    const layer = layerOf(annotation);
    const name = inner ? "claim-inner" : layer;
    const pieces = extent.flatMap(([start, end]) => this.#map.sentencesOf([[start, end]])
      .map((sentence) => ({ uuid, name, layer, sentence, start, end, range: null })));
    this.#pieces.set(uuid, pieces);
    for (const piece of pieces) {
      if (!this.#inSentence.has(piece.sentence)) this.#inSentence.set(piece.sentence, new Set());
      this.#inSentence.get(piece.sentence).add(piece);
      this.#show(piece);
    }
  }

  /** Registers a piece that is to be seen, and takes away one that is not. */
  #show(piece) {
    const seen = this.#nearby.has(piece.sentence) && !this.#hidden.has(piece.layer);
    if (seen === Boolean(piece.range)) return;
    const highlight = this.#registry.get(piece.name);
    if (seen) {
      piece.range = this.#map.paintRange(piece.sentence, piece.start, piece.end);
      this.#owner.set(piece.range, piece.uuid);
      highlight.add(piece.range);
    } else {
      highlight.delete(piece.range);
      piece.range = null;
    }
  }

  #erase(uuid) {
    for (const piece of this.#pieces.get(uuid) ?? []) {
      if (piece.range) this.#registry.get(piece.name).delete(piece.range);
      this.#inSentence.get(piece.sentence).delete(piece);
    }
    this.#pieces.delete(uuid);
  }

  #insideClaim(annotation) {
    const [[start]] = annotation.extent;
    const end = annotation.extent.at(-1)[1];
    return this.#touching(start, end).some((other) => other.kind === "claim" && other.uuid !== annotation.uuid
      && other.extent[0][0] <= start && other.extent.at(-1)[1] >= end
      && extentLength(other.extent) > extentLength(annotation.extent));
  }

  /** Shows or hides a whole kind. */
  toggle(layer, shown) {
    if (shown) this.#hidden.delete(layer);
    else this.#hidden.add(layer);
    for (const pieces of this.#pieces.values()) {
      for (const piece of pieces) if (piece.layer === layer) this.#show(piece);
    }
  }

  /** Marks extents with a state, replacing what the state marked before: [{kind, extent, uuid?}…]. */
  mark(state, items) {
    for (const { name, range } of this.#marked.get(state) ?? []) this.#registry.get(name).delete(range);
    this.#marked.set(state, items.flatMap((item) => {
      const name = key(state, layerOf(item));
      return item.extent.flatMap(([start, end]) => this.#map.paintRanges(start, end).map((range) => {
        if (item.uuid) this.#owner.set(range, item.uuid);
        this.#registry.get(name).add(range);
        return { name, range };
      }));
    }));
  }

  /** Marks the sentence that a link points to. */
  markSentence(sentence) {
    const highlight = this.#registry.get("sentence-mark");
    highlight.clear();
    if (sentence) highlight.add(this.#map.paintRange(sentence, sentence.start, sentence.end));
  }

  /** Annotations that share at least one code point with start…end, by what stands in the sentences there. */
  #touching(start, end) {
    const uuids = new Set();
    for (let i = this.#map.indexAt(start); i < this.#map.sentences.length && this.#map.sentences[i].start < end; i += 1) {
      for (const piece of this.#inSentence.get(this.#map.sentences[i]) ?? []) {
        if (piece.start < end && start < piece.end) uuids.add(piece.uuid);
      }
    }
    return [...uuids].map((uuid) => this.#store.get(uuid));
  }

  /** Annotations under a place of the viewport, shortest first. */
  under(x, y) {
    const uuids = new Set();
    for (const { ranges } of CSS.highlights.highlightsFromPoint?.(x, y) ?? []) {
      for (const range of ranges) if (this.#owner.has(range)) uuids.add(this.#owner.get(range));
    }
    const found = [...uuids].map((uuid) => this.#store.get(uuid)).filter(Boolean);
    if (found.length) return found.sort((a, b) => extentLength(a.extent) - extentLength(b.extent));
    // some browsers lack that way, or answer nothing where there is something
    const point = this.#characterAt(x, y);
    return point === undefined ? [] : this.at(point);
  }

  /** The character that is drawn at a place of the viewport; the nearest one is not enough. */
  #characterAt(x, y) {
    const near = this.#map.pointFrom(x, y);
    const drawn = (point) => [...this.#map.range(point, point + 1).getClientRects()]
      .some(({ left, right, top, bottom }) => left <= x && x <= right && top <= y && y <= bottom);
    return near === null ? undefined : [near, near - 1].find((point) => point >= 0 && point < this.#map.length && drawn(point));
  }

  /** Shown annotations that cover a point, shortest first. */
  at(point) {
    return this.#touching(point, point + 1).filter((annotation) => !this.#hidden.has(layerOf(annotation)))
      .sort((a, b) => extentLength(a.extent) - extentLength(b.extent));
  }
}

import { calledOf, labelOf, VOICES } from "./labels.js";

/** The article's annotations, actors and events as this page knows them. */

export const order = (a, b) => a.extent[0][0] - b.extent[0][0] || b.extent.at(-1)[1] - a.extent.at(-1)[1]
  || (a.uuid < b.uuid ? -1 : Number(a.uuid > b.uuid));

export class Store {
  #annotations = new Map();
  #sorted = null;
  #listeners = [];

  constructor({ annotations, actors, events }) {
    for (const annotation of annotations) this.#annotations.set(annotation.uuid, annotation);
    this.actors = new Map(actors.map((actor) => [actor.uuid, actor]));
    this.events = new Map(events.map((event) => [event.uuid, event]));
  }

  /** `listener({before, after})` after each change of one annotation; either may be undefined. */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  get size() {
    return this.#annotations.size;
  }

  get(uuid) {
    return this.#annotations.get(uuid);
  }

  put(annotation) {
    const before = this.#annotations.get(annotation.uuid);
    this.#annotations.set(annotation.uuid, annotation);
    this.#changed({ before, after: annotation });
  }

  remove(uuid) {
    const before = this.#annotations.get(uuid);
    if (!before) return;
    this.#annotations.delete(uuid);
    this.#changed({ before });
  }

  #changed(change) {
    if (this.#sorted) {
      if (change.before) this.#sorted.splice(this.#place(change.before), 1);
      if (change.after) this.#sorted.splice(this.#place(change.after), 0, change.after);
    }
    for (const listener of this.#listeners) listener(change);
  }

  /** Where in the order an annotation stands or would stand. */
  #place(annotation) {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (order(this.#sorted[middle], annotation) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The one that follows in the order of the text and fulfils `wanted`; it need not be stored itself. */
  after(annotation, wanted) {
    const all = this.inOrder();
    const at = this.#place(annotation);
    for (let i = at + (all[at]?.uuid === annotation.uuid ? 1 : 0); i < all.length; i += 1) if (wanted(all[i])) return all[i];
    return undefined;
  }

  /** In the order of the text; of two that start together the longer one first. */
  inOrder() {
    this.#sorted ??= [...this.#annotations.values()].sort(order);
    return this.#sorted;
  }

  ofKind(kind) {
    return this.inOrder().filter((annotation) => annotation.kind === kind);
  }

  /** Takes the server's word for what an answer names: annotations, actors, events. */
  take({ annotation, also = [], actors = [], events = [] }) {
    for (const actor of actors) this.actors.set(actor.uuid, actor);
    for (const event of events) this.events.set(event.uuid, event);
    for (const told of [...also, annotation]) if (told) this.put(told);
  }

  /** The spans that belong to a claim: its cues, and the mentions of its sources. */
  chainOf(claim) {
    const uuids = new Set();
    for (const link of claim.claim?.chains.flat() ?? []) {
      for (const cue of link.cues) uuids.add(cue);
      for (const { mention } of link.sources) if (mention) uuids.add(mention);
    }
    return [...uuids].map((uuid) => this.get(uuid)).filter(Boolean);
  }

  /** Claims whose chain uses this span. */
  claimsWith(annotation) {
    const { uuid } = annotation;
    const names = (people = []) => people.some(({ mention }) => mention === uuid);
    return this.inOrder().filter(({ claim }) => claim && (names(claim.targets) || claim.chains.some((links) => links.some(({ cues, sources, addressees }) =>
      cues.includes(uuid) || names(sources) || names(addressees)))));
  }

  /** The name a person would call this annotation by. */
  titleOf({ kind, claim, actor, event, quotes }) {
    if (kind === "actor") return calledOf(this.actors.get(actor.actor) ?? actor);
    if (kind === "event") return this.events.get(event.event)?.label ?? event.label;
    if (kind !== "claim") return quotes.join(" … ");
    const names = claim.chains.flatMap(([first]) => first?.sources.map((source) =>
      calledOf(this.actors.get(source.actor) ?? source)) ?? []);
    return names.join(", ") || labelOf(VOICES, claim.voice);
  }
}

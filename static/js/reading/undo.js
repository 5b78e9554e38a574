import { OWNED } from "./bodies.js";

const DEPTH = 200;
const uuidOf = ({ before, after }) => (after ?? before)?.uuid;

/** Undo and redo over changes of single annotations: {before, after, label}; null stands for "not there". */
export class Undo {
  #past = [];
  #future = [];
  #apply;
  #listeners = [];

  /** @param {(changes, back) => void} apply turns states of annotations into others, [{before, after}…], or `back`, and saves them */
  constructor(apply) {
    this.#apply = apply;
  }

  /** Hears whenever there is something else to be undone or redone. */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  #changed() {
    for (const listener of this.#listeners) listener();
  }

  /** All steps, the newest last: what would be undone and what would be redone. */
  get steps() {
    return { past: this.#past, future: this.#future };
  }

  /** Goes on with the steps of an earlier page; what was done here already came after them. */
  takeUp({ past, future }) {
    if (!this.#past.length) this.#future = future;
    this.#past = [...past, ...this.#past];
    this.#changed();
  }

  /** Remembers one step, made of one or several changes that belong together. */
  did(label, changes) {
    this.#past.push({ label, changes });
    if (this.#past.length > DEPTH) this.#past.shift();
    this.#future = [];
    this.#changed();
  }

  /** What would be undone next; undefined when there is nothing. */
  get latest() {
    return this.#past.at(-1)?.label;
  }

  /** What would be redone next; undefined when there is nothing. */
  get next() {
    return this.#future.at(-1)?.label;
  }

  /** The label of what was undone, or null when there is nothing. */
  undo() {
    const step = this.#past.pop();
    if (!step) return null;
    this.#apply(step.changes, true);
    this.#future.push(step);
    this.#changed();
    return step.label;
  }

  /** Leaves an annotation out of every step: somebody else has changed it since. */
  forget(uuid) {
    this.#keep((change) => uuidOf(change) !== uuid);
  }

  /** The changes of its own supporting spans in the same step, which are saved with it. */
  savedWith(change) {
    const step = [...this.#past, ...this.#future].find(({ changes }) => changes.includes(change));
    const { uuid, actor, event, claim } = change.after ?? change.before;
    const unnamed = claim?.chains.flat().flatMap(({ sources }) => sources).filter(({ reason_span: span }) => span) ?? [];
    const owners = new Set([uuid, actor?.actor, event?.event, ...unnamed.map((source) => source.actor)]);
    return step?.changes.map((one) => [one, one.after ?? one.before])
      .filter(([, { kind, support }]) => OWNED.has(kind) && owners.has(support?.of)).map(([one]) => one) ?? [];
  }

  /**
   * Leaves out one change that the server refused, or would not have undone (`back`). What was done to the
   * annotation before stays, and what was done since follows from that.
   */
  leaveOut(refused, back = false) {
    const uuid = uuidOf(refused);
    const own = [...this.#past, ...this.#future.toReversed()].flatMap(({ changes }) => changes).filter((change) => uuidOf(change) === uuid);
    const at = own.indexOf(refused);
    if (at < 0) return;
    if (back && own[at - 1]) own[at - 1].after = refused.after;
    if (!back && own[at + 1]) own[at + 1].before = refused.before;
    const step = [...this.#past, ...this.#future].find(({ changes }) => changes.includes(refused));
    const savedWithIt = (change) => step.changes.includes(change) && (change.after ?? change.before).support?.of === uuid;
    this.#keep((change) => change !== refused && uuidOf(change) && !savedWithIt(change));
  }

  /** Steps that would only change what is saved with something else go altogether. */
  #keep(wanted) {
    const others = (steps) => steps.map(({ label, changes }) => ({ label, changes: changes.filter(wanted) }))
      .filter(({ changes }) => changes.some(({ before, after }) => !OWNED.has((after ?? before).kind)));
    this.#past = others(this.#past);
    this.#future = others(this.#future);
    this.#changed();
  }

  redo() {
    const step = this.#future.pop();
    if (!step) return null;
    this.#apply(step.changes);
    this.#past.push(step);
    this.#changed();
    return step.label;
  }
}

import { OWNED } from "./bodies.js";

const DEPTH = 200;

/** Undo and redo over changes of single annotations: {before, after, label}; null stands for "not there". */
export class Undo {
  #past = [];
  #future = [];
  #apply;

  /** @param {(changes) => void} apply turns states of annotations into others, [{before, after}…], and saves them */
  constructor(apply) {
    this.#apply = apply;
  }

  /** Remembers one step, made of one or several changes that belong together. */
  did(label, changes) {
    this.#past.push({ label, changes });
    if (this.#past.length > DEPTH) this.#past.shift();
    this.#future = [];
  }

  /** The label of what was undone, or null when there is nothing. */
  undo() {
    const step = this.#past.pop();
    if (!step) return null;
    this.#apply([...step.changes].reverse().map(({ before, after }) => ({ before: after, after: before })));
    this.#future.push(step);
    return step.label;
  }

  /** Leaves an annotation out of every step: somebody else has changed it since. */
  forget(uuid) {
    const others = (steps) => steps
      .map(({ label, changes }) => ({ label, changes: changes.filter(({ before, after }) => (after ?? before).uuid !== uuid) }))
      .filter(({ changes }) => changes.some(({ before, after }) => !OWNED.has((after ?? before).kind)));
    this.#past = others(this.#past);
    this.#future = others(this.#future);
  }

  redo() {
    const step = this.#future.pop();
    if (!step) return null;
    this.#apply(step.changes);
    this.#past.push(step);
    return step.label;
  }
}

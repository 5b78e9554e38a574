import { byId } from "../forms/dom.js";

/** Undo and redo for who has no keys at hand; each says what it would take back or do again. */
export class UndoButtons {
  #room;

  constructor(room) {
    this.#room = room;
    if (!room.data.can_annotate) return;
    for (const [id, redo] of [["room-undo", false], ["room-redo", true]]) {
      byId(id).hidden = false;
      byId(id).addEventListener("click", () => room.undo(redo));
    }
    room.undoing.onChange(() => this.#draw());
    this.#draw();
  }

  #draw() {
    const { latest, next } = this.#room.undoing;
    name(byId("room-undo"), "Undo", latest, "z");
    name(byId("room-redo"), "Redo", next, "Shift+Z");
  }
}

/** It stays in the order of focus with nothing to do, so that nobody is thrown out of it by the last step. */
function name(button, what, label, key) {
  const words = label ? `${what}: ${label}` : what;
  button.setAttribute("aria-disabled", String(!label));
  button.setAttribute("aria-label", words);
  button.title = `${words} (${key})`;
}

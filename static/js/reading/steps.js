/** From annotation to annotation, and an annotation from words to words. */
import { OWNED } from "./bodies.js";

/** The annotation after (1) or before (-1) the cursor, in text order. */
export function step(room, way) {
  const { store, cursor } = room;
  const all = store.inOrder().filter(({ kind }) => !OWNED.has(kind));
  const here = all.indexOf(store.get(room.current));
  const { point } = cursor;
  const next = here >= 0 ? all[here + way]
    : way > 0 ? all.find(({ extent }) => extent[0][0] >= point) : all.findLast(({ extent }) => extent[0][0] < point);
  if (!next) return;
  cursor.place(next.extent[0][0]);
  room.choose(next.uuid, { from: "text" });
}

/** Puts the chosen annotation on the words now selected. */
export function moveToSelection(room) {
  const before = room.store.get(room.current);
  const extent = room.cursor.extent();
  if (!before || !extent || OWNED.has(before.kind) || !room.data.can_annotate) {
    return room.announce("Choose an annotation and select its new words.");
  }
  const { sentence, sentences, quotes } = room.newAnnotation(before.kind, extent);
  room.change("Words changed", [{ before, after: { ...before, extent, quotes, sentence, sentences } }]);
  room.cursor.letGo();
  room.choose(before.uuid);
  return room.announce("The annotation now stands on the selected words.");
}

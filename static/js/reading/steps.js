/** From annotation to annotation, and from article to article. */
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

/** To the article before (-1) or after (1), as the head of the page links it. */
export function toArticle(room, way) {
  const link = document.querySelector(`.article-head a[rel=${way > 0 ? "next" : "prev"}]`);
  if (link) location.assign(link.href);
  else room.announce(way > 0 ? "This is the last article." : "This is the first article.");
}

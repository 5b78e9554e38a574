import { latinKey } from "../forms/latin_key.js";
import { h } from "../forms/dom.js";
import { KIND_NAMES } from "./form_frame.js";

const MOST = 9; // one digit each

/** Lists every annotation at the cursor, the shortest first; a digit or a click chooses one. */
export function listOverlaps(room) {
  const { highlights, cursor, store } = room;
  const here = highlights.at(cursor.point);
  // a cursor behind the last letter of a span still means that span
  const found = (here.length ? here : highlights.at(Math.max(0, cursor.point - 1))).slice(0, MOST);
  if (!cursor.placed || !found.length) {
    room.announce("Nothing is marked at the cursor.");
    return;
  }
  const items = found.map((annotation, i) => h("button", { type: "button", autofocus: i === 0, "data-uuid": annotation.uuid,
    onclick: () => { dialog.close(); room.choose(annotation.uuid, { from: "text" }); } },
  h("span", null, h(`span.kind.kind-${annotation.kind}`, { "aria-hidden": "true" }),
    ` ${KIND_NAMES[annotation.kind]}: `, h("b", { dir: "auto" }, store.titleOf(annotation)),
    ["claim", "actor", "event"].includes(annotation.kind) ? h("small", { dir: "auto" }, annotation.quotes.join(" … ")) : null), h("kbd", null, String(i + 1))));
  const dialog = h("dialog.block-menu.overlap-menu", { "aria-labelledby": "overlap-title",
    onclose: () => { dialog.remove(); room.map.root.focus({ preventScroll: true }); },
    onclick: (event) => { if (event.target === dialog) dialog.close(); },
    onkeydown: (event) => key(event, items) },
  h("h2", { id: "overlap-title" }, "Marked here"), items);
  document.body.append(dialog);
  dialog.showModal();
  place(dialog, cursor.rect());
}

function key(event, items) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (way) items.at((items.indexOf(document.activeElement) + way) % items.length).focus();
  else if (items[Number(latinKey(event)) - 1]) items[Number(latinKey(event)) - 1].click();
  else return;
  event.preventDefault();
}

function place(dialog, rect) {
  if (!rect || matchMedia("(max-width: 56rem)").matches) return; // a sheet at the foot of the screen
  const top = Math.max(64, Math.min(rect.bottom + 6, innerHeight - dialog.offsetHeight - 16));
  const left = Math.max(16, Math.min(rect.x, innerWidth - dialog.offsetWidth - 16));
  dialog.style.setProperty("inset", `${top}px auto auto ${left}px`);
}

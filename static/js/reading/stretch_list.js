import { h } from "../forms/dom.js";
import { removeStretch, RESHAPED } from "./new_words.js";

/** The stretches of an annotation that has several, each with a button that leaves it out. */
export function stretchList({ uuid, kind, extent, quotes }, room) {
  if (extent.length < 2 || !room.data.can_annotate || !RESHAPED.has(kind)) return null;
  return h("ol.stretches", { "aria-label": "Stretches" }, quotes.map((words, i) => h("li", null, h("span", { dir: "auto" }, words),
    h("button.chip-remove", { type: "button", "aria-label": `Leave out “${words}”`, title: "Leave this stretch out",
      onclick: () => removeStretch(room, uuid, i) }, "×"))));
}

/**
 * Choosing other words for a part by selecting them in the newest text, which is shown in a field that takes
 * no change: there words are selected by mouse, by touch and by Shift and the arrow keys (a field that is
 * read-only has no caret in Chromium). What is taken goes into the field of the words, and where it stands, in
 * code points, beside it; typing afterwards forgets the place.
 */

import { CodePoints } from "../code_points.js";
import { h } from "../forms/dom.js";

const JOINER = " … ";
const BLANK = /\s/;

/** The selection of the field without blanks at its ends, in code points; null where nothing is left. */
function selected(field, points) {
  let [start, end] = [field.selectionStart, field.selectionEnd];
  while (start < end && BLANK.test(field.value[start])) start += 1;
  while (start < end && BLANK.test(field.value[end - 1])) end -= 1;
  return start < end ? [points.toPoint(start), points.toPoint(end)] : null;
}

/** Sorted, and one where they touch, as the server holds them. */
function merged(stretches) {
  const made = [];
  for (const [start, end] of [...stretches].sort((a, b) => a[0] - b[0])) {
    const last = made.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else made.push([start, end]);
  }
  return made;
}

const parsed = (written) => written.split(";").filter(Boolean).map((one) => one.split("-").map(Number));

/** @param {HTMLDetailsElement} choosing the part's field of words  @param {HTMLTextAreaElement} whole the text */
export function offerSelecting(choosing, whole) {
  const words = choosing.querySelector("textarea");
  const place = choosing.querySelector("input[data-extent]");
  const points = new CodePoints(whole.value);
  const open = h("button.button.button-small", { type: "button", "aria-expanded": "false", onclick: toggle },
    `Select in text ${whole.dataset.number}`);
  let panel = null;

  function toggle() {
    if (panel) close();
    else show();
  }

  function close() {
    panel.remove();
    panel = null;
    open.setAttribute("aria-expanded", "false");
    open.focus();
  }

  function show() {
    const said = h("p.field-hint", { role: "status" });
    const field = h("textarea.textarea.carry-text", {
      "aria-readonly": "true", inputmode: "none", rows: "10", lang: whole.lang, dir: "auto", value: whole.value, spellcheck: "false",
      "aria-label": `Text ${whole.dataset.number}: select the words`,
      onbeforeinput: (event) => event.preventDefault(),
      oninput: () => { field.value = whole.value; },
      onkeydown: (event) => { if (event.key === "Escape") close(); },
    });
    const use = (add) => () => {
      const found = selected(field, points);
      said.textContent = found ? "" : "Select words in the text first.";
      if (found) take(add ? [...parsed(place.value), found] : [found], said);
      else field.focus();
    };
    panel = h("div.carry-select", null, field,
      h("div.actions", null,
        h("button.button.button-small", { type: "button", onclick: use(false) }, "Take the selected words"),
        h("button.button.button-small.button-quiet", { type: "button", onclick: use(true) }, "Add as another piece"),
        h("button.button.button-small.button-quiet", { type: "button", onclick: close }, "Close")), said);
    open.after(panel);
    open.setAttribute("aria-expanded", "true");
    near(field);
  }

  /** Puts the selection where the words are now thought to stand, and scrolls there. */
  function near(field) {
    const [first] = parsed(place.value || choosing.dataset.near || "");
    const [start, end] = first ? first.map((point) => points.toUtf16(point)) : [0, 0];
    field.setSelectionRange(start, end);
    field.focus();
    const above = whole.value.slice(0, start).length / Math.max(1, whole.value.length);
    field.scrollTop = Math.max(0, above * field.scrollHeight - field.clientHeight / 2);
  }

  function take(stretches, said) {
    const made = merged(stretches);
    words.value = made.map(([start, end]) => points.slice(start, end)).join(JOINER);
    place.value = made.map(([start, end]) => `${start}-${end}`).join(";");
    said.textContent = `Taken: “${words.value.replace(/\s+/g, " ")}”`;
  }

  words.addEventListener("input", () => { place.value = ""; });
  words.closest(".field").after(open);
}

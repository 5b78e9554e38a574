import { h } from "../forms/dom.js";
import { whyNot } from "./saying.js";

/* What was said and has not reached the server: in its place in the thread, with what becomes of it. */

const WAITS = {
  saving: "Being sent…",
  waiting: "Waiting: the server does not answer. It is kept here and sent again.",
  offline: "Waiting for the network. It is kept here and sent then.",
  "signed-out": "Signed out: it is kept here and sent once you are signed in again.",
  trouble: "Waiting",
};

/**
 * @param {Element} section the discussions of one thing
 * @param {{entries, state}} outbox
 * @param {(entry) => void} takeBack puts the words back into their form
 */
export function drawUnsent(section, outbox, takeBack) {
  for (const place of section.querySelectorAll("[data-unsent]")) {
    const mayChange = section.querySelector(`form[data-say-in="${place.dataset.unsent}"]`); // nobody may in an archived project
    const mine = outbox.entries.filter(({ local }) => local.where === section.dataset.where && local.thread === place.dataset.unsent);
    const drawn = mine.map((entry) => h("div.said-unsent", null,
      h("p.said-by", null, h("b", { dir: "auto" }, section.dataset.meName)),
      h("p.said-text", { dir: "auto" }, entry.body.text),
      entry.trouble
        ? h("p.notice.notice-bad", { role: "alert" }, `Not saved: ${whyNot(entry)}. `,
          mayChange ? h("button.button.button-small", { type: "button", onclick: () => takeBack(entry) }, "Change it") : null,
          " ", h("button.button.button-small.button-quiet", { type: "button", onclick: () => outbox.discard(entry) }, "Let it go"))
        : h("p.quiet", null, WAITS[outbox.state.name] ?? WAITS.saving)));
    place.replaceChildren(...drawn);
    const folded = mine.some(({ trouble }) => trouble) && place.closest("details");
    if (folded) folded.open = true;
  }
}

import { h } from "../forms/dom.js";
import { saying, whyNot } from "./saying.js";

/* A comment that the server refused, told wherever its author is; where it was said it stands in its thread. */

const THINGS = { claim: "a claim", actor: "a speaker", event: "an event", article: "an article" };
const told = new Map(); // what stands on this page, by the entry's key: a notice drawn anew would be read aloud anew
const place = document.getElementById("unsaid");

const inItsThread = ({ local }) => {
  const section = document.getElementById("discussions");
  return section?.dataset.where === local.where && section.querySelector(`[data-unsent="${CSS.escape(local.thread)}"]`) !== null;
};

function notice(entry) {
  const { text, about } = entry.body;
  return h("div.notice.notice-bad", { role: "alert" },
    h("p", null, `Your comment on ${THINGS[about.kind] ?? "something"} is not saved: ${whyNot(entry)}.`),
    h("p.unsaid-words", null, h("q", null, h("bdi", null, text))),
    h("div.unsaid-do", null, h("a.button.button-small", { href: `${entry.local.where}#discussions` }, "Go to where you said it"), " ",
      h("button.button.button-small.button-quiet", { type: "button", onclick: () => saying.discard(entry) }, "Let it go")));
}

function tell() {
  const refused = saying.entries.filter((entry) => entry.trouble && !inItsThread(entry));
  for (const [key, drawn] of told) {
    if (refused.some((entry) => entry.key === key)) continue;
    drawn.remove();
    told.delete(key);
  }
  for (const entry of refused.filter(({ key }) => !told.has(key))) {
    told.set(entry.key, notice(entry));
    place.append(told.get(entry.key));
  }
}

if (saying) {
  saying.onEvent(tell);
  saying.flush();
}

import { composing, latinKey } from "../forms/latin_key.js";
import { choose, isTyping } from "./cards.js";

/** In the box for a reason Enter sends, alone or with Ctrl; Shift+Enter makes a new line. */
function sendReason(event) {
  const form = event.target.closest?.("textarea")?.closest("form.reason");
  if (!form || event.key !== "Enter" || event.shiftKey || event.altKey || composing(event)) return false;
  event.preventDefault();
  if (!event.repeat) form.querySelector('[name="decision"]').click();
  return true;
}

/** Escape puts a reason away that is being written. */
function closeReason(target) {
  const open = target.closest?.("details.against[open]");
  if (!open) return;
  open.open = false;
  choose(open.closest("[data-claim]"));
}

/** Escape leaves the fields of a search, so that keys are about the claims again. */
function leaveFilter(target) {
  const inside = target.closest?.("form.filters") && isTyping(target);
  if (inside) target.blur();
  return Boolean(inside);
}

/** Lets single keys do the `acts` of that name; while something is being typed, no key is taken. */
export function onKeys(acts) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || sendReason(event)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      closeReason(event.target);
      if (leaveFilter(event.target)) event.preventDefault(); // a browser would empty the field
    }
    const key = latinKey(event);
    if (isTyping(event.target) || !acts[key]) return;
    event.preventDefault();
    if (event.repeat && !"jknp".includes(key)) return; // a key held down decides on nothing unseen
    acts[key]();
  });
}

/** What stands around the chosen claim, the search, and the list of keys. */
export const LOOKS = {
  w: (card) => {
    const around = card?.querySelector(".around");
    if (around) around.open = !around.open;
  },
  o: (card) => (card?.querySelector(".in-text") ?? card?.querySelector(".at"))?.click(),
  "/": () => document.querySelector("main input[type=search]")?.select(),
  f: () => document.querySelector("#facets summary, #facets a")?.focus(),
  "?": () => {
    const keys = document.querySelector(".keys");
    keys.open = !keys.open;
  },
};

/* Judging claims from the keyboard. Every key does what a button or link on the card does, so the page
   works without this file; while something is being typed, no key is taken. */

const cards = () => [...document.querySelectorAll("[data-claim]")];
let current = null;

const isTyping = (target) => target.closest("input, textarea, select, [contenteditable], form.reason") !== null;

function choose(card, { focus = true } = {}) {
  if (!card) return;
  for (const other of cards()) other.removeAttribute("aria-current");
  card.setAttribute("aria-current", "true");
  current = card.id;
  if (!focus) return;
  card.focus({ preventScroll: true });
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  card.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
}

const chosen = () => (current ? document.getElementById(current) : null);

function step(by) {
  const all = cards();
  const at = all.indexOf(chosen());
  const next = at < 0 ? all[by > 0 ? 0 : all.length - 1] : all[at + by];
  if (next && next !== chosen()) return choose(next);
  const link = document.querySelector(by > 0 ? '[data-key="n"], .pages [rel="next"]' : '.pages [rel="prev"]');
  if (link) link.click();
}

function press(key) {
  const card = chosen() ?? cards()[0];
  if (!card) return;
  choose(card);
  const control = card.querySelector(`[data-key="${key}"]`);
  if (!control) return;
  if (control.tagName !== "SUMMARY") return control.click();
  const against = control.parentElement;
  against.open = true;
  against.querySelector("textarea").focus();
}

const ACTS = {
  j: () => step(1),
  n: () => step(1),
  k: () => step(-1),
  p: () => step(-1),
  o: () => {
    const card = chosen() ?? (cards().length === 1 ? cards()[0] : null);
    (card?.querySelector(".in-text") ?? card?.querySelector(".at"))?.click();
  },
  w: () => {
    const around = chosen()?.querySelector(".around");
    if (around) around.open = !around.open;
  },
  "?": () => {
    const keys = document.querySelector(".keys");
    keys.open = !keys.open;
  },
};
for (const key of "ards") ACTS[key] = () => press(key);
// In the queue the decision to take back is the last one, which is no longer on the page.
ACTS.u = () => {
  const last = document.querySelector("[data-undo]");
  if (last) last.click();
  else press("u");
};

// In the box for a reason Enter sends, alone or with Ctrl; Shift+Enter makes a new line.
function sendReason(event) {
  const form = event.target.closest?.("textarea")?.closest("form.reason");
  if (!form || event.key !== "Enter" || event.shiftKey || event.altKey || event.isComposing) return false;
  event.preventDefault();
  if (!event.repeat) form.querySelector('[name="decision"]').click();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (sendReason(event)) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    const open = event.target.closest?.("details.against[open]");
    if (open) {
      open.open = false;
      choose(open.closest("[data-claim]"));
    }
    return;
  }
  if (isTyping(event.target) || !ACTS[event.key]) return;
  event.preventDefault();
  ACTS[event.key]();
});

document.addEventListener("focusin", (event) => {
  const card = event.target.closest("[data-claim]");
  if (card && card.id !== current) choose(card, { focus: false });
});

// After a decision the card comes back judged: go on to the next one that is not.
document.addEventListener("htmx:afterSettle", (event) => {
  const card = event.detail.elt?.closest?.("[data-claim]");
  if (!card) return;
  if (card.querySelector('[role="alert"]')) {
    choose(card);
    // the browser closes what is swapped in open while its namesake, soon to go, is still there
    const asked = card.querySelector(".against[data-asked]");
    if (asked) asked.open = true;
    return asked?.querySelector("textarea").focus();
  }
  const judged = card.querySelector('[data-key="u"]') !== null;
  const queue = document.querySelector("[data-queue]");
  if (judged && queue) return location.assign(`${location.pathname}?done=${card.id.replace("claim-", "")}`);
  // whoever was quicker than the settling types a reason already, and keeps the focus
  if (document.activeElement.closest("form.reason")) return;
  if (!judged) return choose(card);
  const rest = cards().slice(cards().indexOf(card) + 1);
  choose(rest.find((other) => other.querySelector('[data-key="a"]')) ?? card);
});

if (document.querySelector("[data-queue]")) choose(cards()[0], { focus: false });

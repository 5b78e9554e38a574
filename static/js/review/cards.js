/** The cards of a page of claims, and which of them the keys are about. */

let current = null;

export const cards = () => [...document.querySelectorAll("[data-claim]")];
export const uuidOf = (card) => card.id.replace("claim-", "");
export const cardOf = (uuid) => document.getElementById(`claim-${uuid}`);
export const wordsOf = (card) => [...card.querySelectorAll(".claim-body blockquote mark:not(.hit-around)")]
  .map((mark) => mark.textContent).join(" ").trim();

/** The card that is chosen, if it still stands on the page. */
export const chosen = () => (current ? document.getElementById(current) : null);

export function choose(card, { focus = true } = {}) {
  if (!card) return;
  for (const other of cards()) other.removeAttribute("aria-current");
  card.setAttribute("aria-current", "true");
  current = card.id;
  if (!focus) return;
  card.focus({ preventScroll: true });
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  card.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
}

export const isTyping = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], form.reason") !== null;

/** Whether something is being typed into the card, which then must not be put anew. */
export const inUse = (card) => card.contains(document.activeElement) && isTyping(document.activeElement);

/** Does what the card's control of that key does; a reason is asked for first. */
export function press(card, key) {
  const control = card?.querySelector(`[data-key="${key}"]`);
  if (!control || control.closest("[hidden]")) return;
  if (control.tagName !== "SUMMARY") {
    control.click();
    return;
  }
  const against = control.parentElement;
  against.open = true;
  against.querySelector("textarea").focus();
}

document.addEventListener("focusin", (event) => {
  const card = event.target.closest("[data-claim]");
  if (card && card.id !== current) choose(card, { focus: false });
});

import { h } from "../forms/dom.js";
import { cardOf, choose, inUse, uuidOf } from "./cards.js";
import { showUnsaved, whyNot } from "./unsaved.js";

/** Puts the card anew as the server now has it; resolves when it stands, true if it does. */
export async function refresh(uuid) {
  const card = cardOf(uuid);
  if (!card || inUse(card)) return false;
  const told = card.querySelector(".correction");
  const was = { around: card.querySelector(".around")?.open, focus: card.contains(document.activeElement), current: card.getAttribute("aria-current") };
  await window.htmx.ajax("GET", `/c/${uuid}/card/`, { source: card, target: card, swap: "outerHTML" });
  const now = cardOf(uuid);
  if (!now || now === card) return false;
  const since = card.querySelector(".correction"); // of something else that was refused meanwhile
  if (since && since !== told) now.querySelector(".claim-body").after(since);
  if (was.current) now.setAttribute("aria-current", "true");
  if (was.around && now.querySelector(".around")) now.querySelector(".around").open = true;
  if (was.focus && document.activeElement === document.body) now.focus({ preventScroll: true }); // not gone elsewhere since
  return true;
}

/** Leaves a card alone that came back too late: something is being typed into it, or waits to be saved for it. */
export function keepCardsInUse(judgements) {
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const card = detail.target.closest?.("[data-claim]");
    if (!card || detail.requestConfig.verb !== "get") return;
    if (inUse(card) || judgements.waitingFor(uuidOf(card)).length) detail.shouldSwap = false;
  });
}

/** Opens the form that was asked for and refused, and goes on in the reason that was typed. */
export function askAgain(card) {
  choose(card);
  // the browser closes what is swapped in open while its namesake, soon to go, is still there
  const asked = card.querySelector(".against[data-asked]");
  if (asked) asked.open = true;
  asked?.querySelector("textarea").focus();
}

function notice(card, ...said) {
  card.querySelector(".correction")?.remove();
  card.querySelector(".claim-body").after(h("p.notice.notice-bad.correction", { role: "alert" }, ...said));
}

/**
 * What the server did not take is shown on its claim, as that now stands: a decision in the form where it is made
 * again, the reason in it; of anything else what was refused and why. A claim that is not on the page is told of
 * beside it, and so is a decision that is not the visitor's to make any more.
 */
export async function settle(entry, outbox) {
  const { uuid, action, body, base } = entry;
  const card = cardOf(action === "relate" ? body.claim : uuid);
  if (!card) {
    showUnsaved(entry, outbox);
    return;
  }
  if (action === "decide" && entry.problem?.status === 403) { // asked once more it is refused once more
    showUnsaved(entry, outbox, () => refresh(uuid));
    return;
  }
  if (action === "decide") {
    const values = { decision: body.decision, reason: body.reason, review: body.review, version: base ?? card.dataset.version, next: location.pathname + location.search };
    await window.htmx.ajax("POST", `/c/${uuid}/review/`, { source: card, target: card, swap: "outerHTML", values });
    if (card.isConnected) return; // not reached: it waits on
    outbox.discard(entry);
    askAgain(cardOf(uuid));
    return;
  }
  outbox.discard(entry);
  if (action !== "relate") await refresh(uuid);
  notice(cardOf(action === "relate" ? body.claim : uuid), whyNot(entry));
}

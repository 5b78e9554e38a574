import { h } from "../forms/dom.js";
import { aloud } from "./aloud.js";
import { cards, choose, uuidOf, wordsOf } from "./cards.js";

const DECIDED = { accepted: "Accepted", rejected: "Rejected", disputed: "In dispute", reopened: "Submitted" };

/** A decision in words, as it is told before the server knows of it. */
export const inWords = ({ decision }) => (decision === "reopened" ? "opening it again" : DECIDED[decision].toLowerCase());

/**
 * Decisions on claims, and drafts handed in, where they stand: shown at once, sent through the outbox, and again when they have to be, so
 * that neither a lost network nor a reload loses a decision or a reason.
 */
export class Deciding {
  #judgements;
  #made;
  #forms = new Map(); // card → the forms in which it can be judged, for when a decision is taken back

  /** @param {(card, decision) => void} made goes on after a decision */
  constructor(judgements, made) {
    this.#judgements = judgements;
    this.#made = made;
    // before htmx sees it, which would send it once and never again
    document.addEventListener("submit", (event) => this.#submitted(event), true);
    document.addEventListener("htmx:afterSettle", () => this.recall());
    judgements.outbox.onEvent((event) => { if (event === "recovered") this.recall(); });
    this.recall();
  }

  #submitted(event) {
    const card = event.target.closest("[data-claim]");
    const hands = event.target.matches("[data-hands-in]");
    if ((!hands && event.submitter?.name !== "decision") || !card || !event.target.closest("footer.decide")) return;
    event.preventDefault();
    event.stopPropagation();
    if (hands) this.#handIn(card);
    else this.decide(card, event.submitter.value, new FormData(event.target).get("reason")?.trim() ?? "");
  }

  #handIn(card) {
    this.#judgements.submit(uuidOf(card));
    this.#showHandedIn(card);
    aloud(`Submitted for review: ${wordsOf(card)}`);
    choose(card);
  }

  decide(card, decision, reason = "") {
    aloud(`${decision === "reopened" ? "Opened again" : DECIDED[decision]}: ${wordsOf(card)}`);
    this.#show(card, this.#judgements.decide(card, uuidOf(card), decision, reason));
    this.#made(card, decision);
  }

  /** Shows on every card what was decided on it, or that it was handed in, where that is not saved yet. */
  recall() {
    for (const card of cards()) {
      const all = this.#judgements.waitingFor(uuidOf(card));
      if (all.some(({ action, trouble }) => action === "submit" && !trouble)) this.#showHandedIn(card);
      const waits = all.filter(({ action }) => action === "decide");
      const last = waits.at(-1);
      if (!last || card.dataset.review === last.made || waits.some(({ trouble }) => trouble)) continue;
      card.dataset.review = last.made;
      this.#show(card, last);
    }
  }

  /** There is nothing to judge on the card until the server has the draft, and puts it anew. */
  #showHandedIn(card) {
    const footer = card.querySelector("footer.decide:not([hidden])");
    if (!footer?.querySelector("[data-hands-in]")) return;
    this.#putPill(card, "reopened");
    footer.hidden = true;
    footer.before(h("p.notice.decided-now", { role: "status" }, h("b", null, "Submitted for review"),
      h("span.quiet", null, "It is kept here until the server has it.")));
  }

  #putPill(card, decision) {
    const pill = card.querySelector("header .pill");
    if (!pill) return;
    pill.className = `pill pill-${decision === "reopened" ? "submitted" : decision}`;
    pill.textContent = DECIDED[decision];
  }

  #show(card, { body: { decision, reason } }) {
    this.#putPill(card, decision);
    card.querySelector(".decided-now")?.remove();
    for (const open of card.querySelectorAll(".against[open]")) open.open = false;
    const footer = card.querySelector("footer.decide");
    if (!footer) return; // withdrawn meanwhile, or no longer the visitor's to judge
    const forms = this.#forms.get(card.id);
    if (decision === "reopened") {
      if (forms) footer.replaceWith(forms.cloneNode(true));
      else footer.hidden = false;
      return;
    }
    if (footer.querySelector('[data-key="a"]')) this.#forms.set(card.id, footer.cloneNode(true));
    footer.hidden = true;
    footer.before(h("p.notice.decided-now", null, h("b", null, DECIDED[decision]), reason ? h("q", { dir: "auto" }, reason) : null,
      h("button.button.button-small", { type: "button", "data-key": "u", onclick: () => this.decide(card, "reopened") }, "Undo ", h("kbd", null, "u"))));
  }
}

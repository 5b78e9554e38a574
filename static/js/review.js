import "./page.js";
import { aloud } from "./review/aloud.js";
import { cards, choose, chosen, isTyping, press } from "./review/cards.js";
import { Correcting } from "./review/correct.js";
import { Deciding } from "./review/deciding.js";
import { Judgements } from "./review/judgements.js";
import { LOOKS, onKeys } from "./review/keys.js";
import { Relating, endsOf } from "./review/relate.js";
import { Renewing } from "./review/renewing.js";
import { SaveLine } from "./review/save_line.js";
import { askAgain, keepCardsInUse, refresh, settle } from "./review/settle.js";

/* Judging the claims of a list from the keyboard. Every key of a decision does what a button or link on the card
   does, so the page works without this file; with it, a decision is kept until the server has it. */

function step(by) {
  const all = cards();
  const at = all.indexOf(chosen());
  const next = at < 0 ? all[by > 0 ? 0 : all.length - 1] : all[at + by];
  if (next && next !== chosen()) return choose(next);
  const link = document.querySelector(by > 0 ? '.pages [rel="next"]' : '.pages [rel="prev"]');
  if (link) link.click();
}

const ACTS = {
  j: () => step(1),
  n: () => step(1),
  k: () => step(-1),
  p: () => step(-1),
};
for (const key of "ardstu") {
  ACTS[key] = () => {
    const card = chosen() ?? cards()[0];
    if (!card) return;
    choose(card);
    press(card, key);
  };
}
for (const [key, look] of Object.entries(LOOKS)) {
  ACTS[key] = () => look(chosen() ?? (cards().length === 1 ? cards()[0] : null));
}

/** Goes on to the next claim that is not judged. */
function onDecided(card, decision) {
  if (decision === "reopened") return choose(card);
  const rest = cards().slice(cards().indexOf(card) + 1);
  return choose(rest.find((other) => other.querySelector('[data-key="a"]') && !other.querySelector('[data-key="u"]')) ?? card);
}

const data = JSON.parse(document.getElementById("judging")?.textContent ?? "null");
if (data) {
  const judgements = new Judgements(data);
  const { outbox } = judgements;
  keepCardsInUse(judgements);
  new Renewing(data, outbox);
  new Deciding(judgements, onDecided);
  const look = () => {
    const entry = outbox.entries.find(({ trouble }) => trouble);
    if (entry) settle(entry, outbox);
  };
  new SaveLine(outbox, { look });
  new Correcting(judgements, data, () => {});
  Object.assign(ACTS, new Relating(judgements, data).acts);
  outbox.onEvent((event, entry) => {
    if (event === "saved") (entry.action === "relate" ? endsOf(entry) : judgements.waitingFor(entry.uuid).length ? [] : [entry.uuid]).forEach(refresh);
    if ((event === "conflict" || event === "refused") && !isTyping(document.activeElement)) settle(entry, outbox);
  });
  outbox.flush();
}
onKeys(ACTS);

// How many claims a search found, or that it found none, for those who do not see the page change.
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.elt?.id !== "desk") return;
  aloud(detail.elt.querySelector("[data-found], .empty h2")?.textContent ?? "");
});

// What was submitted, or refused, comes back as its card.
document.addEventListener("htmx:afterSettle", (event) => {
  const card = event.detail.elt?.closest?.("[data-claim]");
  if (!card || event.detail.requestConfig?.verb === "get") return;
  if (card.querySelector('[role="alert"]')) askAgain(card);
  else if (!document.activeElement.closest("form.reason")) choose(card); // whoever was quicker types on
});

import "../page.js";
import { h } from "../forms/dom.js";
import { cardOf, choose, chosen, isTyping, press, uuidOf } from "./cards.js";
import { Correcting } from "./correct.js";
import { Deciding } from "./deciding.js";
import { Judgements } from "./judgements.js";
import { LOOKS, onKeys } from "./keys.js";
import { Relating, endsOf } from "./relate.js";
import { Renewing } from "./renewing.js";
import { SaveLine } from "./save_line.js";
import { keepCardsInUse, refresh, settle } from "./settle.js";
import { showUnsaved } from "./unsaved.js";

/* The queue: one claim at a time, the next ones at hand before they are needed. What is decided goes through an
   outbox, so that neither a lost network nor a reload loses a decision or a reason. */

const GO_ON = "sourceline.review.go-on";
const NEAR_THE_END = 3; // claims left when further ones are asked for

const data = JSON.parse(document.getElementById("judging")?.textContent ?? "null");
const place = document.getElementById("queue");
const goOn = document.getElementById("go-on");
const sections = () => [...place.querySelectorAll(".queued")];
const shown = () => place.querySelector(".queued:not([hidden])");
const cardIn = (section) => section?.querySelector("[data-claim]") ?? null;
const firstBack = document.querySelector('[data-step="-1"]')?.getAttribute("href"); // from the first claim of the page
let recounted = 0; // the latest answer counts
const decided = []; // claims judged on this page, the last one last

function remembered() {
  try {
    return localStorage.getItem(GO_ON) !== "no";
  } catch {
    return true;
  }
}

function more() {
  const all = sections();
  if (all.length - all.indexOf(shown()) <= NEAR_THE_END) {
    const rest = document.getElementById("queue-more");
    if (rest) window.htmx.trigger(rest, "more");
  }
}

function show(section) {
  for (const other of sections()) other.hidden = other !== section;
  const card = cardIn(section);
  if (section.dataset.at) history.replaceState(null, "", section.dataset.at);
  const back = document.querySelector('[data-step="-1"]');
  const before = sections()[sections().indexOf(section) - 1]?.dataset.at ?? firstBack;
  if (before) back.setAttribute("href", before);
  else back.removeAttribute("href");
  choose(card, { focus: false });
  (card ?? section).focus({ preventScroll: true });
  scrollTo({ top: Math.min(scrollY, Math.max(0, section.getBoundingClientRect().top + scrollY - 90)) });
  more();
  const stuck = card && judgements?.waitingFor(uuidOf(card)).find(({ trouble }) => trouble);
  if (stuck) settle(stuck, judgements.outbox);
}

function step(by) {
  const all = sections();
  const next = all[all.indexOf(shown()) + by];
  if (next) show(next);
  else if (by < 0) document.querySelector('[data-step="-1"][href]')?.click();
  else if (document.getElementById("queue-more") && !navigator.onLine) say(cardIn(shown()), "No further claim is at hand without a network.");
}

function say(card, words) {
  card?.querySelector(".queue-said")?.remove();
  card?.querySelector(".claim-body").after(h("p.notice.queue-said", { role: "status" }, words));
}

function onDecided(card, decision) {
  const uuid = uuidOf(card);
  if (decision === "reopened") {
    if (decided.includes(uuid)) decided.splice(decided.lastIndexOf(uuid), 1);
    return choose(card);
  }
  decided.push(uuid);
  return goOn?.checked ? step(1) : choose(card);
}

function undo() {
  const card = cardOf(decided.at(-1) ?? "");
  if (!card) return press(chosen(), "u");
  show(card.closest(".queued"));
  return deciding.decide(card, "reopened");
}

function saidOn(card, { local: { says } }) {
  say(card, `Corrected: ${says}`);
}

/** The head says how many fit the rule, by what the server now has. */
async function recount() {
  const head = document.getElementById("queue-count");
  recounted += 1;
  const asked = recounted;
  const answer = await fetch(head.dataset.url, { credentials: "same-origin" }).catch(() => null); // then it is told the next time
  const words = answer?.ok && !answer.redirected ? await answer.text() : "";
  if (words && asked === recounted) head.textContent = words.trim();
}

function onOutbox(event, entry) {
  if (event === "saved" && entry.action !== "relate") recount();
  const card = entry && cardOf(entry.uuid);
  if (event === "saved" && entry.action === "relate") endsOf(entry).forEach(refresh);
  else if (event === "saved" && card && !judgements.waitingFor(entry.uuid).length) refresh(entry.uuid);
  if ((event !== "conflict" && event !== "refused") || document.querySelector(".correcting, .relating")) return;
  const at = entry.action === "relate" ? cardOf(entry.body.claim) : card;
  if (at && at === cardIn(shown()) && !isTyping(document.activeElement)) settle(entry, judgements.outbox);
}

function lookAtTrouble() {
  const entry = judgements.outbox.entries.find(({ trouble }) => trouble);
  if (!entry) return;
  const section = cardOf(entry.action === "relate" ? entry.body.claim : entry.uuid)?.closest(".queued");
  if (section) show(section);
  else showUnsaved(entry, judgements.outbox);
}

const acts = {
  ...Object.fromEntries(Object.entries(LOOKS).map(([key, look]) => [key, () => look(cardIn(shown()))])),
  n: () => step(1), j: () => step(1), p: () => step(-1), k: () => step(-1),
};
const judgements = data && place ? new Judgements(data) : null;
const deciding = judgements && new Deciding(judgements, onDecided);

if (judgements) {
  judgements.outbox.onEvent(onOutbox);
  keepCardsInUse(judgements);
  new Renewing(data, judgements.outbox);
  new SaveLine(judgements.outbox, { always: true, look: lookAtTrouble });
  new Correcting(judgements, data, saidOn);
  const relating = new Relating(judgements, data);
  // a page that could not be fetched is asked for again; nothing that was decided hangs on it
  place.addEventListener("htmx:sendError", (event) => event.stopPropagation());
  addEventListener("online", more);
  place.addEventListener("htmx:afterSettle", more);
  for (const { uuid, action, local } of judgements.outbox.entries) {
    const card = cardOf(uuid);
    if (card && action === "correct") saidOn(card, { local });
  }
  judgements.outbox.flush();
  Object.assign(acts, relating.acts, { u: undo }, Object.fromEntries([..."ardst"].map((key) => [key, () => press(cardIn(shown()), key)])));
}

if (goOn) {
  goOn.checked = remembered();
  goOn.addEventListener("change", () => {
    try {
      localStorage.setItem(GO_ON, goOn.checked ? "yes" : "no");
    } catch {
      // it then holds for this page alone
    }
  });
}
if (place) {
  onKeys(acts);
  document.addEventListener("click", (event) => {
    const by = Number(event.target.closest("[data-step]")?.dataset.step);
    const next = by && sections()[sections().indexOf(shown()) + by];
    if (!next) return;
    event.preventDefault();
    show(next);
  });
  show(shown());
}

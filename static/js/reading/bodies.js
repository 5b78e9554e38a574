import { NAMELESS } from "./labels.js";
import { KINDS } from "./slot_words.js";

/** From an annotation as the page holds it to the body that the API takes. */

export const OWNED = new Set(["cue", "role", "reason", "time", "place", "hedge", "gloss", "quoted", "addressee", "target", "occasion", "period"]); // saved with what they support

/** A mention that was deleted meanwhile is not named any more. */
const placed = ({ mention, ...rest }, store) => (mention === undefined || (mention && !store.get(mention)) ? rest : { ...rest, mention });

/** `back`: it takes back what was said of somebody who is made by the time this is sent. */
function sourceOf({ actor, name, takes_back: back, reason_span: said, ...told }, store) {
  const rest = placed(told, store);
  const known = store.actors.get(actor);
  if (said !== undefined && (back || !known?.fresh)) return { actor: back ? actor : known?.uuid ?? actor, ...rest, reason_span: said };
  if (!known?.fresh) return { actor: known?.uuid ?? actor, ...rest };
  const { kind, naming, number, stated_reason: reason, reason_span: span } = known;
  const why = naming === "anonymous" && span ? { stated_reason: reason, reason_span: span } : {};
  const counted = number && NAMELESS.has(naming) ? { number } : {};
  return { new_actor: { uuid: actor, name: known.name, kind, naming, ...counted, ...why }, ...rest };
}

const wordsOf = ({ uuid, extent, quotes }) => ({ uuid, extent, quotes });

/** Words and participants of an event, as they travel. */
const addsOf = ({ slots = {}, participants = [] }, store) => ({
  slots: Object.fromEntries(Object.entries(slots).map(([slot, span]) => [slot, wordsOf(span)])),
  participants: participants.map((one) => sourceOf(one, store)),
});

const OF_ANY = { leave: [], clears: {} };
const asKnown = ({ actor, role, part = "" }, store) => ({ actor: store.actors.get(actor)?.uuid ?? actor, role, part });

/** The same, which stored words are dropped, who leaves, and which date and place are cleared. */
function changesOf(adds, store) {
  const { leave, clears: { date, place } } = { ...OF_ANY, ...adds };
  return { ...addsOf(adds, store), ...(adds.drops?.length ? { drops: adds.drops.map(({ uuid }) => uuid) } : {}),
    ...(leave.length ? { leave: leave.map((one) => asKnown(one, store)) } : {}),
    ...(date || place ? { clears: { date, place } } : {}) };
}

/** Taken back, all of that is put where it was. */
function backOf(adds, store) {
  const { leave, clears } = { ...OF_ANY, ...adds };
  return { ...addsOf(adds, store),
    ...(adds.drops?.length ? { restores: Object.fromEntries(adds.drops.map((span) =>
      [Object.keys(KINDS).find((slot) => KINDS[slot] === span.kind), wordsOf(span)])) } : {}),
    ...(leave.length ? { rejoin: leave.map((one) => ({ ...asKnown(one, store), basis: one.basis, mention: one.mention })) } : {}),
    ...(clears.date || clears.place ? { says_again: clears } : {}) };
}

function cueOf(uuid, store) {
  const { extent, quotes, support } = store.get(uuid);
  // null takes the type away; where nothing is known of it, it stays what the server has
  return { uuid, extent, quotes, ...(support && "cue_type" in support ? { cue_type: support.cue_type } : {}) };
}

const linkOf = (link, store) => ({
  ...link,
  sources: link.sources.map((source) => sourceOf(source, store)),
  ...(link.addressees ? { addressees: link.addressees.map((party) => placed(party, store)) } : {}),
  cues: link.cues.filter((uuid) => store.get(uuid)).map((uuid) => cueOf(uuid, store)),
});

const ABOUT = {
  claim({ claim }, store) {
    const { status, withdrawn, chains, ...said } = claim;
    // a judged claim that is changed goes back to the reviewers; a draft stays one until it is submitted
    const aims = said.targets ? { targets: said.targets.map((party) => placed(party, store)) } : {};
    return { ...said, ...aims, status: status === "draft" ? status : "submitted", chains: chains.map((chain) => chain.map((link) => linkOf(link, store))) };
  },
  actor({ actor }, store) {
    const { new_actor: fresh, actor: uuid, reason_span: span } = actor.takes_back ? actor : sourceOf(actor, store);
    return fresh ? { new_actor: fresh } : { actor: uuid, ...(span === undefined ? {} : { reason_span: span }) };
  },
  event({ event }, store) {
    const known = store.events.get(event.event);
    const { factuality, factuality_words: shown } = event;
    const fact = factuality ? { factuality, factuality_words: shown ?? "" } : {};
    if (event.takes_back) return { event: event.event, ...fact, takes_back: backOf(event.takes_back, store) };
    if (!known?.fresh) return { event: event.event, ...fact, ...(event.adds ? { adds: changesOf(event.adds, store) } : {}) };
    const { uuid, label, type, date, place, date_words: words, latitude, longitude, note } = known;
    return { new_event: { uuid, label, type, date, place, date_words: words, latitude, longitude, note, ...addsOf(known, store) }, ...fact };
  },
};

/** The body of a PUT. New actors and events travel in it until an answer has named them. */
export function bodyOf(annotation, snapshot, store) {
  const { kind, extent, quotes } = annotation;
  return { snapshot, kind, extent, quotes, [kind]: ABOUT[kind](annotation, store) };
}

/** Supporting spans that are saved with an annotation. */
function ownedBy({ claim, actor, event, ...shown }, store) {
  if (claim) {
    const reasons = claim.chains.flat().flatMap(({ sources }) => sources).map(({ reason_span: span }) => span && store.get(span.uuid));
    return [...store.chainOf({ ...shown, claim }).filter(({ kind }) => OWNED.has(kind)), ...reasons.filter(Boolean)];
  }
  const { adds, takes_back: back } = event ?? {};
  const spans = [actor?.reason_span, ...Object.values((adds ?? back)?.slots ?? {})];
  return spans.map((span) => span && store.get(span.uuid)).filter(Boolean);
}

/** What travels with an entry of the outbox, so that a reload can show it before the server has seen it. */
export function shownUntilSaved(before, after, store) {
  const shown = after ?? before;
  const happened = store.events.get(shown.event?.event);
  const taking = [...(happened?.participants ?? []), ...(shown.event?.adds?.participants ?? []), ...(shown.claim?.targets ?? [])];
  const actors = [shown.actor?.actor, ...taking.map(({ actor }) => actor), ...(shown.claim?.chains.flat().flatMap(({ sources, addressees = [] }) => [...sources, ...addressees].map(({ actor }) => actor)) ?? [])];
  return {
    before, after,
    cues: ownedBy(shown, store),
    actors: actors.map((uuid) => store.actors.get(uuid)).filter(Boolean),
    events: [happened].filter(Boolean),
  };
}

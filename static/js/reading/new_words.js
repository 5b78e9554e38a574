/** Puts the chosen annotation on other words: moved, added to, some left out, or divided in two. */
import { asChanged, decisionOn, warningOf } from "./decided.js";
import { newUuid } from "../saving/identifiers.js";
import { typeOn } from "./marks.js";
import { joined, overlap, without } from "./stretches.js";

export const RESHAPED = new Set(["claim", "actor", "event", "cue"]); // the words of the others belong to what the room does not change

const CHOOSE = "Choose an annotation and select the words.";
/** The claim that a span is saved with; of all but a cue, itself. */
export const claimOf = (room, annotation) => (annotation.kind === "cue" ? room.store.claimsWith(annotation)[0] : annotation);

/** The changes that put one annotation, and no other, on the words of `extent`; a cue is saved with its claim. */
export function onWords(room, before, extent) {
  const { sentence, sentences, quotes } = room.newAnnotation(before.kind, extent);
  const after = { ...asChanged(before), extent, quotes, sentence, sentences };
  if (after.claim) after.claim = retyped(room, after.claim, before.extent, extent);
  if (before.kind !== "cue") return [{ before, after }];
  const claim = claimOf(room, before);
  return [{ before, after }, { before: claim, after: asChanged(claim) }];
}

const retyped = (room, claim, before, after) => ({ ...claim, quotation_type: typeOn(room.map, claim.quotation_type, before, after) });

/** The chosen annotation when its words may be changed; else says why not. */
function chosen(room) {
  const annotation = room.store.get(room.current);
  if (!room.data.can_annotate) room.announce("You may read here, not annotate.");
  else if (!annotation) room.announce(CHOOSE);
  else if (!RESHAPED.has(annotation.kind) || !claimOf(room, annotation)) room.announce("These words belong to a speaker. Edit it instead.");
  else if (room.form.editing === claimOf(room, annotation).uuid) room.announce("Its form is open: save or leave that first.");
  else return annotation;
  return null;
}

let asked = ""; // what was asked about: the same again does it

/** False at first when a decision would be taken back: it says so, and the second time does it. */
function mayChange(room, annotation, act) {
  const claim = claimOf(room, annotation);
  const decision = decisionOn(claim);
  const question = `${act} ${claim.uuid} ${claim.version} ${room.cursor.anchor} ${room.cursor.head}`;
  if (!decision || asked === question) {
    asked = "";
    return true;
  }
  asked = question;
  room.note(`${warningOf(decision)} The same again does it.`);
  return false;
}

function put(room, before, extent, label, said) {
  room.change(label, onWords(room, before, extent));
  room.toolbar.hide();
  room.cursor.letGo();
  room.choose(before.uuid);
  room.announceUndoable(said);
}

/** `x`: on the selected words instead. */
export function moveToSelection(room) {
  const before = chosen(room);
  const extent = before && room.cursor.extent();
  if (!before) return;
  if (!extent) room.announce(CHOOSE);
  else if (mayChange(room, before, "move")) put(room, before, extent, "Words changed", "The annotation now stands on the selected words.");
}

/** `X`: on the selected words as well. */
export function addSelection(room) {
  const before = chosen(room);
  if (!before) return;
  const extent = room.cursor.collapsed ? null : room.cursor.extent();
  if (!extent) room.announce(CHOOSE);
  else if (mayChange(room, before, "add")) {
    const all = joined([...before.extent, ...extent], (from, to) => !room.words.trim(from, to));
    put(room, before, all, "Words added", "The selected words belong to it now.");
  }
}

/** What is left when `stretches` are left out; no piece begins or ends with a blank. */
function remainder(room, extent, stretches) {
  let left = extent;
  for (const [start, end] of stretches) left = without(left, start, end);
  return left.map(([start, end]) => room.words.trim(start, end)).filter(Boolean);
}

/** `-`: without the selected words; with a bare cursor without the stretch it stands in. */
export function leaveOut(room) {
  const { cursor } = room;
  const before = chosen(room);
  if (!before) return;
  const bare = cursor.collapsed || !cursor.placed;
  const under = before.extent.filter(([start, end]) => start <= cursor.point && cursor.point <= end).slice(0, 1);
  const words = bare ? under : cursor.extent() ?? [];
  if (bare && before.extent.length < 2) room.announce("Select the words to leave out. Delete deletes the annotation.");
  else if (!overlap(before.extent, words)) room.announce("No word of the chosen annotation is selected.");
  else takeOut(room, before, words);
}

/** The button of one stretch in the list: without that stretch. */
export function removeStretch(room, uuid, i) {
  const before = room.store.get(uuid);
  if (before) takeOut(room, before, [before.extent[i]]);
}

function takeOut(room, before, stretches) {
  const left = remainder(room, before.extent, stretches);
  if (!left.length) room.announce("Nothing would be left. Delete deletes the annotation.");
  else if (mayChange(room, before, `leave out ${stretches}`)) put(room, before, left, "Words left out", "Words left out.");
}

/** `d`: two annotations, of the words before and behind the cursor or selection; each with the whole chain. */
export function divide(room) {
  const { cursor } = room;
  const before = chosen(room);
  if (!before) return;
  if (before.kind === "cue") {
    room.announce("A cue is not divided: leave words out of it with -.");
    return;
  }
  const [[from, to]] = cursor.collapsed || !cursor.placed ? [[cursor.point, cursor.point]] : cursor.extent() ?? [[0, 0]];
  const first = remainder(room, before.extent, [[from, room.map.length]]);
  const second = remainder(room, before.extent, [[0, to]]);
  if (!first.length || !second.length) room.announce("Put the cursor between the words of the chosen annotation.");
  else if (mayChange(room, before, "divide")) divideInto(room, before, first, second);
}

function divideInto(room, before, first, second) {
  const own = room.newAnnotation(before.kind, second);
  const twin = { ...structuredClone(asChanged(before)), ...own };
  if (twin.claim) twin.claim = retyped(room, twin.claim, before.extent, second);
  const cues = twin.claim ? copyCues(room, twin) : [];
  const kept = structuredClone(before);
  if (twin.claim) shareOut(kept.claim, twin.claim, twin.quotes.join(" "));
  const [{ after }] = onWords(room, kept, first);
  room.change(`${room.kindName(before)} divided`, [
    { before, after },
    ...cues.map((cue) => ({ before: null, after: cue })),
    { before: null, after: twin },
  ]);
  room.toolbar.hide();
  room.cursor.letGo();
  room.cursor.place(second[0][0]);
  room.choose(twin.uuid);
  room.announceUndoable("Divided in two; the second one is chosen.");
}

/** What was said of the whole: plain words stay with the first one, a number goes with its words. */
function shareOut(first, twin, words) {
  twin.paraphrase = "";
  const { quantities } = first;
  if (!quantities) return;
  const goes = (quantity) => Boolean(quantity.words) && words.includes(quantity.words);
  first.quantities = quantities.filter((quantity) => !goes(quantity));
  twin.quantities = quantities.filter(goes);
}

/** A cue belongs to one claim, so the twin gets its own on the same words. */
function copyCues(room, twin) {
  const made = [];
  for (const link of twin.claim.chains.flat()) {
    link.cues = link.cues.map((uuid) => room.store.get(uuid)).filter(Boolean).map((cue) => {
      made.push({ ...room.newAnnotation("cue", cue.extent), uuid: newUuid(), support: { ...cue.support, slot: "cue", of: twin.uuid } });
      return made.at(-1).uuid;
    });
  }
  renewSpans(twin.claim);
  return made;
}

/** Supporting spans that travel inside the claim, of a role or a time, are its own too. */
function renewSpans(value) {
  if (typeof value !== "object" || value === null) return;
  if (value.uuid && value.extent) value.uuid = newUuid();
  Object.values(value).forEach(renewSpans);
}

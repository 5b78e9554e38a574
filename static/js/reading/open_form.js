import { ActorForm } from "./actor_form.js";
import { OWNED } from "./bodies.js";
import { ClaimForm } from "./claim_form.js";
import { newClaim } from "./claim_type.js";
import { makeCue } from "./cues.js";
import { byId, h } from "../forms/dom.js";
import { EventForm } from "./event_form.js";
import { KIND_NAMES } from "./form_frame.js";
import { Picker } from "./picker.js";
import { fieldIn, inWords } from "../forms/refusals.js";
import { without } from "./stretches.js";

const DOUBLE_PRESS = 400; // milliseconds
const FORMS = { claim: ClaimForm, actor: ActorForm, event: EventForm };

/** The one form that may be open in the room, and the annotation that it is about. */
export class OpenForm {
  #room;
  #form = null;
  #draft = null;
  #saved = -Infinity;
  onClose = null; // called after each close

  constructor(room) {
    this.#room = room;
    this.picker = new Picker(room);
    const goOn = ({ type, key }) => { // Ctrl that is let go ends a Ctrl+Enter
      if (type === "keyup" ? key === "Control" || key === "Meta" : key !== "Enter") this.#saved = -Infinity;
    };
    for (const act of ["keydown", "keyup", "pointerdown"]) document.addEventListener(act, goOn, true);
  }

  get isOpen() {
    return this.#form !== null;
  }

  /** Whether a form was saved so lately, and nothing done since, that Enter is the second half of a double press. */
  get justSaved() {
    return Math.abs(Date.now() - this.#saved) < DOUBLE_PRESS;
  }

  /** The annotation whose form is open. */
  get editing() {
    return this.#draft?.uuid ?? null;
  }

  /** Opens the form of a new annotation on the selected words; a cue is made without one. */
  make(kind) {
    const room = this.#room;
    if (!room.data.can_annotate) return room.announce("You may read here, not annotate.");
    const extent = room.cursor.extent();
    if (!extent) return room.announce("Select words first.");
    if (kind === "cue" && this.#takesCue()) return this.#takeCue(extent);
    if (!this.mayClose()) return undefined;
    room.cursor.letGo();
    if (kind === "cue") return makeCue(room, extent);
    const draft = room.newAnnotation(kind, extent);
    return this.#open(kind === "claim" ? newClaim(room, draft) : draft, null);
  }

  /** Whether the open form is the claim's that a cue made now belongs to: no other claim is chosen. */
  #takesCue() {
    const chosen = this.#room.store.get(this.#room.current);
    return this.#draft?.kind === "claim" && (!chosen?.claim || chosen.uuid === this.editing);
  }

  /** The claim that the open form is about, where nothing else is chosen; else undefined. */
  get claim() {
    return this.#takesCue() ? this.#draft : undefined;
  }

  /** A topic or concept found or made in the text: it is ticked, and saved with the form. */
  takeCode(facet, code, stand) {
    this.#form.takeCode(facet, code, stand);
  }

  /** A cue of the claim whose form is open is saved with that form, and with nothing else. */
  #takeCue(extent) {
    const { cursor, toolbar, map } = this.#room;
    toolbar.hide();
    cursor.letGo();
    cursor.place(extent.at(-1)[1]);
    this.#form.takeCue(extent);
    this.#room.announce(`The open form takes the cue: ${map.quotes(extent).join(" … ")}. Save the form to keep it.`);
  }

  /** False where there is no form for it. */
  edit(uuid) {
    const { store, data } = this.#room;
    const annotation = store.get(uuid);
    if (!annotation || !(annotation.kind in FORMS) || !data.can_annotate) return false;
    if (this.mayClose()) this.#open(annotation, annotation);
    return true;
  }

  /** Takes back a change that the server refused, and opens its form with what was asked for and what was wrong. */
  correct(entry) {
    const { store } = this.#room;
    const { before, after, cues } = entry.local;
    const made = cues.filter(({ version }) => !version);
    const now = this.#room.giveUp(entry) ? store.get(after.uuid) : null; // as it was changed since
    if (!now) for (const { uuid } of made) store.remove(uuid);
    this.#open(now ?? after, now ?? before ?? null, now ? [] : made);
    const { element, controls } = this.#form;
    for (const error of entry.problem?.errors ?? []) element.refuse(inWords(error), controls[fieldIn(error.field)]);
  }

  /** Opens the form of the claim that gives a number of the event in those words: the one they lie in, or a new one. */
  async report(extent, event) {
    const room = this.#room;
    const found = await room.api.numbers({ extent });
    if (this.#form) return; // another was opened meanwhile
    const holds = (claim) => without(extent, claim.extent[0][0], claim.extent.at(-1)[1]).length === 0;
    const long = (claim) => claim.extent.at(-1)[1] - claim.extent[0][0];
    const [before = null] = room.store.ofKind("claim").filter(holds).sort((a, b) => long(a) - long(b));
    const draft = before ? structuredClone(before) : newClaim(room, room.newAnnotation("claim", extent));
    const told = found.length ? found : [{ qualifier: "exactly", low: null, high: null, unit: "", words: room.map.quotes(extent).join(" … ") }];
    const known = draft.claim.quantities ?? [];
    const fresh = told.filter(({ words }) => !known.some((one) => one.event === event && one.words === words));
    draft.claim.quantities = [...known, ...fresh.map((one) => ({ what: "", ...one, event }))];
    this.#open(draft, before);
    this.#form.element.gathered();
  }

  /** False when typed words would be lost; the form then asks about them, once. */
  mayClose() {
    return !this.#form || this.#form.element.mayLeave();
  }

  #open(draft, before, made = []) {
    const room = this.#room;
    this.close();
    this.#draft = draft;
    room.toolbar.hide();
    room.choose(null);
    this.#form = new FORMS[draft.kind](room, draft, before, made);
    byId("room-form").replaceChildren(this.#form.element);
    byId("room-panel").scrollTop = 0; // an earlier form may have been scrolled
    room.sheet("open");
    this.showDraft();
    this.#form.focus();
    // on a narrow screen the sheet covers the lower part: the words stay in sight above it
    if (matchMedia("(max-width: 56rem)").matches) {
      scrollBy({ top: (room.cursor.rect(draft.extent[0][0])?.top ?? 0) - 110 });
    }
  }

  /** Marks the words of the open form and the spans it has gathered. */
  showDraft() {
    const { highlights } = this.#room;
    highlights.mark("draft", this.#draft ? [this.#draft] : []);
    highlights.mark("linked", this.#form?.spans ?? []);
    this.#room.drawThreads();
  }

  /** The annotation as the form now tells it. */
  get told() {
    const links = this.#form?.chain?.links;
    return links ? { ...this.#draft, claim: { ...this.#draft.claim, chains: [links] } } : this.#draft;
  }

  /** A span that the form has gathered, or a stored one. */
  find(uuid) {
    return this.#form.spans?.find((span) => span.uuid === uuid) ?? this.#room.store.get(uuid);
  }

  /** Whether the open form has gathered this span. */
  uses(uuid) {
    return Boolean(this.#form?.spans.some((span) => span.uuid === uuid));
  }

  /** A span that the form has gathered was deleted elsewhere: it is taken out, that alone, and the form says so. */
  lost({ uuid, kind, quotes }) {
    if (!this.uses(uuid)) return;
    this.#form.forget?.(uuid); // what else names it is left out when it is saved
    const gone = `“${quotes.join(" … ")}” was deleted elsewhere meanwhile.`;
    const words = kind === "actor" ? `The mention ${gone} Who was named by it stays in this form, without a place in the text.`
      : `${KIND_NAMES[kind]}: ${gone}`;
    this.#form.element.querySelector("header").after(h("p.notice.notice-warn.form-lost", { role: "status" }, words));
  }

  close({ at } = {}) {
    if (this.picker.active) this.picker.finish(null);
    if (!this.#form) return;
    const { cursor, map } = this.#room;
    const end = at ?? this.#draft.extent.at(-1)[1];
    this.#form = null;
    this.#draft = null;
    byId("room-form").replaceChildren();
    this.#room.sheet("peek");
    this.showDraft();
    map.root.focus({ preventScroll: true });
    cursor.letGo();
    cursor.place(end);
    this.onClose?.();
  }

  leave() {
    this.#form.element.leave();
  }

  /** Closes the form without saving: the words of what is not made are selected as before. */
  cancel() {
    const { uuid, extent } = this.#draft;
    const { store, cursor, toolbar } = this.#room;
    this.close();
    if (store.get(uuid)) this.#room.choose(uuid);
    else {
      cursor.restore(extent);
      toolbar.show();
    }
  }

  /** The end of a form: saves, closes it, and goes back to the text behind the new span. */
  finish(label, changes) {
    const room = this.#room;
    const { after } = changes.find(({ after: one }) => one && !OWNED.has(one.kind) && one.uuid === this.#draft.uuid);
    room.change(label, changes);
    const unseen = room.panel.whyNot(after);
    const said = `${label}: ${room.store.titleOf(after)}`;
    if (unseen) room.announce(`${said}. ${unseen.words}`, { name: unseen.show, run: () => room.panel.showToo(after.uuid) });
    else room.announce(said);
    this.close({ at: after.extent.at(-1)[1] });
    this.#saved = Date.now();
    room.choose(after.uuid, { from: "form" });
  }

  /** Shows a notice at the head of the form, in the place of an earlier one. */
  tell(notice) {
    this.#form.element.querySelector(".form-news")?.remove();
    this.#form.element.querySelector("header").after(notice);
  }

  /** A place in the text that the form asks for; null when it was called off or the form has gone. */
  async pick(message, mentions) {
    const picked = await this.picker.ask(message, mentions);
    return this.#form ? picked : null;
  }
}

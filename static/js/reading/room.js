import { ActorForm } from "./actor_form.js";
import { Api } from "./api.js";
import { Blocks } from "./blocks.js";
import { OWNED, bodyOf, shownUntilSaved } from "./bodies.js";
import { ClaimForm, newClaim } from "./claim_form.js";
import { eraseCue, makeCue } from "./cues.js";
import { announce, byId } from "./dom.js";
import { EventForm } from "./event_form.js";
import { KIND_NAMES } from "./form_frame.js";
import { newUuid } from "./identifiers.js";
import { Outbox } from "./outbox.js";
import { Picker } from "./picker.js";
import { fieldIn, inWords, reasonsOf } from "./refusals.js";
import { Undo } from "./undo.js";

const FORMS = { claim: ClaimForm, actor: ActorForm, event: EventForm };

/** What a person can do in the room. Paints at once; the outbox sees to the saving. */
export class Room {
  current = null;
  #form = null;
  #draft = null;
  #withdrawn = new Set();

  constructor({ data, map, words, store, highlights, cursor }) {
    Object.assign(this, { data, map, words, store, highlights, cursor });
    this.api = new Api(data.urls, document.querySelector("#room [name=csrfmiddlewaretoken]")?.value ?? "");
    this.picker = new Picker(this);
    this.undoing = new Undo((from, to) => this.#apply(from, to));
    this.blocks = new Blocks(this);
    this.outbox = new Outbox(`${data.me}:${data.snapshot.uuid}`, (entry) => this.api.send(entry),
      (uuid) => (store.get(uuid) ?? this.blocks.get(uuid))?.version || undefined);
    this.#takeBack();
    this.outbox.onEvent((event, entry, answer) => this.#answered(event, entry, answer));
  }

  announce(message) {
    announce(message);
  }

  /** Shows again what was made before a reload and has not been saved yet. */
  #takeBack() {
    for (const { local, action } of this.outbox.entries) {
      for (const actor of local.actors ?? []) if (!this.store.actors.has(actor.uuid)) this.store.actors.set(actor.uuid, actor);
      for (const event of local.events ?? []) if (!this.store.events.has(event.uuid)) this.store.events.set(event.uuid, event);
      for (const cue of local.cues ?? []) this.store.put(cue);
      if (action === "block") this.blocks.show({ ...local.after, version: this.blocks.get(local.after.uuid)?.version });
      else if (action === "delete") this.store.remove(local.before.uuid);
      else if (local.after) this.store.put({ ...local.after, version: this.store.get(local.after.uuid)?.version ?? local.after.version });
    }
  }

  #answered(event, entry, answer) {
    if (event === "saved" && answer) this.store.take(answer);
    if (event === "saved" && answer?.block) this.blocks.saved(answer.block);
    if (event === "saved" && this.current) this.panel.refresh(this.current);
    if (event === "refused") this.announce(`Not saved. ${reasonsOf(answer)}`);
  }

  // -- changes ----------------------------------------------------------------------------------

  newAnnotation(kind, extent) {
    const [first, ...others] = this.map.sentencesOf(extent).map(({ n }) => n);
    return {
      uuid: newUuid(), kind, extent, quotes: this.map.quotes(extent), sentence: first,
      sentences: [first, ...others], version: 0, author: this.data.me_name, origin: "human",
    };
  }

  #apply(before, after) {
    const { uuid, kind } = after ?? before;
    if (kind === "block") this.#judge(before, after);
    else if (OWNED.has(kind)) {
      if (after) this.store.put(after);
      else this.store.remove(uuid);
    } else if (!after) {
      this.outbox.add({ action: "delete", uuid, local: shownUntilSaved(this.store.get(uuid) ?? before, null, this.store) });
      if (kind === "claim") this.#withdrawn.add(uuid);
      this.store.remove(uuid);
    } else if (!before && this.#withdrawn.has(uuid)) {
      this.#withdrawn.delete(uuid);
      this.store.put(after);
      this.outbox.add({ action: "restore", uuid, local: shownUntilSaved(null, after, this.store) });
    } else {
      const body = bodyOf(after, this.data.snapshot.uuid, this.store);
      this.outbox.add({ action: "put", uuid, body, local: shownUntilSaved(before, after, this.store) });
      this.store.put({ ...after, version: this.store.get(uuid)?.version ?? 0 });
    }
  }

  #judge(before, after) {
    const { uuid, role, masked, reason } = after;
    this.outbox.add({ action: "block", uuid, body: { role, masked, reason }, local: { before, after } });
    this.blocks.show({ ...after, version: this.blocks.get(uuid).version });
  }

  /** Applies changes that belong together as one step of undo. */
  change(label, changes) {
    for (const { before, after } of changes) this.#apply(before, after);
    this.undoing.did(label, changes);
  }

  /** The end of a form: saves, closes it, and goes back to the text behind the new span. */
  finish(label, changes) {
    const { after } = changes.find(({ after: one }) => one && !OWNED.has(one.kind) && one.uuid === this.#draft.uuid);
    this.change(label, changes);
    this.announce(`${label}: ${this.store.titleOf(after)}`);
    this.closeForm({ at: after.extent.at(-1)[1] });
    this.choose(after.uuid, { from: "form" });
  }

  erase(uuid) {
    const annotation = this.store.get(uuid);
    if (!annotation || !this.data.can_annotate) return;
    if (OWNED.has(annotation.kind)) return eraseCue(this, annotation);
    if (annotation.kind === "actor" && this.store.claimsWith(annotation).length) {
      return this.announce("This mention is the speaker of a claim. Change the claim first.");
    }
    const cues = annotation.claim ? this.store.chainOf(annotation).filter(({ kind }) => OWNED.has(kind)) : [];
    this.closeForm({ at: annotation.extent[0][0] });
    this.choose(null);
    this.change(`${KIND_NAMES[annotation.kind]} deleted`, [
      ...cues.map((cue) => ({ before: cue, after: null })), { before: annotation, after: null }]);
    return this.announce(`${KIND_NAMES[annotation.kind]} deleted. Press z to undo.`);
  }

  undo(redo = false) {
    if (!this.formMayClose()) return;
    this.closeForm();
    const label = redo ? this.undoing.redo() : this.undoing.undo();
    this.announce(label ? `${redo ? "Redone" : "Undone"}: ${label}` : `Nothing to ${redo ? "redo" : "undo"}`);
    if (this.current && !this.store.get(this.current)) this.choose(null);
  }

  /** Takes back what the server refused, or puts in place what it has. */
  revert(uuid, annotation) {
    if (this.blocks.get(uuid)) return this.blocks.show({ ...this.blocks.get(uuid), ...annotation });
    if (annotation) this.store.put(annotation);
    else this.store.remove(uuid);
    return this.panel.build();
  }

  // -- forms ------------------------------------------------------------------------------------

  get formOpen() {
    return this.#form !== null;
  }

  make(kind) {
    if (!this.data.can_annotate) return this.announce("You may read here, not annotate.");
    const extent = this.cursor.extent();
    if (!extent) return this.announce("Select words first.");
    if (!this.formMayClose()) return undefined;
    this.cursor.letGo();
    if (kind === "cue") return makeCue(this, extent);
    const draft = this.newAnnotation(kind, extent);
    return this.#open(kind === "claim" ? newClaim(this, draft) : draft, null);
  }

  edit(uuid) {
    const annotation = this.store.get(uuid);
    if (!annotation || !(annotation.kind in FORMS) || !this.data.can_annotate || !this.formMayClose()) return;
    this.#open(annotation, annotation);
  }

  /** Takes back a change that the server refused, and opens its form with what was asked for and what was wrong. */
  correct({ before, after, cues }, errors = []) {
    const made = cues.filter(({ version }) => !version);
    this.revert(after.uuid, before);
    for (const { uuid } of made) this.store.remove(uuid);
    this.undoing.forget(after.uuid);
    this.#open(after, before ?? null, made);
    const { element, controls } = this.#form;
    for (const error of errors) element.refuse(inWords(error), controls[fieldIn(error.field)]);
  }

  /** False when typed words would be lost; the form then asks about them, once. */
  formMayClose() {
    return !this.#form || this.#form.element.mayLeave();
  }

  #open(draft, before, made = []) {
    this.closeForm();
    this.#draft = draft;
    this.toolbar.hide();
    this.choose(null);
    this.#form = new FORMS[draft.kind](this, draft, before, made);
    byId("room-form").replaceChildren(this.#form.element);
    this.sheet("open");
    this.showDraft();
    this.#form.focus();
    // on a narrow screen the sheet covers the lower part: the words stay in sight above it
    if (matchMedia("(max-width: 56rem)").matches) {
      scrollBy({ top: (this.cursor.rect(draft.extent[0][0])?.top ?? 0) - 110 });
    }
  }

  /** Marks the words of the open form and the spans it has gathered. */
  showDraft() {
    this.highlights.mark("draft", this.#draft ? [this.#draft] : []);
    this.highlights.mark("linked", this.#form?.spans ?? []);
  }

  closeForm({ at } = {}) {
    if (this.picker.active) this.picker.finish(null);
    if (!this.#form) return;
    const end = at ?? this.#draft.extent.at(-1)[1];
    this.#form = null;
    this.#draft = null;
    byId("room-form").replaceChildren();
    this.sheet("peek");
    this.showDraft();
    byId("room-text").focus({ preventScroll: true });
    this.cursor.letGo();
    this.cursor.place(end);
    this.afterForm?.();
  }

  leaveForm() {
    this.#form.element.leave();
  }

  /** Closes the form without saving: the words of what is not made are selected as before. */
  cancelForm() {
    const { uuid, extent } = this.#draft;
    this.closeForm();
    if (this.store.get(uuid)) this.choose(uuid);
    else {
      this.cursor.restore(extent);
      this.toolbar.show();
    }
  }

  /** The annotation whose form is open. */
  get editing() {
    return this.#draft?.uuid ?? null;
  }

  /** Shows a notice at the head of the open form, in the place of an earlier one. */
  tellForm(notice) {
    this.#form.element.querySelector(".form-news")?.remove();
    this.#form.element.querySelector("header").after(notice);
  }

  async pick(message, mentions) {
    const picked = await this.picker.ask(message, mentions);
    return this.#form ? picked : null;
  }

  // -- what is looked at ------------------------------------------------------------------------

  /** The bottom sheet of a narrow screen: "open" or "peek". Elsewhere without effect. */
  sheet(state) {
    byId("room-panel").dataset.sheet = state;
    byId("room-sheet-toggle").setAttribute("aria-expanded", String(state === "open"));
  }

  hover(annotation) {
    if (this.hovered === annotation) return;
    this.hovered = annotation;
    this.highlights.mark("hover", annotation ? [annotation] : []);
    this.map.root.title = annotation ? `${KIND_NAMES[annotation.kind]}: ${this.store.titleOf(annotation)}` : "";
  }

  /** Makes an annotation the chosen one, marks its chain, and shows it in list and text. */
  choose(uuid, { from = null } = {}) {
    const before = this.current;
    this.current = uuid && this.store.get(uuid) ? uuid : null;
    if (before && before !== this.current) this.panel.refresh(before);
    const annotation = this.store.get(this.current);
    this.highlights.mark("current", annotation ? [annotation] : []);
    if (!this.#form) {
      const chain = annotation?.claim ? this.store.chainOf(annotation) : annotation ? this.store.claimsWith(annotation) : [];
      this.highlights.mark("linked", chain);
    }
    if (!annotation) return;
    this.panel.refresh(this.current, from !== null);
    const { sentence } = annotation;
    if (from === "text") this.announce(`${KIND_NAMES[annotation.kind]}: ${this.store.titleOf(annotation)}, sentence ${sentence}`);
    if (from === "list" || from === "link") {
      this.cursor.reveal(annotation.extent[0][0], "center");
      this.flash([annotation]);
      if (from === "list") this.sheet("peek");
    }
  }

  /** Draws again what is marked, after a change that was not made here. */
  look() {
    if (this.hovered) this.hover(null);
    if (this.#form) this.showDraft();
    else if (this.current) this.choose(this.current);
  }

  flash(items) {
    this.highlights.mark("flash", items);
    clearTimeout(this.flashing);
    this.flashing = setTimeout(() => this.highlights.mark("flash", []), 900);
  }
}

import { Api } from "./api.js";
import { OWNED } from "./bodies.js";
import { Changes } from "./changes.js";
import { eraseCue } from "./cues.js";
import { announce } from "./aloud.js";
import { byId } from "../forms/dom.js";
import { KIND_NAMES } from "./form_frame.js";
import { newUuid } from "../saving/identifiers.js";
import { OpenForm } from "./open_form.js";
import { reasonsOf } from "../forms/refusals.js";

/** What a person looks at in the room, and what can be done there. */
export class Room {
  current = null;
  hovered = null;

  constructor({ data, map, words, store, nearby, highlights, cursor }) {
    Object.assign(this, { data, map, words, store, nearby, highlights, cursor });
    this.api = new Api(data.urls, document.querySelector("#room [name=csrfmiddlewaretoken]")?.value ?? "");
    this.form = new OpenForm(this);
    this.changes = new Changes(this);
    this.outbox.onEvent((event, entry, answer) => this.#answered(event, entry, answer));
  }

  get picker() {
    return this.form.picker;
  }

  get outbox() {
    return this.changes.outbox;
  }

  get blocks() {
    return this.changes.blocks;
  }

  get undoing() {
    return this.changes.undoing;
  }

  /** Says it aloud and shows it; `act`, {name, run}, is offered beside the words. */
  announce(message, act = null) {
    announce(message);
    this.said?.show(message, act);
  }

  /** Says what was done and that it can be undone, by the key or where there is none by the button. */
  announceUndoable(message) {
    this.announce(`${message} ${matchMedia("(hover: none)").matches ? "Undo takes it back." : "Press z to undo."}`);
  }

  /** Warns in words beside the chosen annotation. */
  note(words) {
    const { extent } = this.store.get(this.current);
    this.notes.show(words, this.cursor.edgeRect(extent.at(-1), "end") ?? this.map.root.getBoundingClientRect());
  }

  kindName({ kind }) {
    return KIND_NAMES[kind];
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

  /** Applies changes that belong together, [{before, after}…], as one step of undo. */
  change(label, changes, stored = []) {
    this.changes.make(label, changes, stored);
  }

  erase(uuid) {
    this.handles.settle();
    const annotation = this.store.get(uuid);
    if (!annotation || !this.data.can_annotate) return;
    if (OWNED.has(annotation.kind)) return eraseCue(this, annotation);
    if (annotation.kind === "actor" && this.store.claimsWith(annotation).length) {
      return this.announce("This mention is the speaker of a claim. Change the claim first.");
    }
    const own = this.form.editing === uuid;
    if (!own && this.form.uses(uuid)) return this.announce("The open form names this mention. Take it out there first.");
    const cues = annotation.claim ? this.store.chainOf(annotation).filter(({ kind }) => OWNED.has(kind)) : [];
    if (own) this.form.close({ at: annotation.extent[0][0] });
    this.choose(null);
    this.change(`${KIND_NAMES[annotation.kind]} deleted`, [
      ...cues.map((cue) => ({ before: cue, after: null })), { before: annotation, after: null }]);
    return this.announceUndoable(`${KIND_NAMES[annotation.kind]} deleted.`);
  }

  undo(redo = false) {
    if (!this.form.mayClose()) return;
    this.form.close();
    this.handles.settle();
    const label = redo ? this.undoing.redo() : this.undoing.undo();
    this.announce(label ? `${redo ? "Redone" : "Undone"}: ${label}` : `Nothing to ${redo ? "redo" : "undo"}`);
    if (this.current) this.choose(this.current);
  }

  /** Gives up what the server refused; true when its annotation was changed again since. */
  giveUp(entry) {
    const again = this.changes.giveUp(entry);
    this.panel.build();
    return again;
  }

  revert(uuid, annotation) {
    this.changes.revert(uuid, annotation);
    this.panel.build();
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
    this.drawThreads();
  }

  /** Draws who said it: of what is pointed at, else of the open form, else of the chosen one. */
  drawThreads() {
    const { form } = this;
    if (this.hovered || !form.isOpen) this.threads.show(this.hovered ?? this.store.get(this.current));
    else this.threads.show(form.told, (uuid) => form.find(uuid));
  }

  /** Makes an annotation the chosen one, marks its chain, and shows it in list and text. */
  choose(uuid, { from = null } = {}) {
    const before = this.current;
    this.current = uuid && this.store.get(uuid) ? uuid : null;
    if (before && before !== this.current) this.panel.refresh(before);
    const annotation = this.store.get(this.current);
    this.highlights.mark("current", annotation ? [annotation] : []);
    if (before !== this.current) this.notes.hide();
    this.handles.show(this.form.isOpen ? null : annotation);
    this.drawThreads();
    if (!this.form.isOpen) {
      const chain = annotation?.claim ? this.store.chainOf(annotation) : annotation ? this.store.claimsWith(annotation) : [];
      this.highlights.mark("linked", chain);
    }
    if (!annotation) return;
    this.panel.refresh(this.current, from !== null, from === "form");
    const { sentence } = annotation;
    if (from === "text") announce(`${KIND_NAMES[annotation.kind]}: ${this.store.titleOf(annotation)}, sentence ${sentence}`);
    if (from === "list" || from === "link") {
      this.cursor.reveal(annotation.extent[0][0], "center");
      this.flash([annotation]);
      if (from === "list") this.sheet("peek");
    }
  }

  /** Draws again what is marked, after a change that was not made here. */
  look() {
    if (this.hovered) this.hover(null);
    if (this.form.isOpen) this.form.showDraft();
    else if (this.current) this.choose(this.current);
  }

  flash(items) {
    this.highlights.mark("flash", items);
    clearTimeout(this.flashing);
    this.flashing = setTimeout(() => this.highlights.mark("flash", []), 900);
  }
}

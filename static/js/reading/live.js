/**
 * What others do to the same text. Asked for every few seconds while the page is looked at; an unchanged
 * text answers with a bare 304. What arrives is put into the store without touching selection, form,
 * focus, scroll or press; what waits in the outbox is never overwritten, and what stands in the open form is
 * told there and left to its author.
 */
import { h } from "../forms/dom.js";
import { KIND_NAMES } from "./form_frame.js";
import { calledOf } from "./labels.js";
import { namedBy } from "./offered.js";
import { released } from "./pressed.js";

const PAUSE = 3000; // milliseconds
const LONGEST_PAUSE = 60000;

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

export class Live {
  #room;
  #tag;
  #pause = PAUSE;
  #timer = 0;
  #asking = false;
  #aside = null; // {uuid, theirs}: a change to what stands in the open form
  #caughtUp;
  #behind = false; // while the page shows what a browser kept of it
  /** Resolves once the page shows what is stored now: at once, except where a browser going back shows what it kept. */
  caughtUp = new Promise((done) => { this.#caughtUp = done; });

  constructor(room) {
    this.#room = room;
    this.#tag = room.data.snapshot.state;
    room.form.onClose = () => this.#formClosed();
    document.addEventListener("visibilitychange", () => this.#wake());
    addEventListener("online", () => this.#wake());
    if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") {
      this.#behind = true;
      this.#later();
      this.#wake();
    } else {
      this.#caughtUp();
      this.#later();
    }
  }

  get #awake() {
    return document.visibilityState === "visible" && navigator.onLine;
  }

  #later() {
    clearTimeout(this.#timer);
    if (this.#awake) this.#timer = setTimeout(() => this.#ask(), this.#pause);
  }

  #wake() {
    if (!this.#awake) return;
    this.#pause = PAUSE;
    this.#ask();
  }

  async #ask() {
    if (this.#asking || !this.#awake) return;
    this.#asking = true;
    let answered = false;
    try {
      answered = await this.#look(this.#tag);
    } finally {
      if (answered) {
        this.#behind = false;
        this.#caughtUp();
      }
      this.#pause = answered ? PAUSE : Math.min(LONGEST_PAUSE, this.#pause * 2);
      this.#asking = false;
      this.#later();
    }
  }

  /** What the server answers: {told, tag}, {} where nothing is new; null without an answer, as for whoever is signed out or shut out. */
  async #hear(since) {
    try {
      const response = await this.#room.api.changes(since);
      if (response.status === 304) return {};
      if (!response.ok) return null;
      return { told: await response.json(), tag: response.headers.get("ETag").replace(/^W\//, "").replaceAll('"', "") };
    } catch {
      return null; // no network, or it went in the middle of the answer
    }
  }

  /** True when there was an answer. */
  async #look(since) {
    const { outbox } = this.#room;
    const moves = outbox.moves;
    const answer = await this.#hear(since);
    if (!answer?.told) return Boolean(answer);
    await released();
    // what was saved here while the answer was under way may be newer than the answer: ask again
    if (moves !== outbox.moves) return true;
    const missed = this.#take(answer.told);
    if (missed && !answer.told.whole) return this.#look(null);
    if (!outbox.held.size) this.#tag = answer.tag;
    return true;
  }

  /** Takes in what is told; true when it cannot be all, because something was deleted. */
  #take({ whole, standing, annotations, gone, actors, events, blocks, watched, relations }) {
    const { store, outbox } = this.#room;
    const held = outbox.held;
    const renamed = actors.filter((actor) => calledOf(store.actors.get(actor.uuid) ?? actor) !== calledOf(actor));
    for (const actor of actors) store.actors.set(actor.uuid, actor);
    for (const event of events) store.events.set(event.uuid, event);
    this.#room.blocks?.take(blocks);
    this.#room.watch.changed(watched);
    const changed = annotations.filter((one) => !held.has(one.uuid) && !held.has(one.support?.of) && this.#isNews(one));
    const left = new Set(annotations.map(({ uuid }) => uuid));
    const removed = (whole ? store.inOrder().map(({ uuid }) => uuid).filter((uuid) => !left.has(uuid)) : gone)
      .filter((uuid) => !held.has(uuid) && store.get(uuid));
    this.#show(changed, removed);
    this.#relate(relations, held);
    const anew = new Set(renamed.map(({ uuid }) => uuid));
    const named = anew.size ? store.inOrder().filter((one) => namedBy(one).some((uuid) => anew.has(uuid))) : [];
    for (const { uuid } of named) this.#room.panel.refresh(uuid);
    return !held.size && standing !== store.size;
  }

  /** Relations between claims are told whole: who made one wrote nothing in the claims themselves. */
  #relate(relations, held) {
    const { store } = this.#room;
    for (const claim of store.ofKind("claim")) {
      const now = relations[claim.uuid];
      if (!held.has(claim.uuid) && !same(claim.relations, now)) store.put({ ...claim, relations: now });
    }
  }

  #isNews(theirs) {
    const mine = this.#room.store.get(theirs.uuid);
    return !mine || (theirs.version >= mine.version && !same(mine, theirs));
  }

  #show(changed, removed) {
    const room = this.#room;
    const { editing } = room.form;
    const fresh = [];
    let others = 0;
    // what supports an annotation goes with it, or with a change of it, which is what is told
    const told = removed.filter((uuid) => !room.store.get(uuid)?.support).length;
    room.panel.together(() => {
      for (const theirs of changed) {
        if (theirs.uuid === editing) this.#tell(theirs.uuid, theirs);
        else if (this.#put(theirs)) fresh.push(theirs);
        else others += 1;
      }
      for (const uuid of removed) {
        if (uuid === editing) this.#tell(uuid, null);
        else this.#remove(uuid);
      }
    });
    if (!changed.length && !removed.length) return;
    room.look();
    if (this.#behind) return; // as on a page that is opened: one's own later work among it is no news
    if (fresh.length) room.flash(fresh);
    this.#announce(fresh.filter(({ support }) => !support), others, told);
  }

  /** True when the annotation was not here before. */
  #put(theirs) {
    const { store, undoing } = this.#room;
    const mine = store.get(theirs.uuid);
    // one's own earlier state must not be put back over what somebody else made of it
    if (mine && theirs.version > mine.version) undoing.forget(theirs.uuid);
    store.put(theirs);
    return !mine;
  }

  #remove(uuid) {
    const { store, undoing } = this.#room;
    undoing.forget(uuid);
    if (store.get(uuid)) this.#room.form.lost(store.get(uuid));
    for (const cue of store.inOrder().filter(({ support }) => support?.of === uuid)) store.remove(cue.uuid);
    store.remove(uuid);
  }

  #announce(fresh, changed, removed) {
    const [one] = fresh;
    const added = fresh.length === 1 ? `${one.author} added: ${KIND_NAMES[one.kind]}, ${this.#room.store.titleOf(one)}`
      : fresh.length && `${fresh.length} annotations added elsewhere`;
    const rest = [changed && `${changed} changed`, removed && `${removed} removed`].filter(Boolean).join(", ");
    const said = [added, rest && `${rest} elsewhere`].filter(Boolean).join("; ");
    if (said) this.#room.announce(said);
  }

  #tell(uuid, theirs) {
    if (this.#aside?.uuid === uuid && same(this.#aside.theirs, theirs)) return; // told already
    this.#aside = { uuid, theirs };
    const words = theirs ? "This was changed elsewhere meanwhile. Your form is as you left it; when you save, you choose which one stays."
      : "This was deleted elsewhere meanwhile. Your form is as you left it.";
    const take = () => {
      this.#room.form.close();
      if (theirs) this.#room.form.edit(uuid);
    };
    this.#room.form.tell(h("div.notice.notice-warn.form-news", { role: "status" }, h("p", null, words),
      h("button.button.button-small", { type: "button", onclick: take }, theirs ? "Open the stored one" : "Close the form")));
  }

  /** A form that was saved leaves the decision to the outbox; one that was left shows theirs. */
  #formClosed() {
    const aside = this.#aside;
    this.#aside = null;
    if (!aside || this.#room.outbox.held.has(aside.uuid)) return;
    if (aside.theirs) this.#put(aside.theirs);
    else this.#remove(aside.uuid);
  }
}

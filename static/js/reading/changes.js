import { onlyNamed } from "./actors.js";
import { Blocks } from "./blocks.js";
import { OWNED, bodyOf, shownUntilSaved } from "./bodies.js";
import { calledOf } from "./labels.js";
import { ForAll } from "./for_all.js";
import { Outbox } from "../saving/outbox.js";
import { Undo } from "./undo.js";

const AGAIN = 1000; // milliseconds

/** What travels with an entry of the outbox, with one actor in the place of another. */
const naming = ({ local }, actor, wanted) => ({ ...local, actors: local.actors.map((one) => (one.uuid === actor.uuid ? wanted : one)) });

/** What is changed in the room: shown at once, remembered for undo, and saved by the outbox. */
export class Changes {
  #room;
  #store;
  withdrawn = new Set(); // claims deleted here, which are restored and not made again
  #lookedUp = new Set(); // UUIDs of somebody new who may be known
  #origins = new WeakMap(); // entry of the outbox → the change it saves: {change, back}

  constructor(room) {
    const { data, store, api } = room;
    this.#room = room;
    this.#store = store;
    this.undoing = new Undo((changes, back) => this.#applyAll(changes, back));
    this.blocks = new Blocks(room);
    this.forAll = new ForAll(room);
    this.outbox = new Outbox(`${data.me}:${data.snapshot.uuid}`, (entry) => api.send(entry),
      (uuid) => (store.get(uuid) ?? this.blocks.get(uuid) ?? this.forAll.get(uuid))?.version || undefined,
      () => api.isOpen());
    this.#takeBack();
    this.outbox.onEvent((event, entry, answer) => {
      if (event === "recovered") this.#takeBack();
      if (event === "saved") this.forAll.saved(entry, answer ?? undefined);
    });
  }

  /** Shows again what was made before a reload and has not been saved yet. */
  #takeBack() {
    const store = this.#store;
    for (const { local, action, thing } of this.outbox.entries) {
      if (thing) {
        this.forAll.show(local.after ?? local.before, Boolean(local.after));
        continue;
      }
      for (const actor of local.actors ?? []) {
        if (!store.actors.has(actor.uuid)) store.actors.set(actor.uuid, actor);
        if (actor.awaited && !this.#lookedUp.has(actor.uuid)) this.awaitKnown(store.actors.get(actor.uuid));
      }
      for (const event of local.events ?? []) if (!store.events.has(event.uuid)) store.events.set(event.uuid, event);
      for (const cue of local.cues ?? []) store.put(cue);
      if (action === "block") this.blocks.show({ ...local.after, version: this.blocks.get(local.after.uuid)?.version });
      else if (action === "delete") store.remove(local.before.uuid);
      else if (local.after) store.put({ ...local.after, version: store.get(local.after.uuid)?.version ?? local.after.version });
    }
  }

  #applyAll(changes, back = false) {
    const turned = back ? changes.toReversed().map((change) => ({ change, before: change.after, after: change.before }))
      : changes.map((change) => ({ change, ...change }));
    // a cue travels in its claim's body: its new words must stand before that is made
    for (const { before, after } of turned) if (before && after && OWNED.has(after.kind)) this.#store.put(after);
    for (const { change, before, after } of turned) {
      const entries = [back && change.parting && this.#part(change), this.#apply(before, after, Boolean(change.parting))];
      for (const entry of entries) if (entry) this.#origins.set(entry, { change, back });
    }
  }

  /** Before a change is taken back, what was said along with it of an actor or an event is. */
  #part({ parting, after }) {
    const body = bodyOf(parting, this.#room.data.snapshot.uuid, this.#store);
    return this.outbox.add({ action: "put", uuid: after.uuid, body, local: shownUntilSaved(after, parting, this.#store) });
  }

  /** The entry of the outbox that saves it, where it has one of its own. */
  #apply(before, after, parted) {
    const store = this.#store;
    const { uuid, kind } = after ?? before;
    if (kind === "block") return this.#judge(before, after);
    if (this.forAll.has({ kind })) {
      this.forAll.show(after ?? before, Boolean(after));
      return this.outbox.add(this.forAll.entryFor(before, after));
    }
    if (OWNED.has(kind)) {
      if (after) store.put(after);
      else store.remove(uuid);
      return null;
    }
    if (!after) {
      const entry = this.outbox.add({ action: "delete", uuid, local: shownUntilSaved(store.get(uuid) ?? before, null, store) });
      if (kind === "claim") this.withdrawn.add(uuid);
      for (const span of store.inOrder().filter(({ support }) => support?.of === uuid)) store.remove(span.uuid);
      store.remove(uuid);
      return entry;
    }
    if (!before && this.withdrawn.has(uuid)) {
      this.withdrawn.delete(uuid);
      store.put(after);
      const restored = this.outbox.add({ action: "restore", uuid, local: shownUntilSaved(null, after, store) });
      // a mention that was deleted meanwhile, and is there again, was let go by the withdrawn claim; so was what it parted with
      if (parted || store.chainOf(after).some((span) => span.kind === "actor")) this.#put(after, after);
      return restored;
    }
    const entry = this.#put(before, after);
    store.put({ ...after, version: store.get(uuid)?.version ?? 0 });
    return entry;
  }

  #put(before, after) {
    const { outbox } = this;
    const body = bodyOf(after, this.#room.data.snapshot.uuid, this.#store);
    return outbox.add({ action: "put", uuid: after.uuid, body, local: shownUntilSaved(before, after, this.#store) });
  }

  #judge(before, after) {
    const { uuid, role, masked, reason } = after;
    const entry = this.outbox.add({ action: "block", uuid, body: { role, masked, reason }, local: { before, after } });
    this.blocks.show({ ...after, version: this.blocks.get(uuid).version });
    return entry;
  }

  /** Applies changes that belong together as one step of undo; what is `stored` already is undone with them. */
  make(label, changes, stored = []) {
    this.#applyAll(changes);
    this.undoing.did(label, [...stored, ...changes]);
  }

  /**
   * Saves what follows once it is known (`found`) whether somebody new by that name is known already: then that
   * one is meant, in all that was done meanwhile. It is shown, and kept in the browser, at once; a page that is
   * opened again asks again. Gives whoever is known.
   */
  awaitKnown(fresh, found = Promise.resolve(null)) {
    fresh.awaited = true;
    this.#lookedUp.add(fresh.uuid);
    const told = found.then((actors) => actors ?? this.#known(fresh)).then((actors) => {
      delete fresh.awaited;
      const known = onlyNamed(actors, fresh.name);
      if (known) this.#means(fresh, known);
      else for (const entry of this.#naming(fresh)) this.outbox.rewrite(entry, entry.body, naming(entry, fresh, fresh));
      return known;
    });
    this.outbox.holdUntil(told);
    return told;
  }

  /** The same, where `found` is what is still being looked up, if anything is, or could not be for want of a network. */
  askKnown(fresh, found) {
    return found || !navigator.onLine ? this.awaitKnown(fresh, found ?? undefined) : Promise.resolve();
  }

  /** Whom the server knows by that name, nobody where it does not say so: asked once there is a network, and once more. */
  async #known({ name }) {
    for (let times = 0; ; times += 1) {
      if (!navigator.onLine) await new Promise((back) => { addEventListener("online", back, { once: true }); });
      try {
        return await this.#room.api.search("actors", name);
      } catch {
        // a page that is left breaks off what it asked: nothing may follow from that before it is gone
        await new Promise((over) => { setTimeout(over, AGAIN); });
        if (times) return [];
      }
    }
  }

  /** What is to be saved of annotations that name an actor. */
  #naming({ uuid }) {
    return this.outbox.entries.filter(({ action, local }) => action === "put" && local.actors?.some((one) => one.uuid === uuid));
  }

  #means(fresh, known) {
    const store = this.#store;
    store.actors.set(known.uuid, known);
    store.actors.set(fresh.uuid, known); // what names the new one names the known one
    for (const entry of this.#naming(fresh)) {
      this.outbox.rewrite(entry, bodyOf(entry.local.after, this.#room.data.snapshot.uuid, store), naming(entry, fresh, known));
    }
    this.#room.panel?.build();
    this.#room.announce(`${calledOf(known)} is known already, and is meant.`);
  }

  /**
   * Gives up a change that the server refused, and that change alone: what was done before it can still be
   * undone. True when its annotation was changed again since, which then stays as shown and is saved.
   */
  giveUp(entry) {
    const { uuid, local, base } = entry;
    const again = this.outbox.entries.some((other) => other !== entry && other.uuid === uuid);
    const { change, back } = this.#origins.get(entry) ?? {};
    if (change && !again) {
      for (const { before, after } of this.undoing.savedWith(change)) this.revert((after ?? before).uuid, back ? after : before);
    }
    if (change) this.undoing.leaveOut(change, back);
    else this.undoing.forget(uuid); // made before a reload: which step it was is not known any more
    this.outbox.discard(entry);
    if (entry.thing) this.forAll.show(local.after ?? local.before, Boolean(local.before));
    else if (!again) this.revert(uuid, local.before && { ...local.before, version: base ?? local.before.version });
    return again;
  }

  /** Takes back what the server refused, or puts in place what it has. */
  revert(uuid, annotation) {
    if (annotation && this.forAll.has(annotation)) this.forAll.show(annotation, !annotation.retired);
    else if (this.blocks.get(uuid)) this.blocks.show({ ...this.blocks.get(uuid), ...annotation });
    else if (annotation) this.#store.put(annotation);
    else this.#store.remove(uuid);
  }
}

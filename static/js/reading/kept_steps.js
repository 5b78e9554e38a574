import { OWNED, shownUntilSaved } from "./bodies.js";

const PREFIX = "sourceline-steps:";
const shown = ({ before, after }) => [before, after].filter(Boolean);
/**
 * Keeps what can be undone and redone while the page is left and read again in the same tab. What anybody else
 * changed meanwhile is forgotten, as it is on an open page.
 */
export class KeptSteps {
  #room;
  #key;

  constructor(room, live) {
    this.#room = room;
    this.#key = `${PREFIX}${room.data.me}:${room.data.snapshot.uuid}`;
    if (!room.data.can_annotate) return;
    live.caughtUp.then(() => {
      this.#restore();
      addEventListener("pagehide", () => this.#keep());
    });
  }

  #versionOf(uuid) {
    const { store, blocks } = this.#room;
    return (store.get(uuid) ?? blocks.get(uuid) ?? this.#room.changes.forAll.get(uuid))?.version ?? 0;
  }

  #keep() {
    const { undoing, changes, store, outbox } = this.#room;
    const { past, future } = undoing.steps;
    const all = [...past, ...future].flatMap((step) => step.changes.flatMap(shown));
    const forAll = new Set(all.filter((one) => changes.forAll.has(one)).map(({ uuid }) => uuid));
    const named = all.filter(({ kind, uuid }) => kind !== "block" && !forAll.has(uuid)).map((one) => shownUntilSaved(null, one, store));
    // what is saved with another has no version that tells anything
    const versions = Object.fromEntries(all.filter(({ kind }) => !OWNED.has(kind)).map(({ uuid }) => [uuid, this.#versionOf(uuid)]));
    const pending = outbox.entries.map(({ uuid }) => uuid).filter((uuid) => uuid in versions);
    const unique = (things) => [...new Map(things.map((one) => [one.uuid, one])).values()];
    this.#write(all.length && JSON.stringify({ past, future, versions, pending, forAll: [...forAll], withdrawn: [...changes.withdrawn],
      actors: unique(named.flatMap(({ actors }) => actors)), events: unique(named.flatMap(({ events }) => events)) }));
  }

  /** Where a browser's store is full, the steps of other articles make room; where it is forbidden, nothing is kept. */
  #write(text) {
    try {
      sessionStorage.removeItem(this.#key);
      if (!text) return;
      try {
        sessionStorage.setItem(this.#key, text);
      } catch {
        for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX))) sessionStorage.removeItem(key);
        sessionStorage.setItem(this.#key, text);
      }
    } catch {
      // to be undone on this page only
    }
  }

  #restore() {
    const kept = this.#read();
    if (!kept) return;
    const { undoing, changes, store } = this.#room;
    for (const actor of kept.actors) if (!store.actors.has(actor.uuid)) store.actors.set(actor.uuid, actor);
    for (const event of kept.events) if (!store.events.has(event.uuid)) store.events.set(event.uuid, event);
    for (const uuid of kept.withdrawn) changes.withdrawn.add(uuid);
    undoing.takeUp(kept);
    // of what is for the whole project a text tells no version: the server says when another has changed it
    const forAll = new Set(kept.forAll);
    for (const uuid of forAll) if (kept.versions[uuid]) changes.forAll.knew(uuid, kept.versions[uuid]);
    for (const [uuid, version] of Object.entries(kept.versions).filter(([one]) => !forAll.has(one))) {
      // what was on its way when the page was left has been stored since, or not yet
      const own = kept.pending.filter((one) => one === uuid).length;
      const now = this.#versionOf(uuid);
      if (now < version || now > version + own) undoing.forget(uuid);
    }
  }

  #read() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.#key));
      const whole = ["past", "future", "actors", "events", "withdrawn", "pending", "forAll"].every((part) => Array.isArray(kept?.[part]));
      return whole && kept.versions ? kept : null;
    } catch {
      return null;
    }
  }
}

import { OWNED, shownUntilSaved } from "./bodies.js";
import { KIND_NAMES } from "./form_frame.js";

const PREFIX = "sourceline-steps:";
const shown = ({ before, after }) => [before, after].filter(Boolean);
const keepable = ({ changes }) => changes.every((change) => shown(change).every(({ kind }) => kind === "block" || Object.hasOwn(KIND_NAMES, kind)));

/** The newest steps in a row that can be kept: what lies behind another one would no longer lead where it says. */
function newest(steps) {
  const other = steps.findLastIndex((step) => !keepable(step));
  return steps.slice(other + 1);
}

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
    return (store.get(uuid) ?? blocks.get(uuid))?.version ?? 0;
  }

  #keep() {
    const { undoing, changes, store, outbox } = this.#room;
    const past = newest(undoing.steps.past);
    const future = newest(undoing.steps.future);
    const all = [...past, ...future].flatMap((step) => step.changes.flatMap(shown));
    const named = all.filter(({ kind }) => kind !== "block").map((one) => shownUntilSaved(null, one, store));
    // what is saved with another has no version that tells anything
    const versions = Object.fromEntries(all.filter(({ kind }) => !OWNED.has(kind)).map(({ uuid }) => [uuid, this.#versionOf(uuid)]));
    const pending = outbox.entries.map(({ uuid }) => uuid).filter((uuid) => uuid in versions);
    const unique = (things) => [...new Map(things.map((one) => [one.uuid, one])).values()];
    this.#write(all.length && JSON.stringify({ past, future, versions, pending, withdrawn: [...changes.withdrawn],
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
    for (const [uuid, version] of Object.entries(kept.versions)) {
      // what was on its way when the page was left has been stored since, or not yet
      const own = kept.pending.filter((one) => one === uuid).length;
      const now = this.#versionOf(uuid);
      if (now < version || now > version + own) undoing.forget(uuid);
    }
  }

  #read() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.#key));
      const whole = ["past", "future", "actors", "events", "withdrawn", "pending"].every((part) => Array.isArray(kept?.[part]));
      return whole && kept.versions ? kept : null;
    } catch {
      return null;
    }
  }
}

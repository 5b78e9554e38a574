/**
 * A second copy of what waits to be saved, in IndexedDB. localStorage answers at once and outlives a reload,
 * but browsers write it to the disk only seconds later: what was made last would go with a browser or a
 * machine that is killed. Where IndexedDB is forbidden or full, this keeps nothing and says nothing.
 */

const STORE = "outbox";

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

async function opened() {
  const request = indexedDB.open("sourceline", 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
  return done(request);
}

export class DiskCopy {
  #database = opened().catch(() => null);

  /** Runs in the order of the calls: each makes its transaction when the database is open. */
  async #run(mode, work, options) {
    try {
      const store = (await this.#database)?.transaction(STORE, mode, options).objectStore(STORE);
      return store ? await done(work(store)) : null;
    } catch {
      return null;
    }
  }

  keep(key, text) {
    return this.#run("readwrite", (store) => store.put({ key, text }), { durability: "strict" });
  }

  drop(key) {
    return this.#run("readwrite", (store) => store.delete(key));
  }

  /** [{key, text}…] of the keys that begin so, as they were when this was asked. */
  async left(prefix) {
    const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
    return await this.#run("readonly", (store) => store.getAll(range)) ?? [];
  }
}

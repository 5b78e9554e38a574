import { cardOf, cards, uuidOf } from "./cards.js";
import { refresh } from "./settle.js";

/**
 * Back gives a page as the browser kept it: with claims that were judged, corrected or related since in this tab, on
 * that page or a later one, as they were before. Those are put anew.
 */
export class Renewing {
  #key;

  constructor({ me, project }, outbox) {
    this.#key = `sourceline.changed:${me}:${project}`;
    outbox.onEvent((event, entry) => {
      if (event === "saved") this.#remember(entry.action === "relate" ? [entry.body.claim, entry.body.other] : [entry.uuid]);
    });
    document.addEventListener("submit", ({ target }) => { // forms that the browser or htmx sends
      const card = target.method === "post" && target.closest("[data-claim]");
      if (card) this.#remember([uuidOf(card)]);
    });
    addEventListener("pageshow", ({ persisted }) => {
      const [{ type }] = performance.getEntriesByType("navigation");
      if (persisted || type === "back_forward") this.#renew();
    });
  }

  get #changed() {
    try {
      return JSON.parse(sessionStorage.getItem(this.#key)) ?? [];
    } catch {
      return [];
    }
  }

  #remember(uuids) {
    try {
      sessionStorage.setItem(this.#key, JSON.stringify([...new Set([...this.#changed, ...uuids])]));
    } catch {
      // forbidden: then Back shows what it kept
    }
  }

  async #renew() {
    const changed = new Set(this.#changed);
    for (const uuid of cards().map(uuidOf).filter((one) => changed.has(one))) {
      if (cardOf(uuid)) await refresh(uuid);
    }
  }
}

import { h } from "../forms/dom.js";

const PAUSE = 200; // milliseconds of quiet before similar ones are asked for

/**
 * Who is called much as somebody new would be, with the reason, as the server tells it. Its place has one
 * height, and nothing stands there to be pressed until the answer is there: what comes late moves nothing.
 */
export class SimilarNames {
  #room;
  #asked = 0;
  #timer = 0;
  #first = null;
  #answered = null; // the answer that is under way: whether anybody is called alike
  element = h("div.similar", { role: "status" });

  /** `take(actor)` when one of them is meant. */
  constructor(room, take) {
    this.#room = room;
    this.take = take;
  }

  lookSoon(name) {
    this.look(name, PAUSE);
  }

  look(name, pause = 0) {
    this.#asked += 1;
    const asked = this.#asked;
    clearTimeout(this.#timer);
    this.#first = null;
    this.element.replaceChildren(h("small", null, name ? "Looking for similar names …" : ""));
    if (!name) return this;
    this.#answered = new Promise((answered) => {
      this.#timer = setTimeout(async () => {
        const found = await this.#room.api.similarActors(name, this.#room.data.article.uuid).catch(() => null);
        if (asked === this.#asked) this.#show(found);
        answered(Boolean(found?.length));
      }, pause);
    });
    return this;
  }

  /** Whether anybody is called alike, as far as that is known within so many milliseconds. */
  within(milliseconds) {
    const late = new Promise((over) => { setTimeout(() => over(false), milliseconds); });
    return Promise.race([this.#answered, late]);
  }

  #show(found) {
    if (!found?.length) {
      this.element.replaceChildren(h("small", null, found ? "No similar name is known." : "Similar names cannot be looked up now."));
      return;
    }
    this.#first = found.find(({ first }) => first) ?? null;
    this.element.replaceChildren(h("small", null, this.#first ? "Known already?" : "Known already? Not certain who:"),
      h("ul.mint-similar", null, found.map((one) => h("li", null,
        h("button.button.button-small", { type: "button", onclick: () => this.#taken(one) }, "Take ", h("b", { dir: "auto" }, one.name),
          one.first ? [" ", h("kbd", null, "0")] : null),
        h("small", { dir: "auto" }, one.here ? ` ${one.reason} · in this article` : ` ${one.reason}`)))));
  }

  #taken({ reason, first, here, ...actor }) {
    const { actors } = this.#room.store;
    if (!actors.has(actor.uuid)) actors.set(actor.uuid, actor);
    this.take(actors.get(actor.uuid));
  }

  /** Takes the one who alone can be meant; false where there is none. */
  takeFirst() {
    if (!this.#first) return false;
    this.#taken(this.#first);
    return true;
  }
}

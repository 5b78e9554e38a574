import { h } from "../forms/dom.js";

const MOST = 25; // cards in a group when the list is made

/**
 * The cards of the list, in groups: only groups near the screen are laid out. A browser looks at every part
 * that may be left out in every frame, so a group for each card would cost more than it saves.
 */
export class CardGroups {
  #list;

  constructor(list) {
    this.#list = list;
  }

  get empty() {
    return !this.#list.firstChild;
  }

  clear() {
    this.#list.replaceChildren();
  }

  append(cards) {
    for (const card of cards) {
      let group = this.#list.lastChild;
      if (!group || group.childElementCount >= MOST) {
        group = h("div.minis", { role: "none" });
        this.#list.append(group);
      }
      group.append(card);
      this.#measure(group);
    }
  }

  /** Puts a card before another one, or at the end for null. */
  insert(card, next) {
    if (!next) return this.append([card]);
    next.before(card);
    return this.#measure(next.parentElement);
  }

  remove(card) {
    const group = card?.parentElement;
    card?.remove();
    if (group?.childElementCount) this.#measure(group);
    else group?.remove();
  }

  /** How high it is taken to be until it is laid out. */
  #measure(group) {
    group.style.setProperty("--cards", String(group.childElementCount));
  }
}

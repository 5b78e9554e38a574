import { h } from "../forms/dom.js";
import { EventPeople } from "./event_people.js";
import { KINDS, SlotWords } from "./slot_words.js";

const NAMES = { type: "What it was", date: "When", place: "Where" };

/** What this text tells of an event that is known already: words for what has none here, and who took part. */
export class EventAdditions {
  #words;
  #people;

  constructor(room, draft, event) {
    const asked = draft.event?.event === event.uuid ? draft.event.adds : null;
    const here = new Set(Object.keys(KINDS).filter((slot) => room.store.ofKind(KINDS[slot])
      .some(({ support }) => support?.slot === KINDS[slot] && support.of === event.uuid)));
    this.#words = Object.keys(KINDS).filter((slot) => !here.has(slot)).map((slot) => [slot, new SlotWords(room, slot, asked?.slots?.[slot])]);
    this.#people = new EventPeople(room, draft.extent, asked?.participants, event.participants);
    this.element = h("details.further-more", { open: Boolean(asked) }, h("summary", null, "Add to it: words, who took part"),
      this.#words.map(([slot, { element }]) => h("div.field", { role: "group", "aria-label": NAMES[slot] }, h("span.label", null, NAMES[slot]), element)),
      h("div.field", { role: "group", "aria-label": "Who took part" }, h("span.label", null, "Who took part"), this.#known(event), this.#people.element));
  }

  #known({ participants = [] }) {
    if (!participants.length) return null;
    return h("p.field-hint", null, "Known: ", participants.map(({ name, role }, i) => [i ? ", " : "", h("bdi", null, name), ` (${role})`]));
  }

  get undecided() {
    return this.#people.undecided;
  }

  get made() {
    return this.#people.made;
  }

  get spans() {
    return [...this.#words.map(([, { span }]) => span), ...this.#people.spans].filter(Boolean);
  }

  /** What is added, null where nothing is. */
  get adds() {
    const slots = Object.fromEntries(this.#words.filter(([, { span }]) => span).map(([slot, { span }]) => [slot, span]));
    const { participants } = this.#people;
    return participants.length || Object.keys(slots).length ? { participants, slots } : null;
  }
}

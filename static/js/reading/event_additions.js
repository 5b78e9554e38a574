import { h } from "../forms/dom.js";
import { eventNumbers } from "./event_numbers.js";
import { EventKnown } from "./event_known.js";
import { EventPeople } from "./event_people.js";
import { KINDS, SlotWords } from "./slot_words.js";

const NAMES = { type: "What it was", date: "When", place: "Where" };

/** What this text tells of an event that is known already: the words of its slots, who took part, numbers. */
export class EventAdditions {
  #words;
  #held; // by slot, the stored words of this text
  #people;
  #known;

  /** @param {(extent) => unknown} report takes the words that give a number of it */
  constructor(room, draft, event, report) {
    const asked = draft.event?.event === event.uuid ? draft.event.adds : null;
    const slots = Object.keys(KINDS);
    this.#held = Object.fromEntries(slots.map((slot) => [slot, room.store.ofKind(KINDS[slot])
      .find(({ support }) => support?.slot === KINDS[slot] && support.of === event.uuid)]));
    const dropped = new Set((asked?.drops ?? []).map(({ uuid }) => uuid));
    const shown = (slot) => asked?.slots?.[slot] ?? (dropped.has(this.#held[slot]?.uuid) ? null : this.#held[slot]);
    this.#words = slots.map((slot) => [slot, new SlotWords(room, slot, shown(slot))]);
    this.#known = new EventKnown(event, asked, () => { this.#people.known = this.#known.staying; });
    this.#people = new EventPeople(room, draft.extent, asked?.participants, this.#known.staying);
    this.element = h("details.further-more", { open: Boolean(asked) }, h("summary", null, "Add to it or mend it: date, place, words, who took part, numbers"),
      this.#words.map(([slot, { element }]) => h("div.field", { role: "group", "aria-label": NAMES[slot] }, h("span.label", null, NAMES[slot]), this.#known.of(slot), element)),
      h("div.field", { role: "group", "aria-label": "Who took part" }, h("span.label", null, "Who took part"), this.#known.people, this.#people.element),
      eventNumbers(room, event, report));
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

  /** What is added, the stored words that are dropped, and what is taken off; null where nothing is said. */
  get adds() {
    const changed = this.#words.filter(([slot, { span }]) => span?.uuid !== this.#held[slot]?.uuid);
    const slots = Object.fromEntries(changed.filter(([, { span }]) => span).map(([slot, { span }]) => [slot, span]));
    const drops = changed.map(([slot]) => this.#held[slot]).filter(Boolean);
    const { participants } = this.#people;
    const { leave, clears } = this.#known.off;
    const said = participants.length || changed.length || leave.length || Object.keys(clears).length;
    return said ? { participants, slots, drops, leave, clears } : null;
  }
}

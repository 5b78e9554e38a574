import { h } from "../forms/dom.js";

/** One thing that is known of an event: its button takes it off, and puts it back as long as the form is open. */
class Known {
  #words;
  #changed;
  #shown = h("bdi");
  #button = h("button.chip-remove", { type: "button", onclick: () => this.#turn() });

  constructor(words, off, changed) {
    this.#words = words;
    this.#changed = changed;
    this.off = off;
    this.element = h("span.cue-chip.known-chip", null, this.#shown, this.#button);
    this.#draw();
  }

  #draw() {
    this.#shown.replaceChildren(this.off ? h("s", null, this.#words) : this.#words);
    this.#button.textContent = this.off ? "↶" : "×";
    this.#button.setAttribute("aria-label", this.off ? `Keep ${this.#words}` : `Take off ${this.#words}`);
  }

  #turn() {
    this.off = !this.off;
    this.#draw();
    this.#changed();
  }
}

const OF_PLACE = ["latitude", "longitude", "place_wikidata", "place_geonames"];

/** Date, place and participants of a known event, each to be taken off where it was not so. */
export class EventKnown {
  #event;
  #date;
  #place;
  #people;

  /** @param {object|null} asked what was asked to be taken off already; @param {() => unknown} changed hears of each change */
  constructor(event, asked, changed) {
    this.#event = event;
    const { date, place, participants = [] } = event;
    this.#date = date ? new Known(date, asked?.clears?.date === date, changed) : null;
    this.#place = place ? new Known(place, asked?.clears?.place === place, changed) : null;
    const left = (one) => Boolean(asked?.leave?.some(({ actor, role, part }) => actor === one.actor && role === one.role && part === one.part));
    this.#people = participants.map((one) => [one, new Known(`${one.name} (${[one.role, one.part].filter(Boolean).join(", ")})`, left(one), changed)]);
  }

  /** What is shown beside the words of a slot, null where nothing is known. */
  of(slot) {
    return { date: this.#date, place: this.#place }[slot]?.element ?? null;
  }

  get people() {
    return this.#people.length ? h("div.chain-cues", null, h("span.field-hint", null, "Known:"), this.#people.map(([, { element }]) => element)) : null;
  }

  /** Who takes part as it stands, without those who are taken off. */
  get staying() {
    return this.#people.filter(([, { off }]) => !off).map(([one]) => one);
  }

  /** Those who leave, and what is said of date and place that is to be cleared, whole, so that it can be said again. */
  get off() {
    const { date, date_words: words = "", place } = this.#event;
    const rest = Object.fromEntries(OF_PLACE.map((name) => [name, this.#event[name]]).filter(([, value]) => value));
    return { leave: this.#people.filter(([, known]) => known.off).map(([one]) => one),
      clears: { ...(this.#date?.off ? { date, date_words: words } : {}), ...(this.#place?.off ? { place, ...rest } : {}) } };
  }
}

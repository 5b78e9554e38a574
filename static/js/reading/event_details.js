import { codeKeys } from "./code_keys.js";
import { choice, field, h } from "../forms/dom.js";
import { eventNumbers } from "./event_numbers.js";
import { EventPeople } from "./event_people.js";
import { KINDS, oneLine, SlotWords } from "./slot_words.js";

const DATES = "2 May 2015, April 2015, 2015-04, spring 2015";

/** What is said of a new event beside its label: type, date, place, each with the words it was read from; who took part. */
export class EventDetails {
  #room;
  #words; // by slot
  #told = h("p.field-hint", { role: "status" });
  #people;

  /**
   * @param {object|null} again what was asked for of an event that was refused
   * @param {(extent) => unknown} report takes the words that give a number of it
   */
  constructor(room, extent, again, report) {
    this.#room = room;
    const types = room.data.codebook.event_type;
    this.type = codeKeys(choice(types, again?.type ?? "other", { class: "select", id: "event-type" }), types);
    this.date = h("input.input", { type: "text", id: "event-date", maxlength: 60, value: again?.date });
    this.place = h("input.input", { type: "text", id: "event-place", dir: "auto", maxlength: 300, value: again?.place });
    const figures = { type: "text", inputmode: "decimal", maxlength: 30 };
    this.latitude = h("input.input", { ...figures, placeholder: "48.137", value: again?.latitude });
    this.longitude = h("input.input", { ...figures, placeholder: "11.575", value: again?.longitude });
    this.note = h("textarea.textarea", { rows: 2, maxlength: 5000, dir: "auto" });
    this.note.value = again?.note ?? "";
    const picked = { date: (words) => this.#propose(words), place: (words) => { this.place.value ||= words; } };
    this.#words = Object.fromEntries(Object.keys(KINDS).map((slot) => [slot, new SlotWords(room, slot, again?.slots?.[slot], picked[slot])]));
    this.#people = new EventPeople(room, extent, again?.participants);
    this.fields = [
      field("Type", this.type), this.#words.type.element,
      field("Date", this.date, DATES), this.#words.date.element, this.#told,
      field("Place", this.place), this.#words.place.element,
      h("div.field", { role: "group", "aria-label": "Who took part" }, h("span.label", null, "Who took part"), this.#people.element),
      h("details.further-more", { open: Boolean(again?.latitude || again?.longitude || again?.note) },
        h("summary", null, "More: coordinates, note, numbers"),
        h("div.grid", null, field("Latitude", this.latitude), field("Longitude", this.longitude)), field("Note", this.note),
        eventNumbers(room, null, report)),
    ];
  }

  get undecided() {
    return this.#people.undecided;
  }

  get made() {
    return this.#people.made;
  }

  /** Spans to be marked in the text while the form is open. */
  get spans() {
    return [...Object.values(this.#words).map(({ span }) => span), ...this.#people.spans].filter(Boolean);
  }

  /** Who took part and which words it was read from, null where nothing is said of either. */
  get adds() {
    const { participants, slots } = this.said;
    return participants.length || Object.keys(slots).length ? { participants, slots } : null;
  }

  /** As the store holds an event, with what its body needs. */
  get said() {
    const slots = Object.fromEntries(Object.entries(this.#words).filter(([, { span }]) => span).map(([slot, { span }]) => [slot, span]));
    const seldom = { latitude: this.latitude.value.trim(), longitude: this.longitude.value.trim(), note: this.note.value.trim() };
    return { type: this.type.value, date: this.date.value.trim(), place: this.place.value.trim(),
      date_words: slots.date ? oneLine(slots.date.quotes).slice(0, 300) : "", participants: this.#people.participants, slots,
      ...Object.fromEntries(Object.entries(seldom).filter(([, value]) => value)) };
  }

  /** Fills in the date that the words mean, if there is none yet and the server is sure enough. */
  async #propose(words) {
    const found = await this.#room.api.dateMeant(words);
    if (!found?.date) {
      this.#told.textContent = "Which date these words mean cannot be told: write it.";
    } else if (!this.date.value.trim()) {
      this.date.value = found.date;
      this.#told.textContent = `${found.date} is proposed: ${found.reason}.`;
    }
  }
}

import { Combobox } from "./combobox.js";
import { choice, field, h } from "./dom.js";
import { formFrame } from "./form_frame.js";
import { newUuid } from "./identifiers.js";

const noteOf = ({ date, place }) => [date, place].filter(Boolean).join(", ");

/** Words that mean something that happened: an event already known, or a new one. */
export class EventForm {
  #room;
  #draft;
  #before;
  #chosen = null;

  constructor(room, draft, before) {
    this.#room = room;
    this.#draft = draft;
    this.#before = before;
    this.box = new Combobox({
      label: "Event", id: "event-label", value: draft.quotes.join(" ").replace(/\s+/g, " "), enterSaves: true,
      local: (query, _given, found = []) => this.#options(query, found),
      remote: (query) => room.api.search("events", query),
      choose: ({ event }) => this.#choose(event),
    });
    this.type = choice(room.data.codebook.event_type, "other", { class: "select", id: "event-type" });
    this.date = h("input.input", { type: "text", id: "event-date", placeholder: "2025-03-14, 2025-03~, 2024/2025", maxlength: 60 });
    this.place = h("input.input", { type: "text", id: "event-place", maxlength: 300 });
    this.slot = h("div.chosen");
    this.element = formFrame({
      kind: "event", isNew: !before, quotes: draft.quotes, sentence: draft.sentence,
      fields: [this.slot], save: () => this.#save(), cancel: () => room.closeForm(),
      erase: before ? () => room.erase(before.uuid) : null,
    });
    this.#choose(before ? room.store.events.get(before.event.event) ?? null : null);
  }

  #options(query, found) {
    const wanted = query.toLowerCase();
    const here = [...this.#room.store.events.values()];
    const option = (event, group) => ({ label: event.label, note: noteOf(event), group, value: { event } });
    return [...here.filter(({ label }) => !query || label.toLowerCase().includes(wanted)).slice(0, 9)
      .map((event) => option(event, "Events in this article")),
    ...found.filter(({ uuid }) => !this.#room.store.events.has(uuid)).slice(0, 8)
      .map((event) => option(event, "Events in this project"))];
  }

  #choose(event) {
    this.#chosen = event;
    if (event) {
      this.#room.store.events.set(event.uuid, event);
      this.slot.replaceChildren(h("span.label", null, "Means"), h("div.chip", null, h("b", null, event.label),
        h("small", null, noteOf(event)),
        h("button.chip-remove", { type: "button", "aria-label": `Not ${event.label}: choose another`,
          onclick: () => { this.#choose(null); this.focus(); } }, "×")));
      this.element?.querySelector("[type=submit]")?.focus();
      return;
    }
    this.slot.replaceChildren(field("Label (new), or choose a proposal", this.box.element),
      field("Type", this.type), h("div.grid", null, field("Date (EDTF)", this.date), field("Place", this.place)));
    this.slot.querySelector("label").htmlFor = "event-label";
  }

  focus() {
    if (this.#chosen) {
      this.element.querySelector("[type=submit]").focus();
      return;
    }
    this.box.input.focus();
    this.box.input.select();
  }

  get spans() {
    return [];
  }

  #save() {
    let event = this.#chosen;
    if (!event) {
      const label = this.box.query;
      if (!label) return this.element.refuse("A new event needs a label.");
      event = { uuid: newUuid(), label, type: this.type.value, date: this.date.value.trim(), place: this.place.value.trim(), fresh: true };
      this.#room.store.events.set(event.uuid, event);
    }
    const after = { ...this.#draft, event: { event: event.uuid, label: event.label } };
    this.#room.finish(this.#before ? "Event changed" : "Event saved", [{ before: this.#before ?? null, after }]);
    return undefined;
  }
}

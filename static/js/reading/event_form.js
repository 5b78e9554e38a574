import { Combobox } from "../forms/combobox.js";
import { when } from "./dates.js";
import { field, h } from "../forms/dom.js";
import { EventDetails } from "./event_details.js";
import { EventAdditions } from "./event_additions.js";
import { formFrame } from "./form_frame.js";
import { newUuid } from "../saving/identifiers.js";
import { offered } from "./offered.js";
import { ToldAs } from "./told_as.js";

const noteOf = ({ date, place }) => [date && when(date), place].filter(Boolean).join(", ");

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
    const named = room.store.events.get(draft.event?.event) ?? null;
    // a new event that was refused does not exist: what was said of it is asked again
    const again = named?.fresh && named.uuid !== before?.event.event ? named : null;
    this.box = new Combobox({
      label: "Event", id: "event-label", value: again?.label ?? draft.quotes.join(" ").replace(/\s+/g, " "), enterSaves: true, searchGiven: true,
      local: (query, _given, found = []) => this.#options(query, found),
      remote: (query) => room.api.search("events", query),
      choose: ({ event }) => this.#choose(event),
    });
    this.details = new EventDetails(room, draft.extent, again, (extent) => this.#save(extent));
    const { type, date, place, latitude, longitude, note } = this.details;
    this.told = new ToldAs(room, draft.event ?? {});
    this.controls = { label: this.box.input, type, date, place, latitude, longitude, note, factuality: this.told.factuality };
    this.slot = h("div.chosen");
    this.element = formFrame({
      kind: "event", isNew: !before, quotes: draft.quotes, sentence: draft.sentence,
      fields: [this.slot, this.told.element], save: () => this.#save(), cancel: () => room.form.cancel(),
      erase: before ? () => room.erase(before.uuid) : null,
    });
    this.#choose(again ? null : named);
  }

  #options(query, found) {
    const wanted = query.toLowerCase();
    const here = offered(this.#room, "events");
    const option = (event, group) => ({ label: event.label, note: noteOf(event), group, value: { event } });
    return [...here.filter(({ label }) => !query || label.toLowerCase().includes(wanted)).slice(0, 9)
      .map((event) => option(event, "Events in this article")),
    ...found.filter(({ uuid }) => !this.#room.store.events.has(uuid)).slice(0, 8)
      .map((event) => option(event, "Events in this project"))];
  }

  #choose(event) {
    this.#chosen = event;
    this.additions = event && !event.fresh ? new EventAdditions(this.#room, this.#draft, event, (extent) => this.#save(extent)) : null;
    if (event) {
      this.#room.store.events.set(event.uuid, event);
      this.slot.replaceChildren(h("span.label", null, "Means"), h("div.chip", null, h("b", { dir: "auto" }, event.label),
        h("small", null, noteOf(event), " ", event.fresh ? null : h("a", { href: `${this.#room.data.urls.event}${event.uuid}/` }, "its page")),
        h("button.chip-remove", { type: "button", "aria-label": `Not ${event.label}: choose another`,
          onclick: () => { this.#choose(null); this.focus(); } }, "×")), this.additions?.element ?? "");
      this.element?.querySelector("[type=submit]")?.focus();
      return;
    }
    this.slot.replaceChildren(field("Label (new), or choose a proposal", this.box.element),
      ...this.details.fields);
    this.slot.querySelector("label").htmlFor = "event-label";
  }

  focus() {
    if (this.#chosen) {
      this.element.querySelector("[type=submit]").focus();
      return;
    }
    this.box.select();
  }

  get spans() {
    return [...(this.#chosen ? this.additions : this.details)?.spans ?? [], ...this.told?.spans ?? []];
  }

  /** @param {number[][]=} reporting the words that give a number of it, which a claim's form asks about next */
  #save(reporting) {
    const { undecided } = this.#chosen ? this.additions ?? {} : this.details;
    if (undecided) {
      if (undecided.afterwards(() => this.#save(reporting))) return undefined;
      undecided.focus();
      return this.element.refuse(`Say who “${undecided.words}” is: somebody known, or somebody new.`);
    }
    let event = this.#chosen;
    if (!event) {
      const label = this.box.query;
      if (!label) return this.element.refuse("A new event needs a label.", this.box.input);
      event = { uuid: newUuid(), label, ...this.details.said, fresh: true };
      this.#room.store.events.set(event.uuid, event);
    }
    const said = { event: event.uuid, label: event.label, ...this.told.values };
    const { made = [], adds = null } = (this.#chosen ? this.additions : this.details) ?? {};
    const after = { ...this.#draft, event: { ...said, ...(adds ? { adds } : {}) } };
    // undone, the event loses what these words told of it before they go
    const parting = adds ? { parting: { ...after, event: { ...said, takes_back: adds } } } : {};
    this.#room.form.finish(this.#before ? "Event changed" : "Event saved", [
      ...made.map((mention) => ({ before: null, after: mention })),
      ...(adds?.drops ?? []).map((words) => ({ before: words, after: null })),
      ...Object.values(adds?.slots ?? {}).map((span) => ({ before: null, after: this.#wordsOf(event, span) })),
      { before: this.#before ?? null, after, ...parting }]);
    if (reporting) this.#room.form.report(reporting, event.uuid);
    return undefined;
  }

  #wordsOf({ uuid: of }, { uuid, kind, extent }) {
    return { ...this.#room.newAnnotation(kind, extent), uuid, support: { slot: kind, of } };
  }
}

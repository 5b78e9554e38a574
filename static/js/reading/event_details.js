import { namingOf, onlyNamed } from "./actors.js";
import { choice, field, h } from "./dom.js";
import { newUuid } from "./identifiers.js";
import { labelOf, PARTICIPANT_BASES, PARTICIPANT_ROLES } from "./labels.js";
import { offered } from "./offered.js";

const DATES = "2 May 2015, April 2015, 2015-04, spring 2015";
const KINDS = { type: "cue", date: "time", place: "place" };
const ASKED = { type: "tell what it was", date: "say when", place: "say where" };
const oneLine = (quotes) => quotes.join(" … ").replace(/\s+/g, " ");

/** What is said of a new event beside its label: type, date, place, each with the words it was read from; who took part. */
export class EventDetails {
  #room;
  #words = {}; // slot → the span that it was read from
  #told = h("p.field-hint", { role: "status" });
  #people = h("div.event-people");
  participants;
  made = []; // mentions made on the way; saved with the event

  /** @param {object|null} again what was asked for of an event that was refused */
  constructor(room, again) {
    this.#room = room;
    this.type = choice(room.data.codebook.event_type, again?.type ?? "other", { class: "select", id: "event-type" });
    this.date = h("input.input", { type: "text", id: "event-date", maxlength: 60, value: again?.date });
    this.place = h("input.input", { type: "text", id: "event-place", maxlength: 300, value: again?.place });
    this.participants = structuredClone(again?.participants ?? []);
    this.#words = { ...again?.slots };
    this.slots = Object.fromEntries(Object.keys(KINDS).map((slot) => [slot, h("div.chain-cues")]));
    this.fields = [
      field("Type", this.type), this.slots.type,
      field("Date", this.date, DATES), this.slots.date, this.#told,
      field("Place", this.place), this.slots.place,
      h("div.field", null, h("span.label", null, "Who took part"), this.#people),
    ];
    for (const slot of Object.keys(KINDS)) this.#drawSlot(slot);
    this.#drawPeople();
  }

  /** Spans to be marked in the text while the form is open. */
  get spans() {
    const { store } = this.#room;
    const mentions = this.participants.map(({ mention }) => this.made.find(({ uuid }) => uuid === mention) ?? store.get(mention));
    return [...Object.values(this.#words), ...mentions].filter(Boolean);
  }

  /** As the store holds an event, with what its body needs. */
  get said() {
    return { type: this.type.value, date: this.date.value.trim(), place: this.place.value.trim(),
      date_words: this.#words.date ? oneLine(this.#words.date.quotes).slice(0, 300) : "",
      participants: this.participants, slots: { ...this.#words } };
  }

  #drawSlot(slot) {
    const span = this.#words[slot];
    const drop = () => {
      delete this.#words[slot];
      this.#drawSlot(slot);
      this.#room.form.showDraft();
    };
    this.slots[slot].replaceChildren(span ? h("span.cue-chip", null, h("span", { dir: "auto" }, oneLine(span.quotes)),
      h("button.chip-remove", { type: "button", "aria-label": `Not read from “${oneLine(span.quotes)}”`, onclick: drop }, "×")) : "",
    h("button.button.button-quiet.button-small", { type: "button", onclick: () => this.#pickWords(slot) },
      span ? "other words" : "+ words in the text"));
  }

  async #pickWords(slot) {
    const picked = await this.#room.form.pick(`Select the words that ${ASKED[slot]} and press Enter`, false);
    if (!picked) return this.slots[slot].querySelector("button")?.focus();
    const { extent, quotes } = this.#room.newAnnotation(KINDS[slot], picked.extent);
    this.#words[slot] = { uuid: newUuid(), kind: KINDS[slot], extent, quotes };
    this.#drawSlot(slot);
    this.#room.form.showDraft();
    if (slot === "place" && !this.place.value) this.place.value = oneLine(quotes);
    if (slot === "date") await this.#propose(oneLine(quotes));
    return this.slots[slot].querySelector("button")?.focus();
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

  #drawPeople() {
    this.#people.replaceChildren(...this.participants.map((one) => this.#chip(one)),
      h("button.button.button-quiet.button-small", { type: "button", onclick: () => this.#pickWho() }, "+ somebody, from the text"));
  }

  #chip(one) {
    const drop = () => {
      this.participants = this.participants.filter((other) => other !== one);
      this.made = this.made.filter(({ uuid }) => uuid !== one.mention);
      this.#drawPeople();
      this.#room.form.showDraft();
    };
    return h("div.chip", null, h("b", { dir: "auto" }, one.name),
      h("button.chip-remove", { type: "button", "aria-label": `${one.name} took no part`, onclick: drop }, "×"),
      h("div.chip-fresh", null,
        choice(PARTICIPANT_ROLES, one.role, { class: "select", "aria-label": `Role of ${one.name}`,
          onchange: ({ target }) => { one.role = target.value; } }),
        choice(PARTICIPANT_BASES, one.basis, { class: "select", "aria-label": `How it is known of ${one.name}`,
          onchange: ({ target }) => { one.basis = target.value; } })));
  }

  async #pickWho() {
    const picked = await this.#room.form.pick("Click a mention of who took part, or select the words and press Enter", true);
    if (picked) this.#take(picked);
    this.#people.querySelector(":scope > button")?.focus();
  }

  #take({ annotation, extent }) {
    const { store } = this.#room;
    let mention = annotation;
    let actor = annotation && (store.actors.get(annotation.actor.actor) ?? { uuid: annotation.actor.actor, name: annotation.actor.name });
    if (!mention) {
      const name = oneLine(this.#room.map.quotes(extent));
      actor = onlyNamed(offered(this.#room, "actors", this.participants.map((one) => one.actor)), name)
        ?? { uuid: newUuid(), name, kind: "person", naming: namingOf(name), affiliation: "", aliases: [], fresh: true };
      store.actors.set(actor.uuid, actor);
      mention = { ...this.#room.newAnnotation("actor", extent), actor: { actor: actor.uuid, name } };
      this.made.push(mention);
    }
    const role = PARTICIPANT_ROLES.map(([key]) => key).find((key) => !this.participants.some((one) => one.actor === actor.uuid && one.role === key));
    this.participants.push({ actor: actor.uuid, name: actor.name, role, part: "", basis: "textual", mention: mention.uuid });
    this.#drawPeople();
    this.#room.form.showDraft();
    this.#room.announce(`${actor.name}: ${labelOf(PARTICIPANT_ROLES, role)}`);
  }
}

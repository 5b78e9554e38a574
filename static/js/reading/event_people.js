import { somebodyNew } from "./actors.js";
import { announce } from "./aloud.js";
import { choice, h } from "../forms/dom.js";
import { calledOf, labelOf, PARTICIPANT_BASES, PARTICIPANT_ROLES } from "./labels.js";
import { freshFields } from "./link_details.js";
import { offered } from "./offered.js";
import { SimilarNames } from "./similar_names.js";
import { oneLine } from "./slot_words.js";
import { WhoIsMeant } from "./who_is_meant.js";

const OFFERED = 3;
const captioned = (words, control) => h("label.captioned", null, h("small", null, words), control);

/** Who took part in an event, each with role, part and basis: from the nearest mentions, or picked in the text. */
export class EventPeople {
  #room;
  #extent;
  #known;
  #asked = null; // who is meant by words that were picked
  #similar = new Map(); // by the actor made here: who is called alike
  made = []; // mentions made on the way; saved with the event

  /** @param {Array} again those who were asked for already; @param {Array} known those who are known to take part */
  constructor(room, extent, again = [], known = []) {
    this.#room = room;
    this.#extent = extent;
    this.#known = known;
    this.participants = structuredClone(again);
    this.element = h("div.event-people");
    this.#draw();
  }

  get spans() {
    const { store } = this.#room;
    return this.participants.map(({ mention }) => this.made.find(({ uuid }) => uuid === mention) ?? store.get(mention)).filter(Boolean);
  }

  /** Who is known to take part, changed while the form is open. */
  set known(people) {
    this.#known = people;
    this.#draw();
  }

  /** Who is still to be chosen for a name, if anybody. */
  get undecided() {
    return this.#asked;
  }

  #draw() {
    this.element.replaceChildren(...this.participants.map((one) => this.#chip(one)), this.#asked?.element ?? "", h("div.chain-cues", null,
      this.#nearest().map((mention) => h("button.button.button-quiet.button-small", { type: "button", dir: "auto",
        onclick: () => this.#take({ annotation: mention }) }, `+ ${calledOf(this.#room.store.actors.get(mention.actor.actor) ?? mention.actor)}`)),
      h("button.button.button-quiet.button-small", { type: "button", onclick: () => this.#pick() }, "+ somebody, from the text")));
  }

  /** Mentions of those who do not take part yet, the nearest to the event's words first. */
  #nearest() {
    const [start, end] = [this.#extent[0][0], this.#extent.at(-1)[1]];
    const away = ({ extent }) => Math.max(0, start - extent.at(-1)[1], extent[0][0] - end);
    const taken = new Set([...this.#known, ...this.participants].map(({ actor }) => actor));
    const found = new Map();
    for (const mention of this.#room.store.ofKind("actor").toSorted((a, b) => away(a) - away(b))) {
      const { actor } = mention.actor;
      if (!taken.has(actor) && !found.has(actor)) found.set(actor, mention);
      if (found.size === OFFERED) break;
    }
    return [...found.values()];
  }

  #chip(one) {
    const drop = () => {
      this.participants = this.participants.filter((other) => other !== one);
      this.made = this.made.filter(({ uuid }) => uuid !== one.mention);
      this.#changed();
      this.element.querySelector(".chain-cues button").focus();
    };
    return h("div.chip", null, h("b", { dir: "auto" }, one.name),
      h("button.chip-remove", { type: "button", "aria-label": `${one.name} took no part`, onclick: drop }, "×"),
      this.#fresh(one),
      h("div.chip-fresh.event-part", null,
        captioned("Role", choice(PARTICIPANT_ROLES, one.role, { class: "select", "aria-label": `Role of ${one.name}`,
          onchange: ({ target }) => { one.role = target.value; } })),
        captioned("Known", choice(PARTICIPANT_BASES, one.basis, { class: "select", "aria-label": `How it is known of ${one.name}`,
          onchange: ({ target }) => { one.basis = target.value; } })),
        h("input.input", { type: "text", value: one.part, maxlength: 100, dir: "auto", placeholder: "ferryman (optional)",
          "aria-label": `Part of ${one.name} in words`, oninput: ({ target }) => { one.part = target.value.trim(); } })));
  }

  #changed() {
    this.#draw();
    this.#room.form.showDraft();
  }

  async #pick() {
    const picked = await this.#room.form.pick("Click a mention of who took part, or select the words and press Enter", true);
    if (picked) this.#take(picked);
    else this.element.querySelector(".chain-cues > button:last-of-type").focus();
  }

  #take({ annotation, extent }) {
    if (!annotation) return this.#whoIsMeant(extent);
    const { actor, name } = annotation.actor;
    return this.#add(this.#room.store.actors.get(actor) ?? { uuid: actor, name }, annotation);
  }

  /** Words that name somebody: one known by that name, somebody similar that is asked about first, or somebody new. */
  #whoIsMeant(extent) {
    const words = oneLine(this.#room.map.quotes(extent));
    this.#asked = new WhoIsMeant(this.#room, { words, known: offered(this.#room, "actors", this.participants.map((one) => one.actor)),
      take: (actor, similar, focus) => {
        this.#asked = null;
        this.#mention(extent, actor ?? this.#somebodyNew(words, similar), focus);
      },
      leave: () => {
        this.#asked = null;
        this.#changed();
        this.element.querySelector(".chain-cues > button:last-of-type").focus();
      } });
    if (this.#asked.decide()) return;
    this.#draw();
    this.#asked.focus();
  }

  #somebodyNew(words, similar) {
    const actor = somebodyNew(words, this.#room.data.codebook.actor_kind);
    this.#similar.set(actor.uuid, similar ?? new SimilarNames(this.#room).look(words));
    this.#room.store.actors.set(actor.uuid, actor);
    return actor;
  }

  #mention(extent, actor, focus) {
    const mention = { ...this.#room.newAnnotation("actor", extent), actor: { actor: actor.uuid, name: actor.name } };
    this.made.push(mention);
    this.#add(actor, mention, focus);
  }

  /** What is asked of somebody who is new: who is called alike, kind and naming. */
  #fresh({ actor: uuid }) {
    const actor = this.#room.store.actors.get(uuid);
    if (!actor?.fresh) return null;
    const similar = this.#similar.get(uuid);
    if (similar) similar.take = (other) => this.#means(uuid, other);
    return [similar?.element, freshFields(this.#room, actor, () => this.#changed())];
  }

  /** Somebody known is meant, and nobody new: whoever takes part in that role already does so once. */
  #means(fresh, { uuid, name }) {
    for (const mention of this.made) if (mention.actor.actor === fresh) mention.actor = { actor: uuid, name };
    const there = (one) => this.participants.some((other) => other !== one && other.actor === uuid && other.role === one.role);
    this.participants = this.participants.filter((one) => one.actor !== fresh || !there(one));
    for (const one of this.participants) if (one.actor === fresh) Object.assign(one, { actor: uuid, name });
    this.#changed();
  }

  #add(actor, mention, focus = true) {
    const has = (key) => [...this.#known, ...this.participants].some((one) => one.actor === actor.uuid && one.role === key);
    const role = PARTICIPANT_ROLES.map(([key]) => key).find((key) => !has(key));
    this.participants.push({ actor: actor.uuid, name: calledOf(actor), role, part: "", basis: "textual", mention: mention.uuid });
    this.#changed();
    if (focus) [...this.element.querySelectorAll(".chip:not(.chip-asked)")].at(-1).querySelector(".event-part select").focus();
    announce(`Takes part as ${labelOf(PARTICIPANT_ROLES, role).toLowerCase()}: ${calledOf(actor)}`);
  }
}

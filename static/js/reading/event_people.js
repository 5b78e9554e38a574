import { kindOf, namingOf, onlyNamed } from "./actors.js";
import { choice, h } from "../forms/dom.js";
import { newUuid } from "../saving/identifiers.js";
import { labelOf, PARTICIPANT_BASES, PARTICIPANT_ROLES } from "./labels.js";
import { offered } from "./offered.js";
import { oneLine } from "./slot_words.js";

const OFFERED = 3;

/** Who took part in an event, each with role, part and basis: from the nearest mentions, or picked in the text. */
export class EventPeople {
  #room;
  #extent;
  #known;
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

  #draw() {
    this.element.replaceChildren(...this.participants.map((one) => this.#chip(one)), h("div.chain-cues", null,
      this.#nearest().map((mention) => h("button.button.button-quiet.button-small", { type: "button", dir: "auto",
        onclick: () => this.#take({ annotation: mention }) }, `+ ${mention.actor.name}`)),
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
      h("div.chip-fresh", null,
        choice(PARTICIPANT_ROLES, one.role, { class: "select", "aria-label": `Role of ${one.name}`,
          onchange: ({ target }) => { one.role = target.value; } }),
        choice(PARTICIPANT_BASES, one.basis, { class: "select", "aria-label": `How it is known of ${one.name}`,
          onchange: ({ target }) => { one.basis = target.value; } }),
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
    const { store } = this.#room;
    let mention = annotation;
    let actor = annotation && (store.actors.get(annotation.actor.actor) ?? { uuid: annotation.actor.actor, name: annotation.actor.name });
    if (!mention) {
      const name = oneLine(this.#room.map.quotes(extent));
      actor = onlyNamed(offered(this.#room, "actors", this.participants.map((one) => one.actor)), name)
        ?? { uuid: newUuid(), name, kind: kindOf(name, this.#room.data.codebook.actor_kind), naming: namingOf(name), affiliation: "", aliases: [], fresh: true };
      store.actors.set(actor.uuid, actor);
      mention = { ...this.#room.newAnnotation("actor", extent), actor: { actor: actor.uuid, name } };
      this.made.push(mention);
    }
    const has = (key) => [...this.#known, ...this.participants].some((one) => one.actor === actor.uuid && one.role === key);
    const role = PARTICIPANT_ROLES.map(([key]) => key).find((key) => !has(key));
    this.participants.push({ actor: actor.uuid, name: actor.name, role, part: "", basis: "textual", mention: mention.uuid });
    this.#changed();
    [...this.element.querySelectorAll(".chip")].at(-1).querySelector("select").focus();
    this.#room.announce(`${actor.name}: ${labelOf(PARTICIPANT_ROLES, role)}`);
  }
}

import { speakerOptions } from "./actors.js";
import { Combobox } from "../forms/combobox.js";
import { h } from "../forms/dom.js";
import { calledOf } from "./labels.js";
import { offered } from "./offered.js";
import { spanOf } from "./parts.js";
import { standsIn } from "./standing.js";

const MOST_WORDS = 300; // code points

const cut = (words) => Array.from(words).slice(0, MOST_WORDS).join("").trim();

/**
 * Those whom a link speaks to, or a claim is directed at: actors, or words that only describe somebody. `read` gives the list as the
 * claim holds it, `write` takes it back; `label` names the field, `ask` what is to be picked in the text.
 */
export class PartiesField {
  #room;
  #extent;
  #settings;
  element = h("div.parties");

  constructor(room, extent, settings) {
    this.#room = room;
    this.#extent = extent;
    this.#settings = settings;
    this.draw();
  }

  get #parties() {
    return this.#settings.read() ?? [];
  }

  #change(parties, focus = true) {
    this.#settings.write(parties.length ? parties : undefined);
    this.draw();
    this.#room.form.showDraft();
    if (focus) this.element.querySelector("input")?.focus();
  }

  draw() {
    this.element.replaceChildren(...this.#parties.map((party) => this.#chip(party)),
      h("div.chain-pick.party-pick", null, this.#box().element,
        h("button.button.button-quiet.button-small", { type: "button", onclick: () => this.#pick() }, "Pick in the text")));
  }

  #chip(party) {
    const { store } = this.#room;
    const name = party.actor ? calledOf(store.actors.get(party.actor) ?? party) : `“${party.words}”`;
    const at = store.get(party.mention)?.sentence;
    const note = [party.actor && party.words && `“${party.words}”`, !party.actor && "only described"].filter(Boolean).join(" · ");
    const place = at && h("span", { "data-mention": party.mention }, `sentence ${at}`);
    return h("div.chip", null, h("b", { dir: "auto" }, name), h("small", null, note, note && place ? " · " : null, place),
      h("button.chip-remove", { type: "button", "aria-label": `${this.#settings.label}: remove ${name}`,
        onclick: () => this.#change(this.#parties.filter((other) => other !== party)) }, "×"));
  }

  #box() {
    const room = this.#room;
    const { label, placeholder } = this.#settings;
    return new Combobox({
      label, placeholder,
      local: (query, _given, found) => [
        ...speakerOptions({ store: room.store, actors: offered(room, "actors").filter(({ fresh }) => !fresh), map: room.map, extent: this.#extent,
          kinds: room.data.codebook.actor_kind, query, found, taken: new Set(this.#parties.map(({ actor }) => actor)) }),
        ...(query && standsIn(room.map, query) ? [{ label: `Only described: “${query}”`, group: "Nobody known", kind: "new", value: { words: cut(query) } }] : [])],
      remote: (query) => room.api.search("actors", query),
      choose: (value) => this.#take(value),
    });
  }

  #take({ actor, mention, words }) {
    if (!actor) return this.#change([...this.#parties, { words }]);
    this.#room.store.actors.set(actor.uuid, actor);
    return this.#change([...this.#parties, { actor: actor.uuid, name: actor.name, ...(mention?.version ? { mention: mention.uuid } : {}) }]);
  }

  /** A mention clicked in the text; or words selected there, which describe somebody. */
  async #pick() {
    const picked = await this.#room.form.pick(`Click a mention of ${this.#settings.ask}, or select the words and press Enter`, true);
    const mention = picked?.annotation;
    if (mention) {
      const { actor } = mention.actor;
      if (!this.#parties.some((party) => party.actor === actor)) this.#take({ actor: this.#room.store.actors.get(actor), mention });
    } else if (picked) {
      const span = spanOf(this.#room, picked.extent);
      this.#change([...this.#parties, { words: cut(span.quotes.join(" … ")), span }]);
    }
  }
}

/** Spans of the text that parties were read from: mentions, and words. */
export const partySpans = (parties, store) => (parties ?? []).flatMap(({ mention, span }) =>
  [store.get(mention), span && { kind: "cue", ...span }]).filter(Boolean);

/** Whom a claim blames, accuses or credits. */
export const directedAt = (room, extent, claim) => new PartiesField(room, extent, {
  label: "Directed at", placeholder: "whom it blames, accuses, credits …", ask: "whom the claim is directed at",
  read: () => claim.targets, write: (parties) => { claim.targets = parties; } });

/** Whom the speakers of a link speak to. */
export const saidTo = (room, extent, link, label = "Said to") => new PartiesField(room, extent, {
  label, placeholder: "reporters, a name …", ask: "whom it was said to",
  read: () => link.addressees, write: (parties) => { link.addressees = parties; } });

import { kindOf, namingOf, noteOf, numberOf, onlyNamed, speakerOptions } from "./actors.js";
import { codeKeys } from "./code_keys.js";
import { Combobox } from "../forms/combobox.js";
import { choice, field, h } from "../forms/dom.js";
import { formFrame } from "./form_frame.js";
import { newUuid } from "../saving/identifiers.js";
import { calledOf, NAMELESS, NAMINGS, NUMBERS } from "./labels.js";
import { reasonOf } from "./link_details.js";
import { offered } from "./offered.js";
import { spanOf } from "./parts.js";
import { SimilarNames } from "./similar_names.js";

/** Words that mean somebody: an actor already known, or a new one named by the words. */
export class ActorForm {
  #room;
  #draft;
  #before;
  #chosen = null;
  #why = { naming: "anonymous" }; // of who is anonymous: the words that say why they are not named
  #reason = h("div.chosen-reason");
  #open; // nobody was named yet, by an analyst or by the text
  #found = []; // whom the server knows by the words in the field
  #asked = null; // the name of somebody known that a new one may have all the same

  constructor(room, draft, before) {
    this.#room = room;
    this.#draft = draft;
    this.#before = before;
    const words = draft.quotes.join(" ");
    const actor = draft.actor ? room.store.actors.get(draft.actor.actor)
      : onlyNamed(offered(room, "actors"), words);
    // a new actor that was refused does not exist: what was said of it is asked again
    const again = draft.actor && actor?.fresh && actor.uuid !== before?.actor.actor ? actor : null;
    this.box = new Combobox({
      label: "Actor", id: "actor-name", value: again?.name ?? words.replace(/\s+/g, " ").replace(/[’']s$/, ""), searchGiven: true, enterSaves: true,
      local: (query, given, found) => this.#options(query, given, found),
      remote: (query) => room.api.search("actors", query),
      first: () => this.similar.takeFirst(),
      choose: ({ actor: other, name }) => this.#choose(other, name),
      found: (actors) => this.#recognise(actors),
    });
    this.similar = new SimilarNames(room, (other) => this.#choose(other));
    this.box.input.addEventListener("input", () => this.similar.lookSoon(this.box.query));
    const kinds = room.data.codebook.actor_kind;
    this.kind = codeKeys(choice(kinds, again?.kind ?? kindOf(words, kinds), { class: "select", id: "actor-kind" }), kinds);
    this.naming = choice(NAMINGS, again?.naming ?? namingOf(words), { class: "select", id: "actor-naming" });
    this.number = choice(NUMBERS, again?.number ?? numberOf(words), { class: "select", id: "actor-number" });
    this.numberField = field("How many", this.number);
    this.naming.addEventListener("change", () => this.#askNumber());
    this.controls = { number: this.number, name: this.box.input, kind: this.kind, naming: this.naming };
    this.slot = h("div.chosen");
    this.element = formFrame({
      kind: "actor", isNew: !before, quotes: draft.quotes, sentence: draft.sentence,
      fields: [this.slot], save: () => this.#save(), cancel: () => room.form.cancel(),
      erase: before ? () => room.erase(before.uuid) : null,
    });
    this.#open = !before && !actor;
    this.#choose(again ? null : actor ?? null);
  }

  #options(query, given, found) {
    this.#found = found ?? [];
    const { store, map, data } = this.#room;
    const actors = offered(this.#room, "actors");
    const options = speakerOptions({ store, actors, map, extent: this.#draft.extent, kinds: data.codebook.actor_kind,
      query, found, taken: new Set() });
    const near = query ? speakerOptions({ store, actors, map, extent: this.#draft.extent, kinds: data.codebook.actor_kind,
      query: "", taken: new Set(options.map(({ value }) => value.actor.uuid)) }) : [];
    return [...options, ...near.slice(0, Math.max(0, 9 - options.length))];
  }

  /** Takes the one and only whom the project knows by just these words; whoever is anonymous belongs to one text. */
  #recognise(actors) {
    if (!this.#open) return;
    this.#open = false; // whom the analyst then puts away does not come back by itself
    const known = onlyNamed(actors, this.box.query);
    if (known) this.#choose(known);
  }

  /** Asks once before somebody new gets the name of somebody known. */
  #isMeant(name) {
    const all = new Map([...this.#found, ...offered(this.#room, "actors")].map((actor) => [actor.uuid, actor]));
    const known = this.#asked === name ? null : onlyNamed([...all.values()], name);
    if (!known) return true;
    this.#asked = name;
    this.element.refuse(`${calledOf(known)} is known already: take the proposal, or press Enter again for somebody else of that name.`,
      this.box.input);
    return false;
  }

  #choose(actor, name) {
    this.#chosen = actor;
    const { store, data } = this.#room;
    if (actor) {
      store.actors.set(actor.uuid, actor);
      this.slot.replaceChildren(h("span.label", null, "Means"), h("div.chip", null, h("b", null, calledOf(actor)),
        h("small", null, noteOf(actor, data.codebook.actor_kind)),
        h("button.chip-remove", { type: "button", "aria-label": `Not ${actor.name}: choose another`,
          onclick: () => { this.#choose(null); this.#asked = this.box.query; this.focus(); } }, "×")), this.#reason);
      this.#why = this.#told(this.#storedReason(actor));
      this.#askReason(actor.naming);
      this.element?.querySelector("[type=submit]")?.focus();
      return;
    }
    if (name) this.box.input.value = name;
    this.similar.look(this.box.query);
    this.slot.replaceChildren(this.similar.element, field("Name (new), or choose a proposal", this.box.element),
      h("div.grid", null, field("Kind", this.kind), field("Naming", this.naming), this.numberField), this.#reason);
    this.#why = { naming: "anonymous" };
    this.#askNumber();
    this.slot.querySelector("label").htmlFor = "actor-name";
  }

  #askNumber() {
    this.numberField.hidden = !NAMELESS.has(this.naming.value);
    this.#askReason(this.naming.value);
  }

  #storedReason({ uuid }, gone = null) {
    return this.#room.store.ofKind("reason").find(({ support, uuid: reason }) => support.of === uuid && reason !== gone);
  }

  #told(stored) {
    return { naming: "anonymous", reason_span: stored && { ...spanOf(this.#room, stored.extent), uuid: stored.uuid },
      stated_reason: stored?.quotes.join(" … ") };
  }

  #askReason(naming) {
    const redraw = () => {
      this.#askReason(naming);
      this.#room.form.showDraft();
    };
    this.#reason.replaceChildren(naming === "anonymous" ? reasonOf(this.#room, this.#why, redraw) : "");
  }

  focus() {
    if (this.#chosen) {
      this.element.querySelector("[type=submit]").focus();
      return;
    }
    this.box.select();
  }

  get spans() {
    const { reason_span: span } = this.#why;
    return span ? [{ kind: "reason", ...span }] : [];
  }

  /** The words that say why they are not named stand no more: those that say so now, or none. */
  forget(reason) {
    this.#why = this.#told(this.#storedReason(this.#chosen, reason));
    this.#askReason(this.#chosen.naming);
  }

  #save() {
    const { store } = this.#room;
    let actor = this.#chosen;
    if (!actor) {
      const name = this.box.query;
      if (!name) return this.element.refuse("A new actor needs a name.", this.box.input);
      if (this.box.waiting) return this.box.whenAnswered(() => this.#save());
      if (!this.#isMeant(name)) return undefined;
      actor = { uuid: newUuid(), name, kind: this.kind.value, naming: this.naming.value, number: this.number.value, affiliation: "", aliases: [], fresh: true };
      const { reason_span: span, stated_reason: reason } = this.#why;
      if (actor.naming === "anonymous" && span) Object.assign(actor, { reason_span: span, stated_reason: reason });
      store.actors.set(actor.uuid, actor);
    }
    const after = { ...this.#draft, actor: { actor: actor.uuid, name: actor.name } };
    if (actor.fresh && !this.#chosen && this.#asked !== actor.name) this.#room.changes.askKnown(actor, this.box.overdue);
    this.#room.form.finish(this.#before ? "Actor changed" : "Actor saved", this.#withReason(actor, after));
    return undefined;
  }

  /** The changes that save the mention, and with it why its actor is not named where other words say so now. */
  #withReason(actor, after) {
    const before = this.#before ?? null;
    const span = this.#why.reason_span;
    const stored = this.#storedReason(actor);
    if (actor.naming !== "anonymous" || span?.uuid === stored?.uuid) return [{ before, after }];
    const told = span && { ...this.#room.newAnnotation("reason", span.extent), uuid: span.uuid, support: { slot: "reason", of: actor.uuid } };
    const was = stored ? { uuid: stored.uuid, extent: stored.extent, quotes: stored.quotes } : null;
    const said = { ...after, actor: { ...after.actor, reason_span: span ?? null } };
    return [
      ...(stored ? [{ before: stored, after: null }] : []),
      ...(told ? [{ before: null, after: told }] : []),
      { before, after: said, parting: { ...said, actor: { ...after.actor, reason_span: was, takes_back: true } } },
    ];
  }
}

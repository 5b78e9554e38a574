import { namingOf, noteOf, numberOf, onlyNamed, speakerOptions } from "./actors.js";
import { Combobox } from "./combobox.js";
import { cueChip } from "./cue_chip.js";
import { choice, h } from "./dom.js";
import { newUuid } from "../saving/identifiers.js";
import { calledOf, labelOf, NAMELESS, NAMINGS, NUMBERS, ROLES, VOICES } from "./labels.js";
import { jointly, linkDetails, reasonOf, roleOf } from "./link_details.js";
import { offered } from "./offered.js";
import { SimilarNames } from "./similar_names.js";
import { meets, unnamedBeside, WhoTells } from "./who_tells.js";

const NOBODY = [["own", "nobody is cited"], ["agentless", "“it is feared”: words of telling, but nobody named"],
  ["unknown", "it cannot be told"]];

export const newLink = (role = "said") => ({ role, act: "says", basis: "stated", quotation_type: "", sources: [], cues: [] });

/** The line of stations of a claim, to be filled in: speaker, who relayed it, the cue of each. */
export class ChainField {
  #room;
  #extent;
  #editing = 0;
  #similar = new Map(); // by the actor made here: who is called alike
  #cueTypes = new Map(); // by cue, where it was chosen here
  #notes = new WeakMap(); // source → what stands in small type beside its name
  #unplaced = new WeakSet(); // sources whose mention stands no more
  links;
  voice;
  made; // annotations of mentions and cues made on the way; saved with the claim
  onchange = null;
  element = h("ol.chain.chain-edit");

  /** `further`: it is not the claim's first chain, so it says nothing of the claim's voice. */
  constructor(room, extent, links, voice, made = [], further = false) {
    this.#room = room;
    this.further = further;
    this.#extent = extent;
    this.links = links.length ? structuredClone(links) : [newLink()];
    this.voice = voice;
    this.made = made;
    this.#editing = this.links[0].sources.length ? -1 : 0;
    for (const { mention } of this.links.flatMap(({ sources }) => sources)) if (mention && !this.#find(mention)) this.forget(mention);
    this.draw();
  }

  /** Takes a mention out that stands no more. Who was named by it stays; nothing else is drawn again. */
  forget(mention) {
    for (const source of this.links.flatMap(({ sources }) => sources).filter((one) => one.mention === mention)) {
      source.mention = null;
      this.#unplaced.add(source);
      this.#notes.get(source)?.replaceChildren(this.#noteOf(source));
    }
    for (const party of this.links.flatMap(({ addressees }) => addressees ?? [])) if (party.mention === mention) delete party.mention;
  }

  /** The links that say something; an empty station is left out. */
  get filled() {
    return this.links.filter(({ sources, cues, addressees }) => sources.length || cues.length || addressees?.length);
  }

  #find(uuid) {
    return this.made.find((annotation) => annotation.uuid === uuid) ?? this.#room.store.get(uuid);
  }

  focus() {
    this.element.querySelector(".chain-pick:not(.party-pick) input")?.focus();
  }

  draw(focus = false) {
    this.element.replaceChildren(...this.links.map((link, i) => this.#station(link, i)));
    this.#room.form.showDraft();
    this.onchange?.();
    if (focus) this.focus();
  }

  #station(link, i) {
    const anonymous = link.sources.some(({ actor }) => this.#room.store.actors.get(actor)?.naming === "anonymous");
    return h(`li${anonymous ? ".chain-anonymous" : ""}`, null,
      h("span.chain-link", null, i === 0 ? "Said by" : choice(ROLES.slice(1), link.role, {
        "aria-label": "How it was passed on", class: "select-bare", onchange: (event) => { link.role = event.target.value; } })),
      h("div.chain-who", null,
        link.sources.map((source) => this.#chip(link, source)),
        i === 0 && !link.sources.length && this.voice !== "attributed" && this.voice !== "unknown" ? this.#nobody() : null,
        jointly(link),
        this.#picker(link, i),
        this.#cues(link, i),
        i > 0 || this.further ? linkDetails(this.#room, this.#extent, link) : null));
  }

  #noteOf(source) {
    const where = this.#find(source.mention)?.sentence;
    const actor = this.#room.store.actors.get(source.actor) ?? source;
    return [noteOf(actor, this.#room.data.codebook.actor_kind), where && `sentence ${where}`,
      this.#unplaced.has(source) && "its mention was deleted"].filter(Boolean).join(" · ");
  }

  #chip(link, source) {
    const actor = this.#room.store.actors.get(source.actor) ?? source;
    const note = h("small", null, this.#noteOf(source));
    this.#notes.set(source, note);
    const remove = () => {
      link.sources = link.sources.filter((other) => other !== source);
      this.draw(true);
    };
    return h("div.chip", null,
      h("b", null, calledOf(actor)),
      note,
      h("button.chip-remove", { type: "button", "aria-label": `Remove ${actor.name}`, onclick: remove }, "×"),
      roleOf(this.#room, source, () => this.draw()),
      actor.fresh ? [this.#alike(actor, link, source), this.#freshFields(actor), reasonOf(this.#room, actor, () => this.draw())] : null);
  }

  /** A speaker typed for the first time is asked for kind and naming, with good guesses in place. */
  #freshFields(actor) {
    return h("div.chip-fresh", null,
      choice(this.#room.data.codebook.actor_kind, actor.kind, { class: "select", "aria-label": `Kind of ${actor.name}`,
        onchange: (event) => { actor.kind = event.target.value; } }),
      choice(NAMINGS, actor.naming, { class: "select", "aria-label": `How ${actor.name} is named`,
        onchange: (event) => { actor.naming = event.target.value; this.draw(true); } }),
      NAMELESS.has(actor.naming) ? choice(NUMBERS, actor.number, { class: "select", "aria-label": `How many ${actor.name} are`,
        onchange: (event) => { actor.number = event.target.value; } }) : null);
  }

  /** Who is called alike, of an actor made here. */
  #alike(actor, link, source) {
    const similar = this.#similar.get(actor.uuid);
    if (similar) similar.take = (other) => this.#means(link, source, other);
    return similar?.element;
  }

  /** Somebody known is meant, and nobody new. */
  #means(link, source, { uuid, name }) {
    const mention = this.made.find((annotation) => annotation.uuid === source.mention);
    if (mention) mention.actor = { actor: uuid, name };
    if (link.sources.some(({ actor }) => actor === uuid)) link.sources = link.sources.filter((other) => other !== source);
    else Object.assign(source, { actor: uuid, name });
    this.draw(true);
  }

  #nobody() {
    const label = labelOf(VOICES, this.voice);
    return h("div.chip", null, h("b", null, label), h("button.chip-remove", {
      type: "button", "aria-label": `Remove: ${label}`, onclick: () => { this.voice = "unknown"; this.draw(true); } }, "×"));
  }

  #picker(link, i) {
    const last = this.links.length - 1;
    const open = i === this.#editing || (i === last && this.#editing < 0);
    if (!open) {
      return h("button.button.button-quiet.button-small", { type: "button", onclick: () => { this.#editing = i; this.draw(true); } },
        link.sources.length ? "Add another" : "Add a name");
    }
    const box = new Combobox({
      label: i === 0 ? "Speaker" : "Relayed by",
      id: i === 0 && !this.further ? "claim-speaker" : undefined,
      placeholder: link.sources.length ? "Enter saves · > adds who relayed it" : "A name, or 1–9",
      local: (query, _given, found) => this.#options(link, i, query, found),
      remote: (query) => this.#room.api.search("actors", query),
      choose: (value) => this.#take(link, i, value),
      first: () => link.sources.some(({ actor }) => this.#similar.get(actor)?.takeFirst()),
      keys: {
        ">": () => this.relay(),
        Backspace: () => { if (link.sources.pop()) this.draw(true); },
      },
    });
    return h("div.chain-pick", null, box.element, h("button.button.button-quiet.button-small", {
      type: "button", onclick: () => this.#pick(link) }, "Pick in the text"));
  }

  #options(link, i, query, found) {
    const { store, map, data } = this.#room;
    const taken = new Set(this.links.flatMap(({ sources }) => sources.map(({ actor }) => actor)));
    const actors = offered(this.#room, "actors");
    const first = i === 0 && !query && !link.sources.length;
    const told = first ? new WhoTells(this.#room, this.#extent).find() : null;
    const nearer = first ? unnamedBeside(this.#room, this.#extent) : [];
    const options = speakerOptions({ store, actors, map, extent: this.#near(i), kinds: data.codebook.actor_kind, query, found, taken, nearer, told });
    if (query) {
      options.push({ label: `New: “${query}”`, group: "Not yet in this project", kind: "new", value: { name: query } });
    } else if (i === 0 && !link.sources.length && !this.further) {
      const said = options.some(({ value }) => value.voice);
      options.push(...NOBODY.filter(([voice]) => !said || voice !== "agentless").map(([voice, note]) => ({ label: labelOf(VOICES, voice), note, group: "No speaker", value: { voice } })));
    }
    return options;
  }

  /** Where a link's people are looked for first: by the claim, or by whom they heard it from. */
  #near(i) {
    const heard = this.links[i - 1]?.sources.map(({ mention }) => this.#find(mention)).find(Boolean);
    return heard?.extent ?? this.#extent;
  }

  #take(link, i, { actor, mention, name, voice, words }) {
    if (words) return this.#mint(link, i, words);
    if (voice) {
      this.voice = voice;
      if (voice === "agentless" && !link.cues.length) this.#proposeNobodysCue(link);
    } else {
      const who = actor ?? this.newActor(name);
      this.#room.store.actors.set(who.uuid, who);
      link.sources.push({ actor: who.uuid, name: who.name, mention: mention?.uuid ?? null, role_at_time: "" });
      this.voice = "attributed";
      if (mention && !link.cues.length) this.#proposeCue(link, mention);
    }
    this.#editing = i;
    this.draw(true);
    return undefined;
  }

  newActor(name) {
    const actor = { uuid: newUuid(), name, kind: "person", naming: namingOf(name), number: numberOf(name), affiliation: "", aliases: [], fresh: true };
    this.#similar.set(actor.uuid, new SimilarNames(this.#room).look(name));
    return actor;
  }

  /** Proposes as the cue the word by which the text makes the mention the source; nothing where that is in doubt. */
  #proposeCue(link, mention) {
    const who = new WhoTells(this.#room, this.#extent);
    const cue = who.cueOf(mention, who.find(), link === this.links[0]);
    if (cue) this.addCue(link, [cue]);
  }

  /** “It was said”: a cue, and nobody. */
  #proposeNobodysCue(link) {
    const told = new WhoTells(this.#room, this.#extent).find();
    if (told?.kind === "nobody" && !meets(told.verb, this.#extent)) this.addCue(link, [told.verb]);
  }

  addCue(link, extent) {
    const cue = this.#room.newAnnotation("cue", extent);
    this.made.push(cue);
    link.cues.push(cue.uuid);
  }

  /** A cue with what it was said to do, here or before. */
  typed(cue, support = cue.support) {
    const type = this.#cueTypes.get(cue.uuid) ?? cue.support?.cue_type;
    return { ...cue, support: { ...support, ...(type ? { cue_type: type } : {}) } };
  }

  /** Stored cues that were said to do something else here. */
  get retyped() {
    const cues = [...this.#cueTypes.keys()].map((uuid) => this.#room.store.get(uuid)).filter(Boolean);
    // undone, a cue that had no type has none again
    const untyped = (cue) => ({ ...cue, support: { ...cue.support, cue_type: cue.support?.cue_type ?? null } });
    return cues.map((cue) => ({ before: untyped(cue), after: this.typed(cue) }));
  }

  #cues(link, i) {
    const remove = (uuid) => {
      link.cues = link.cues.filter((other) => other !== uuid);
      this.made = this.made.filter((annotation) => annotation.uuid !== uuid);
      this.draw(true);
    };
    const pick = async () => {
      const picked = await this.#room.form.pick("Select the cue (“said”, “according to”) and press Enter", false);
      if (picked) this.addCue(link, picked.extent);
      this.draw(true);
    };
    return h("div.chain-cues", null,
      link.cues.map((uuid) => this.#find(uuid)).filter(Boolean).map((cue) => cueChip(this.#room, this.typed(cue),
        (type) => this.#cueTypes.set(cue.uuid, type), () => remove(cue.uuid))),
      h("button.button.button-quiet.button-small", { type: "button", onclick: pick }, link.cues.length ? "+ cue" : "+ cue from the text"),
      i === this.links.length - 1 ? h("button.button.button-quiet.button-small", { type: "button", onclick: () => this.relay() },
        "+ relayed by ", h("kbd", null, ">")) : null);
  }

  relay() {
    const { sources, cues } = this.links.at(-1);
    if (!sources.length && !cues.length) return this.#room.announce("First name who said it, or add the cue that nobody is named by.");
    this.links.push(newLink("relayed"));
    this.#editing = this.links.length - 1;
    return this.draw(true);
  }

  /** A mention clicked in the text, or words selected there: these become a new mention. */
  async #pick(link) {
    const picked = await this.#room.form.pick("Click a mention of the speaker, or select the words and press Enter", true);
    if (!picked) return this.focus();
    const { store } = this.#room;
    const i = this.links.indexOf(link);
    if (picked.annotation) {
      const mention = picked.annotation;
      this.#take(link, i, { actor: store.actors.get(mention.actor.actor), mention });
      return undefined;
    }
    return this.#mint(link, i, picked.extent);
  }

  /** Words that name somebody: an actor already known by that name, or a new one; they become a mention. */
  #mint(link, i, extent) {
    const name = this.#room.map.quotes(extent).join(" ");
    const own = this.links.flatMap(({ sources }) => sources.map(({ actor: uuid }) => uuid));
    const actor = onlyNamed(offered(this.#room, "actors", own), name) ?? this.newActor(name);
    const mention = { ...this.#room.newAnnotation("actor", extent), actor: { actor: actor.uuid, name: actor.name } };
    this.made.push(mention);
    this.#take(link, i, { actor, mention });
    return undefined;
  }
}

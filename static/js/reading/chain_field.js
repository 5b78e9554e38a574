import { noteOf, somebodyNew } from "./actors.js";
import { Combobox } from "../forms/combobox.js";
import { cueChip, CueTypes } from "./cue_chip.js";
import { choice, h } from "../forms/dom.js";
import { calledOf, labelOf, ROLES, VOICES } from "./labels.js";
import { LinkBases } from "./link_bases.js";
import { alsoSpeaks, freshFields, jointly, linkDetails, ownRelay, reasonOf, roleOf } from "./link_details.js";
import { offered } from "./offered.js";
import { SimilarNames } from "./similar_names.js";
import { speakerOffers } from "./speaker_offers.js";
import { meets, WhoTells } from "./who_tells.js";
import { WhoIsMeant } from "./who_is_meant.js";

export const newLink = (role = "said") => ({ role, act: "says", basis: "stated", quotation_type: "", sources: [], cues: [] });

/** The line of stations of a claim, to be filled in: speaker, who relayed it, the cue of each. */
export class ChainField {
  #room;
  #extent;
  #editing = 0;
  #asked = null; // who is meant by words picked for a link
  #similar = new Map(); // by the actor made here: who is called alike
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
    this.bases = new LinkBases(room.map, extent, this.links.filter(({ sources, cues }) => sources.length || cues.length));
    this.cueTypes = new CueTypes(room.store);
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
    if (this.#asked) return this.#asked.focus();
    return this.element.querySelector(".chain-pick:not(.party-pick) input")?.focus();
  }

  draw(focus = false, late = false) {
    this.element.replaceChildren(...this.links.map((link, i) => this.#station(link, i)));
    this.#room.form.showDraft();
    this.onchange?.(late);
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
        i > 0 || this.further ? linkDetails(this.#room, this.#extent, link, this.bases) : null));
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
      actor.fresh ? [this.#alike(actor), freshFields(this.#room, actor, () => this.draw(true)), reasonOf(this.#room, actor, () => this.draw(), this.links)] : null);
  }

  /** Who is called alike, of an actor made here. */
  #alike(actor) {
    const similar = this.#similar.get(actor.uuid);
    if (similar) similar.take = (other) => this.#means(actor.uuid, other);
    return similar?.element;
  }

  /** Somebody known is meant, and nobody new: wherever the new one stands, who may pass on their own words. */
  #means(fresh, { uuid, name }) {
    for (const mention of this.made) if (mention.actor?.actor === fresh) mention.actor = { actor: uuid, name };
    for (const link of this.links) {
      if (link.sources.some(({ actor }) => actor === uuid)) link.sources = link.sources.filter(({ actor }) => actor !== fresh);
      for (const source of link.sources) if (source.actor === fresh) Object.assign(source, { actor: uuid, name });
    }
    this.draw(true);
  }

  /** Somebody taken for new before the server had answered. */
  #turnsOut(fresh, { uuid, name }) {
    for (const source of this.links.flatMap(({ sources }) => sources)) if (source.actor === fresh.uuid) Object.assign(source, { actor: uuid, name });
    if (this.element.isConnected) this.draw(this.element.contains(document.activeElement));
  }

  #nobody() {
    const label = labelOf(VOICES, this.voice);
    return h("div.chip", null, h("b", null, label), h("button.chip-remove", {
      type: "button", "aria-label": `Remove: ${label}`, onclick: () => { this.voice = "unknown"; this.draw(true); } }, "×"));
  }

  #picker(link, i) {
    if (this.#asked?.link === link) return this.#asked.element;
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
      choose: (value) => this.#take(link, i, value, true, box.overdue),
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
    return speakerOffers(this.#room, { extent: this.#extent, near: this.#near(i), first: i === 0 && !this.further, query, found,
      alone: i === 0 && !link.sources.length, place: i, taken: new Set(this.links.flatMap(({ sources }) => sources.map(({ actor }) => actor))),
      mentioned: this.links.flatMap(({ sources }) => sources).map(({ mention }) => this.#find(mention)?.extent).filter(Boolean) });
  }

  /** Where a link's people are looked for first: by the claim, or by whom they heard it from. */
  #near(i) {
    const heard = this.links[i - 1]?.sources.map(({ mention }) => this.#find(mention)).find(Boolean);
    return heard?.extent ?? this.#extent;
  }

  #take(link, i, { actor, mention, name, voice, words, late = false }, focus = true, overdue = null) {
    if (words) return actor ? this.#mention(link, i, words, actor) : this.#whoIsMeant(link, i, words);
    if (voice) {
      this.voice = voice;
      if (voice === "agentless" && !link.cues.length) this.#proposeCue(link);
    } else {
      const who = actor ?? this.newActor(name, i > 0);
      this.#room.store.actors.set(who.uuid, who);
      if (!actor) this.#room.changes.askKnown(who, overdue).then((known) => known && this.#turnsOut(who, known));
      link.sources.push({ actor: who.uuid, name: who.name, mention: mention?.uuid ?? null, role_at_time: "" });
      alsoSpeaks(link);
      this.voice = "attributed";
      if (mention && !link.cues.length) this.#proposeCue(link, mention);
    }
    this.#editing = i;
    this.draw(focus, late);
    return undefined;
  }

  newActor(name, relays = false, similar = new SimilarNames(this.#room).look(name)) {
    const actor = somebodyNew(name, this.#room.data.codebook.actor_kind, relays);
    this.#similar.set(actor.uuid, similar);
    return actor;
  }

  /** Proposes the word by which the text makes the mention the source; of nobody (“it was said”) without one. In doubt nothing. */
  #proposeCue(link, mention = null) {
    const who = new WhoTells(this.#room, this.#extent);
    const told = who.find();
    const cue = mention ? who.cueOf(mention, told, link === this.links[0])
      : told?.kind === "nobody" && !meets(told.verb, this.#extent) && told.verb;
    if (cue) this.addCue(link, [cue]);
  }

  addCue(link, extent) {
    const cue = this.#room.newAnnotation("cue", extent);
    this.made.push(cue);
    link.cues.push(cue.uuid);
    this.bases.follow(link, this.#cuesOf(link));
  }

  #cuesOf(link) {
    return link.cues.map((uuid) => this.#find(uuid)).filter(Boolean);
  }

  /** The words by which the first link shows that it is told. */
  get cueWords() {
    return this.#cuesOf(this.links[0]).flatMap(({ quotes }) => quotes).join(" ");
  }

  #cues(link, i) {
    const remove = (uuid) => {
      link.cues = link.cues.filter((other) => other !== uuid);
      this.bases.follow(link, this.#cuesOf(link));
      this.made = this.made.filter((annotation) => annotation.uuid !== uuid);
      this.draw(true);
    };
    const pick = async () => {
      const picked = await this.#room.form.pick("Select the cue (“said”, “according to”) and press Enter", false);
      if (picked) this.addCue(link, picked.extent);
      this.draw(true);
    };
    return h("div.chain-cues", null,
      this.#cuesOf(link).map((cue) => cueChip(this.#room, this.cueTypes.typed(cue),
        (type) => this.cueTypes.choose(cue, type), () => remove(cue.uuid))),
      h("button.button.button-quiet.button-small", { type: "button", onclick: pick }, link.cues.length ? "+ cue" : "+ cue from the text"),
      i === this.links.length - 1 ? h("button.button.button-quiet.button-small", { type: "button", onclick: () => this.relay() },
        "+ relayed by ", h("kbd", null, ">")) : null,
      i === this.links.length - 1 ? ownRelay(link, (sources) => this.relay(sources)) : null);
  }

  relay(by = []) {
    const { sources, cues } = this.links.at(-1);
    if (!sources.length && !cues.length) return this.#room.announce("First name who said it, or add the cue that nobody is named by.");
    this.links.push({ ...newLink("relayed"), sources: by });
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
    return this.#whoIsMeant(link, i, picked.extent);
  }

  /** Words that name somebody: one known by that name, somebody similar that is asked about first, or somebody new. */
  #whoIsMeant(link, i, extent) {
    const own = this.links.flatMap(({ sources }) => sources.map(({ actor: uuid }) => uuid));
    this.#asked = new WhoIsMeant(this.#room, { link, words: this.#room.map.quotes(extent).join(" "), known: offered(this.#room, "actors", own),
      take: (actor, similar, focus) => {
        this.#asked = null;
        this.#mention(link, i, extent, actor ?? this.newActor(this.#room.map.quotes(extent).join(" "), i > 0, similar), focus, Boolean(similar));
      },
      leave: () => {
        this.#asked = null;
        this.draw(true);
      } });
    if (!this.#asked.decide()) this.draw(true);
  }

  /** Who is still to be chosen for a name, if anybody. */
  get undecided() {
    return this.#asked;
  }

  #mention(link, i, extent, actor, focus = true, late = false) {
    const mention = { ...this.#room.newAnnotation("actor", extent), actor: { actor: actor.uuid, name: actor.name } };
    this.made.push(mention);
    this.#take(link, i, { actor, mention, late }, focus);
  }
}

import { ChainField } from "./chain_field.js";
import { ClaimType } from "./claim_type.js";
import { decisionOn, warningOf } from "./decided.js";
import { choice, field, h } from "../forms/dom.js";
import { formFrame } from "./form_frame.js";
import { ACTS, basesFor, calledOf, labelOf, POLARITIES, QUOTATIONS, VOICES } from "./labels.js";
import { JudgementField } from "./judgement_field.js";
import { marksOf } from "./marks.js";
import { NumbersField } from "./numbers_field.js";
import { partySpans } from "./parties_field.js";
import { PolarityRead } from "./polarity_read.js";
import { PositionsField } from "./positions_field.js";
import { SettingField } from "./setting_field.js";
import { TopicsField } from "./topics_field.js";
import { withReasons } from "./unnamed.js";
import { WordsField } from "./words_field.js";

const select = (options, value) => choice(options, value, { class: "select" });

/** A claim: who says it, of which type, in plain words; the rest unfolds with good defaults in place. */
export class ClaimForm {
  #room;
  #draft;
  #before;

  /** `made`: cues that a refused claim had already been given. */
  constructor(room, draft, before, made) {
    this.#room = room;
    this.#draft = draft;
    this.#before = before;
    const { claim } = draft;
    const chain = claim.chains[0] ?? [];
    this.chain = new ChainField(room, draft.extent, chain, claim.voice, made);
    this.type = new ClaimType(room, draft);
    this.paraphrase = h("textarea.textarea", { rows: 2, placeholder: "In plain words (optional)", id: "claim-paraphrase", dir: "auto" });
    this.paraphrase.value = claim.paraphrase;
    this.quotation = select(QUOTATIONS, claim.quotation_type);
    this.polarity = select(POLARITIES, claim.polarity);
    this.voice = select(VOICES, this.chain.voice);
    this.voice.addEventListener("change", () => {
      this.chain.voice = this.voice.value;
      this.chain.draw();
    });
    const read = new PolarityRead(this.polarity, this.chain.cueWords);
    this.chain.onchange = (late) => {
      this.#showVoice();
      read.follow(this.chain.cueWords);
      if (this.basis) this.basis.value = this.chain.links[0].basis;
      this.judgement?.show();
      this.element?.gathered(late);
    };
    this.#showVoice();
    this.act = select(ACTS, chain[0]?.act ?? "says");
    const basis = this.chain.links[0].basis ?? "stated";
    this.basis = select(basesFor(basis), basis);
    this.basis.addEventListener("change", () => this.chain.bases.choose(this.chain.links[0], this.basis.value));
    this.role = h("input.input", { type: "text", maxlength: 300, placeholder: "spokesman of the ministry" });
    this.role.defaultValue = chain[0]?.sources[0]?.role_at_time ?? "";
    this.controls = { type: this.type.select, paraphrase: this.paraphrase, quotation_type: this.quotation, polarity: this.polarity,
      voice: this.voice, act: this.act, basis: this.basis, role_at_time: this.role };
    this.positions = new PositionsField(room.data.codebook, claim.positions);
    this.further = claim.chains.slice(1).map((links) => this.#furtherChain(links));
    this.words = new WordsField(room, draft);
    this.judgement = new JudgementField(claim, () => this.#speakers());
    this.setting = new SettingField(room, draft, this.chain.links[0]);
    this.numbers = new NumbersField(room, draft);
    Object.assign(this.controls, this.judgement.controls, this.setting.controls);
    this.element = this.#frame();
    for (const control of [this.quotation, this.words.element]) control.addEventListener("change", () => this.#askDirect());
    this.#askDirect();
    this.voice.addEventListener("change", () => this.#askHeard());
    this.#askHeard();
  }

  /** The article speaks to its readers: to whom its own voice was said once has to go before it is saved. */
  #askHeard() {
    const [link] = this.chain.links;
    const take = () => {
      delete link.addressees;
      this.setting.heard.draw();
      this.#askHeard();
      this.#room.form.showDraft();
    };
    const asks = this.chain.voice === "own" && !link?.sources.length && link?.addressees?.length;
    this.heard.replaceChildren(...(asks ? [h("p.notice.notice-warn", null, "This is the article’s own voice, which speaks to its readers, and it is said to somebody. ",
      h("button.button.button-small", { type: "button", onclick: take }, "Take out to whom"))] : []));
  }

  /** Asks about words that stand in quotation marks altogether and are not called a quotation. Only asks. */
  #askDirect() {
    const quoted = ["direct", "mixed"].includes(this.quotation.value) || (this.words.values.quoted ?? []).some(({ use }) => use === "scare" || use === "word");
    const asks = !quoted && marksOf(this.#room.map, this.#draft.extent).type === "direct";
    const take = () => {
      this.quotation.value = "direct";
      this.#askDirect();
      this.quotation.focus();
    };
    this.asked.replaceChildren(...(asks ? [h("p.notice", null, "All these words stand in quotation marks, and they are called ",
      labelOf(QUOTATIONS, this.quotation.value).toLowerCase(), ". Are they a direct quotation? ",
      h("button.button.button-small", { type: "button", onclick: take }, "Call them direct"))] : []));
  }

  #furtherChain(links) {
    const chain = new ChainField(this.#room, this.#draft.extent, links, "attributed", [], true);
    chain.onchange = (late) => { this.judgement?.show(); this.element?.gathered(late); };
    return chain;
  }

  /** Every source of every link, with its name. */
  #speakers() {
    const links = [this.chain, ...this.further ?? []].flatMap((chain) => chain.links);
    return links.flatMap(({ sources }) => sources).map((source) => [source, calledOf(this.#room.store.actors.get(source.actor) ?? source)]);
  }

  /** The chains after the first: the same claim, told by others or through others. */
  #drawFurther() {
    const add = () => {
      this.further.push(this.#furtherChain([]));
      this.#drawFurther();
      this.further.at(-1).focus();
    };
    const remove = (chain) => {
      this.further = this.further.filter((other) => other !== chain);
      this.#drawFurther();
    };
    this.furtherSlot.replaceChildren(...this.further.map((chain) => h("div.further", null, chain.element,
      h("button.button.button-quiet.button-small", { type: "button", onclick: () => remove(chain) }, "Remove this chain"))),
    h("button.button.button-quiet.button-small", { type: "button", onclick: add }, "+ another chain"));
    this.judgement.show();
    this.#room.form.showDraft();
  }

  /** Who speaks decides the voice; only without a speaker is it a choice. */
  #showVoice() {
    this.voice.value = this.#voice(this.chain.filled);
    this.voice.disabled = this.voice.value === "attributed";
    this.voice.title = this.voice.disabled ? "A claim with a speaker is attributed" : "";
  }

  #frame() {
    const { claim, quotes, sentence } = this.#draft;
    this.topics = new TopicsField(this.#room.data.codebook.topic, claim.topics);
    const parts = [this.words, this.judgement, this.setting, this.numbers].map(({ element }) => element);
    const called = parts.filter(({ open }) => open);
    const more = h("details.more", { open: Boolean(this.#before && this.#unusual()) },
      h("summary", null, "More: quotation, polarity, voice …"),
      h("div.grid", null,
        field("Quotation", this.quotation), field("Polarity", this.polarity), field("Voice", this.voice),
        field("Act", this.act), field("Basis of the attribution", this.basis), field("Speaker’s role then", this.role)),
      this.topics.element,
      this.furtherSlot = h("div.field"), parts.filter((part) => !called.includes(part)));
    this.#drawFurther();
    return formFrame({
      kind: "claim", isNew: !this.#before, quotes, sentence, status: this.#before?.claim.status,
      fields: [this.#decided(), h("div.field", null, h("span.label", { id: "chain-label" }, "Who says it"), this.chain.element),
        this.type.element, field("Paraphrase", this.paraphrase), this.asked = h("div", { role: "status" }), this.heard = h("div", { role: "status" }), called, more, this.positions.element].flat().filter((one) => one !== null),
      ...this.#ways(), cancel: () => this.#room.form.cancel(),
      erase: this.#before ? () => this.#room.erase(this.#before.uuid) : null,
    });
  }

  #decided() {
    const decision = decisionOn(this.#before);
    return decision ? h("p.notice.form-decided", null, warningOf(decision)) : "";
  }

  /** How it is saved: a draft stays one until it is submitted; what was judged is no draft any more. */
  #ways() {
    const { status } = this.#draft.claim;
    const [draft, submitted] = ["draft", "submitted"].map((to) => () => this.#save(to));
    if (status === "draft") return { save: draft, saveName: "Save draft", other: { name: "Submit", save: submitted } };
    return { save: submitted, other: status === "submitted" ? { name: "Save as draft", save: draft } : null };
  }

  #unusual() {
    const { claim } = this.#draft;
    return claim.chains.length > 1 || claim.polarity !== "asserted" || claim.topics.length > 0 || this.act.value !== "says" || this.basis.value !== "stated";
  }

  focus() {
    this.chain.focus();
  }

  /** Spans to be marked in the text while the form is open. */
  get spans() {
    const chains = [this.chain, ...this.further ?? []];
    const made = chains.flatMap((chain) => chain.made);
    const links = chains.flatMap((chain) => chain.links);
    const used = links.flatMap(({ sources, cues }) => [...cues, ...sources.map(({ mention }) => mention)]);
    const heard = links.flatMap(({ addressees, time_span: told }) => [...partySpans(addressees, this.#room.store), ...(told ? [{ kind: "cue", ...told }] : [])]);
    return used.map((uuid) => made.find((one) => one.uuid === uuid) ?? this.#room.store.get(uuid)).concat(heard, this.words?.spans ?? [], this.setting?.spans ?? []).filter(Boolean);
  }

  /** Takes a mention out that stands no more, and nothing else. */
  forget(mention) {
    for (const part of [this.chain, ...this.further, this.setting]) part.forget(mention);
    for (const place of this.element.querySelectorAll(`[data-mention="${mention}"]`)) place.textContent = "its mention was deleted";
  }

  /** Words selected in the text become a cue of the first link. */
  takeCue(extent) {
    this.chain.addCue(this.chain.links[0], extent);
    this.chain.draw(true);
  }

  /** A topic or concept found in the text beside the form; its place unfolds. */
  takeCode(facet, code, stand) {
    const taken = facet === "topic" ? this.topics : this.positions;
    taken.take(code, stand);
    for (let fold = taken.element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    this.element.gathered();
  }

  #links() {
    const links = this.chain.filled;
    if (!links.length) return [];
    links[0].act = this.act.value;
    // what was typed here wins over words picked at the speaker, unless nothing was typed
    if (links[0].sources[0] && this.role.value !== this.role.defaultValue) links[0].sources[0].role_at_time = this.role.value.trim();
    return links;
  }

  #voice(links) {
    if (links[0]?.sources.length) return "attributed";
    return this.chain.voice === "attributed" ? "unknown" : this.chain.voice;
  }

  #save(status) {
    const typed = [...this.element.querySelectorAll(".chain-pick input")].map(({ value }) => value.trim()).find(Boolean);
    if (typed) return this.element.refuse(`“${typed}” is not chosen yet: take a proposal, or empty the field.`);
    const { undecided } = [this.chain, ...this.further].find((chain) => chain.undecided) ?? {};
    if (undecided) {
      if (undecided.afterwards(() => this.#save(status))) return undefined;
      undecided.focus();
      return this.element.refuse(`Say who “${undecided.words}” is: somebody known, or somebody new.`);
    }
    if (this.numbers.astray) return this.element.refuse(`“${this.numbers.astray}” does not stand in this text: copy the number’s words from it, or leave them out.`);
    const links = this.#links();
    const further = this.further.map(({ filled }) => filled).filter(({ length }) => length);
    const after = { ...this.#draft, claim: {
      ...this.#draft.claim,
      ...this.words.values, ...this.judgement.values, ...this.setting.values, ...this.numbers.values,
      type: this.type.select.value,
      paraphrase: this.paraphrase.value.trim(),
      quotation_type: this.quotation.value,
      polarity: this.polarity.value,
      voice: this.#voice(links),
      status,
      topics: this.topics.value,
      positions: this.positions.value,
      chains: links.length ? [links, ...further] : further,
    } };
    const gone = after.claim.chains[0]?.[0] !== this.chain.links[0] && (after.claim.said_on ?? "") === (this.#draft.claim.said_on ?? "");
    datedByClaim(after.claim, gone);
    this.type.remember();
    const used = new Set(this.spans.map(({ uuid }) => uuid));
    const chains = [this.chain, ...this.further];
    const made = chains.flatMap((chain) => chain.made).filter(({ uuid }) => used.has(uuid));
    const dropped = this.#before ? this.#room.store.chainOf(this.#before)
      .filter(({ kind, uuid }) => kind === "cue" && !used.has(uuid)) : [];
    for (const { made: all, cueTypes } of chains) {
      for (const cue of all) if (cue.kind === "cue") Object.assign(cue, cueTypes.typed(cue, { slot: "cue", of: after.uuid }));
    }
    const retyped = chains.flatMap(({ cueTypes }) => cueTypes.changes).filter(({ before }) => used.has(before.uuid));
    this.#room.form.finish(status === "draft" ? "Draft saved" : this.#before ? "Claim changed" : "Claim saved", withReasons(this.#room, [
      ...made.map((annotation) => ({ before: null, after: annotation })),
      ...retyped,
      { before: this.#before ?? null, after },
      ...dropped.map((cue) => ({ before: cue, after: null })),
    ]));
    return undefined;
  }
}

/**
 * A link that became the first gives its date to the claim: always where the one before it is gone (`gone`) and
 * nobody wrote another date, since the claim's was that one's; else where the claim has none.
 */
function datedByClaim(claim, gone) {
  const [first] = claim.chains[0] ?? [];
  if (!first || (!gone && !first.said_on && !first.time_span)) return;
  const { said_on: date, said_on_basis: basis, said_on_confidence: confidence, time_span: span, ...rest } = first;
  if (gone) Object.assign(claim, { said_on: date, said_on_basis: basis, said_on_confidence: confidence, time_span: span });
  else if (!claim.said_on) Object.assign(claim, { said_on: date, said_on_basis: basis, said_on_confidence: confidence, time_span: claim.time_span ?? span });
  claim.chains[0] = [rest, ...claim.chains[0].slice(1)];
}

import { ChainField, newLink } from "./chain_field.js";
import { codeKeys } from "./code_keys.js";
import { decisionOn, warningOf } from "./decided.js";
import { choice, field, h } from "./dom.js";
import { formFrame } from "./form_frame.js";
import { ACTS, BASES, POLARITIES, QUOTATIONS, VOICES } from "./labels.js";
import { marksOf } from "./marks.js";
import { PositionsField } from "./positions_field.js";

const LAST_TYPE = "sourceline-last-claim-type";

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
    this.type = codeKeys(select(room.data.codebook.claim_type, claim.type), room.data.codebook.claim_type);
    this.type.id = "claim-type";
    this.paraphrase = h("textarea.textarea", { rows: 2, placeholder: "In plain words (optional)", id: "claim-paraphrase", dir: "auto" });
    this.paraphrase.value = claim.paraphrase;
    this.quotation = select(QUOTATIONS, claim.quotation_type);
    this.polarity = select(POLARITIES, claim.polarity);
    this.voice = select(VOICES, this.chain.voice);
    this.voice.addEventListener("change", () => {
      this.chain.voice = this.voice.value;
      this.chain.draw();
    });
    this.chain.onchange = () => this.#showVoice();
    this.#showVoice();
    this.act = select(ACTS, chain[0]?.act ?? "says");
    this.basis = select(BASES, chain[0]?.basis ?? "stated");
    this.role = h("input.input", { type: "text", value: chain[0]?.sources[0]?.role_at_time ?? "", maxlength: 300, placeholder: "spokesman of the ministry" });
    this.controls = { type: this.type, paraphrase: this.paraphrase, quotation_type: this.quotation, polarity: this.polarity,
      voice: this.voice, act: this.act, basis: this.basis, role_at_time: this.role };
    this.positions = new PositionsField(room.data.codebook, claim.positions);
    this.element = this.#frame();
  }

  /** Who speaks decides the voice; only without a speaker is it a choice. */
  #showVoice() {
    this.voice.value = this.#voice(this.chain.filled);
    this.voice.disabled = this.voice.value === "attributed";
    this.voice.title = this.voice.disabled ? "A claim with a speaker is attributed" : "";
  }

  #frame() {
    const { claim, quotes, sentence } = this.#draft;
    const topics = this.#room.data.codebook.topic.filter((code) => !code.retired || claim.topics.includes(code.key));
    this.topics = topics.map((code) => h("input", { type: "checkbox", value: code.key, checked: claim.topics.includes(code.key) }));
    const more = h("details.more", { open: Boolean(this.#before && this.#unusual()) },
      h("summary", null, "More: quotation, polarity, voice …"),
      h("div.grid", null,
        field("Quotation", this.quotation), field("Polarity", this.polarity), field("Voice", this.voice),
        field("Act", this.act), field("Basis of the attribution", this.basis), field("Speaker’s role then", this.role)),
      topics.length ? h("fieldset.field", null, h("legend", null, "Topics"),
        topics.map((code, i) => h("label.checkbox", { title: code.definition }, this.topics[i], code.name))) : null);
    return formFrame({
      kind: "claim", isNew: !this.#before, quotes, sentence, status: this.#before?.claim.status,
      fields: [this.#decided(), h("div.field", null, h("span.label", { id: "chain-label" }, "Who says it"), this.chain.element),
        field("Type", this.type), field("Paraphrase", this.paraphrase), more, this.positions.element].filter((one) => one !== null),
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
    return claim.polarity !== "asserted" || claim.topics.length > 0 || this.act.value !== "says" || this.basis.value !== "stated";
  }

  focus() {
    this.chain.focus();
  }

  /** Spans to be marked in the text while the form is open. */
  get spans() {
    const used = this.chain.links.flatMap(({ sources, cues }) => [...cues, ...sources.map(({ mention }) => mention)]);
    return used.map((uuid) => this.chain.made.find((made) => made.uuid === uuid) ?? this.#room.store.get(uuid)).filter(Boolean);
  }

  #links() {
    const links = this.chain.filled;
    if (!links.length) return [];
    Object.assign(links[0], { act: this.act.value, basis: this.basis.value });
    if (links[0].sources[0]) links[0].sources[0].role_at_time = this.role.value.trim();
    return links;
  }

  #voice(links) {
    if (links[0]?.sources.length) return "attributed";
    return this.chain.voice === "attributed" ? "unknown" : this.chain.voice;
  }

  #save(status) {
    const typed = this.chain.element.querySelector("input[role=combobox]")?.value.trim();
    if (typed) return this.element.refuse(`“${typed}” is not chosen yet: take a proposal, or empty the field.`);
    const links = this.#links();
    const after = { ...this.#draft, claim: {
      ...this.#draft.claim,
      type: this.type.value,
      paraphrase: this.paraphrase.value.trim(),
      quotation_type: this.quotation.value,
      polarity: this.polarity.value,
      voice: this.#voice(links),
      status,
      topics: this.topics.filter((box) => box.checked).map((box) => box.value),
      positions: this.positions.value,
      chains: links.length ? [links, ...this.#draft.claim.chains.slice(1)] : this.#draft.claim.chains.slice(1),
    } };
    sessionStorage.setItem(LAST_TYPE, after.claim.type);
    const used = new Set(this.spans.map(({ uuid }) => uuid));
    const made = this.chain.made.filter(({ uuid }) => used.has(uuid));
    const dropped = this.#before ? this.#room.store.chainOf(this.#before)
      .filter(({ kind, uuid }) => kind === "cue" && !used.has(uuid)) : [];
    for (const cue of made) if (cue.kind === "cue") cue.support = { slot: "cue", of: after.uuid };
    this.#room.form.finish(status === "draft" ? "Draft saved" : this.#before ? "Claim changed" : "Claim saved", [
      ...made.map((annotation) => ({ before: null, after: annotation })),
      { before: this.#before ?? null, after },
      ...dropped.map((cue) => ({ before: cue, after: null })),
    ]);
    return undefined;
  }
}

/** What a new claim starts with: the codebook's first type or the last one used, and what the marks say. */
export function newClaim(room, draft) {
  const types = room.data.codebook.claim_type.filter(({ retired }) => !retired);
  const last = sessionStorage.getItem(LAST_TYPE);
  return { ...draft, claim: {
    type: types.some(({ key }) => key === last) ? last : types[0]?.key ?? "",
    paraphrase: "", quotation_type: marksOf(room.map, draft.extent).type, polarity: "asserted", voice: "unknown",
    status: "submitted", withdrawn: false, topics: [], chains: [[newLink()]],
  } };
}

import { choice, field, h } from "../forms/dom.js";
import { ASSESSMENTS, CONFIDENCES, RESTS } from "./labels.js";

const NOT_SAID = ["", "not said"];
const select = (options, value) => choice(options, value ?? options[0][0], { class: "select" });

/** What the analyst judges of a claim, and on what that rests; everything has its default. */
export class JudgementField {
  #speakers;

  /** `speakers` gives every source of every link as its chain holds it, with its name. */
  constructor(claim, speakers) {
    this.#speakers = speakers;
    this.named = h("div.grid");
    this.negated = h("input", { type: "checkbox", checked: Boolean(claim.negated) });
    this.certainty = h("input.input", { type: "text", maxlength: 100, value: claim.certainty ?? "", placeholder: "“may well”", dir: "auto" });
    this.translated = select([NOT_SAID, ["no", "No"], ["yes", "Yes"]], claim.translated === undefined ? "" : claim.translated ? "yes" : "no");
    this.polarity = [select(RESTS, claim.polarity_basis), select([NOT_SAID, ...CONFIDENCES], claim.polarity_confidence)];
    this.date = [select(RESTS, claim.said_on_basis), select([NOT_SAID, ...CONFIDENCES], claim.said_on_confidence)];
    this.assessment = select([NOT_SAID, ...ASSESSMENTS], claim.assessment);
    this.reason = h("input.input", { type: "text", maxlength: 2000, value: claim.assessment_reason ?? "", dir: "auto" });
    const pair = (name, [basis, confidence]) => [field(`${name} rests on`, basis), field("and is", confidence)];
    const said = claim.negated || claim.certainty || claim.translated !== undefined || claim.assessment
      || [...this.polarity, ...this.date].some(({ selectedIndex }) => selectedIndex > 0)
      || speakers().some(([{ basis, confidence }]) => (basis ?? "textual") !== "textual" || confidence);
    this.element = h("details.further-more", { open: Boolean(said) }, h("summary", null, "Judgement: negation, certainty, basis …"),
      h("label.checkbox", null, this.negated, "Negated: it is claimed that something is not so"),
      h("div.grid", null, field("Certainty, in the speaker’s words", this.certainty), field("Quotation translated", this.translated),
        pair("Polarity", this.polarity), pair("Date", this.date),
        field("Your own assessment", this.assessment), field("and what it rests on", this.reason)), this.named);
    this.show();
    this.controls = { certainty: this.certainty, assessment: this.assessment, assessment_reason: this.reason, translated: this.translated };
  }

  get values() {
    const [polarity, date] = [this.polarity, this.date].map(([basis, confidence]) => [
      basis.value === "textual" ? undefined : basis.value, confidence.value || undefined]);
    return {
      negated: this.negated.checked || undefined,
      certainty: this.certainty.value.trim() || undefined,
      translated: { yes: true, no: false }[this.translated.value],
      polarity_basis: polarity[0], polarity_confidence: polarity[1],
      said_on_basis: date[0], said_on_confidence: date[1],
      assessment: this.assessment.value || undefined,
      assessment_reason: this.reason.value.trim() || undefined,
    };
  }

  /** A row for each speaker of the chains: what naming this one rests on. It is written on the source at once. */
  show() {
    const speakers = this.#speakers();
    this.named.replaceChildren(...speakers.flatMap(([source, name]) => restsOn(source, speakers.length > 1 ? name : "Speaker")));
  }
}

function restsOn(source, name) {
  const bases = select(RESTS, source.basis);
  const confidences = select([NOT_SAID, ...CONFIDENCES], source.confidence);
  bases.addEventListener("change", () => { source.basis = bases.value === "textual" ? undefined : bases.value; });
  confidences.addEventListener("change", () => { source.confidence = confidences.value || undefined; });
  return [field(`${name} rests on`, bases), field("and is", confidences)];
}

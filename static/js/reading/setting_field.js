import { datedBy } from "./date_field.js";
import { choice, field, h } from "../forms/dom.js";
import { quotationOf, repeatedly } from "./link_details.js";
import { occasionOf } from "./occasion_field.js";
import { directedAt, partySpans, saidTo } from "./parties_field.js";
import { spanOf } from "./parts.js";

const short = (words) => (words.length > 60 ? `${words.slice(0, 59)}…` : words);

const PERIOD = ["period", "period_basis", "period_confidence", "period_span"];

/** To whom something was said by the first link of the first chain, at whom it is directed, when and how often it was
 * said, of what time it speaks, and within what other claim. */
export class SettingField {
  #room;
  #draft;

  constructor(room, draft, link) {
    this.#room = room;
    this.#draft = draft;
    const { claim } = draft;
    this.time = claim.time_span ?? null;
    this.meant = { targets: structuredClone(claim.targets) };
    this.spoken = Object.fromEntries(PERIOD.map((name) => [name, claim[name]]));
    this.date = h("input.input", { type: "text", maxlength: 60, value: claim.said_on ?? "", placeholder: "2 May 2015, 2015-04" });
    this.inside = choice([["", "no other claim"], ...this.#around()], claim.inside ?? "", { class: "select" });
    this.when = h("div.chain-cues");
    this.heard = saidTo(room, draft.extent, link);
    const said = link.addressees?.length || link.occasion || link.repeated || claim.targets || claim.period || claim.period_span || claim.said_on || claim.inside || claim.time_span || link.quotation_type;
    const when = field("Said on", this.date);
    when.append(this.when);
    this.element = h("details.further-more", { open: Boolean(said) }, h("summary", null, "Setting: to whom, at whom, when, of what time, where, within which claim"),
      h("div.setting", null,
        h("div.field", null, h("span.label", null, "Said to"), this.heard.element),
        h("div.field", null, h("span.label", null, "Directed at"), directedAt(room, draft.extent, this.meant).element),
        when, repeatedly(link),
        datedBy(room, this.spoken, { name: "period", span: "period_span", label: "Speaks of", ask: "of what time it speaks", placeholder: "2019, 2025-07/2025-09, since 2015" }),
        occasionOf(room, link), field("Lies within", this.inside), quotationOf(link, "The speaker’s own words")));
    this.controls = { said_on: this.date, inside: this.inside };
    this.draw();
  }

  /** Claims that this one may lie in: those whose words hold its own first, then those of the sentences near; in any
   * case the one in which it lies now, however far, and also where that one is withdrawn and thus not here. */
  #around() {
    const { store, map } = this.#room;
    const { extent, uuid, claim: { inside } } = this.#draft;
    const [start, end] = [extent[0][0], extent.at(-1)[1]];
    const away = (other) => {
      const [from, to] = [other.extent[0][0], other.extent.at(-1)[1]];
      return from <= start && end <= to ? -1 : Math.max(0, from - end, start - to);
    };
    const near = store.ofKind("claim").filter((other) => other.uuid !== uuid && (other.version || other.uuid === inside))
      .map((other) => [other, away(other)]).sort((a, b) => a[1] - b[1]).map(([other]) => other)
      .filter((other, i) => i < 30 || other.uuid === inside);
    const gone = inside && !near.some((other) => other.uuid === inside) ? [[inside, "a claim that was withdrawn"]] : [];
    return [...gone, ...near.map((other) => [
      other.uuid, `${map.sentenceAt(other.extent[0][0]).n}: ${store.titleOf(other)}: ${short(other.quotes.join(" … "))}`])];
  }

  /** Takes a mention out that stands no more; at whom the claim is directed stays. */
  forget(mention) {
    for (const party of this.meant.targets ?? []) if (party.mention === mention) delete party.mention;
  }

  get spans() {
    const { period_span: period } = this.spoken;
    return [...(this.time ? [{ kind: "cue", ...this.time }] : []), ...(period ? [{ kind: "cue", ...period }] : []), ...partySpans(this.meant.targets, this.#room.store)];
  }

  get values() {
    return {
      ...this.spoken, targets: this.meant.targets, said_on: this.date.value.trim() || undefined, time_span: this.time ?? undefined, inside: this.inside.value || undefined,
    };
  }

  draw() {
    const dropTime = () => {
      this.time = null;
      this.draw();
    };
    this.when.replaceChildren(this.time
      ? h("span.cue-chip", null, h("span", { dir: "auto" }, this.time.quotes.join(" … ")),
        h("button.chip-remove", { type: "button", "aria-label": "Remove the words of the date", onclick: dropTime }, "×"))
      : h("button.button.button-quiet.button-small", { type: "button", onclick: () => this.#pickTime() }, "+ words of the date from the text"));
    this.#room.form.showDraft();
  }

  async #pickTime() {
    const picked = await this.#room.form.pick("Select the words that say when it was said and press Enter", false);
    if (picked) this.time = spanOf(this.#room, picked.extent);
    this.draw();
  }
}

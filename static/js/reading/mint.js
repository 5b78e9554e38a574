import { h } from "../forms/dom.js";

const PAUSE = 200; // milliseconds of quiet before similar ones are asked for

const standingOf = ({ retired, returns }) => (!retired ? "" : returns ? "retired · " : "retired; a manager can offer it again · ");

/** A new topic or concept out of the selected words; similar ones are shown first, and may be taken instead. */
export class Mint {
  #room;
  #asked = 0;
  #timer = 0;
  #making = false;

  constructor(room) {
    this.#room = room;
  }

  open() {
    const { data, cursor, map } = this.#room;
    if (!data.can_annotate) return this.#room.announce("You may read here, not annotate.");
    const extent = cursor.extent();
    if (!extent) return this.#room.announce("Select words first.");
    const claim = this.#claimAt(extent);
    this.#draw(map.quotes(extent).join(" ").replace(/\s+/g, " ").trim(), claim);
    return undefined;
  }

  /** The claim that a code made or found here is put on: of the open form, the chosen one, or the only one in the words' sentence. */
  #claimAt(extent) {
    const { store, current, map, form } = this.#room;
    if (form.claim) return form.claim;
    if (store.get(current)?.claim) return store.get(current);
    const near = store.ofKind("claim").filter(({ sentences }) => sentences.includes(map.sentenceAt(extent[0][0]).n));
    return near.length === 1 ? near[0] : null;
  }

  #draw(words, claim) {
    this.claim = claim;
    this.facet = h("select.select", { id: "mint-facet", onchange: () => this.#look() },
      h("option", { value: "topic" }, "Topic"), h("option", { value: "concept" }, "Concept: a proposition to be for or against"));
    this.name = h("input.input", { id: "mint-name", type: "text", value: words.slice(0, 300), maxlength: 300, dir: "auto",
      oninput: () => { clearTimeout(this.#timer); this.#timer = setTimeout(() => this.#look(), PAUSE); } });
    this.similar = h("ul.mint-similar", { role: "status" });
    this.problem = h("p.field-error", { role: "alert", hidden: true });
    this.stand = h("select.select", { id: "mint-stand" }, ["for", "neutral", "against"].map((stand) => h("option", { value: stand }, stand)));
    this.standRow = h("div.field", { hidden: true }, h("label", { for: "mint-stand" }, "The claim is"), this.stand);
    this.dialog = h("dialog.keys.mint", { "aria-labelledby": "mint-title", onclose: () => this.dialog.remove() },
      h("h2", { id: "mint-title" }, "New in the codebook"),
      h("form", { onsubmit: (event) => { event.preventDefault(); this.#make(); } },
        h("div.field", null, h("label", { for: "mint-facet" }, "What"), this.facet),
        h("div.field", null, h("label", { for: "mint-name" }, "Name"), this.name),
        this.similar, this.standRow, this.problem,
        h("p.field-hint", null, this.#what(claim)),
        h("footer", null, h("button.button.button-primary", { type: "submit" }, "Add it"),
          h("button.button.button-quiet", { type: "button", onclick: () => this.dialog.close() }, "Leave it"))));
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.name.select();
    this.#look();
  }

  #what(claim) {
    if (!claim) return "No claim is chosen: it is only added to the codebook.";
    const words = `“${claim.quotes.join(" … ").slice(0, 80)}”`;
    return claim === this.#room.form.claim ? `It is ticked in the open form of ${words}, and saved with it.` : `It is put on the claim ${words}.`;
  }

  async #look() {
    this.standRow.hidden = this.facet.value !== "concept" || !this.claim;
    this.#asked += 1;
    const [asked, name] = [this.#asked, this.name.value.trim()];
    const found = name ? await this.#room.api.similarCodes(this.facet.value, name).catch(() => []) : [];
    if (asked !== this.#asked) return;
    this.similar.replaceChildren(...found.map((code) => h("li", null,
      code.retired && !code.returns ? h("b", { dir: "auto" }, code.name)
        : h("button.button.button-small", { type: "button", onclick: () => (code.retired ? this.#make(code.name) : this.#take(code)) },
          code.retired ? "Offer again " : "Take ", h("b", { dir: "auto" }, code.name)),
      h("small", null, ` ${standingOf(code)}${code.reason}`))));
    if (found.length) this.similar.prepend(h("li", null, "Already in the codebook:"));
  }

  /** Once, however often it is asked for while the answer is under way. */
  async #make(name = this.name.value.trim()) {
    if (this.#making) return undefined;
    const { dialog, facet: { value: facet } } = this;
    this.#making = true;
    const answer = await this.#room.api.makeCode({ facet, name }).catch(() => null);
    this.#making = false;
    if (answer?.code) {
      const { codebook } = this.#room.data;
      codebook[facet] = [...codebook[facet].filter(({ key }) => key !== answer.code.key), answer.code]; // it may have been taken back before
      const stored = [this.#room.changes.forAll.made(answer.code)];
      const said = answer.returned ? "was retired, is offered again" : "is in the codebook";
      if (dialog.open) return this.#take(answer.code, said, stored);
      this.#room.change(`“${name}” put in the codebook`, [], stored);
      return this.#room.announce(`“${name}” ${said}.`); // left meanwhile
    }
    this.problem.textContent = answer ? `Not added: ${answer.said}` : "Not added: the server cannot be reached. Nothing is lost; try again.";
    this.problem.hidden = false;
    return undefined;
  }

  /** `stored`: the making of the code, where it was made here; undone together with what it is put on. */
  #take({ key, name }, said = "is taken", stored = []) {
    const { claim } = this;
    const facet = this.facet.value;
    const { form } = this.#room;
    this.dialog.close();
    if (stored.length && (!claim || claim === form.claim)) this.#room.change(`“${name}” put in the codebook`, [], stored);
    if (claim && claim === form.claim) {
      form.takeCode(facet, { key, name }, this.stand.value);
      return this.#room.announce(`“${name}” ${said} and ticked in the open form. Save the form to keep it.`);
    }
    if (claim) {
      const after = structuredClone(claim);
      const { topics, positions = [] } = after.claim;
      if (facet === "topic") after.claim.topics = [...new Set([...topics, key])];
      else after.claim.positions = [...positions.filter(({ concept }) => concept !== key), { concept: key, stand: this.stand.value }];
      this.#room.change("Code put on the claim", [{ before: claim, after }], stored);
      this.#room.choose(claim.uuid);
    }
    return this.#room.announce(`“${name}” ${said}${claim ? " and stands on the claim" : ""}.`);
  }
}

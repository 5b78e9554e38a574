import { Combobox } from "../forms/combobox.js";
import { h } from "../forms/dom.js";
import { aloud } from "./aloud.js";
import { choose, cardOf, uuidOf } from "./cards.js";

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const fits = (name, query) => fold(name).includes(fold(query));

/** Another type or another speaker for a claim, chosen where it stands. */
export class Correcting {
  #judgements;
  #data;
  #saidOn;

  /** @param {(card, entry) => void} saidOn shows on the card what was chosen and waits to be saved */
  constructor(judgements, data, saidOn) {
    this.#judgements = judgements;
    this.#data = data;
    this.#saidOn = saidOn;
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-correct]");
      if (button) this.open(button.closest("[data-claim]"), button.dataset.correct);
    });
  }

  open(card, what) {
    document.querySelector(".correcting")?.remove();
    const box = what === "type" ? this.#types(card) : this.#speakers(card);
    const close = () => {
      panel.remove();
      choose(cardOf(uuidOf(card)));
    };
    const panel = h("div.correcting", { onkeydown: (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault();
      close();
    } }, h("label.label", { for: box.input.id }, what === "type" ? "What is it instead?" : "Who says it instead?"), box.element,
    h("button.button.button-small.button-quiet", { type: "button", onclick: close }, "Leave it as it is ", h("kbd", null, "Esc")));
    card.querySelector(".claim-body").after(panel);
    box.input.focus();
  }

  #chosen(card, body, says) {
    document.querySelector(".correcting")?.remove();
    const entry = this.#judgements.correct(uuidOf(card), body, says);
    choose(card);
    aloud(`Corrected: ${says}`);
    this.#saidOn(card, entry);
  }

  #types(card) {
    const codes = this.#data.claim_type;
    return new Combobox({
      label: "What is it instead?", id: "correct-type", nothing: "Nothing like that in the codebook",
      local: (query) => codes.filter(({ name }) => fits(name, query)).map((code) => ({ label: code.name, note: code.definition, value: code })),
      choose: ({ key, name }) => this.#chosen(card, { type: key }, `type “${name}”`),
    });
  }

  #speakers(card) {
    let near = null;
    const option = (actor) => ({
      label: actor.label ?? actor.name, kind: actor.naming, value: actor,
      group: actor.here ? "In this article" : "In this project",
      note: [actor.affiliation, actor.sentence && `sentence ${actor.sentence}`].filter(Boolean).join(" · "),
    });
    const ask = async (query = "") => {
      const url = `${this.#data.urls.claims}${uuidOf(card)}/speakers/?q=${encodeURIComponent(query)}`;
      const response = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      return response.ok ? (await response.json()).results : [];
    };
    const box = new Combobox({
      label: "Who says it instead?", id: "correct-speaker", nothing: "Nobody of that name in this project", placeholder: "Looking who is named here …",
      local: (query, typed, found) => (query ? found ?? (near ?? []).filter((one) => [one.name, ...one.aliases].some((name) => fits(name, query))) : (near ?? []).slice(0, 9)).map(option),
      remote: ask,
      choose: (actor) => this.#chosen(card, { speaker: actor.uuid, ...(actor.mention ? { mention: actor.mention } : {}) }, `speaker “${actor.label ?? actor.name}”`),
    });
    ask().then((found) => { near = found; }, () => {}).then(() => {
      box.input.placeholder = near === null ? "The server cannot be reached" : near.length ? "A name" : "Nobody is named in this text: a name";
      if (near && document.activeElement === box.input) box.refresh();
    });
    return box;
  }
}

import { newLink } from "./chain_field.js";
import { codeKeys } from "./code_keys.js";
import { choice, field, h } from "../forms/dom.js";
import { marksOf } from "./marks.js";

const LAST = "sourceline-last-claim-type";
const OF_NUMBERS = "figure"; // the key of the type of claims that give numbers, in a codebook that has it
const unchosen = new WeakSet(); // drafts whose type nobody has chosen

const offeredIn = (room) => room.data.codebook.claim_type.filter(({ retired }) => !retired);

/** What a new claim starts with: the codebook's first type or the last one chosen, and what the marks say. */
export function newClaim(room, draft) {
  const types = offeredIn(room);
  const last = sessionStorage.getItem(LAST);
  const made = { ...draft, claim: {
    type: types.some(({ key }) => key === last) ? last : types[0]?.key ?? "",
    paraphrase: "", quotation_type: marksOf(room.map, draft.extent).type, polarity: "asserted", voice: "unknown",
    status: "submitted", withdrawn: false, topics: [], chains: [[newLink()]],
  } };
  unchosen.add(made);
  return made;
}

/** The type of a claim as its form asks for it: for a new one whose words give a number that of numbers is proposed. */
export class ClaimType {
  #proposed = false;
  #chosen;

  constructor(room, draft) {
    const types = room.data.codebook.claim_type;
    this.select = codeKeys(choice(types, draft.claim.type, { class: "select", id: "claim-type", onchange: () => this.#choose() }), types);
    this.told = h("p.field-hint", { role: "status" });
    this.element = field("Type", this.select);
    this.element.append(this.told);
    this.#chosen = !unchosen.has(draft);
    const figure = offeredIn(room).find(({ key }) => key === OF_NUMBERS);
    if (figure && !this.#chosen && draft.claim.type !== OF_NUMBERS) this.#propose(room, draft.extent, figure);
  }

  #choose() {
    this.#chosen = true;
    this.#proposed = false;
    this.told.textContent = "";
  }

  /** Asks which numbers the words give; what was chosen meanwhile stays. */
  async #propose(room, extent, { name }) {
    const [first] = await room.api.numbers({ extent });
    if (!first || this.#chosen) return;
    this.#proposed = true;
    this.select.value = OF_NUMBERS;
    this.told.textContent = `${name} is proposed: the words give a number, “${first.words}”.`;
  }

  /** The next claim starts with the type that was left or chosen here, not with what was proposed for this one. */
  remember() {
    if (!this.#proposed) sessionStorage.setItem(LAST, this.select.value);
  }
}

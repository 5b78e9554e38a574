import { latinKey } from "../forms/latin_key.js";
import { h } from "../forms/dom.js";
import { aloud } from "./aloud.js";
import { cardOf, cards, choose, chosen, isTyping, uuidOf, wordsOf } from "./cards.js";

/* Linking two claims: `l`, the letter of the other one, the number of what the first does to it, Enter. A claim
   that is held (`m`) is the other one wherever it is not on the page. */

const LETTERS = "asdfghjkwertyuiopzxcvbnm";
const BASES = [["interpretive", "the analyst reads it so"], ["textual", "the text itself says so"], ["inferential", "the analyst infers it"]];
const short = (words) => (words.length > 110 ? `${words.slice(0, 108)} …` : words);

const inSight = (card) => {
  const { top, bottom } = card.getBoundingClientRect();
  return bottom > 60 && top < innerHeight && card.offsetParent !== null;
};

export class Relating {
  #judgements;
  #data;
  #key;
  #picking = null;
  #panel = null;

  constructor(judgements, data) {
    this.#judgements = judgements;
    this.#data = data;
    this.#key = `sourceline.held:${data.me}:${data.project}`;
    this.acts = { l: () => this.start(), m: () => this.#hold(chosen()) };
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-relate]");
      if (button) this.start(button.closest("[data-claim]"));
    });
    // before the keys of the page: letters name a claim while one is asked for
    document.addEventListener("keydown", (event) => this.#letter(event), true);
    this.#drawHeld();
  }

  get #held() {
    try {
      return JSON.parse(sessionStorage.getItem(this.#key));
    } catch {
      return null;
    }
  }

  #hold(card) {
    if (card && !card.querySelector("[data-relate]")) return; // a line of words in their context is no claim's card
    const now = card && this.#held?.uuid !== uuidOf(card) ? { uuid: uuidOf(card), words: wordsOf(card) } : null;
    try {
      if (now) sessionStorage.setItem(this.#key, JSON.stringify(now));
      else sessionStorage.removeItem(this.#key);
    } catch {
      // forbidden: then nothing is held
    }
    this.#drawHeld();
  }

  #drawHeld() {
    document.querySelector(".held")?.remove();
    const held = this.#held;
    if (!held) return;
    document.body.append(h("aside.held", { "aria-label": "The claim that is held" }, h("span", null, "Held: ", h("q", { dir: "auto" }, short(held.words))),
      h("small.by-keys", null, h("kbd", null, "l"), " relates the chosen claim to it"),
      h("button.button.button-small.button-quiet", { type: "button", onclick: () => this.#hold(null) }, "Let go")));
  }

  start(card = chosen() ?? cards().find(inSight)) {
    this.#stop();
    if (!card || !card.querySelector("[data-relate]")) return;
    choose(card, { focus: false });
    const held = this.#held;
    if (held && held.uuid !== uuidOf(card)) return this.#ask(card, held);
    const others = cards().filter((other) => other !== card && other.offsetParent !== null);
    const near = [...others.filter(inSight), ...others.filter((other) => !inSight(other))].slice(0, LETTERS.length);
    if (!near.length) return this.#hold(card);
    this.#picking = { card, by: new Map(near.map((other, i) => [LETTERS[i], other])) };
    for (const [letter, other] of this.#picking.by) {
      other.append(h("button.hint", { type: "button", "aria-label": `Relate to this claim: ${short(wordsOf(other))}`,
        onclick: () => this.#pick(letter) }, h("kbd", null, letter)));
    }
    document.body.append(h("p.relating-ask", { role: "status" }, "Relate to which claim? Press its letter, or ",
      h("button.button.button-small", { type: "button", onclick: () => this.#stop() }, "leave it ", h("kbd", null, "Esc"))));
    return undefined;
  }

  #stop() {
    this.#picking = null;
    for (const drawn of document.querySelectorAll(".hint, .relating-ask, .relating")) drawn.remove();
    this.#panel = null;
  }

  #letter(event) {
    if (!this.#picking || event.ctrlKey || event.metaKey || event.altKey || event.key === "Tab" || event.key === "Enter") return;
    if (isTyping(event.target)) return;
    event.preventDefault();
    event.stopPropagation();
    const letter = latinKey(event);
    if (this.#picking.by.has(letter)) this.#pick(letter);
    else this.#stop();
  }

  #pick(letter) {
    const { card, by } = this.#picking;
    const other = by.get(letter);
    this.#stop();
    this.#ask(card, { uuid: uuidOf(other), words: wordsOf(other) });
  }

  #ask(card, other) {
    let [from, to] = [{ uuid: uuidOf(card), words: wordsOf(card) }, other];
    const kinds = this.#data.relation_kind.slice(0, 9);
    const first = h("q", { dir: "auto" });
    const second = h("q", { dir: "auto" });
    const draw = () => {
      first.textContent = short(from.words);
      second.textContent = short(to.words);
    };
    draw();
    const turn = () => {
      [from, to] = [to, from];
      draw();
    };
    const buttons = kinds.map(({ key, name, definition }, i) => h("button.button.relating-kind", { type: "button", "aria-pressed": "false", value: key, title: definition,
      onclick: () => choosing(key) }, `${name} `, h("kbd", null, String(i + 1))));
    const note = h("input.input", { id: "relating-note", maxlength: 2000, autocomplete: "off" });
    const basis = h("select.select", { id: "relating-basis" }, BASES.map(([key, name]) => h("option", { value: key }, name)));
    const save = h("button.button.button-primary", { disabled: true }, "Relate ", h("kbd", null, "Enter"));
    const choosing = (key) => {
      for (const one of buttons) one.setAttribute("aria-pressed", String(one.value === key));
      save.disabled = false;
      note.focus();
    };
    const close = () => {
      this.#stop();
      choose(card);
    };
    this.#panel = h("form.relating.card", { "aria-label": "What one claim does to the other",
      onkeydown: (event) => {
        if (event.key === "Escape") close();
        else if (isTyping(event.target)) return;
        else if (latinKey(event) === "x") turn();
        else if (kinds[Number(latinKey(event)) - 1]) choosing(kinds[Number(latinKey(event)) - 1].key);
        else return;
        event.preventDefault();
        event.stopPropagation();
      },
      onsubmit: (event) => {
        event.preventDefault();
        const kind = buttons.find((one) => one.getAttribute("aria-pressed") === "true");
        if (!kind) return;
        this.#judgements.relate({ claim: from.uuid, other: to.uuid, kind: kind.value, basis: basis.value, note: note.value });
        if (this.#held?.uuid === other.uuid) this.#hold(null);
        close();
        aloud(`Related: ${kinds.find(({ key }) => key === kind.value).name.toLowerCase()} ${short(to.words)}`);
      } },
    h("p.relating-end", null, first), h("div.relating-kinds", { role: "group", "aria-label": "What it does" }, buttons,
      h("button.button.button-quiet", { type: "button", onclick: turn }, "⇅ Turn round ", h("kbd", null, "x"))), h("p.relating-end", null, second),
    h("div.relating-more", null, h("label", { for: note.id }, "Why (optional)"), note, h("label", { for: basis.id }, "Who says so"), basis),
    h("div.actions", null, save, h("button.button.button-quiet", { type: "button", onclick: close }, "Leave it ", h("kbd", null, "Esc"))));
    document.body.append(this.#panel);
    (buttons[0] ?? note).focus();
  }
}

/** Shows the relation at both of its ends once it is stored. */
export function endsOf({ body }) {
  return [body.claim, body.other].filter(cardOf);
}

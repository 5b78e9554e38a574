import { composing, latinDigit } from "./latin_key.js";
import { h } from "./dom.js";

const PAUSE = 180; // milliseconds of quiet before the server is asked
const SOON = 300; // milliseconds that Enter waits for the answer; what comes later is for whoever asked for it

let serial = 0;

/** Does what a key does that was pressed too early. */
export function pressAgain({ key, code, shiftKey }) {
  const at = document.activeElement;
  const unhandled = at.dispatchEvent(new KeyboardEvent("keydown", { key, code, shiftKey, bubbles: true, cancelable: true }));
  if (unhandled && key === "Enter") at.form?.requestSubmit();
}

/**
 * A text field with proposals under it (the ARIA combobox pattern). Digits take a numbered proposal as
 * long as nothing has been typed; Enter takes the marked one, or the first when something was typed.
 *
 * `first`, asked for by 0, is true when it took something.
 *
 * An option is {label, note?, group?, kind?, value}. `local(query)` answers at once, `remote(query)`
 * later; both give options. `keys` maps a key pressed in the empty field to a function. `found`
 * hears what the server knows of the value that was given. `nothing` is said where nothing fits the words.
 * `unnumbered` leaves digits to the words that are typed.
 */
export class Combobox {
  #options = [];
  #active = -1;
  #asked = 0;
  #timer = 0;
  #settings;
  #touched = false;
  #waiting = false; // for what the server finds
  #queue = null; // keys pressed since Enter was, while that is waited for
  #then = null; // what Enter does then
  #late = 0;
  #answered = null;
  #answer = null; // what the server finds for the words in the field, while it has not said so

  constructor(settings) {
    this.#settings = settings;
    serial += 1;
    this.list = h("ul.proposals", { id: `proposals-${serial}`, role: "listbox", "aria-label": settings.label, hidden: true });
    this.input = h("input.input", {
      type: "text", dir: "auto", role: "combobox", "aria-expanded": "false", "aria-controls": this.list.id, "aria-autocomplete": "list",
      "aria-label": settings.label, autocomplete: "off", spellcheck: "false", placeholder: settings.placeholder, id: settings.id,
      value: settings.value ?? "",
      oninput: () => { this.#touched = true; this.refresh(); },
      onfocus: () => this.refresh(),
      onblur: () => this.#close(),
      onkeydown: (event) => this.#key(event),
    });
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.none = h("p.field-hint", { role: "status" });
    this.element = h("div.combobox", null, this.input, this.list, this.#settings.nothing ? this.none : null);
  }

  get query() {
    return this.input.value.trim();
  }

  /** Takes the focus with its words selected, of long ones with the beginning in sight. */
  select() {
    this.input.focus();
    this.input.setSelectionRange(0, this.input.value.length, "backward");
  }

  get #asGiven() {
    return !this.#touched || this.query === "";
  }

  get #numbered() {
    return this.#asGiven && !this.#settings.unnumbered;
  }

  get waiting() {
    return this.#waiting;
  }

  /** What the server finds for the words, where that was not waited for any longer; else null. A promise of null where it was not reached. */
  get overdue() {
    return this.#waiting ? null : this.#answer;
  }

  /** Calls `then` once the server has said what it knows of these words, or has not said so soon; other words call it off. */
  whenAnswered(then) {
    this.#queue = [];
    this.#then = then;
    this.element.setAttribute("aria-busy", "true");
    this.#late = setTimeout(() => this.#goOn(), SOON);
  }

  /** Ends the waiting; does what Enter and the keys after it asked for. */
  #goOn(found = null) {
    const [queue, then] = [this.#queue, this.#then];
    this.#settle();
    this.#waiting = false;
    if (!this.input.isConnected) return;
    if (found && !this.#touched && (queue || document.activeElement === this.input)) this.#settings.found?.(found);
    if (!queue) return;
    then();
    for (const key of queue) pressAgain(key);
  }

  #settle() {
    clearTimeout(this.#late);
    this.#queue = null;
    this.#then = null;
    this.element.removeAttribute("aria-busy");
  }

  clear() {
    this.input.value = "";
    this.#touched = false;
  }

  refresh() {
    const query = this.#asGiven && !this.#settings.searchGiven ? "" : this.query;
    this.#show(this.#settings.local(query, this.query));
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.#settle();
    this.#answer = null;
    this.#waiting = Boolean(this.#settings.remote) && query.length >= 2;
    this.#tellNone();
    if (!this.#waiting) return;
    this.#answer = new Promise((answered) => { this.#answered = answered; });
    const asked = this.#asked;
    this.#timer = setTimeout(() => this.#ask(query, asked), this.#touched ? PAUSE : 0);
  }

  async #ask(query, asked) {
    const answered = this.#answered;
    const answer = await this.#settings.remote(query).catch(() => null);
    answered(answer);
    if (asked !== this.#asked) return;
    const found = answer ?? [];
    this.#answer = null;
    if (this.input.isConnected) this.#show(this.#settings.local(query, this.query, found));
    this.#goOn(found);
    this.#tellNone();
  }

  #tellNone() {
    this.none.textContent = this.query && !this.#waiting && !this.#options.length ? this.#settings.nothing ?? "" : "";
  }

  #show(options) {
    this.#options = options;
    this.#active = -1;
    let group = null;
    const rows = [];
    options.forEach((option, i) => {
      if (option.group && option.group !== group) rows.push(h("li.proposals-group", { role: "presentation" }, option.group));
      group = option.group ?? group;
      rows.push(h("li", {
        id: `${this.list.id}-${i}`, role: "option", "aria-selected": "false", class: option.kind ? `is-${option.kind}` : false,
        onclick: () => this.#choose(i),
      }, h("span", null, option.label, option.note ? h("small", null, ` ${option.note}`) : null),
      i < 9 && this.#numbered ? h("kbd", null, String(i + 1)) : null));
    });
    this.list.replaceChildren(...rows);
    const open = options.length > 0 && document.activeElement === this.input;
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    this.input.removeAttribute("aria-activedescendant");
  }

  #close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
  }

  #mark(index) {
    this.#active = (index + this.#options.length) % this.#options.length;
    for (const row of this.list.querySelectorAll("[role=option]")) {
      const chosen = row.id === `${this.list.id}-${this.#active}`;
      row.setAttribute("aria-selected", String(chosen));
      if (chosen) row.scrollIntoView({ block: "nearest" });
    }
    this.input.setAttribute("aria-activedescendant", `${this.list.id}-${this.#active}`);
  }

  #choose(index) {
    const option = this.#options[index];
    this.clear();
    this.#close();
    this.#settings.choose(option.value, option);
  }

  /** Takes the first proposal; a new one only when the server had the time to say that it is known. */
  #first() {
    if (this.#waiting && this.#options[0].kind === "new") this.whenAnswered(() => this.#choose(0));
    else this.#choose(0);
  }

  #key(event) {
    if (composing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = latinDigit(event);
    if (this.#queue && (key.length === 1 || key === "Enter" || key.startsWith("Arrow"))) this.#queue.push(event);
    else if (key === "ArrowDown" || key === "ArrowUp") {
      if (!this.#options.length) return;
      if (this.list.hidden) this.refresh();
      this.#mark(this.#active < 0 && key === "ArrowUp" ? -1 : this.#active + (key === "ArrowDown" ? 1 : -1));
    } else if (key === "Enter") {
      if (this.#active >= 0) this.#choose(this.#active);
      else if (this.query && !this.#settings.enterSaves && this.#options.length) this.#first();
      else return; // the form saves
    } else if (key === "Escape" && this.query && this.#touched) {
      this.clear();
      this.refresh();
    } else if (this.#numbered && /^[1-9]$/.test(key) && this.#options[Number(key) - 1]) this.#choose(Number(key) - 1);
    else if (this.#asGiven && key === "0" && this.#settings.first?.()) this.#close();
    else if (this.query === "" && this.#settings.keys?.[key]) this.#settings.keys[key]();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

import { h } from "../forms/dom.js";

/* Members proposed while somebody types "@…" in a comment: arrows mark one, Enter or Tab takes it, Escape closes. */

const CALL = /(?:^|[^\p{L}\p{N}_@.+/-])@([\p{L}\p{N}_.+-]{0,60})$/u;
const PAUSE = 120; // milliseconds of quiet before the server is asked

let serial = 0;

export class Mentions {
  #field;
  #ask;
  #list;
  #told;
  #members = [];
  #marked = 0;
  #asked = 0;
  #timer = 0;

  /** @param {(words: string) => Promise<{username, name}[]>} ask */
  constructor(field, ask) {
    serial += 1;
    this.#field = field;
    this.#ask = ask;
    this.#list = h("ul.proposals", { id: `members-${serial}`, role: "listbox", "aria-label": "Members", hidden: true });
    this.#told = h("p.visually-hidden", { role: "status" });
    field.after(this.#list, this.#told);
    for (const [name, value] of [["aria-autocomplete", "list"], ["aria-haspopup", "listbox"], ["aria-controls", this.#list.id]]) field.setAttribute(name, value);
    field.autocomplete = "off";
    field.addEventListener("input", () => this.#look());
    field.addEventListener("click", () => this.#look());
    field.addEventListener("blur", () => this.#close());
    field.addEventListener("keydown", (event) => this.#key(event));
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  /** What is typed of a name in front of the caret; null where none is. */
  get #words() {
    const { selectionStart, selectionEnd, value } = this.#field;
    return selectionStart === selectionEnd ? CALL.exec(value.slice(0, selectionEnd))?.[1] ?? null : null;
  }

  #look() {
    clearTimeout(this.#timer);
    this.#asked += 1;
    const words = this.#words;
    if (words === null) return this.#close();
    const asked = this.#asked;
    this.#timer = setTimeout(() => this.#fetch(words, asked), PAUSE);
    return undefined;
  }

  async #fetch(words, asked) {
    const found = await this.#ask(words).catch(() => []);
    if (asked !== this.#asked || document.activeElement !== this.#field) return;
    this.#members = found;
    this.#list.replaceChildren(...found.map(({ username, name }, i) => h("li", {
      id: `${this.#list.id}-${i}`, role: "option", "aria-selected": "false", onclick: () => this.#take(i),
    }, h("span", { dir: "auto" }, name, name === username ? null : h("small", null, ` @${username}`)))));
    this.#list.hidden = !found.length;
    this.#told.textContent = found.length ? `${found.length} member${found.length === 1 ? "" : "s"}: arrows choose, Enter takes` : "";
    if (found.length) this.#mark(0);
    else this.#close();
  }

  #mark(index) {
    this.#marked = (index + this.#members.length) % this.#members.length;
    [...this.#list.children].forEach((row, i) => {
      row.setAttribute("aria-selected", String(i === this.#marked));
      if (i === this.#marked) row.scrollIntoView({ block: "nearest" });
    });
    this.#field.setAttribute("aria-activedescendant", `${this.#list.id}-${this.#marked}`);
  }

  #take(index) {
    const words = this.#words ?? "";
    const end = this.#field.selectionEnd;
    this.#field.setRangeText(`${this.#members[index].username} `, end - words.length, end, "end");
    this.#close();
    this.#field.dispatchEvent(new Event("input", { bubbles: true }));
    this.#field.focus();
  }

  #close() {
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.#members = [];
    this.#list.replaceChildren();
    this.#list.hidden = true;
    this.#told.textContent = "";
    this.#field.removeAttribute("aria-activedescendant");
  }

  #key(event) {
    if (this.#list.hidden || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") this.#mark(this.#marked + (key === "ArrowDown" ? 1 : -1));
    else if (key === "Enter" || (key === "Tab" && !event.shiftKey)) this.#take(this.#marked);
    else if (key === "Escape") this.#close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

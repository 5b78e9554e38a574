import { latinKey } from "../forms/latin_key.js";
import { byId, h } from "../forms/dom.js";

/** The counts beside the outline, the switches of the kinds, and which part of the text is in view. */
export class Outline {
  #room;
  #entries;
  #here = null; // the link of the part in view
  #looking = 0;

  constructor(room) {
    this.#room = room;
    this.#read();
    room.outline = this;
    if (room.blocks.changed) this.rebuild();
    for (const box of document.querySelectorAll("[data-layer]")) {
      const show = () => {
        for (const layer of box.dataset.layer.split(" ")) room.highlights.toggle(layer, box.checked);
      };
      box.addEventListener("change", show);
      // whoever was quicker than this script switched it off already
      if (!box.checked) show();
    }
    byId("room-outline-button")?.addEventListener("click", (event) => {
      const open = byId("room-outline").toggleAttribute("data-open");
      event.currentTarget.setAttribute("aria-expanded", String(open));
    });
    byId("room-outline").addEventListener("click", (event) => {
      if (event.target.closest("a")) byId("room-outline").removeAttribute("data-open");
    });
    byId("room-outline").addEventListener("keydown", (event) => {
      const entry = this.#entries.find(({ link }) => link.parentElement.contains(event.target));
      if (!entry || latinKey(event) !== "b" || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      this.#ask(entry);
    });
    room.store.onChange(() => this.#later());
    addEventListener("scroll", () => this.#seeSoon(), { passive: true });
    this.#seeSoon();
  }

  #read() {
    this.#entries = [...document.querySelectorAll(".outline-list a")].map((link) => ({
      link, count: link.querySelector("em"), start: Number(link.dataset.start),
      uuid: this.#room.blocks.of(document.querySelector(link.getAttribute("href")))?.uuid,
    }));
    if (!this.#room.data.can_annotate) return;
    for (const entry of this.#entries) {
      entry.link.after(h("button.outline-part", { type: "button", title: "What is this part? (b)",
        "aria-label": `What is this part? ${entry.link.querySelector("span").textContent}`,
        onclick: () => this.#ask(entry) }, "¶"));
    }
  }

  #ask({ uuid, link }) {
    this.#room.blockMenu.open(uuid, link.parentElement);
  }

  /** Goes to the entry of a part; of one that is folded among others, to the entry of the fold. */
  focus(uuid) {
    const start = Number(this.#room.blocks.elementOf(uuid).querySelector(".s").dataset.start);
    const entry = this.#entries.findLast((one) => one.start <= start) ?? this.#entries[0];
    entry?.link.focus({ preventScroll: true });
  }

  /** Makes the list anew, after a part of the text became something else. */
  rebuild() {
    const list = document.querySelector(".outline-list");
    if (!list) return;
    const { language } = this.#room.data.article;
    list.replaceChildren(...this.#room.blocks.outline().map(({ sentence, start, words, masked }) => h(
      masked ? "li.outline-masked" : "li", null, h("a", { href: `#s${sentence}`, "data-start": start },
        h("span", { dir: "auto", lang: masked ? null : language }, words),
        h("em", { "data-fixed": masked && "1" })))));
    this.#read();
    this.count();
    this.#seeSoon();
  }

  #pending = 0;

  #later() {
    cancelAnimationFrame(this.#pending);
    this.#pending = requestAnimationFrame(() => this.count());
  }

  count() {
    const starts = this.#room.store.ofKind("claim").map(({ extent }) => extent[0][0]);
    let next = starts.findIndex((at) => at >= (this.#entries[0]?.start ?? 0));
    this.#entries.forEach(({ count }, i) => {
      const end = this.#entries[i + 1]?.start ?? Infinity;
      let claims = 0;
      for (; next >= 0 && next < starts.length && starts[next] < end; next += 1) claims += 1;
      const told = claims ? String(claims) : "";
      if (count && !count.dataset.fixed && count.textContent !== told) count.textContent = told;
    });
  }

  #seeSoon() {
    this.#looking ||= requestAnimationFrame(() => this.#see());
  }

  /** Which part stands at the head of the window: the last entry that begins above its first quarter. */
  #see() {
    this.#looking = 0;
    const line = innerHeight / 4;
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#topOf(this.#entries[middle]) <= line) low = middle + 1;
      else high = middle;
    }
    const link = this.#entries[Math.max(0, low - 1)]?.link;
    if (link === this.#here) return;
    this.#here?.removeAttribute("data-here");
    link?.setAttribute("data-here", "");
    this.#here = link;
  }

  #topOf({ start }) {
    const { element } = this.#room.map.sentenceAt(start);
    return (element.closest("details:not([open])") ?? element.parentElement).getBoundingClientRect().top;
  }
}

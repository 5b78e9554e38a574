import { h } from "../forms/dom.js";
import { nearestBoxes, rounded, way } from "./thread_paths.js";
import { threadsOf } from "./threads.js";

const LANES = ["said", "relayed", "reported", "reprinted"];
const FOOT = 72; // pixels above the foot of the window where a sign for what is out of sight stands
const SIGN = 22;

const svg = (name, attributes) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

/**
 * Draws who said it: threads from a claim over its cue to its speakers, behind the letters, with words at
 * the speakers; what is out of sight gets a sign at the edge of the window. The list says the same in words.
 */
export class ThreadDrawing {
  #map;
  #store;
  #host;
  #lines = svg("svg", { class: "threads", width: 1, height: 1, "aria-hidden": "true" });
  #words = h("div.thread-words", { "aria-hidden": "true" });
  #threads = [];
  #signs = []; // {element, top, bottom}: words that follow what lies out of sight
  #frame = 0;
  #scroll = 0;
  #origin = 0; // of the host, from the top of the page
  #bar = 0; // what the page's own bar covers

  constructor({ map, store }, host) {
    this.#map = map;
    this.#store = store;
    this.#host = host;
    host.prepend(this.#lines); // before the text, so that its letters are painted over it
    host.append(this.#words);
    const moved = () => { if (this.#threads.length) this.#later(); };
    new ResizeObserver(moved).observe(map.root);
    // parts that are laid out as they come near may move others and leave the whole as high as it was
    map.root.addEventListener("contentvisibilityautostatechange", moved);
    addEventListener("scroll", () => {
      if (this.#signs.length) this.#scroll ||= requestAnimationFrame(() => this.#placeSigns());
    }, { passive: true });
  }

  /** Shows the threads of an annotation, or nothing. `find` knows spans that are not in the store yet. */
  show(annotation, find) {
    const threads = annotation ? threadsOf(annotation, this.#store, find) : [];
    if (!threads.length && !this.#threads.length) return;
    this.#threads = threads;
    this.#later();
  }

  #later() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw(this.#measured());
    });
  }

  /** Reads all places before anything is written. */
  #measured() {
    if (!this.#threads.length) return null;
    const origin = this.#host.getBoundingClientRect();
    const known = new Map();
    const boxes = ({ extent }) => {
      if (!extent) return [];
      const key = String(extent);
      if (!known.has(key)) known.set(key, extent.flatMap(([start, end]) => this.#boxes(start, end, origin)));
      return known.get(key);
    };
    const placed = this.#threads.map((thread) => ({ ...thread, boxes: [boxes(thread.from), boxes(thread.to)] }));
    const text = this.#map.root.getBoundingClientRect();
    const style = getComputedStyle(this.#map.root);
    const rtl = style.direction === "rtl";
    return { placed, window: [scrollY, innerHeight], line: parseFloat(style.lineHeight), width: origin.width, top: origin.top + scrollY,
      bar: (document.querySelector(".bar")?.offsetHeight ?? 0) + 3,
      start: text.left - origin.left, margin: rtl ? text.right - origin.left + 9 : text.left - origin.left - 9 };
  }

  #boxes(start, end, origin) {
    return [...this.#map.range(start, end).getClientRects()].filter(({ width }) => width > 0.5)
      .map(({ left, right, top, bottom }) => ({ left: left - origin.left, right: right - origin.left, top: top - origin.top, bottom: bottom - origin.top }));
  }

  #draw(measured) {
    this.#signs = [];
    this.#lines.replaceChildren();
    this.#words.replaceChildren();
    if (!measured) return;
    const told = new Set();
    const once = ({ name, words, extent }) => !told.has(`${name} ${words} ${extent}`) && told.add(`${name} ${words} ${extent}`);
    for (const { from, to, role, boxes: [a, b] } of measured.placed) {
      const lane = Math.max(0, LANES.indexOf(role));
      const near = a.length && b.length ? nearestBoxes(a, b) : null;
      const path = near && way(near.a, near.b, { ...measured, lane });
      if (path) this.#thread(path, role, to.kind);
      if (from.kind === "claim" && a.length && once(from)) this.#sign(a, from, measured);
      if (to.kind !== "actor" || !once(to)) continue;
      if (b.length) this.#sign(b, to, measured);
      if (near) this.#label(near.b, path.up ? "above" : "below", to);
      else if (a.length) this.#aside(a.at(-1), to, measured);
    }
    this.#origin = measured.top;
    this.#bar = measured.bar;
    this.#placeSigns(measured.window);
  }

  #thread({ points, up }, role, kind) {
    const [x, y] = points.at(-1);
    const tip = up ? 5 : -5;
    this.#lines.append(
      svg("path", { class: `thread thread-${role}`, d: rounded(points) }),
      svg("circle", { class: "thread-knot", cx: points[0][0], cy: points[0][1], r: 2.5 }),
      svg("path", { class: `thread-tip thread-to-${kind}`, d: `M${x} ${y}l-4 ${tip}h8z` }));
  }

  /** The word at a speaker, on the side where no thread arrives. */
  #label({ left, top, bottom }, side, { words }) {
    const label = h("span.thread-label", { "data-side": side }, words);
    this.#words.append(label);
    label.style.setProperty("left", `${left}px`);
    label.style.setProperty("top", `${side === "above" ? top : bottom}px`);
  }

  /** What is said at the edge of the window of a claim or a speaker out of sight. */
  #sign(boxes, { name, words, sentence }, { start }) {
    const element = h("span.thread-sign", { dir: "ltr" }, h("b", { dir: "auto" }, name), ` ${words}, sentence ${sentence}`);
    element.style.setProperty("left", `${start}px`);
    this.#words.append(element);
    this.#signs.push({ element, top: Math.min(...boxes.map(({ top }) => top)), bottom: Math.max(...boxes.map(({ bottom }) => bottom)) });
  }

  /** A speaker whom no word of the text stands for, or whose words are folded away. */
  #aside(box, to, { width }) {
    const label = h("span.thread-label.thread-aside", { "data-side": "below", dir: "ltr" }, h("b", { dir: "auto" }, to.name), ` ${to.words}`);
    this.#words.append(label);
    label.style.setProperty("left", `${Math.max(4, Math.min(box.left, width - label.offsetWidth - 4))}px`);
    label.style.setProperty("top", `${box.bottom}px`);
  }

  /** By remembered places alone: scrolling asks nothing of the layout. */
  #placeSigns([top, height] = [scrollY, innerHeight]) {
    this.#scroll = 0;
    const [above, below] = [top - this.#origin + this.#bar, top - this.#origin + height - FOOT];
    const side = ({ top, bottom }) => (bottom < above ? "up" : top > below ? "down" : "");
    const apart = this.#signs.some((sign) => !side(sign)); // of what is wholly elsewhere nothing is said
    let [high, low] = [above, below];
    for (const sign of this.#signs) {
      const { element } = sign;
      element.dataset.way = apart ? side(sign) : "";
      if (!element.dataset.way) continue;
      element.style.setProperty("top", `${element.dataset.way === "up" ? high : low}px`);
      if (element.dataset.way === "up") high += SIGN;
      else low -= SIGN;
    }
  }
}

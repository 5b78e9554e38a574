import { Bringing } from "./bringing.js";
import { typingIn } from "../forms/dom.js";
import { joined } from "./stretches.js";
import { visible } from "./words.js";

/**
 * The text cursor: an anchor and a head in code points, kept apart from the browser's selection (which
 * a focused field swallows) and mirrored into it, so that copying and touch handles work as ever.
 */
export class Cursor {
  #map;
  #words;
  #nearby;
  #caret;
  #listeners = [];
  #bringing = new Bringing();
  #mirrored = null; // what the page was made to select
  anchor = null;
  head = null;
  kept = []; // stretches put aside while a further one is selected
  holding = false; // what is kept stays through every move until it is taken or let go
  exact = false; // a modifier was held: no growing to whole words

  constructor(map, words, caret, nearby) {
    this.#map = map;
    this.#nearby = nearby;
    this.#words = words;
    this.#caret = caret;
    document.addEventListener("selectionchange", () => this.fromPage());
    new ResizeObserver(() => this.#drawCaret()).observe(map.root);
  }

  onMove(listener) {
    this.#listeners.push(listener);
  }

  get placed() {
    return this.head !== null;
  }

  get collapsed() {
    return this.anchor === this.head;
  }

  /** Where the cursor stands; the start of the text before it was ever placed. */
  get point() {
    return this.head ?? this.#map.sentences.find(visible)?.start ?? 0;
  }

  /** The stretches an annotation made now would take; null when there are no words to take. */
  extent() {
    if (!this.placed) return null;
    // beside kept stretches a bare caret adds no word: only what is shown is taken
    const bare = this.collapsed && this.kept.length;
    const last = bare ? null
      : this.#words.snap(Math.min(this.anchor, this.head), Math.max(this.anchor, this.head), this.exact);
    const all = [...this.kept, ...(last ? [last] : [])];
    return all.length ? joined(all) : null;
  }

  select(anchor, head, { exact = false, keep = this.holding, reveal = true } = {}) {
    if (!keep) this.kept = [];
    this.anchor = anchor;
    this.head = head;
    this.exact = exact;
    this.#toPage();
    this.#drawCaret();
    if (reveal) this.reveal(head);
    for (const listener of this.#listeners) listener(this);
  }

  place(point) {
    this.select(point, point);
  }

  /** Selects all the stretches of an extent again: the last one anew, the others kept beside it. */
  restore(extent) {
    this.kept = extent.slice(0, -1);
    this.holding = this.kept.length > 0;
    this.select(...extent.at(-1), { exact: true });
  }

  clear() {
    this.letGo();
    this.anchor = null;
    this.head = null;
    this.#caret.hidden = true;
    for (const listener of this.#listeners) listener(this);
  }

  #toPage() {
    if (typingIn(document.activeElement)) return;
    const forward = this.anchor <= this.head;
    const empty = this.anchor === this.head;
    this.#mirrored = [...this.#map.boundary(this.anchor, forward && !empty), ...this.#map.boundary(this.head, !forward && !empty)];
    getSelection().setBaseAndExtent(...this.#mirrored);
  }

  /** Whether the page selects what it was made to: what was selected by characters stays as it was made. */
  #isMirrored({ anchorNode, anchorOffset, focusNode, focusOffset }) {
    return Boolean(this.#mirrored) && [anchorNode, anchorOffset, focusNode, focusOffset].every((one, i) => one === this.#mirrored[i]);
  }

  /** Takes over what the mouse, a finger or the browser selected, be it more than the text. */
  fromPage() {
    const selection = getSelection();
    if (typingIn(document.activeElement) || this.#isMirrored(selection)) return;
    const [anchor, head] = this.#map.selected(selection) ?? [];
    if (anchor === undefined || (anchor === this.anchor && head === this.head)) return;
    this.anchor = anchor;
    this.head = head;
    this.exact = false;
    this.#caret.hidden = true;
    for (const listener of this.#listeners) listener(this);
  }

  /** The rectangle of the cursor in the viewport. */
  rect(point = this.point) {
    const index = this.#map.indexAt(point);
    const sentence = this.#map.sentences[index];
    const last = point >= sentence.end;
    const rect = this.#map.range(last ? sentence.end - 1 : point, last ? sentence.end : point + 1)
      .getClientRects()[0];
    if (!rect) return null;
    const rtl = this.#map.rightToLeft(last ? sentence.end - 1 : point);
    const x = last !== rtl ? rect.right : rect.left;
    return { x, top: rect.top, bottom: rect.bottom, height: rect.height };
  }

  /** The edge of a stretch in the viewport, at its first or its last character; null where it is folded away. */
  edgeRect([start, end], edge) {
    const [from, to] = edge === "start" ? [start, this.#words.character(start, 1)] : [this.#words.character(end, -1), end];
    const rects = this.#map.range(from, to).getClientRects();
    const rect = rects[edge === "start" ? 0 : rects.length - 1];
    if (!rect) return null;
    const rtl = this.#map.rightToLeft(from);
    const { top, bottom } = rect;
    return { x: (edge === "start") === rtl ? rect.right : rect.left, top, bottom, rtl };
  }

  #drawCaret() {
    const rect = this.placed && this.collapsed && this.rect();
    this.#caret.hidden = !rect;
    if (!rect) return;
    const origin = this.#caret.offsetParent?.getBoundingClientRect() ?? { left: 0, top: 0 };
    this.#caret.style.setProperty("left", `${rect.x - origin.left}px`);
    this.#caret.style.setProperty("top", `${rect.top - origin.top}px`);
    this.#caret.style.setProperty("height", `${rect.height}px`);
    this.#caret.getAnimations().forEach((blink) => { blink.currentTime = 0; });
  }

  /** Scrolls only when the place is out of sight, or under the bars. */
  reveal(point, block = "nearest") {
    const { element } = this.#map.sentenceAt(point);
    element.closest("details:not([open])")?.setAttribute("open", "");
    this.#bringing.stop();
    if (block === "center") this.#bring(element);
    const rect = this.rect(point);
    const hidden = !rect || rect.top < 110 || rect.bottom > innerHeight - 90;
    if (!hidden) return;
    if (block === "nearest" && rect) {
      scrollBy({ top: rect.top < 110 ? rect.top - 150 : rect.bottom - innerHeight + 150 });
    } else this.#bring(element);
  }

  /** To the middle, and again once the parts on the way have been measured, which happens near the screen only. */
  #bring(element) {
    this.#nearby.layRound(element);
    this.#bringing.begin(() => {
      const { top, bottom } = element.getBoundingClientRect();
      if ((!top && !bottom) || top < 110 || bottom > innerHeight - 90) element.scrollIntoView({ block: "center" });
    });
  }

  /** Moves by word, by character (`fine`) or by line; extends when asked. */
  move(way, { by = "word", extend = false } = {}) {
    const from = this.point;
    let to = from;
    if (by === "line") to = this.line(way);
    else if (by === "character") to = this.#words.character(from, way);
    else if (way > 0) to = this.#words.next(from, extend);
    else to = this.#words.previous(from);
    const anchor = extend ? this.anchor ?? from : to;
    this.select(anchor, to, { exact: by === "character", keep: extend || this.holding });
  }

  /** The point above or below, about as far along the line. */
  line(way, from = this.point) {
    const rect = this.rect(from);
    if (!rect) return from;
    for (let step = 0.9; step < 6; step += 0.5) {
      const y = (rect.top + rect.bottom) / 2 + way * rect.height * step;
      const to = this.#map.pointFrom(rect.x, y);
      if (to === null || (way > 0 ? to <= from : to >= from)) continue;
      const landed = this.rect(to);
      if (landed && Math.abs(landed.top - rect.top) > rect.height * 0.4) return to;
    }
    return from;
  }

  /** To the sentence before or after, or to the head of a fold between; extending passes over folds. */
  bySentence(way, extend = false) {
    const { sentences } = this.#map;
    const left = foldAtFocus();
    const here = this.#map.indexAt(this.point);
    const started = this.placed && (way > 0 || this.point === sentences[here].start || !this.collapsed);
    const folded = left ? sentences.map(({ element }) => left.contains(element)) : [];
    let to = left ? (way > 0 ? folded.lastIndexOf(true) : folded.indexOf(true)) + way : here + (started ? way : 0);
    const fold = sentences[to]?.element.closest(".fold:not([open])");
    if (fold && this.placed && !extend) {
      fold.querySelector("summary").focus();
      this.#caret.hidden = true;
      return;
    }
    while (sentences[to] && !visible(sentences[to])) to += way;
    if (!sentences[to]) return;
    if (left) this.#map.root.focus({ preventScroll: true });
    if (extend) this.select(this.anchor ?? this.point, way > 0 ? sentences[to].end : sentences[to].start);
    else this.place(sentences[to].start);
  }

  /** Selects the sentences that the selection touches; when they are selected already, their whole blocks. */
  grow() {
    const [from, to] = this.#ends();
    const first = this.#map.sentenceAt(from);
    const last = this.#map.sentenceAt(to > from ? to - 1 : from);
    const whole = from === first.start && to === last.end;
    const [top, bottom] = whole ? [blockOf(this.#map, first)[0], blockOf(this.#map, last).at(-1)] : [first, last];
    this.select(top.start, bottom.end);
  }

  #ends() {
    const { point } = this;
    const other = this.anchor ?? point;
    return [Math.min(point, other), Math.max(point, other)];
  }

  /** Shrinks to the longest quotation inside the selection (or the sentence). */
  shrink() {
    if (this.collapsed) this.grow();
    const found = this.#words.quotation(...this.#ends(), true);
    if (found) this.select(...found, { exact: true });
    return Boolean(found);
  }

  /** Puts the present selection aside: the next one joins it as a further stretch. */
  keep() {
    this.kept = this.extent() ?? [];
    for (const listener of this.#listeners) listener(this);
    return this.kept.length;
  }

  /** Keeps the present selection through every move, until it is taken or let go. */
  hold() {
    this.holding = this.keep() > 0;
    return this.kept.length;
  }

  letGo() {
    this.kept = [];
    this.holding = false;
    for (const listener of this.#listeners) listener(this);
  }
}

/** The closed fold whose head has the focus. */
const foldAtFocus = () => document.activeElement?.closest?.(".fold:not([open]) > summary")?.parentElement;

const blockOf = (map, { element }) => map.sentences.filter((other) => other.element.parentElement === element.parentElement);

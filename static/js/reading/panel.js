import { Bringing } from "./bringing.js";
import { card } from "./card.js";
import { CardGroups } from "./card_groups.js";
import { byId, h } from "../forms/dom.js";
import { ListFilter } from "./list_filter.js";
import { order } from "./store.js";

const CHUNK = 60; // cards made at once; the rest follow when the page is idle

const ROUND = 8; // pixels left free above and below a card that is brought into view

const whenIdle = (work) => (window.requestIdleCallback ? requestIdleCallback(work, { timeout: 500 }) : setTimeout(work, 30));

/** The list beside the text: the same annotations in words, in text order. */
export class Panel {
  #room;
  #cards = new CardGroups(byId("room-list"));
  #bringing = new Bringing();
  #filter;
  #building = 0;
  #last = null; // listed so far, while others are still to follow
  #counting = 0;
  #awaited = null; // to be brought into view once its card is made
  #held = null; // changes that are taken in together

  constructor(room) {
    this.#room = room;
    this.#filter = new ListFilter(room.store, () => this.build());
    room.store.onChange((change) => this.#changed(change));
  }

  build() {
    this.count();
    this.#building += 1;
    const build = this.#building;
    this.#cards.clear();
    this.#last = null;
    const more = () => {
      if (build !== this.#building) return;
      this.#more();
      if (this.#last) whenIdle(more);
    };
    more();
  }

  /** Lists some further ones, as the store has them now. */
  #more() {
    const { store } = this.#room;
    const accepted = (annotation) => this.#filter.accepts(annotation);
    const now = [];
    let next = this.#last ? store.after(this.#last, accepted) : store.inOrder().find(accepted);
    for (; next && now.length < CHUNK; next = store.after(next, accepted)) now.push(next);
    this.#last = next ? now.at(-1) : null;
    this.#fill();
    this.#cards.append(now.filter(({ uuid }) => !byId(`card-${uuid}`)).map((annotation) => card(annotation, this.#room)));
    this.#sayEmpty();
    if (!now.some(({ uuid }) => uuid === this.#awaited)) return;
    if (this.#awaited === this.#room.current) this.#bring(this.#awaited);
    this.#awaited = null;
  }

  /** Whether its place is in the part of the list that is made already; else it comes with the rest. */
  #inReach(annotation) {
    return !this.#last || order(annotation, this.#last) < 0;
  }

  /** Takes in many changes at once: the counts are told and the cards put in their places one time. */
  together(work) {
    this.#held = [];
    try {
      work();
    } finally {
      const held = this.#held;
      this.#held = null;
      if (held.length) this.#place(held);
    }
  }

  #place(changes) {
    this.count();
    const fresh = new Set();
    for (const { before, after } of changes) {
      const { uuid } = after ?? before;
      const old = byId(`card-${uuid}`);
      const shown = after && this.#filter.accepts(after);
      if (shown && old && String(before?.extent) === String(after.extent)) this.#replace(old, after);
      else {
        this.#cards.remove(old);
        if (shown && this.#inReach(after)) fresh.add(uuid);
        else fresh.delete(uuid);
      }
    }
    if (fresh.size) this.#fill();
    let next = null;
    for (const one of this.#room.store.inOrder().toReversed()) {
      const here = fresh.has(one.uuid) ? card(one, this.#room) : byId(`card-${one.uuid}`);
      if (fresh.has(one.uuid)) this.#cards.insert(here, next);
      next = here ?? next;
    }
    this.#sayEmpty();
  }

  #fill() {
    this.#cards.remove(document.querySelector(".mini-empty"));
  }

  #sayEmpty() {
    if (this.#cards.empty) this.#cards.append([this.#empty()]);
  }

  #empty() {
    const { kind, narrow } = this.#filter;
    const what = this.#filter.nameOf(kind);
    const key = { claim: "c", actor: "a", event: "e" }[kind] ?? "c";
    if (narrow) {
      const widen = () => { this.#filter.widen(); this.build(); };
      return h("div.mini-empty", { role: "listitem" }, h("p", null, `No ${what} of this speaker or author.`),
        h("button.button.button-small", { type: "button", onclick: widen }, "Show everyone’s"));
    }
    return h("div.mini-empty", { role: "listitem" }, h("p", null, `No ${what} yet.`), this.#room.data.can_annotate
      ? h("p", null, "Select words and press ", h("kbd", null, key), ". ", h("kbd", null, "?"), " shows every key.") : null);
  }

  /** However much changes in one frame is counted once. */
  #countSoon() {
    this.#counting ||= requestAnimationFrame(() => this.count());
  }

  count() {
    cancelAnimationFrame(this.#counting);
    this.#counting = 0;
    this.#filter.count();
    const counts = new Map();
    for (const { kind } of this.#room.store.inOrder()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    for (const total of document.querySelectorAll("[data-total]")) {
      total.textContent = String(total.dataset.total.split(" ").reduce((sum, kind) => sum + (counts.get(kind) ?? 0), 0));
    }
  }

  #changed({ before, after }) {
    if (this.#held) {
      this.#held.push({ before, after });
      return;
    }
    this.#countSoon();
    const old = byId(`card-${(after ?? before).uuid}`);
    if (!after || !this.#filter.accepts(after)) this.#cards.remove(old);
    else if (old && String(before?.extent) === String(after.extent)) this.#replace(old, after);
    else {
      this.#cards.remove(old);
      if (!this.#inReach(after)) return;
      const next = this.#room.store.after(after, ({ uuid }) => byId(`card-${uuid}`));
      this.#fill();
      this.#cards.insert(card(after, this.#room), next ? byId(`card-${next.uuid}`) : null);
    }
    this.#sayEmpty();
  }

  /** What the list shows, where it does not show an annotation, and what would show it: {words, show}; else null. */
  whyNot(annotation) {
    if (!this.#filter.byWhom(annotation)) return { words: `The list does not show it: it shows only what is ${this.#filter.inWords}.`, show: "Show everyone’s" };
    return this.#filter.accepts(annotation) ? null
      : { words: `The list shows ${this.#filter.nameOf(this.#filter.kind)}.`, show: `Show ${this.#filter.nameOf(annotation.kind)}` };
  }

  /** Shows everyone's again, and among them this one. */
  showToo(uuid) {
    this.#filter.widen();
    this.build();
    if (this.#room.store.get(uuid)) this.refresh(uuid, true);
  }

  /** Draws one card again, and brings it into view when it became the chosen one; `gently`: the list stays with what it shows. */
  refresh(uuid, reveal = false, gently = false) {
    const annotation = uuid && this.#room.store.get(uuid);
    if (!annotation || (gently && this.whyNot(annotation))) return;
    if (reveal && !this.#filter.accepts(annotation)) {
      this.#filter.widen();
      if (!this.#filter.accepts(annotation)) this.#filter.choose(["claim", "actor", "event"].includes(annotation.kind) ? annotation.kind : "");
      this.build();
    }
    const old = byId(`card-${uuid}`);
    if (!old && reveal) this.#awaited = uuid;
    if (!old) return;
    const fresh = this.#replace(old, annotation);
    if (reveal && fresh) this.#bring(uuid);
  }

  /** Into view, and again once the groups on the way have been measured. */
  #bring(uuid) {
    this.#bringing.begin(() => {
      if (uuid === this.#room.current) this.#scrollTo(byId(`card-${uuid}`));
    });
  }

  /** Scrolls the list alone: the page, in which it stands still, would go on scrolling with every look. */
  #scrollTo(card) {
    const { top, bottom, height } = card?.getBoundingClientRect() ?? { height: 0 };
    if (!height) return; // not made yet, or the list is folded away
    const panel = byId("room-panel");
    const over = top - panel.querySelector(".panel-bar").getBoundingClientRect().bottom - ROUND;
    const under = bottom - panel.getBoundingClientRect().bottom + ROUND;
    if (over < 0) panel.scrollTop += over;
    else if (under > 0) panel.scrollTop += Math.min(under, over);
  }

  #replace(old, annotation) {
    const focused = old.contains(document.activeElement);
    const fresh = card(annotation, this.#room);
    old.replaceWith(fresh);
    if (focused) fresh.querySelector("button").focus({ preventScroll: true });
    return fresh;
  }
}

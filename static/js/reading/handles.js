import { decisionOn, warningOf } from "./decided.js";
import { h } from "../forms/dom.js";
import { claimOf, onWords, RESHAPED } from "./new_words.js";
import { joined, nearestStretch, sameExtent } from "./stretches.js";

const EDGES = ["start", "end"];
const EDGE_OF_WINDOW = 72; // pixels in which a drag scrolls

/** The edge one key press further on: by word, by line or by character, never behind a blank. */
function stepped({ words, cursor }, point, edge, way, by) {
  if (by === "line") return words.edge(cursor.line(way, point), edge);
  if (by === "word") return way > 0 ? words.next(point, edge === "end") : words.previous(point, edge === "end");
  for (let to = words.character(point, way), last = point; to !== last; last = to, to = words.character(to, way)) {
    if (words.edge(to, edge, true) === to) return to;
  }
  return point;
}

/**
 * The handles of the chosen annotation: one at either end of each of its stretches, moved by mouse, by
 * finger or by arrow keys. What is moved is shown at once and saved as one change when it is let go.
 */
export class Handles {
  #room;
  #host;
  #all = []; // {element, i, edge}, in the order of the text
  #annotation = null;
  #held = null; // {uuid, was, extent}: moved and not yet saved
  #drag = null;

  constructor(room, host) {
    this.#room = room;
    this.#host = h("div.handles");
    host.append(this.#host);
    new ResizeObserver(() => this.#place()).observe(room.map.root);
    addEventListener("pagehide", () => this.settle());
  }

  /** Shows the handles of an annotation, or of none; what was moved of another one is saved. */
  show(annotation) {
    const may = annotation && this.#room.data.can_annotate && RESHAPED.has(annotation.kind);
    if (this.#held && this.#held.uuid !== (may ? annotation.uuid : null)) this.settle();
    this.#annotation = may ? annotation : null;
    const extent = this.#extent;
    const last = document.activeElement;
    while (this.#all.length > extent.length * 2) this.#all.pop().element.remove();
    while (this.#all.length < extent.length * 2) this.#add();
    if (last?.classList.contains("handle") && !last.isConnected) (this.#all.at(-1)?.element ?? this.#room.map.root).focus({ preventScroll: true });
    this.#place();
    if (this.#held) this.#preview();
  }

  get #extent() {
    return this.#held?.extent ?? this.#annotation?.extent ?? [];
  }

  #add() {
    const handle = { i: this.#all.length >> 1, edge: EDGES[this.#all.length % 2] };
    handle.element = h(`div.handle.handle-${handle.edge}`, { role: "slider", tabindex: "0", "aria-orientation": "horizontal", "aria-valuemin": "0",
      onkeydown: (event) => this.#key(event, handle), onfocus: () => this.#taken(handle),
      onblur: () => { if (!this.#drag) this.settle(); },
      onpointerdown: (event) => this.#down(event, handle), onpointermove: (event) => this.#follow(event, handle),
      onpointerup: () => this.#up(true), onpointercancel: () => this.#up(false) });
    this.#all.push(handle);
    this.#host.append(handle.element);
  }

  /** All is measured before anything is moved. */
  #place() {
    if (!this.#annotation) return;
    const extent = this.#extent;
    const origin = this.#host.getBoundingClientRect();
    const places = this.#all.map(({ i, edge }) => this.#room.cursor.edgeRect(extent[i], edge));
    this.#all.forEach((handle, n) => {
      const { element, i, edge } = handle;
      handle.rect = places[n];
      element.hidden = !places[n];
      this.#name(element, i, edge);
      if (!places[n]) return;
      const { x, top, bottom, rtl } = places[n];
      element.dataset.side = (edge === "start") === rtl ? "right" : "left";
      element.style.setProperty("left", `${x - origin.left}px`);
      element.style.setProperty("top", `${(edge === "start" ? top : bottom) - origin.top}px`);
      element.style.setProperty("--line", `${bottom - top}px`);
    });
  }

  #name(element, i, edge) {
    const { map } = this.#room;
    const [start, end] = this.#extent[i];
    const many = this.#extent.length > 1 ? `, stretch ${i + 1} of ${this.#extent.length}` : "";
    const kind = this.#room.kindName(this.#annotation).toLowerCase();
    const words = edge === "start" ? map.slice(start, Math.min(end, start + 30)) : map.slice(Math.max(start, end - 30), end);
    element.dataset.kind = this.#annotation.kind;
    element.setAttribute("aria-label", `${edge === "start" ? "Start" : "End"} of the ${kind}${many}`);
    element.setAttribute("aria-valuemax", String(map.length));
    element.setAttribute("aria-valuenow", String(edge === "start" ? start : end));
    element.setAttribute("aria-valuetext", edge === "start" ? `begins “${words}`.trim() : `ends ${words}”`.trim());
  }

  // -- by key -----------------------------------------------------------------------------------

  /** Takes hold of the nearest handle of that kind; from a handle goes on to the next (1) or the one before (-1). */
  take(edge) {
    const { cursor } = this.#room;
    if (!this.#all.length) return this.#room.announce("Choose an annotation first.");
    const here = this.#all.findIndex(({ element }) => element === document.activeElement);
    const i = nearestStretch(this.#extent, cursor.point);
    const next = here < 0 ? i * 2 + EDGES.indexOf(edge) : here + (edge === "end" ? 1 : -1);
    const { element, rect } = this.#all.at(next % this.#all.length);
    if (!rect) cursor.reveal(this.#extent[i][0]);
    return element.focus();
  }

  #taken({ element }) {
    const decision = decisionOn(claimOf(this.#room, this.#annotation));
    if (decision) this.#room.note(warningOf(decision));
    this.#room.toolbar.hide();
    element.scrollIntoView({ block: "nearest" });
  }

  #key(event, { i, edge }) {
    const { map, words } = this.#room;
    const arrow = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (arrow && !event.metaKey) {
      event.preventDefault();
      const point = this.#extent[i][EDGES.indexOf(edge)];
      const upright = event.key === "ArrowUp" || event.key === "ArrowDown";
      const line = getComputedStyle(map.sentenceAt(point).element).direction === "rtl";
      const by = upright ? "line" : event.altKey || event.ctrlKey ? "character" : "word";
      this.#move(i, edge, stepped({ words, cursor: this.#room.cursor }, point, edge, !upright && line ? -arrow : arrow, by));
    } else if (event.key === "Escape" || event.key === "Enter") {
      event.preventDefault();
      if (event.key === "Escape" && this.#held) this.cancel();
      else this.#leave();
    } else if (event.key !== "Tab" && !["Alt", "Control", "Shift", "AltGraph"].includes(event.key)) this.settle();
  }

  #leave() {
    const { cursor, map } = this.#room;
    this.settle();
    this.#room.notes.hide();
    map.root.focus({ preventScroll: true });
    cursor.place(this.#extent.at(-1)[1]);
  }

  // -- by mouse and finger ----------------------------------------------------------------------

  #down(event, { element, edge, rect }) {
    if (event.button !== 0 || !rect) return;
    event.preventDefault();
    element.focus({ preventScroll: true });
    const at = element.getBoundingClientRect();
    const half = (rect.bottom - rect.top) / 2;
    const middle = edge === "start" ? at.bottom + half : at.top - half; // of the line, which the handle stands off
    this.#drag = { dx: event.clientX - (at.left + at.width / 2), dy: event.clientY - middle, frame: 0 };
    element.setPointerCapture(event.pointerId);
    this.#host.dataset.drag = "";
  }

  #follow(event, { i, edge }) {
    const drag = this.#drag;
    if (!drag) return;
    Object.assign(drag, { x: event.clientX - drag.dx, y: event.clientY - drag.dy, exact: event.altKey });
    if (drag.frame) return;
    const draw = () => {
      drag.frame = 0;
      if (this.#drag !== drag) return;
      const point = this.#room.map.pointFrom(drag.x, drag.y);
      if (point !== null) this.#move(i, edge, this.#room.words.edge(point, edge, drag.exact));
      const way = drag.y < EDGE_OF_WINDOW ? -1 : drag.y > innerHeight - EDGE_OF_WINDOW ? 1 : 0;
      if (!way) return;
      scrollBy({ top: way * 10, behavior: "instant" });
      drag.frame = requestAnimationFrame(draw);
    };
    drag.frame = requestAnimationFrame(draw);
  }

  #up(done) {
    if (!this.#drag) return;
    cancelAnimationFrame(this.#drag.frame);
    this.#drag = null;
    delete this.#host.dataset.drag;
    if (done) this.settle();
    else this.cancel();
  }

  // -- what is moved ----------------------------------------------------------------------------

  #move(i, edge, point) {
    const [start, end] = this.#extent[i];
    const moved = edge === "start" ? [point, end] : [start, point];
    if (moved[0] >= moved[1] || (moved[0] === start && moved[1] === end)) return;
    const { uuid, extent } = this.#annotation;
    this.#held ??= { uuid, was: extent, extent: structuredClone(extent) };
    this.#held.extent[i] = moved;
    this.#preview();
    this.#place();
  }

  #preview() {
    this.#room.highlights.mark("current", [{ ...this.#annotation, extent: joined(this.#extent) }]);
  }

  /** Puts the handles back where they were. */
  cancel() {
    if (!this.#held) return;
    this.#held = null;
    this.#room.highlights.mark("current", [this.#annotation]);
    this.#place();
  }

  /** Saves what was moved, as one change. */
  settle() {
    const held = this.#held;
    if (!held) return;
    this.#held = null;
    const now = this.#room.store.get(held.uuid);
    if (!now || !sameExtent(now.extent, held.was)) {
      this.#room.announce("Its words were changed elsewhere meanwhile; they stay as they are now.");
      if (this.#room.current === held.uuid) this.show(now ?? null);
      return;
    }
    const extent = joined(held.extent);
    if (sameExtent(extent, held.was)) {
      this.show(this.#annotation);
      return;
    }
    this.#room.change("Words changed", onWords(this.#room, now, extent));
    if (this.#room.current === held.uuid) this.#room.choose(held.uuid);
    this.#room.announceUndoable(`Now: ${this.#room.map.quotes(extent).join(" … ")}.`);
  }
}

import { h } from "../forms/dom.js";
import { addSelection, divide, leaveOut, moveToSelection, RESHAPED } from "./new_words.js";
import { overlap } from "./stretches.js";

const TOOLS = [["c", "claim", "Claim"], ["a", "actor", "Actor"], ["e", "event", "Event"], ["u", "cue", "Cue"], ["b", "block", "Part"]];

/** The small bar at a selection, for mouse and touch. Keys do the same without it. */
export class Toolbar {
  #room;
  #bar;
  #chosen = h("div.tools-chosen", { role: "group", hidden: true });

  constructor(room, host) {
    this.#room = room;
    const make = (kind) => (kind === "block" ? room.blockMenu.open() : room.form.make(kind));
    this.#bar = h("div.tools", { role: "toolbar", "aria-label": "Annotate the selection", hidden: true },
      TOOLS.map(([key, kind, name]) => tool(key, () => make(kind), [h(`span.kind.kind-${kind}`, { "aria-hidden": "true" }), name], kind)), this.#chosen);
    // a press must not take the selection away before it is used
    this.#bar.addEventListener("pointerdown", (event) => event.preventDefault());
    host.append(this.#bar);
    // a telephone that is turned, or a window made narrower, has the words elsewhere
    new ResizeObserver(() => this.#bar.hidden || this.show()).observe(host);
  }

  hide() {
    this.#bar.hidden = true;
  }

  /** What the selection may do to the chosen annotation. */
  #showChosen(extent) {
    const room = this.#room;
    const annotation = room.store.get(room.current);
    this.#chosen.hidden = !annotation || room.form.isOpen || !RESHAPED.has(annotation.kind);
    if (this.#chosen.hidden) return;
    const kind = room.kindName(annotation).toLowerCase();
    const shared = overlap(annotation.extent, extent);
    this.#chosen.setAttribute("aria-label", `Words of the chosen ${kind}`);
    this.#chosen.replaceChildren(h("span", null, `Chosen ${kind}:`),
      ...(shared ? [tool("-", () => leaveOut(room), ["Leave out"])] : [tool("X", () => addSelection(room), ["Add"])]),
      tool("x", () => moveToSelection(room), ["Move here"]),
      ...(shared && annotation.kind !== "cue" ? [tool("d", () => divide(room), ["Divide"])] : []));
  }

  show() {
    const { cursor, map } = this.#room;
    const extent = cursor.extent();
    if (!extent || cursor.collapsed) return this.hide();
    const rects = [...map.range(...extent.at(-1)).getClientRects()].filter(({ width }) => width > 1);
    const origin = this.#bar.parentElement.getBoundingClientRect();
    if (!rects.length) return this.hide();
    this.#showChosen(extent);
    this.#bar.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = this.#bar;
    const bottom = Math.max(...rects.map((rect) => rect.bottom));
    const coarse = matchMedia("(pointer: coarse)").matches;
    const above = rects[0].top - height - 10;
    // fingers and their handles need the room right under the words
    const top = coarse || above < 100 ? bottom + (coarse ? 26 : 10) : above;
    const left = Math.max(origin.left + 8, Math.min(rects[0].left, origin.right - width - 8));
    this.#bar.style.setProperty("left", `${left - origin.left}px`);
    this.#bar.style.setProperty("top", `${top - origin.top}px`);
    return undefined;
  }
}

function tool(key, act, content, kind) {
  return h("button", { type: "button", tabindex: "-1", onclick: act, "data-kind": kind, "aria-keyshortcuts": key === "X" ? "Shift+X" : key },
    content, h("kbd", null, key));
}

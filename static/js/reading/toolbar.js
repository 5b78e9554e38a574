import { h } from "./dom.js";

const TOOLS = [["c", "claim", "Claim"], ["a", "actor", "Actor"], ["e", "event", "Event"], ["u", "cue", "Cue"], ["b", "block", "Part"]];

/** The small bar at a selection, for mouse and touch. Keys do the same without it. */
export class Toolbar {
  #map;
  #cursor;
  #bar;

  constructor(map, cursor, host, make) {
    this.#map = map;
    this.#cursor = cursor;
    this.#bar = h("div.tools", { role: "toolbar", "aria-label": "Annotate the selection", hidden: true },
      TOOLS.map(([key, kind, name]) => h("button", {
        type: "button", tabindex: "-1", onclick: () => make(kind), "data-kind": kind, "aria-keyshortcuts": key,
      }, h(`span.kind.kind-${kind}`, { "aria-hidden": "true" }), name, h("kbd", null, key))));
    // a press must not take the selection away before it is used
    this.#bar.addEventListener("pointerdown", (event) => event.preventDefault());
    host.append(this.#bar);
  }

  hide() {
    this.#bar.hidden = true;
  }

  show() {
    const extent = this.#cursor.extent();
    if (!extent || this.#cursor.collapsed) return this.hide();
    const rects = [...this.#map.range(...extent.at(-1)).getClientRects()].filter(({ width }) => width > 1);
    const origin = this.#bar.parentElement.getBoundingClientRect();
    if (!rects.length) return this.hide();
    this.#bar.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = this.#bar;
    const bottom = Math.max(...rects.map((rect) => rect.bottom));
    const coarse = matchMedia("(pointer: coarse)").matches;
    const above = rects[0].top - height - 10;
    // fingers and their handles need the room right under the words
    const top = coarse || above < 100 ? bottom + (coarse ? 26 : 10) : above;
    const left = Math.min(Math.max(8, rects[0].left), document.documentElement.clientWidth - width - 8);
    this.#bar.style.setProperty("left", `${left - origin.left}px`);
    this.#bar.style.setProperty("top", `${top - origin.top}px`);
    return undefined;
  }
}

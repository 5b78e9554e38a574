import { h } from "../forms/dom.js";

/** Says what was done to those who listen to the page; the same words twice are said twice. */
export function aloud(words) {
  document.getElementById("judged")?.replaceChildren(h("span", { dir: "auto" }, words));
}

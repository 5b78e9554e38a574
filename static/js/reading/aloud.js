import { byId } from "../forms/dom.js";

/** Speaks through the page's polite live region. */
export function announce(message) {
  const region = byId("room-live");
  region.textContent = "";
  requestAnimationFrame(() => { region.textContent = message; });
}

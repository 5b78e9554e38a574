import { h } from "../forms/dom.js";

/**
 * The numbers that claims of this article report of an event. Each is a claim's, with its own speaker: another one is
 * said in the form of a claim, on words picked in the text.
 * @param {object|null} event one that is known
 * @param {(extent) => unknown} report called with the words that give a number
 */
export function eventNumbers(room, event, report) {
  const { store } = room;
  const told = event ? store.ofKind("claim").flatMap((claim) => (claim.claim.quantities ?? [])
    .filter((quantity) => quantity.event === event.uuid).map((quantity) => [quantity, store.titleOf(claim)])) : [];
  const button = h("button.button.button-quiet.button-small", { type: "button", onclick: () => pick() }, "+ a number somebody reports");
  async function pick() {
    const picked = await room.form.pick("Select the words of the number, or of the claim that gives it, and press Enter", false);
    if (picked) report(picked.extent);
    else button.focus();
  }
  return h("div.field", { role: "group", "aria-label": "Numbers reported" }, h("span.label", null, "Numbers reported"),
    told.length ? h("ul.plain.field-hint", null, told.map(([{ what, words }, who]) =>
      h("li", null, h("bdi", null, what), ": ", h("q", { dir: "auto" }, words), " ", h("bdi", null, who)))) : null,
    h("div.chain-cues", null, button));
}

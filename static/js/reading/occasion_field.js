import { h } from "../forms/dom.js";
import { spanOf } from "./parts.js";

const MOST = 100; // code points

/** In what setting a link was said: short words, and those of the text. */
export function occasionOf(room, link) {
  const typed = h("input.input", { type: "text", maxlength: MOST, value: link.occasion ?? "", placeholder: "interview, statement …", "aria-label": "Occasion",
    dir: "auto", oninput: () => { link.occasion = typed.value.trim() || undefined; } });
  const words = h("div.chain-cues");
  const draw = () => {
    const span = link.occasion_span;
    words.replaceChildren(span
      ? h("span.cue-chip", null, h("span", { dir: "auto" }, span.quotes.join(" … ")),
        h("button.chip-remove", { type: "button", "aria-label": "Remove the words of the occasion", onclick: () => put(undefined) }, "×"))
      : h("button.button.button-quiet.button-small", { type: "button", onclick: () => pick() }, "+ words of the occasion from the text"));
  };
  const put = (span) => {
    link.occasion_span = span;
    if (span && !link.occasion) {
      link.occasion = Array.from(span.quotes.join(" … ")).slice(0, MOST).join("").trim();
      typed.value = link.occasion;
    }
    draw();
  };
  const pick = async () => {
    const picked = await room.form.pick("Select the words that say on what occasion (“in an interview”) and press Enter", false);
    if (picked) put(spanOf(room, picked.extent));
  };
  draw();
  return h("div.field", null, h("span.label", null, "Occasion"), typed, words);
}

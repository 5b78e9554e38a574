import { choice, field, h } from "../forms/dom.js";
import { CONFIDENCES, RESTS } from "./labels.js";
import { oneLine } from "./slot_words.js";
import { spanOf } from "./parts.js";

const NOT_SAID = ["", "not said"];

/**
 * A date with the words it was read from, what it rests on and how sure that is. `holder` keeps `name`, its basis and
 * confidence, and `span`; `label` names the field, `ask` what is to be picked in the text. What rests on it is asked once there is one.
 */
export function datedBy(room, holder, { name, span, label, ask, placeholder = "2 May 2015, 2015-04, since 2015" }) {
  const said = h("p.field-hint", { role: "status" });
  const words = h("div.chain-cues");
  const rests = h("div.grid");
  const select = (options, key) => choice(options, holder[key] ?? options[0][0], { class: "select", onchange: ({ target }) => {
    holder[key] = target.value === options[0][0] ? undefined : target.value; } });
  const typed = h("input.input", { type: "text", maxlength: 60, value: holder[name] ?? "", placeholder, "aria-label": label, oninput: () => {
    holder[name] = typed.value.trim() || undefined;
    show();
  } });
  const show = () => { rests.hidden = !holder[name]; };
  rests.append(field("Date rests on", select(RESTS, `${name}_basis`)), field("and is", select([NOT_SAID, ...CONFIDENCES], `${name}_confidence`)));
  const put = (picked) => {
    holder[span] = picked;
    draw();
    room.form.showDraft();
  };
  const draw = () => words.replaceChildren(holder[span]
    ? h("span.cue-chip", null, h("span", { dir: "auto" }, oneLine(holder[span].quotes)),
      h("button.chip-remove", { type: "button", "aria-label": `${label}: remove the words`, onclick: () => put(undefined) }, "×"))
    : h("button.button.button-quiet.button-small", { type: "button", "aria-label": `${label}: words from the text`, onclick: () => pick() }, "+ words from the text"));
  const pick = async () => {
    const picked = await room.form.pick(`Select the words that say ${ask} and press Enter`, false);
    if (!picked) return;
    put(spanOf(room, picked.extent));
    if (holder[name]) return;
    const found = await room.api.dateMeant(oneLine(holder[span].quotes));
    if (holder[name]) return;
    if (found?.date) {
      typed.value = holder[name] = found.date;
      said.textContent = `${found.date} is proposed: ${found.reason}.`;
      show();
    } else said.textContent = "Which date these words mean cannot be told: write it.";
  };
  draw();
  show();
  return h("div.field", { role: "group", "aria-label": label }, h("span.label", null, label), typed, words, said, rests);
}

import { composing } from "../forms/latin_key.js";
import { h } from "../forms/dom.js";

export const KIND_NAMES = { claim: "Claim", actor: "Actor", event: "Event", cue: "Cue", role: "Role", reason: "Reason", time: "Time",
  place: "Place", hedge: "Hedge", gloss: "Gloss", quoted: "Quotation marks", addressee: "Addressee", target: "Directed at",
  occasion: "Occasion", period: "Period" };

/** Says at a field what is wrong with it, until it is changed. */
function refuseAt(control, message) {
  const told = h("p.field-error", { id: `${control.id}-error`, role: "alert" }, message);
  const described = control.getAttribute("aria-describedby");
  if (control.closest(".combobox")) control.after(told); // above the proposals, which may be many
  else control.closest(".field").append(told);
  control.closest("details")?.setAttribute("open", "");
  control.setAttribute("aria-invalid", "true");
  control.setAttribute("aria-describedby", [described, told.id].filter(Boolean).join(" "));
  control.addEventListener("input", () => {
    told.remove();
    control.removeAttribute("aria-invalid");
    if (described) control.setAttribute("aria-describedby", described);
    else control.removeAttribute("aria-describedby");
  }, { once: true });
  control.focus();
  control.scrollIntoView({ block: "center" }); // also where the list that opens under it is long
}

/**
 * The sheet round every form of the panel: what is being annotated, its words, Save and Cancel.
 * Enter saves from any one-line field; Escape cancels, and asks once before typed words are lost.
 */
export function formFrame({ kind, isNew, quotes, sentence, status, fields, save, saveName = "Save", other, cancel, erase }) {
  const problem = h("p.field-error", { role: "alert", hidden: true });
  const leaving = h("p.notice.notice-warn", { role: "alert", hidden: true }, "Discard what you filled in? Press Esc again.");
  const cancelWord = h("span", null, "Cancel");
  let typed = false;
  let gathered = false;
  const form = h("form.card.sheet-form", {
    novalidate: true, autocomplete: "off", "aria-labelledby": "form-title", "data-kind": kind,
    onsubmit: (event) => { event.preventDefault(); save(); },
    oninput: ({ target }) => {
      typed ||= target.getAttribute("role") !== "combobox";
      ask(false);
    },
    // a press on a button or a box must not blur the field: its proposals would close and the button move away
    onpointerdown: (event) => { if (event.target.closest("button, summary, .checkbox")) event.preventDefault(); },
    onkeydown: (event) => {
      if (event.defaultPrevented || composing(event)) return;
      if (event.key === "Escape") {
        event.preventDefault();
        form.leave();
      } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && other) {
        event.preventDefault();
        other.save();
      } else if (event.key === "Enter" && !event.shiftKey && event.target.matches("select, textarea")) {
        event.preventDefault();
        form.requestSubmit();
      }
    },
  },
  h("header", null, h(`span.kind.kind-${kind}`, { "aria-hidden": "true" }),
    h("h2", { id: "form-title" }, isNew ? `New ${KIND_NAMES[kind].toLowerCase()}` : KIND_NAMES[kind]),
    status ? h(`span.pill.pill-${status}`, null, status) : null,
    h("span.where", null, `sentence ${sentence}`)),
  h("blockquote.words", { dir: "auto" }, quotes.join(" … ")),
  ...fields.flat(),
  problem, leaving,
  h("footer", null,
    h("button.button.button-primary", { type: "submit" }, `${saveName} `, h("kbd", null, "Enter")),
    other ? h("button.button", { type: "button", onclick: other.save, "aria-keyshortcuts": "Control+Enter" }, `${other.name} `, h("kbd", null, "Ctrl Enter")) : null,
    h("button.button.button-quiet", { type: "button", onclick: () => form.leave() }, cancelWord, " ", h("kbd", null, "Esc")),
    erase ? h("button.button.button-quiet.push", { type: "button", onclick: erase }, "Delete") : null));
  function ask(asking) {
    leaving.hidden = !asking;
    cancelWord.textContent = asking ? "Discard" : "Cancel";
  }
  /** The form took something up. What the person took goes on with it; an answer that came late takes no question back. */
  form.gathered = (late = false) => {
    gathered = true;
    if (!late) ask(false);
  };
  function mayGo(filled) {
    const may = !filled || !leaving.hidden;
    ask(true);
    return may;
  }
  /** True when nothing typed or chosen would be lost, or when that was asked once already. */
  form.mayLeave = () => mayGo(typed || gathered);
  // to leave on purpose drops what was chosen with a digit; typed words are asked about
  form.leave = () => { if (mayGo(typed)) cancel(); };
  form.refuse = (message, control = null) => {
    if (control?.isConnected) return refuseAt(control, message);
    problem.textContent = message;
    problem.hidden = false;
    return undefined;
  };
  return form;
}

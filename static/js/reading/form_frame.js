import { h } from "./dom.js";

export const KIND_NAMES = { claim: "Claim", actor: "Actor", event: "Event", cue: "Cue", role: "Role", reason: "Reason", time: "Time" };

/**
 * The sheet round every form of the panel: what is being annotated, its words, Save and Cancel.
 * Enter saves from any one-line field; Escape cancels.
 */
export function formFrame({ kind, isNew, quotes, sentence, status, fields, save, cancel, erase }) {
  const problem = h("p.field-error", { role: "alert", hidden: true });
  const form = h("form.card.sheet-form", {
    novalidate: true, autocomplete: "off", "aria-labelledby": "form-title", "data-kind": kind,
    onsubmit: (event) => { event.preventDefault(); save(); },
    // a press on a button must not blur the field: its proposals would close and the button move away
    onpointerdown: (event) => { if (event.target.closest("button, summary")) event.preventDefault(); },
    onkeydown: (event) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (event.key === "Escape") {
        event.preventDefault();
        cancel();
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
  ...fields,
  problem,
  h("footer", null,
    h("button.button.button-primary", { type: "submit" }, "Save ", h("kbd", null, "Enter")),
    h("button.button.button-quiet", { type: "button", onclick: cancel }, "Cancel ", h("kbd", null, "Esc")),
    erase ? h("button.button.button-quiet.push", { type: "button", onclick: erase }, "Delete") : null));
  form.refuse = (message) => {
    problem.textContent = message;
    problem.hidden = false;
  };
  return form;
}

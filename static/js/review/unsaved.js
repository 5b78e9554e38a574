import { h } from "../forms/dom.js";
import { reasonsOf } from "../forms/refusals.js";
import { inWords } from "./deciding.js";

const MEANWHILE = "Somebody changed this claim meanwhile.";

/** What was to be done, in words, and why the server did not. */
export function whyNot({ action, body, local, trouble, problem }) {
  const done = action === "decide" ? inWords(body) : local.says ?? "the relation";
  return `Not saved: ${done}. ${trouble === "conflict" ? MEANWHILE : reasonsOf(problem)}`;
}

/** A change that was not taken, beside its claim: what it was, the way there, and letting it go, and `then` what follows. */
export function showUnsaved(entry, outbox, then = () => {}) {
  const { action, uuid, body } = entry;
  const letGo = () => {
    outbox.discard(entry);
    notice.remove();
    then();
  };
  const notice = h("div.notice.notice-bad.unsaved", { role: "alert", tabindex: "-1" }, h("p", null, whyNot(entry)),
    body.reason ? h("p", null, "You had written: ", h("q", { dir: "auto" }, body.reason)) : null,
    h("div.actions", null, h("a.button.button-small", { href: `/c/${action === "relate" ? body.claim : uuid}/` }, "Open the claim"),
      h("button.button.button-small", { type: "button", onclick: letGo }, "Let it go")));
  document.getElementById("flash").replaceChildren(notice);
  notice.focus();
}

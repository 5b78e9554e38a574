import { Outbox } from "../saving/outbox.js";

/* What somebody says anywhere on the site, kept in this browser until the server has it. Whatever page they are on, it is
   sent from there, and they are told there what the server refused. */

const me = document.getElementById("unsaid")?.dataset.me; // nobody says anything without signing in

const send = ({ uuid, body, local }) => fetch(`${local.say}${local.discussion}/comments/${uuid}/`, {
  method: "PUT", body: JSON.stringify(body), keepalive: true, credentials: "same-origin",
  headers: { "X-CSRFToken": document.querySelector('input[name="csrfmiddlewaretoken"]').value, Accept: "application/json", "Content-Type": "application/json" },
});

/** The comments of all projects that are not saved yet; null where nobody is signed in. */
export const saying = me ? new Outbox(`${me}:discussions`, send, () => undefined) : null;

// let go or saved in another tab: it is not sent from here again
if (saying) {
  addEventListener("storage", ({ key, newValue }) => {
    const gone = newValue === null && saying.entries.find((entry) => entry.key === key);
    if (gone) saying.discard(gone);
  });
}

/** Why the server refused a comment, in words. */
export const whyNot = ({ problem }) => problem?.errors?.map(({ message }) => message).join("; ") || problem?.detail || problem?.title || "the server refused it";

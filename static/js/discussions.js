import "./page.js";
import { draftOf } from "./discussing/drafts.js";
import { Mentions } from "./discussing/mentions.js";
import { saying as outbox } from "./discussing/saying.js";
import { drawUnsent } from "./discussing/unsent.js";
import { newUuid } from "./saving/identifiers.js";

/* Discussing what a page is about. What is said goes through an outbox, and what is typed is kept as it is typed, so
   neither a lost network nor a reload loses a word. The forms work without this file. */

const here = () => document.getElementById("discussions");
const first = here();

if (first) {
  const { me, where, kind, thing, say, members } = first.dataset;
  const place = `${me}:${where}`;

  const ask = async (words) => {
    const answer = await fetch(`${members}?${new URLSearchParams({ q: words, limit: 8 })}`, { headers: { Accept: "application/json" } });
    return answer.ok ? (await answer.json()).results : [];
  };

  const put = (form, text) => {
    form.elements.text.value = text;
    draftOf(place, form).keep(text);
  };

  const takeBack = (entry) => {
    const form = here().querySelector(`form[data-say-in="${entry.local.thread}"]`);
    put(form, [entry.body.text, form.elements.text.value].filter(Boolean).join("\n\n"));
    outbox.discard(entry);
    form.elements.text.focus();
  };

  const draw = () => drawUnsent(here(), outbox, takeBack);

  const ready = () => {
    for (const form of here().querySelectorAll("form[data-say-in]")) {
      const field = form.elements.text;
      if (!field.value) field.value = draftOf(place, form).recall();
      if (field.value) {
        const folded = field.closest("details");
        if (folded) folded.open = true;
      }
      new Mentions(field, ask);
      field.addEventListener("input", () => draftOf(place, form).keep(field.value));
      field.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
      });
    }
    draw();
  };

  let late = false; // what came from the server is shown when nobody is writing
  const writing = () => here().contains(document.activeElement) && document.activeElement.tagName === "TEXTAREA" && document.activeElement.value !== "";
  const renew = () => {
    late = writing();
    if (late) return;
    window.htmx.ajax("GET", where, { target: "#discussions", swap: "outerHTML" });
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("#discussions form[data-say-in]")) return;
    event.preventDefault();
    event.stopPropagation();
    const text = form.elements.text.value.trim();
    if (!text) return;
    const thread = form.dataset.sayIn;
    put(form, "");
    outbox.add({ action: "say", uuid: newUuid(), body: { text, about: { kind, uuid: thing } },
      local: { discussion: thread || newUuid(), thread, where, say } });
    draw();
  }, true);
  // whoever goes from the words to the button beside them shall find it there when it is pressed
  document.addEventListener("focusout", ({ relatedTarget }) => {
    if (late && !here().contains(relatedTarget)) setTimeout(() => { if (late) renew(); });
  });
  document.addEventListener("htmx:beforeSwap", ({ detail }) => { // somebody began to write while it was fetched
    if (detail.target?.id !== "discussions" || !writing()) return;
    detail.shouldSwap = false;
    late = true;
  });
  document.addEventListener("htmx:afterSettle", (event) => { if (event.detail.elt?.id === "discussions") ready(); });
  outbox.onEvent((event, entry) => {
    if (event === "saved" && entry.local.where === where) renew();
    draw();
  });
  addEventListener("beforeunload", (event) => {
    if (outbox.full && outbox.entries.length) event.preventDefault(); // it is kept nowhere else
  });
  ready();
}

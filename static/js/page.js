/* What every page does: copy buttons, menus that close, one submit a form, failures said aloud. A page with more to do
   names its own entry instead, which imports this one. */

import "./theme.js";
import "./discussed.js";
import "./discussing/refused.js";
import { findInSelects } from "./forms/find_in_select.js";
import { findSeveral } from "./forms/find_several.js";

// On a narrow screen the bar scrolls sideways: bring the section one is in into sight.
const section = document.querySelector(".bar-nav [aria-current]");
if (section) {
  const nav = section.closest(".bar-nav");
  // told once the first layout is made: asking sooner would make it twice
  new ResizeObserver((_, observer) => {
    observer.disconnect();
    nav.scrollLeft += section.getBoundingClientRect().left - nav.getBoundingClientRect().left - 96;
  }).observe(nav);
}

function flash(text, state = "bad") {
  const line = document.createElement("p");
  line.className = `notice notice-${state}`;
  line.textContent = text;
  document.getElementById("flash").replaceChildren(line);
}

async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  const text = source ? (source.value ?? source.textContent).trim() : button.dataset.copyText;
  const label = button.querySelector("[data-label]") ?? button;
  const before = label.textContent;
  try {
    await navigator.clipboard.writeText(text);
    label.textContent = "Copied";
  } catch {
    label.textContent = "Press Ctrl+C";
    getSelection().selectAllChildren(source);
  }
  setTimeout(() => { label.textContent = before; }, 1600);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy], [data-copy-text]");
  if (button) copy(button);
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
});

// Ctrl or Cmd with Enter presses a form's button that says so, wherever in the form one is.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat || event.isComposing) return;
  event.target.closest("form")?.querySelector("[data-key-enter]")?.click();
});

// Long selects are typed into, those too that were fetched or that the browser's Back brought.
const findIn = (part) => { findInSelects(part); findSeveral(part); };
findIn(document);
document.addEventListener("htmx:load", ({ target }) => findIn(target));
addEventListener("pageshow", () => findIn(document));

// A second press of a button must not import, release or decide twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  for (const note of form.querySelectorAll(".waiting")) note.dataset.on = "";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const note of form.querySelectorAll(".waiting[data-on]")) delete note.dataset.on;
  }
});

const notDone = ({ detail }) => (detail.requestConfig.verb === "get" ? "What is new could not be shown" : "Nothing was saved");
const SAID = { 403: "You may not do this here.", 404: "This is no longer here.", 409: "Somebody else changed this meanwhile.", 412: "Somebody else changed this meanwhile." };
document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  flash(`${notDone(event)}. ${SAID[status] ?? `The server could not answer (${status}).`} Reload the page and try again.`);
});
document.addEventListener("htmx:sendError", (event) => flash(`${notDone(event)}: the server cannot be reached. Try again when you are back online.`));

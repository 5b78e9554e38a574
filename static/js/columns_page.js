/* The page that asks what columns mean. Its controls stay while what is told of them comes anew, so whether one is at
   fault is marked here; where other letters bring other columns the controls are made anew, and typed on in. */

import "./page.js";

const COLUMNS = "columns";
const TYPED = 'input:not([type="hidden"])';
let typed = new Map();

/** What was chosen before anybody listened, or was kept by a browser that comes back to the page, is asked about too. */
function chosenBefore() {
  const fields = [...document.querySelectorAll(`#${COLUMNS} ${TYPED}`)];
  const choices = [...document.querySelectorAll(`#${COLUMNS} select`)];
  const first = ({ options }) => [...options].find((option) => option.defaultSelected) ?? options[0];
  return fields.some((field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked)
    || choices.some((choice) => choice.selectedOptions[0] !== first(choice));
}

document.addEventListener("htmx:load", () => {
  if (chosenBefore()) document.getElementById("columns-said").dispatchEvent(new Event("change"));
}, { once: true });

document.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
  const fields = target.id === COLUMNS ? [...target.querySelectorAll(TYPED)] : [];
  typed = new Map(fields.map((field) => [field.id, field.value]));
});

document.addEventListener("htmx:afterSwap", () => {
  for (const [id, value] of typed) {
    const field = document.getElementById(id);
    if (field.value !== value) field.value = value;
  }
  typed.clear();
});

document.addEventListener("htmx:afterSettle", () => {
  for (const told of document.querySelectorAll("[data-told-of]")) {
    const control = document.getElementById(told.dataset.toldOf);
    if (told.querySelector(".field-error")) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
});

/* The page that asks what columns mean. Its controls stay while what is told of them comes anew, so whether one is at
   fault is marked here; where other letters bring other columns the controls are made anew, and typed on in. */

import "./page.js";

const COLUMNS = "columns";
const TYPED = 'input:not([type="hidden"])';
let typed = new Map();

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

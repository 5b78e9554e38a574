import { Combobox } from "./combobox.js";
import { fitting, nameOf } from "./options.js";

/* Selects with more choices than anybody reads (`data-find` says what to say where none fits): typed into instead, to find
   one by a part of its words. The select stays what is sent; without scripts it is all there is. */

const FEW = 12; // are read at once
const known = new WeakMap();

function replace(select) {
  const label = select.labels[0];
  const asChosen = () => {
    box.clear();
    box.input.value = select.selectedOptions[0] ? nameOf(select.selectedOptions[0]) : "";
  };
  const box = new Combobox({
    label: label.textContent.trim(), id: `${select.id}-find`, nothing: select.dataset.find, unnumbered: true,
    local: (query) => fitting(select.options, query),
    choose: (option) => choose(option),
  });
  const choose = (option, tell = true) => {
    const changed = !option.selected;
    option.selected = true;
    asChosen();
    if (changed && tell) select.dispatchEvent(new Event("change", { bubbles: true }));
  };
  box.element.classList.add("combobox-over");
  box.input.classList.add("input-find");
  box.input.addEventListener("focus", () => box.input.select());
  box.input.addEventListener("click", () => { if (box.list.hidden) box.refresh(); });
  box.input.addEventListener("blur", ({ relatedTarget }) => {
    if (!document.hasFocus()) return; // whoever comes back types on
    box.none.textContent = "";
    const meant = box.query ? fitting(select.options, box.query) : [];
    if (meant.length === 1) choose(meant[0].value, relatedTarget?.type !== "submit"); // the button sends it itself
    else asChosen();
  });
  select.form?.addEventListener("reset", () => setTimeout(asChosen));
  label.htmlFor = box.input.id;
  select.hidden = true;
  select.after(box.element);
  asChosen();
  known.set(select, asChosen);
}

/** Makes every such select below `part` one that is typed into. */
export function findInSelects(part) {
  for (const select of part.querySelectorAll("select[data-find]:not([multiple])")) {
    if (document.activeElement.id === `${select.id}-find`) continue;
    if (known.has(select)) known.get(select)(); // a browser that goes back puts what was chosen there again
    else if (select.options.length > FEW) replace(select);
  }
}

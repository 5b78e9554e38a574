import { Combobox } from "./combobox.js";
import { h } from "./dom.js";
import { fitting, nameOf } from "./options.js";

/* Selects of which several may be chosen (`multiple`, `data-find` says what to say where nothing fits): typed into, and what
   is chosen stands below, each with a button that takes it out. `data-find-more` is where actors beyond those offered are
   searched for. The select stays what is sent; without scripts it is all there is. */

const PATIENCE = 5000; // milliseconds until a search counts as unanswered
const replaced = new WeakMap();

async function found(select, query) {
  const asked = await fetch(`${select.dataset.findMore}?q=${encodeURIComponent(query)}`, {
    headers: { Accept: "application/json" }, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE),
  });
  if (!asked.ok) return [];
  const known = new Map([...select.options].map((option) => [option.value, option]));
  const { results } = await asked.json();
  return results.map(({ uuid, name }) => {
    const value = known.get(uuid) ?? new Option(name, uuid);
    return { label: name, value };
  });
}

function replace(select) {
  const label = select.labels[0];
  const chosen = h("ul.chosen", { "aria-label": `Chosen: ${label.firstChild.textContent.trim().toLowerCase()}` });
  const draw = () => chosen.replaceChildren(...[...select.selectedOptions].map((option) =>
    h("li", null, h("bdi", null, nameOf(option)),
      h("button", { type: "button", "aria-label": `Leave out ${nameOf(option)}`, onclick: () => turn(option, false) }, "×"))));
  const turn = (option, on) => {
    if (!option.isConnected) select.append(option);
    option.selected = on;
    draw();
    box.input.focus();
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const free = () => [...select.options].filter((option) => !option.selected);
  const box = new Combobox({
    label: label.firstChild.textContent.trim(), id: `${select.id}-find`, nothing: select.dataset.find, unnumbered: true,
    local: (query, _typed, more = []) => {
      const offered = fitting(free(), query);
      const there = new Set(offered.map(({ value }) => value));
      return [...offered, ...more.filter(({ value }) => !value.selected && !there.has(value))];
    },
    remote: select.dataset.findMore ? (query) => found(select, query) : undefined,
    choose: (option) => turn(option, true),
  });
  box.element.classList.add("combobox-over");
  box.input.addEventListener("click", () => { if (box.list.hidden) box.refresh(); });
  select.form?.addEventListener("reset", () => setTimeout(draw));
  label.htmlFor = box.input.id;
  select.hidden = true;
  select.after(box.element, chosen);
  draw();
  replaced.set(select, draw);
}

/** Makes every such select below `part` one that is typed into. */
export function findSeveral(part) {
  for (const select of part.querySelectorAll("select[multiple][data-find]")) {
    if (replaced.has(select)) replaced.get(select)();
    else replace(select);
  }
}

import { latinKey } from "../forms/latin_key.js";

/** Lets a list of codes be chosen from by the keys that the codebook gives them, and says them in the list. */
export function codeKeys(select, codes) {
  const pressed = new Map(codes.filter(({ shortcut, retired }) => shortcut && !retired).map(({ shortcut, key }) => [shortcut, key]));
  for (const option of select.options) {
    const code = codes.find(({ key }) => key === option.value);
    if (code?.shortcut) option.textContent = `${code.name} (${code.shortcut})`;
  }
  select.addEventListener("keydown", (event) => {
    const key = pressed.get(event.key) ?? pressed.get(latinKey(event));
    if (!key || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    select.value = key;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  });
  return select;
}

/* Ticking claims, on whatever page of the desk they stand: `x` ticks the current one, Shift+x all from the last
   one to it, `b` goes on to what is to be done to them, `B` to what is to be done to all that were found. Ticks last
   until something was done, or the tab closes. Without this file the boxes of one page still go with its form. */

const KEY = `ticked ${location.pathname.split("/")[2]}`;
const MOST = 500;
const stored = () => new Set(JSON.parse(sessionStorage.getItem(KEY) ?? "[]"));
const boxes = () => [...document.querySelectorAll("[data-tick]")];
let last = null;

function keep(ticked) {
  sessionStorage.setItem(KEY, JSON.stringify([...ticked]));
}

// Several lines of one claim are ticked together; what is ticked elsewhere goes along as hidden fields.
function show() {
  const form = document.getElementById("ticked");
  if (!form) return;
  const ticked = stored();
  const here = new Set();
  for (const box of boxes()) {
    box.checked = ticked.has(box.value);
    box.closest("[data-row]")?.toggleAttribute("data-ticked", box.checked);
    here.add(box.value);
  }
  for (const hidden of form.querySelectorAll("[data-elsewhere]")) hidden.remove();
  const elsewhere = [...ticked].filter((claim) => !here.has(claim));
  for (const claim of elsewhere) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "claim", value: claim });
    field.dataset.elsewhere = "";
    form.append(field);
  }
  const said = `${ticked.size} claim${ticked.size === 1 ? "" : "s"} ticked`;
  const rest = elsewhere.length ? `, ${elsewhere.length} on other pages` : "";
  const over = ticked.size > MOST ? `; at most ${MOST} can be changed at once` : "";
  form.querySelector("[data-ticked-count]").textContent = said + rest + over;
  form.toggleAttribute("data-any", ticked.size > 0);
  form.querySelector('[name="next"]').value = location.pathname + location.search;
}

function set(chosen, on) {
  const ticked = stored();
  for (const box of chosen) {
    if (on) ticked.add(box.value);
    else ticked.delete(box.value);
  }
  keep(ticked);
  show();
}

// Up to and with the box pressed now, everything becomes what this one becomes.
function tick(box, { range = false, on = !stored().has(box.value) } = {}) {
  const all = boxes();
  const from = range ? all.findIndex((one) => one.id === last) : -1;
  const to = all.indexOf(box);
  set(from < 0 ? [box] : all.slice(Math.min(from, to), Math.max(from, to) + 1), on);
  last = box.id;
}

const current = () =>
  document.querySelector("[data-claim][aria-current]")?.closest("[data-row]")?.querySelector("[data-tick]");

const isTyping = (target) =>
  target.closest('textarea, select, [contenteditable], input:not([type="checkbox"]), form.reason') !== null;

// on a keyboard of another script the Latin letter in the same place; no module of review.js may be shared with it
const latinKey = ({ key, code, shiftKey }) => {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  return letter && /[^\u0020-\u007e]/.test(key) ? letter[shiftKey ? "toUpperCase" : "toLowerCase"]() : key;
};

const ACTS = {
  x: () => current() && tick(current()),
  X: () => current() && tick(current(), { range: true, on: true }),
  b: () => stored().size && document.getElementById("ticked")?.requestSubmit(),
  B: () => document.querySelector("[data-all-found]")?.click(),
  u: () => document.querySelector("[data-undo-batch]")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const act = ACTS[latinKey(event)];
  if (!act || !document.querySelector("[data-tick], [data-undo-batch], [data-all-found]")) return;
  event.preventDefault();
  if (!event.repeat) act();
});

document.addEventListener("click", (event) => {
  const box = event.target.closest("[data-tick]");
  if (box) return tick(box, { range: event.shiftKey, on: box.checked });
  if (event.target.closest("[data-tick-all]")) set(boxes(), true);
  else if (event.target.closest("[data-untick]")) {
    keep(new Set());
    show();
  }
});

// On the page of the act: what is left out is counted, and another act shows its own fields.
document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-batch]");
  if (!form) return;
  if (event.target.matches("[data-switch]")) return form.requestSubmit();
  const count = form.querySelector("[data-count]");
  const chosen = form.querySelectorAll("[data-included]:checked").length;
  if (count && event.target.matches("[data-included]")) {
    count.textContent = chosen;
    form.querySelector("[data-do]").disabled = chosen === 0;
  }
});

if (document.querySelector("[data-done]")) sessionStorage.removeItem(KEY);
document.addEventListener("htmx:afterSettle", show);
addEventListener("pageshow", show);
show();

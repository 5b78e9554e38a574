/* How many discussions there are about something: kept right wherever it is shown, on this page and in other tabs, once
   something is said, resolved or opened again. A page that comes back as it was left is told too. */

const KEPT = "sourceline.discussed";
const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(KEPT) : null;
const listeners = [];

const inWords = (number, open) => `${number} discussion${number === 1 ? "" : "s"}${open ? `, ${open} open` : ""}`;

function put(told) {
  const { thing, number, open } = told;
  for (const link of document.querySelectorAll("[data-discussed]")) {
    if (link.dataset.discussed !== thing) continue;
    link.textContent = number ? inWords(number, open) : link.dataset.none;
    link.hidden = !link.textContent;
  }
  for (const listener of listeners) listener(told);
}

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) ?? {};
  } catch {
    return {};
  }
}

/** Tells of the discussions that stand on this page, as the server counted them. */
function tell() {
  const section = document.getElementById("discussions");
  if (!section) return;
  const { kind, thing, number, open } = section.dataset;
  const told = { thing: `${kind}:${thing}`, number: Number(number), open: Number(open) };
  put(told);
  channel?.postMessage(told);
  try {
    sessionStorage.setItem(KEPT, JSON.stringify({ ...kept(), [told.thing]: told }));
  } catch {
    // forbidden or full: then other pages are told while they are open
  }
}

/** @param {(told: {thing: string, number: number, open: number}) => void} listener `thing` is "claim:" and its UUID, or so */
export function onDiscussed(listener) {
  listeners.push(listener);
}

channel?.addEventListener("message", ({ data }) => put(data));
document.addEventListener("htmx:afterSettle", (event) => { if (event.detail.elt?.id === "discussions") tell(); });
addEventListener("pageshow", ({ persisted }) => { if (persisted) Object.values(kept()).forEach(put); });
tell();

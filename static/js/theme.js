/* Day, night, or as the system has it: kept in a cookie, so that the server's page comes in the right colours. */

const NAMES = { auto: "as the system", light: "day", dark: "night" };
const ORDER = Object.keys(NAMES);
const YEAR = 365 * 24 * 3600; // seconds
const root = document.documentElement;

function keep(theme) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  const age = theme === "auto" ? 0 : YEAR;
  document.cookie = `theme=${theme}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
}

for (const button of document.querySelectorAll("[data-theme-switch]")) {
  const current = () => root.dataset.theme ?? "auto";
  const say = () => {
    button.title = `Colours: ${NAMES[current()]}`;
    button.querySelector("[data-theme-name]").textContent = button.title;
  };
  button.hidden = false;
  say();
  button.addEventListener("click", () => {
    const next = ORDER[(ORDER.indexOf(current()) + 1) % ORDER.length];
    if (next === "auto") delete root.dataset.theme;
    else root.dataset.theme = next;
    keep(next);
    say();
  });
}

/* Day, night, or as the system has it. Runs before the first paint, so that no page flashes. */
(() => {
  const KEY = "sourceline.theme";
  const NAMES = { auto: "as the system", light: "day", dark: "night" };
  const ORDER = ["auto", "light", "dark"];
  const read = () => {
    try {
      const kept = localStorage.getItem(KEY);
      return ORDER.includes(kept) ? kept : "auto";
    } catch {
      return "auto"; // storage switched off
    }
  };
  const apply = (theme) => {
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  };
  apply(read());

  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      const say = (theme) => {
        button.title = `Colours: ${NAMES[theme]}`;
        button.querySelector("[data-theme-name]").textContent = button.title;
      };
      button.hidden = false;
      say(read());
      button.addEventListener("click", () => {
        const next = ORDER[(ORDER.indexOf(read()) + 1) % ORDER.length];
        try {
          localStorage.setItem(KEY, next);
        } catch {
          /* it then holds for this page alone */
        }
        apply(next);
        say(next);
      });
    }
  });
})();

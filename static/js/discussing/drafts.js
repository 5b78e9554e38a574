/** What is typed and not yet said, kept in this browser from one visit to the next. */

const keyOf = (place, form) => `sourceline.said:${place}:${form}`;

/**
 * @param {string} place whose words they are, and about what
 * @param {HTMLFormElement} form `data-say-in` names the discussion, nothing a new one
 */
export function draftOf(place, form) {
  const key = keyOf(place, form.dataset.sayIn);
  return {
    recall() {
      try {
        return localStorage.getItem(key) ?? "";
      } catch {
        return "";
      }
    },
    keep(text) {
      try {
        if (text.trim()) localStorage.setItem(key, text);
        else localStorage.removeItem(key);
      } catch {
        // forbidden or full: it then lasts as long as the page
      }
    },
  };
}

/* The options of a select, found by a part of their words. */

const MOST = 60; // are proposed at once: more is asked for by typing

export const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
export const nameOf = (option) => option.textContent.trim();

/** Of the options what holds the words, those that begin with them first, as a Combobox proposes them. */
export function fitting(options, query) {
  const words = fold(query);
  const found = [...options]
    .map((option) => ({ label: nameOf(option), value: option, folded: fold(nameOf(option)) }))
    .filter(({ folded }) => folded.includes(words));
  const [first, others] = [found.filter(({ folded }) => folded.startsWith(words)), found.filter(({ folded }) => !folded.startsWith(words))];
  return [...first, ...others].slice(0, MOST);
}

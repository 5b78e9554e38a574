/** Quotations by their marks, in the ways that languages set them; offsets within a list of characters. */

const CLOSED_BY = {
  "“": "”", "„": "“”", "”": "”“", "«": "»", "»": "«", "‹": "›", "›": "‹", "「": "」", "『": "』", "‘": "’", "‚": "‘’",
  '"': '"', "״": "״",
};
const IN_WORDS = new Set(["’", "‘", '"', "״"]); // an apostrophe, or the mark inside a Hebrew acronym
const OPENS_ANYWHERE = new Set(["“", "„", "«", "‹", "「", "『", "‚"]); // some scripts set no blank before it
const HEBREW_PREFIX = /(?<![\p{L}\p{M}])[ושהכלבמ]{1,4}$/u;
const letter = (char) => /[\p{L}\p{M}\p{N}]/u.test(char ?? "");

/** Whether the mark behind Hebrew letters that stand for "that", "and", "in" … may open; an acronym has it before its last letter. */
const behindPrefix = (chars, i) => '"״'.includes(chars[i]) && letter(chars[i + 2]) && HEBREW_PREFIX.test(chars.slice(Math.max(0, i - 5), i).join(""));

/**
 * Every pair of marks, [opening, closing] as indices, the inner ones included. A mark between two letters
 * belongs to a word; one that nothing closes is no quotation.
 */
export function quotationsIn(chars) {
  const open = [];
  const found = [];
  chars.forEach((char, i) => {
    const [before, after] = [letter(chars[i - 1]), letter(chars[i + 1])];
    if (before && after && IN_WORDS.has(char)) {
      if (behindPrefix(chars, i) && !open.some((at) => chars[at] === char)) open.push(i);
      return;
    }
    const opener = open.findLastIndex((at) => CLOSED_BY[chars[at]].includes(char));
    if (opener >= 0 && !(after && !before && chars[open[opener]] === char)) {
      found.push([open[opener], i]);
      open.length = opener;
    } else if (char in CLOSED_BY && (!before || OPENS_ANYWHERE.has(char))) open.push(i);
  });
  return found;
}

/** The longest of them, or null; `within`: one that is not the whole of `chars` itself. */
export function longestIn(chars, within = false) {
  const whole = (one) => within && one[0] === 0 && one[1] === chars.length - 1;
  return quotationsIn(chars).filter((one) => one[1] > one[0] + 1 && !whole(one))
    .sort((a, b) => (b[1] - b[0]) - (a[1] - a[0]))[0] ?? null;
}

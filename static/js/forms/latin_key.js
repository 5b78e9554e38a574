/** Shortcuts are Latin letters; people also write on keyboards that have none. */

const SIGNS = { BracketLeft: "[", BracketRight: "]", Minus: "-", ShiftSlash: "?", ShiftEqual: "+" };
let foreign = false; // the last letter was no Latin one: such a keyboard has some of its signs where letters are

const otherLetter = (key) => /^\P{Script=Latin}+$/u.test(key) && /\p{L}/u.test(key);

function letterAt(code, shiftKey) {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  return shiftKey ? letter : letter?.toLowerCase();
}

/**
 * The key that a shortcut means: what was pressed, or on a keyboard of another script the Latin key in the same
 * place. So с does on a Russian and ב on a Hebrew keyboard what C does on a Latin one.
 */
export function latinKey(event) {
  const { key, code, shiftKey } = event;
  if (event.getModifierState?.("AltGraph")) return key; // a Latin keyboard's third level: ć is not C
  if (/^[a-z]$/i.test(key)) foreign = false;
  else if (otherLetter(key)) foreign = true;
  const letter = letterAt(code, shiftKey);
  if (letter && foreign) return letter;
  if (/^[\u0020-\u007e]+$/.test(key)) return key;
  if (/^(?:Digit|Numpad)\d$/.test(code) && !shiftKey) return code.at(-1);
  if (key === "؟") return "?";
  return (foreign && SIGNS[`${shiftKey ? "Shift" : ""}${code}`]) || key;
}

/** The same of digits alone, for a field in which every other sign is a sign of a name. */
export const latinDigit = (event) => (/^\p{Nd}$/u.test(event.key) ? latinKey(event) : event.key);

/** Whether an input method is still putting signs together: Enter then ends a word, and saves nothing. */
export const composing = ({ isComposing, keyCode }) => isComposing || keyCode === 229; // WebKit says it by the code alone

import { composing, latinKey } from "../forms/latin_key.js";
import { h, typingIn } from "../forms/dom.js";

/** Every key of the room, in the words that the help dialog shows. */
const HELP = [
  ["Move", [
    ["← → ↑ ↓", "by word, by line"], ["Alt or Ctrl + ← →", "by character"], ["Shift + …", "extend the selection"],
    ["j k", "next, previous sentence or fold (Shift: extend)"], ["[  ]", "previous, next article"], ["n p", "next, previous annotation"], ["l", "list what is marked at the cursor; a digit chooses"],
  ]],
  ["Select", [
    ["s", "the sentence; again: its paragraph"], ["q", "the quotation inside"],
    ["+", "keep this stretch and select a further one"], ["Ctrl + drag", "the same by mouse: add a further stretch"],
    ["Alt", "held when the mouse is let go: exactly these characters, no whole words"], ["Esc", "let go"],
  ]],
  ["Annotate", [
    ["c", "claim"], ["a", "actor"], ["e", "event"], ["u", "cue of the chosen claim"], ["t", "a new topic or concept from the words; similar ones are shown first"],
    ["Enter", "open what is at the cursor; save a form"], ["Delete", "delete it"], ["z  Shift+Z", "undo, redo (or Ctrl+Z, Ctrl+Y)"], ["Shift+S", "submit the chosen draft for review"], ["b", "say what this part of the text is: paragraph, caption …"], ["Shift+B", "mask this part or take it back; on a fold all that is in it"],
  ]],
  ["Words of the chosen annotation", [
    ["r  Shift+R", "take hold of its end, its start; again: the next handle"], ["← →", "on a handle: by word (Alt: by character); Enter saves, Esc puts back"],
    ["x  Shift+X", "move it to the selected words, add them to it"], ["-", "leave the selected words out; without a selection the stretch at the cursor"],
    ["d", "divide it at the cursor into two annotations; selected words between them are left out"],
  ]],
  ["In a form", [
    ["1 … 9", "take a proposal; 0 who is called alike"], [">", "add who relayed it"], ["Backspace", "in an empty field: take the last name out"], ["Tab", "next field"],
    ["Enter", "save (Shift+Enter: a new line)"],
    ["Ctrl+Enter", "save a claim as a draft; submit a draft"], ["Esc", "cancel; asks once before typed words go"],
  ]],
  ["Watch terms", [
    ["w  Shift+W", "next, previous hit"], ["h", "hide or show them"], ["m", "watch for the selected words in every text"], ["?", "these keys"],
  ]],
];

const CHOSEN_CARD = ".mini[data-current] > .mini-main"; // unfolded: Enter opens it, as in the text

const ARROWS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 };

function arrow(event, cursor, rtl) {
  const extend = event.shiftKey;
  if (event.key === "ArrowUp" || event.key === "ArrowDown") {
    return cursor.move(ARROWS[event.key], { by: "line", extend });
  }
  const way = ARROWS[event.key] * (rtl() ? -1 : 1);
  return cursor.move(way, { by: event.altKey || event.ctrlKey ? "character" : "word", extend });
}

/** The key of a command, or null; with Ctrl or Cmd only undo and redo, which go so in every other program. */
function commandKey(event) {
  const key = latinKey(event);
  const { ctrlKey, metaKey, altKey, shiftKey } = event;
  // AltGr, which makes [ and ] on many keyboards, says Ctrl and Alt too
  if (!(ctrlKey || metaKey || altKey) || event.getModifierState("AltGraph")) return key;
  if (altKey || !/^[zy]$/i.test(key)) return null;
  return shiftKey || key === "y" ? "Z" : "z";
}

/**
 * @param {object} cursor
 * @param {object} commands key → function; a function that returns false leaves the key to the browser
 * @param {() => boolean} rtl whether the line under the cursor runs from right to left
 */
export function listen(cursor, commands, rtl) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || composing(event) || typingIn(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key in ARROWS) {
      if (event.metaKey || !inText(event.target)) return;
      event.preventDefault();
      arrow(event, cursor, rtl);
      return;
    }
    const key = commandKey(event);
    if (event.key === "Enter" && event.target.closest?.("a, button, summary") && !event.target.matches(CHOSEN_CARD)) return;
    const command = Object.hasOwn(commands, key) ? commands[key] : null;
    if (command) cursor.fromPage(); // what was just selected by the browser's own keys is told late
    if (command && command(event) !== false) event.preventDefault();
  });
}

const inText = (target) => target === document.body || target.id === "main" || Boolean(target.closest?.(".text, .room-sheet"));

/** The dialog that `?` opens, made when first asked for. */
export function helpDialog() {
  const dialog = h("dialog.keys", { "aria-labelledby": "keys-title" },
    h("header", null, h("h2", { id: "keys-title" }, "Keys"),
      h("form", { method: "dialog" }, h("button.button", { autofocus: true }, "Close ", h("kbd", null, "Esc")))),
    h("div.keys-groups", null, HELP.map(([title, rows]) => h("section", null, h("h3", null, title),
      h("dl", null, rows.map(([keys, does]) => h("div", null, h("dt", null, h("kbd", null, keys)), h("dd", null, does))))))));
  document.body.append(dialog);
  return dialog;
}

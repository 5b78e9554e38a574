import { typingIn } from "../forms/dom.js";

const LONGEST = 3000; // milliseconds after which a key is no longer meant for what is there by then
const COMMAND = /^[\p{L}\p{Nd}>?[\]]$/u; // what deletes is never caught up on
const LEFT_OUT = new Set(["Enter", "Delete", "Backspace"]);

/**
 * Keeps the keys that are pressed while the room is being put together, and those that were before its modules came.
 * The function it gives presses them again in their order, once the room listens, and gives the names of those that it
 * left out: what deletes or came too long ago, and from Enter on all, which follow from what that would have done. A
 * key that was held down since the page before is none.
 */
export function keepEarlyKeys() {
  const kept = [];
  const keep = (event) => {
    const { key, code, shiftKey, ctrlKey, metaKey, altKey, timeStamp } = event;
    if (event.repeat || event.isComposing || ctrlKey || metaKey || altKey || typingIn(event.target)) return;
    if (COMMAND.test(key) || LEFT_OUT.has(key)) kept.push({ key, code, shiftKey, at: timeStamp });
  };
  document.addEventListener("keydown", keep);
  document.dispatchEvent(new CustomEvent("room-takes-keys", { detail: keep }));
  return () => {
    document.removeEventListener("keydown", keep);
    const left = [];
    for (const { at, ...key } of kept) {
      if (left.includes("Enter") || LEFT_OUT.has(key.key) || performance.now() - at > LONGEST) left.push(key.key);
      else document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { ...key, bubbles: true, cancelable: true }));
    }
    return left;
  };
}

import { typingIn } from "../forms/dom.js";

const LONGEST = 3000; // milliseconds after which a key is no longer meant for what is there by then
const COMMAND = /^[\p{L}?[\]]$/u; // what deletes is never caught up on

/**
 * Keeps the keys that are pressed while the room is being put together. The function it gives presses them again,
 * once the room listens; a key that was held down since the page before is none.
 */
export function keepEarlyKeys() {
  const kept = [];
  const keep = (event) => {
    const { key, code, shiftKey, ctrlKey, metaKey, altKey } = event;
    if (event.repeat || event.isComposing || ctrlKey || metaKey || altKey || typingIn(event.target) || !COMMAND.test(key)) return;
    kept.push({ key, code, shiftKey, at: performance.now() });
  };
  document.addEventListener("keydown", keep);
  return () => {
    document.removeEventListener("keydown", keep);
    for (const { at, ...key } of kept) {
      if (performance.now() - at > LONGEST) continue;
      document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { ...key, bubbles: true, cancelable: true }));
    }
  };
}

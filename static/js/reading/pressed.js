const CLICK = 100; // milliseconds in which a press that was let go becomes a click

let down = false;
let waiting = [];

function letGo() {
  if (!down) return;
  down = false;
  setTimeout(() => {
    if (down) return; // pressed again meanwhile
    for (const done of waiting) done();
    waiting = [];
  }, CLICK);
}

addEventListener("pointerdown", () => { down = true; }, { capture: true });
for (const name of ["pointerup", "pointercancel", "dragend", "blur"]) addEventListener(name, letGo, { capture: true });
// a button let go outside the window is not told
addEventListener("pointermove", ({ buttons }) => { if (!buttons) letGo(); }, { capture: true, passive: true });

/** Resolves once no mouse button and no finger is down: what is drawn anew under a press would lose it. */
export const released = () => (down ? new Promise((done) => { waiting.push(done); }) : Promise.resolve());

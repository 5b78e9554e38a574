const SHORT = 12; // milliseconds: what one step of a longer work may take

/** Lets the browser paint and take input before the work goes on. */
export const nextTask = () => globalThis.scheduler?.yield?.() ?? new Promise((resolve) => { setTimeout(resolve); });

const LATE = 100; // milliseconds: a page that nobody looks at has no frames

/** Once the browser has painted what there is. */
export const nextFrame = () => new Promise((done) => {
  setTimeout(done, LATE);
  requestAnimationFrame(() => setTimeout(done));
});

/** A function to call between the steps of a work: it lets the browser in once they have taken a while. */
export function pace() {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < SHORT) return;
    await nextTask();
    began = performance.now();
  };
}

/* Runs in the page before anything of the page does. Times are milliseconds since the navigation began. */
(() => {
  const LAYERS = ["claim", "claim-inner", "event", "actor", "cue", "support"];
  const watch = { painted: null, shown: null, long: [], steps: [], spans: Infinity };
  globalThis.benchWatch = watch;
  const painted = () => LAYERS.reduce((sum, name) => sum + (CSS.highlights?.get(name)?.size ?? 0), 0);
  const whole = () => document.readyState !== "loading" && (watch.spans === 0 || painted() > 0);
  const afterThisFrame = (then) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => then(performance.now());
    port2.postMessage(null);
  };
  const afterFrame = (then) => requestAnimationFrame(() => afterThisFrame(then));
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) watch.long.push({ at: startTime, took: duration });
  }).observe({ type: "longtask", buffered: true });
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries()) if (name === "first-contentful-paint") watch.shown = startTime;
  }).observe({ type: "paint", buffered: true });

  /** Looks at each frame whether the spans are registered, which happens at once; that frame paints them. */
  const look = () => {
    if (whole()) {
      afterThisFrame((at) => {
        watch.painted = at;
        watch.tell();
      });
    } else requestAnimationFrame(look);
  };
  watch.await = (spans) => {
    watch.spans = spans;
    look();
  };
  watch.done = new Promise((tell) => { watch.tell = tell; });
  watch.count = painted;

  /** The time from each of these events to the frame that shows what its listeners did. */
  for (const name of ["click", "keydown"]) {
    addEventListener(name, (event) => {
      const { timeStamp, key = "" } = event;
      const before = painted();
      afterFrame((at) => watch.steps.push({ name, key, took: at - timeStamp, grew: painted() - before }));
    }, { capture: true });
  }

  /** Scrolls the whole page, a bit a frame; resolves to the frames' lengths. */
  watch.scroll = (bit) => new Promise((done) => {
    const frames = [];
    let last = performance.now();
    const step = () => {
      const now = performance.now();
      frames.push(now - last);
      last = now;
      const before = scrollY;
      scrollBy({ top: bit, behavior: "instant" });
      if (scrollY === before || frames.length > 1500) done(frames);
      else requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
})();

/** Mouse and touch in the text: clicks go round what lies under them, drags become clean selections. */
export function follow(room) {
  const { map, cursor, highlights, toolbar, picker, words } = room;
  let last = { x: -9, y: -9, turn: 0 };
  let frame = 0;

  function click(event) {
    const found = highlights.under(event.clientX, event.clientY);
    if (picker.press(found)) return;
    const again = Math.abs(event.clientX - last.x) < 4 && Math.abs(event.clientY - last.y) < 4;
    last = { x: event.clientX, y: event.clientY, turn: again ? last.turn + 1 : 0 };
    const point = map.pointFrom(event.clientX, event.clientY);
    if (point !== null) cursor.select(point, point, { reveal: false });
    if (picker.active) return;
    room.choose(found.length ? found[last.turn % found.length].uuid : null, { from: "text" });
  }

  function released(event) {
    if (event.target.closest("summary, a, button, label, form, dialog, .handle")) return;
    const selected = map.selected(getSelection());
    if (!selected) {
      if (map.root.contains(event.target)) click(event);
      toolbar.hide();
      return;
    }
    const [anchor, head] = selected;
    const kept = event.ctrlKey || event.metaKey || cursor.holding ? cursor.kept : [];
    const clean = words.snap(Math.min(anchor, head), Math.max(anchor, head), event.altKey);
    if (!clean) return;
    cursor.kept = kept;
    const backward = head < anchor;
    cursor.select(backward ? clean[1] : clean[0], backward ? clean[0] : clean[1], { exact: true, keep: true, reveal: false });
    if (!picker.active) toolbar.show();
  }

  map.root.addEventListener("pointerdown", (event) => {
    // with Ctrl or Cmd a further stretch joins what was selected before
    if ((event.ctrlKey || event.metaKey) && cursor.placed && !cursor.collapsed) cursor.keep();
    else if (event.button === 0 && !cursor.holding) cursor.kept = [];
  });
  // a click ends a drag too: by then the browser has settled what is selected
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    if (event.pointerType !== "mouse" && map.root.contains(event.target)) {
      if (!getSelection().isCollapsed) return;
      toolbar.hide();
      click(event);
    } else if (event.pointerType === "mouse") released(event);
  });
  document.addEventListener("selectionchange", () => {
    if (!matchMedia("(pointer: coarse)").matches) return;
    clearTimeout(frame);
    frame = setTimeout(() => (getSelection().isCollapsed || picker.active ? toolbar.hide() : toolbar.show()), 250);
  });

  let pending = 0;
  map.root.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse" || event.buttons) return;
    cancelAnimationFrame(pending);
    pending = requestAnimationFrame(() => {
      const [found] = highlights.under(event.clientX, event.clientY);
      room.hover(found ?? null);
    });
  });
  map.root.addEventListener("pointerleave", () => room.hover(null));
}

/** In the list as well: a card that is pointed at, or reached by keyboard, shows its words and who said them. */
export function followList(room, list) {
  const show = (target) => room.hover(room.store.get(target?.closest(".mini")?.id.slice("card-".length)) ?? null);
  list.addEventListener("pointerover", (event) => { if (event.pointerType === "mouse") show(event.target); });
  list.addEventListener("pointerleave", () => show(null));
  list.addEventListener("focusin", (event) => { if (event.target.matches(":focus-visible")) show(event.target); });
  list.addEventListener("focusout", () => show(null));
}

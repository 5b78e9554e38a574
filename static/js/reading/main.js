import "../page.js";
import { BlockMenu } from "./block_menu.js";
import { Cursor } from "./cursor.js";
import { onDiscussed } from "../discussed.js";
import { byId } from "../forms/dom.js";
import { submitDraft } from "./drafts.js";
import { keepEarlyKeys } from "./early_keys.js";
import { Highlights } from "./highlights.js";
import { Handles } from "./handles.js";
import { helpDialog, listen } from "./keyboard.js";
import { Live } from "./live.js";
import { addSelection, divide, leaveOut, moveToSelection } from "./new_words.js";
import { nextFrame, pace } from "./next_task.js";
import { Note } from "./note.js";
import { Mint } from "./mint.js";
import { Nearby } from "./nearby.js";
import { Outline } from "./outline.js";
import { KeptSteps } from "./kept_steps.js";
import { listOverlaps } from "./overlap_list.js";
import { Panel } from "./panel.js";
import { follow, followList } from "./pointer.js";
import { Room } from "./room.js";
import { Said } from "./said.js";
import { SaveState } from "./save_state.js";
import { step, toArticle } from "./steps.js";
import { Store } from "./store.js";
import { TextMap } from "./text_map.js";
import { ThreadDrawing } from "./thread_drawing.js";
import { Toolbar } from "./toolbar.js";
import { UndoButtons } from "./undo_buttons.js";
import { unfold } from "./unfold.js";
import { Watch } from "./watch.js";
import { Words } from "./words.js";

function commandsOf(room) {
  const { cursor } = room;
  let help = null;
  const erase = () => (room.current ? room.erase(room.current) : room.announce(nothingChosen(room)));
  return {
    c: () => room.form.make("claim"), a: () => room.form.make("actor"), e: () => room.form.make("event"), u: () => room.form.make("cue"),
    j: () => cursor.bySentence(1), k: () => cursor.bySentence(-1),
    J: () => cursor.bySentence(1, true), K: () => cursor.bySentence(-1, true),
    n: () => step(room, 1), p: () => step(room, -1),
    s: () => cursor.grow(),
    q: () => { if (!cursor.shrink()) room.announce("No quotation here."); },
    "+": () => room.announce(keptWords(cursor.placed ? cursor.hold() : 0)),
    x: () => moveToSelection(room), X: () => addSelection(room), "-": () => leaveOut(room), d: () => divide(room),
    r: () => room.handles.take("end"), R: () => room.handles.take("start"),
    "[": () => toArticle(room, -1), "]": () => toArticle(room, 1),
    l: () => listOverlaps(room),
    b: () => room.blockMenu.open(), B: () => room.blockMenu.turn(),
    t: () => room.mint.open(),
    S: () => submitDraft(room),
    z: () => room.undo(), Z: () => room.undo(true),
    ...room.watch.keys,
    Delete: erase, Backspace: erase,
    Enter: (event) => enter(room, event),
    Escape: () => escape(room),
    "?": () => {
      help ??= helpDialog();
      help.showModal();
    },
  };
}

const keptWords = (count) => (count ? `${count === 1 ? "Kept" : `${count} stretches kept`}. Select a further one; Esc lets go.`
  : "Select words first.");

/** What was done last may still be what is meant: a second Delete does not hide that it can be undone. */
function nothingChosen({ undoing }) {
  return `Choose an annotation first.${undoing.latest ? ` Press z to undo: ${undoing.latest}.` : ""}`;
}

function enter(room, { repeat }) {
  if (room.picker.active) return room.picker.accept();
  if (repeat || room.form.justSaved) return undefined;
  if (room.current) return room.form.edit(room.current) ? undefined : false;
  const [found] = room.cursor.placed ? room.highlights.at(room.cursor.point) : [];
  return found ? room.choose(found.uuid, { from: "text" }) : false;
}

function escape(room) {
  room.toolbar.hide();
  room.notes.hide();
  room.hover(null);
  if (room.picker.active) room.picker.finish(null);
  else if (room.form.isOpen) room.form.leave();
  else if (room.cursor.kept.length) room.cursor.letGo();
  else if (room.current) room.choose(null);
  else if (room.cursor.placed && !room.cursor.collapsed) room.cursor.place(room.cursor.head);
  else room.cursor.clear();
}

/** Opens at what the address names: a sentence (#s12) or a claim (#c-UUID). */
function goTo(room) {
  const [, sentence] = /^#s(\d+)$/.exec(location.hash) ?? [];
  const [, uuid] = /^#c-([0-9a-f-]{36})$/.exec(location.hash) ?? [];
  const found = room.map.sentences.find(({ n }) => n === Number(sentence));
  room.highlights.markSentence(found ?? null);
  if (sentence && !found) room.announce(`This text has no sentence ${sentence}: its last one is ${room.map.sentences.at(-1)?.n ?? 0}.`);
  else if (found) {
    room.cursor.select(found.start, found.start, { reveal: false });
    room.cursor.reveal(found.start, "center");
  } else if (uuid && room.store.get(uuid)) room.choose(uuid, { from: "link" });
  else if (uuid) room.announce("What the link names is not marked in this text, or not any more.");
}

/** In steps, each short enough that no key or click waits for it: the marks first. */
async function start() {
  document.body.hidden = false; // the style sheet does that, if it came
  if (!globalThis.CSS?.highlights) {
    byId("room-old").hidden = false;
    byId("room-state").hidden = true;
    return;
  }
  const pressEarlyKeys = keepEarlyKeys();
  const breath = pace();
  const data = JSON.parse(byId("room-data").textContent);
  const root = byId("room-text");
  const map = new TextMap(root, data.snapshot);
  await breath();
  const annotations = unfold(data.marks, map);
  delete data.marks;
  await breath();
  const store = new Store({ ...data, annotations });
  const nearby = new Nearby(map);
  const highlights = new Highlights(map, store, nearby);
  highlights.paintAll();
  await nextFrame();
  if (map.length !== data.snapshot.length) {
    // an extension or a translation changed the page: offsets would point at other words
    data.can_annotate = false;
    byId("room-changed").hidden = false;
  }
  const words = new Words(map, data.article.language);
  const cursor = new Cursor(map, words, byId("room-caret"), nearby);
  const room = new Room({ data, map, words, store, nearby, highlights, cursor });
  room.panel = new Panel(room);
  room.toolbar = new Toolbar(room, byId("room-sheet"));
  room.handles = new Handles(room, byId("room-sheet"));
  room.threads = new ThreadDrawing(room, byId("room-sheet"));
  room.notes = new Note(byId("room-sheet"));
  room.said = new Said(byId("room-sheet"));
  room.blockMenu = new BlockMenu(room, byId("room-sheet"));
  await breath();
  room.panel.build();
  await breath();
  new Outline(room).count();
  new SaveState(room).draw();
  new UndoButtons(room);
  room.watch = new Watch(room);
  room.mint = new Mint(room);
  follow(room);
  onDiscussed(({ thing, number, open }) => {
    const [kind, uuid] = thing.split(":");
    if (kind === "claim" && data.discussed) data.discussed.claims[uuid] = [number, open];
  });
  followList(room, byId("room-list"));
  cursor.onMove(() => {
    if (!data.can_annotate || cursor.collapsed) room.toolbar.hide();
    highlights.mark("pending", cursor.kept.length ? [{ kind: "claim", extent: cursor.kept }] : []);
  });
  listen(cursor, commandsOf(room), () => getComputedStyle(map.sentenceAt(cursor.point).element).direction === "rtl");
  byId("room-help").addEventListener("click", () => {
    commandsOf(room)["?"]();
  });
  byId("room-sheet-toggle").addEventListener("click", () => {
    room.sheet(byId("room-panel").dataset.sheet === "open" ? "peek" : "open");
  });
  addEventListener("hashchange", () => goTo(room));
  goTo(room);
  room.outbox.flush();
  new KeptSteps(room, new Live(room));
  byId("room").dataset.ready = "";
  const left = pressEarlyKeys();
  if (left.length) room.announce(`Pressed while the room was opening, and left out: ${left.join(" ")}`);
}

start();

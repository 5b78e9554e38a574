import { byId } from "../forms/dom.js";
import { newUuid } from "../saving/identifiers.js";

const KEPT = "sourceline.watch-terms"; // "off", for each person in this browser
const counted = (count, cut) => `${count}${cut ? "+" : ""}`;
const inWords = (count, cut) => `${counted(count, cut)} hit${count === 1 && !cut ? "" : "s"}`;

/**
 * Hits of the project's watch terms. The server finds them (no pattern ever runs here) and they come after
 * the text is painted; they are drawn lightly over everything else, stepped through by key or button, and
 * switched off for the person who wants to read without them.
 */
export class Watch {
  #room;
  #marks = new Highlight();
  #here = new Highlight();
  #inSentence = new Map(); // sentence → the hits in it
  #painted = new Map(); // sentence near the screen → what is registered of it
  #hits = []; // [start, end, place in #terms]
  #terms = [];
  #cut = false;
  #slow = [];
  #at = null; // the hit stepped to
  #came = false; // an answer
  #asked = 0;
  #answered = Promise.resolve();
  #on;

  constructor(room) {
    this.#room = room;
    CSS.highlights.set("watch", this.#marks);
    CSS.highlights.set("watch-current", this.#here);
    this.#marks.priority = 5;
    this.#here.priority = 30;
    this.#on = this.#remembered() !== "off";
    byId("room-watch-next").addEventListener("click", () => this.step(1));
    byId("room-watch-before").addEventListener("click", () => this.step(-1));
    byId("room-watch-shown").addEventListener("change", (event) => this.#switch(event.target.checked));
    room.cursor.onMove(() => this.#moved());
    room.nearby.onChange((sentence) => this.#showIn(sentence));
    room.outbox.onEvent((event, entry, answer) => { if (event === "saved" && answer?.block) this.load(); });
    if (this.#wanted) {
      byId("room-watch-layer").hidden = false; // before anybody points at what would move when the hits come
      byId("room-watch-shown").checked = this.#on;
      (globalThis.requestIdleCallback ?? setTimeout)(() => this.load());
    }
  }

  get keys() {
    return { w: () => this.step(1), W: () => this.step(-1), h: () => this.#switch(!this.#on, true), m: () => this.#add() };
  }

  /** Whether something is watched for here; on a page that was changed offsets would mean other words. */
  get #wanted() {
    const { data, map } = this.#room;
    return data.watching && map.length === data.snapshot.length;
  }

  #key() {
    return `${KEPT}:${this.#room.data.me}`;
  }

  #remembered() {
    try {
      return localStorage.getItem(this.#key());
    } catch {
      return null; // storage switched off
    }
  }

  /** Asks for the hits, and leaves those at hand where there is no answer; done when the last who asked is answered. */
  load() {
    if (this.#wanted) this.#answered = this.#ask();
    return this.#answered;
  }

  async #ask() {
    this.#asked += 1;
    const asked = this.#asked;
    const answer = await this.#room.api.hits().catch(() => null);
    const told = answer?.ok ? await answer.json().catch(() => null) : null;
    if (asked !== this.#asked) await this.#answered;
    else if (told) this.#take(told);
  }

  /** Whoever stands at a hit that is still one stays there. */
  #take({ hits, terms, cut, slow }) {
    const [start, end] = this.#hits[this.#at] ?? [];
    const at = hits.findIndex((hit) => hit[0] === start && hit[1] === end);
    this.#came = true;
    this.#hits = hits;
    this.#terms = terms;
    this.#cut = cut;
    this.#slow = slow;
    this.#at = at < 0 ? null : at;
    this.#inSentence = new Map();
    for (const hit of hits) {
      for (const sentence of this.#room.map.sentencesOf([hit])) {
        if (!this.#inSentence.has(sentence)) this.#inSentence.set(sentence, []);
        this.#inSentence.get(sentence).push(hit);
      }
    }
    this.#paint();
  }

  /** Takes in what others watch for or have masked: `digest` names it, empty where nothing is watched for. */
  async changed(digest) {
    const { data } = this.#room;
    if (digest === data.watching) return;
    data.watching = digest;
    if (digest) await this.load();
    else if (this.#came) this.#take({ hits: [], terms: [], cut: false, slow: [] });
  }

  #showIn(sentence) {
    const seen = this.#on && this.#room.nearby.has(sentence);
    if (seen === this.#painted.has(sentence) || !this.#inSentence.has(sentence)) return;
    if (seen) {
      const ranges = this.#inSentence.get(sentence).map(([start, end]) => this.#room.map.paintRange(sentence, start, end));
      for (const range of ranges) this.#marks.add(range);
      this.#painted.set(sentence, ranges);
    } else {
      for (const range of this.#painted.get(sentence)) this.#marks.delete(range);
      this.#painted.delete(sentence);
    }
  }

  #paint() {
    this.#marks.clear();
    this.#painted.clear();
    for (const sentence of this.#inSentence.keys()) this.#showIn(sentence);
    byId("room-watch-layer").hidden = false;
    byId("room-watch-shown").checked = this.#on;
    byId("room-watch-total").textContent = counted(this.#hits.length, this.#cut);
    this.#show();
  }

  /** The place among the hits, in the bar, and what was found there, in words. */
  #show() {
    const { length } = this.#hits;
    const bar = byId("room-watch");
    const told = byId("room-watch-told");
    const total = counted(length, this.#cut);
    bar.hidden = !this.#on || !length;
    byId("room-watch-place").textContent = this.#at === null ? total : `${this.#at + 1}/${total}`;
    this.#here.clear();
    const late = this.#slow.length ? `Took too long to look for here: ${this.#slow.join(", ")}` : "";
    told.textContent = this.#on ? late : "";
    if (this.#on && this.#at !== null) {
      const [start, end, place] = this.#hits[this.#at];
      for (const range of this.#room.map.paintRanges(start, end)) this.#here.add(range);
      told.textContent = this.#words(place);
    }
    told.hidden = !told.textContent;
  }

  #words(place) {
    const { words, note } = this.#terms[place];
    return note ? `${words}: ${note}` : words;
  }

  /** Selects the next (1) or the former (-1) hit from the cursor on, and goes round at the end. */
  async step(way) {
    const { cursor } = this.#room;
    if (!this.#came && this.#wanted) await this.load();
    if (!this.#came && this.#wanted) return this.#room.announce("The server did not answer where watch terms stand.");
    if (!this.#on) this.#switch(true);
    if (!this.#hits.length) return this.#room.announce("No watch term stands in this text.");
    const from = cursor.placed ? Math.min(cursor.anchor, cursor.head) : -1;
    const to = cursor.placed ? Math.max(cursor.anchor, cursor.head) : -1;
    let next = way > 0 ? this.#hits.findIndex(([start]) => start >= to) : this.#hits.findLastIndex(([, end]) => end <= from);
    const round = next < 0;
    if (round) next = way > 0 ? 0 : this.#hits.length - 1;
    const [start, end, place] = this.#hits[next];
    cursor.select(start, end, { exact: true });
    this.#at = next;
    this.#show();
    const where = way > 0 ? "From the top: " : "From the end: ";
    return this.#room.announce(`${round && cursor.placed && from >= 0 ? where : ""}Hit ${next + 1} of ${counted(this.#hits.length, this.#cut)}: `
      + `${this.#room.map.slice(start, end)}. Watch term ${this.#words(place)}`);
  }

  #moved() {
    if (this.#at === null) return;
    const [start, end] = this.#hits[this.#at];
    const { anchor, head } = this.#room.cursor;
    if (Math.min(anchor, head) === start && Math.max(anchor, head) === end) return;
    this.#at = null;
    this.#show();
  }

  async #switch(on, say = false) {
    this.#on = on;
    try {
      if (on) localStorage.removeItem(this.#key());
      else localStorage.setItem(this.#key(), "off");
    } catch {
      /* it then holds for this page alone */
    }
    this.#paint();
    if (!say) return;
    if (on && !this.#came) await this.load(); // how many is said once it is known
    if (on !== this.#on) return;
    const known = this.#came || !this.#wanted;
    const shown = known ? `: ${inWords(this.#hits.length, this.#cut)}` : ". The server did not answer where they stand.";
    this.#room.announce(on ? `Watch terms shown${shown}` : "Watch terms hidden");
  }

  /** Has the whole project watch for the words now selected. */
  #add() {
    const { data, cursor, map, outbox } = this.#room;
    const extent = cursor.placed && !cursor.collapsed ? cursor.extent() : null;
    if (!data.urls.watch_terms) return this.#room.announce("You may read here, not change what is watched for.");
    if (extent?.length !== 1) return this.#room.announce("Select the words to watch for, in one stretch.");
    const words = map.quotes(extent)[0].replace(/\s+/gu, " ");
    this.#room.change(`Watching for “${words}”`, [{ before: null, after: { kind: "watch", uuid: newUuid(), words } }]);
    if (outbox.state.name !== "saving") this.#room.announce(`Every text will be watched for “${words}” once this is saved`);
    return undefined;
  }

  /** The project watches for `words` now, which it did before where they are `known`; for fewer where there are none. */
  async saved(words, known) {
    if (words) this.#room.data.watching ||= "added here"; // until the text's own changes name it
    await this.load();
    if (words) this.#room.announce(known ? `“${words}” is watched for already` : `Every text is now watched for “${words}”`);
  }
}

/**
 * Words, characters as people see them, and quotations, all in code points. Segmentation is done a
 * sentence at a time and remembered, so a long article costs nothing until the cursor gets there.
 */

import { longestIn } from "./quotations.js";

const JOINERS = /^[-‐‑'’־]$/u; // the last one is the Hebrew maqaf

export class Words {
  #map;
  #language;
  #segmenters = new Map(); // made when first asked for: a browser takes its time over one
  #cache = new Map();

  constructor(map, language) {
    this.#map = map;
    this.#language = language || undefined;
  }

  #segment(text, granularity) {
    if (!this.#segmenters.has(granularity)) {
      this.#segmenters.set(granularity, new Intl.Segmenter(this.#language, { granularity }));
    }
    return this.#segmenters.get(granularity).segment(text);
  }

  /** Word extents of a sentence; parts joined by a hyphen or an apostrophe are one word. */
  of(sentence) {
    const known = this.#cache.get(sentence.n);
    if (known) return known;
    const words = [];
    let joined = false;
    for (const { segment, index, isWordLike } of this.#segment(sentence.node.data, "word")) {
      const start = this.#map.points.toPoint(sentence.unit + index);
      const end = this.#map.points.toPoint(sentence.unit + index + segment.length);
      if (!isWordLike) {
        joined = JOINERS.test(segment) && words.at(-1)?.[1] === start;
        continue;
      }
      if (joined) words.at(-1)[1] = end;
      else words.push([start, end]);
      joined = false;
    }
    this.#cache.set(sentence.n, words);
    return words;
  }

  /** The word that holds `point` or begins there; else null. */
  at(point) {
    return this.of(this.#map.sentenceAt(point)).find(([start, end]) => start <= point && point < end) ?? null;
  }

  /** The start of the word after `point`, or the end of the one under way when extending. */
  next(point, toEnd = false) {
    const { sentences } = this.#map;
    for (let i = this.#map.indexAt(point); i < sentences.length; i += 1) {
      if (!visible(sentences[i])) continue;
      for (const [start, end] of this.of(sentences[i])) {
        if (toEnd ? end > point : start > point) return toEnd ? end : start;
      }
    }
    return toEnd ? sentences.at(-1).end : point;
  }

  /** The start of the word before `point`, or (`toEnd`) where the last word that ends before it does. */
  previous(point, toEnd = false) {
    const { sentences } = this.#map;
    for (let i = this.#map.indexAt(point); i >= 0; i -= 1) {
      if (!visible(sentences[i])) continue;
      const found = this.of(sentences[i]).findLast(([start, end]) => (toEnd ? end : start) < point);
      if (found) return found[toEnd ? 1 : 0];
    }
    return point;
  }

  /** The nearest boundary of a character as people see it: before (`-1`), after (`1`) or at (`0`, leftwards). */
  character(point, way) {
    const { sentences } = this.#map;
    const index = this.#map.indexAt(point);
    const sentence = sentences[index];
    if (way > 0 && point >= sentence.end) return sentences[index + 1]?.start ?? point;
    if (way < 0 && point > sentence.end) return sentence.end;
    if (way < 0 && point <= sentence.start) return sentences[index - 1]?.end ?? point;
    const unit = this.#map.points.toUtf16(point) - sentence.unit;
    const within = this.#segment(sentence.node.data, "grapheme").containing(way < 0 ? unit - 1 : unit);
    if (!within) return point;
    const to = way > 0 ? within.index + within.segment.length : within.index;
    return this.#map.points.toPoint(sentence.unit + to);
  }

  /**
   * A clean extent from a raw one: grown to whole words (unless `exact`), never cutting a character in
   * two, without bare blanks at its ends. Null when nothing is left. An empty one takes its word.
   */
  snap(start, end, exact = false) {
    let [from, to] = [start, end];
    if (from === to) return this.at(from) ?? null;
    if (!exact) {
      const first = this.at(from);
      const last = this.at(to - 1);
      if (first) [from] = first;
      if (last) [, to] = last;
    }
    from = this.character(from, 0);
    const cut = this.character(to, 0);
    if (cut !== to) to = this.character(to, 1);
    return this.trim(from, to);
  }

  /** Without the blanks at either end; a blank that carries a combining mark is a character. Null when nothing is left. */
  trim(start, end) {
    let [from, to] = [start, end];
    for (let next = from; from < to && this.#blank(from, next = this.character(from, 1));) from = Math.min(next, to);
    for (let next = to; from < to && this.#blank(next = this.character(to, -1), to);) to = next;
    return from < to ? [from, to] : null;
  }

  #blank(start, end) {
    return end > start && !this.#map.slice(start, end).trim();
  }

  /**
   * Where one edge of an extent goes that is drawn to `point`: to the nearer end of a word it would cut
   * (unless `exact`), never into a character, never behind a blank.
   * @param {"start"|"end"} edge
   */
  edge(point, edge, exact = false) {
    let to = this.character(point, 0);
    const word = exact ? null : this.at(to);
    if (word && word[0] < to) to = to - word[0] < word[1] - to ? word[0] : word[1];
    if (edge === "start") for (let next = to; this.#blank(to, next = this.character(to, 1));) to = next;
    else for (let next = to; this.#blank(next = this.character(to, -1), to);) to = next;
    return to;
  }

  /** The longest quotation inside an extent, marks included; null without one. `within`: not the extent itself. */
  quotation(start, end, within = false) {
    const best = longestIn(Array.from(this.#map.slice(start, end)), within);
    return best && [start + best[0], start + best[1] + 1];
  }
}

export const visible = (sentence) => !sentence.element.closest("details:not([open])");

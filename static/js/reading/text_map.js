import { CodePoints, countPoints } from "../code_points.js";
import { runsRightToLeft } from "./bidi.js";

/**
 * The article's text, its sentence elements, and the way between code points and the DOM.
 *
 * Every sentence element holds one text node with an exact slice of the snapshot. What stands between
 * sentences (blanks, line ends) is not always in the DOM: `overlay` lists the stretches that are not
 * plain blanks as [start, string], so that the whole text is rebuilt here exactly and quotes are taken
 * from it, never from the DOM.
 */
export class TextMap {
  constructor(root, { length, overlay = [] }) {
    this.root = root;
    this.sentences = [];
    let text = "";
    let point = 0;
    for (const element of root.querySelectorAll(".s")) {
      const node = element.firstChild;
      const start = Number(element.dataset.start);
      text += " ".repeat(start - point);
      const end = start + countPoints(node.data);
      this.sentences.push({ n: Number(element.dataset.n), start, end, element, node, unit: text.length });
      text += node.data;
      point = end;
    }
    text += " ".repeat(length - point);
    this.points = new CodePoints(text);
    if (overlay.length) this.points = new CodePoints(this.#overlaid(overlay));
    this.length = this.points.length;
  }

  /** Blanks and what replaces them lie outside the astral planes, so units are not moved by it. */
  #overlaid(overlay) {
    const { text } = this.points;
    let done = "";
    for (const [start, piece] of overlay) {
      done += text.slice(done.length, this.points.toUtf16(start)) + piece;
    }
    return done + text.slice(done.length);
  }

  slice(start, end) {
    return this.points.slice(start, end);
  }

  quotes(extent) {
    return extent.map(([start, end]) => this.slice(start, end));
  }

  /** Index of the last sentence that starts at or before `point` (0 when none does). */
  indexAt(point) {
    let low = 0;
    let high = this.sentences.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sentences[middle].start <= point) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  sentenceAt(point) {
    return this.sentences[this.indexAt(point)];
  }

  /** Whether the character at `point` runs from right to left. */
  rightToLeft(point) {
    const line = getComputedStyle(this.sentenceAt(point).element).direction === "rtl";
    return runsRightToLeft(this.slice(point, point + 1), line);
  }

  /** The sentences that an extent touches, in order. */
  sentencesOf(extent) {
    const touched = new Set();
    for (const [start, end] of extent) {
      for (let i = this.indexAt(start); i < this.sentences.length && this.sentences[i].start < end; i += 1) {
        if (this.sentences[i].end > start) touched.add(this.sentences[i]);
      }
    }
    return [...touched];
  }

  /** Where a point lies in the DOM; in a gap, the end of the sentence before (or the start of the next). */
  boundary(point, towardsNext = false) {
    let index = this.indexAt(point);
    if (towardsNext && point >= this.sentences[index].end && index + 1 < this.sentences.length) index += 1;
    const { node, unit } = this.sentences[index];
    const offset = this.points.toUtf16(point) - unit;
    return [node, Math.max(0, Math.min(node.length, offset))];
  }

  /** A live Range, for measuring. */
  range(start, end) {
    const range = document.createRange();
    range.setStart(...this.boundary(start, start < end));
    range.setEnd(...this.boundary(end));
    return range;
  }

  /** What of a sentence lies between two points, to be painted: the DOM never changes, so a StaticRange will do. */
  paintRange(sentence, start, end) {
    const { node, unit } = sentence;
    return new StaticRange({
      startContainer: node, startOffset: this.points.toUtf16(Math.max(start, sentence.start)) - unit,
      endContainer: node, endOffset: this.points.toUtf16(Math.min(end, sentence.end)) - unit,
    });
  }

  /** One for each sentence between two points, so that the blanks between them (where the numbers stand) stay plain. */
  paintRanges(start, end) {
    return this.sentencesOf([[start, end]]).map((sentence) => this.paintRange(sentence, start, end));
  }

  /** The point of a DOM position, or null outside the text. */
  point(node, offset) {
    if (!this.root.contains(node)) return null;
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : null;
    if (element?.classList.contains("s")) {
      const sentence = this.sentenceAt(Number(element.dataset.start));
      return this.points.toPoint(sentence.unit + offset);
    }
    const mark = document.createRange();
    mark.setStart(node, offset);
    let low = 0;
    let high = this.sentences.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (mark.comparePoint(this.sentences[middle].node, 0) < 0) low = middle + 1;
      else high = middle;
    }
    return this.sentences[low]?.start ?? this.sentences.at(-1).end;
  }

  /** What a selection of the page takes in of the text, as [anchor, head]; null where that is nothing. */
  selected(selection) {
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(this.root)) return null;
    const start = this.point(range.startContainer, range.startOffset) ?? this.sentences[0].start;
    const end = this.point(range.endContainer, range.endOffset) ?? this.sentences.at(-1).end;
    if (start === end) return null;
    const backward = selection.anchorNode === range.endContainer && selection.anchorOffset === range.endOffset;
    return backward ? [end, start] : [start, end];
  }

  /** The point under a place of the viewport, or null. */
  pointFrom(x, y) {
    const caret = document.caretPositionFromPoint?.(x, y);
    if (caret) return this.point(caret.offsetNode, caret.offset);
    const range = document.caretRangeFromPoint?.(x, y);
    return range ? this.point(range.startContainer, range.startOffset) : null;
  }
}

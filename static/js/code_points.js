/**
 * The one place that converts between Unicode code points (which the server, the API and the exports
 * count) and UTF-16 units (which the DOM counts). Texts without astral characters convert for free.
 */

const isHigh = (unit) => (unit & 0xfc00) === 0xd800;

/** How many entries of the ascending `list` are smaller than `value`. */
function below(list, value) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export class CodePoints {
  #astral = []; // code-point index of each character that takes two units
  #units = []; // its first UTF-16 unit

  /** @param {string} text well-formed UTF-16 (intake drops lone surrogates) */
  constructor(text) {
    this.text = text;
    if (/[\ud800-\udbff]/.test(text)) {
      for (let unit = 0; unit < text.length; unit += 1) {
        if (!isHigh(text.charCodeAt(unit))) continue;
        this.#astral.push(unit - this.#astral.length);
        this.#units.push(unit);
        unit += 1;
      }
    }
    this.length = text.length - this.#astral.length;
  }

  /** The UTF-16 unit at which code point `point` begins; both 0…length inclusive. */
  toUtf16(point) {
    return point + below(this.#astral, point);
  }

  /** The code point that holds UTF-16 unit `unit`; a unit inside a pair counts as the pair's own start. */
  toPoint(unit) {
    return unit - below(this.#units, unit);
  }

  slice(start, end) {
    return this.text.slice(this.toUtf16(start), this.toUtf16(end));
  }
}

/** The number of code points in a string. */
export const countPoints = (text) => new CodePoints(text).length;

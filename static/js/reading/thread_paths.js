/**
 * The ways of threads between words, in pixels. They run in the gaps between lines and, from paragraph to
 * paragraph, along the margin, so that no letter is crossed. A box is {left, right, top, bottom}.
 */

const ROUND = 4;
const INSIDE = 9; // how far within its words a thread ends
const LANE = 3; // between threads in one gap

const middle = ({ top, bottom }) => (top + bottom) / 2;
export const onOneLine = (a, b) => Math.abs(middle(a) - middle(b)) < Math.min(a.bottom - a.top, b.bottom - b.top) / 2;

/** The two boxes, one of each list, that lie nearest to each other: lines count more than places in a line. */
export function nearestBoxes(from, to) {
  const away = (a, b) => (onOneLine(a, b) ? 0 : Math.abs(middle(a) - middle(b)) * 4) + Math.max(0, b.left - a.right, a.left - b.right);
  let best = null;
  for (const a of from) for (const b of to) if (!best || away(a, b) < best.away) best = { a, b, away: away(a, b) };
  return best;
}

/** Where within a box a thread begins that goes to `x`. */
const foot = ({ left, right }, x) => {
  const inside = Math.min(INSIDE, (right - left) / 2);
  return Math.max(left + inside, Math.min(right - inside, x));
};

/** A line through corners that are rounded: [[x, y]…] as the `d` of an SVG path. */
export function rounded(points) {
  const parts = [`M${points[0].join(" ")}`];
  for (let i = 1; i < points.length - 1; i += 1) {
    const [[ax, ay], [x, y], [bx, by]] = [points[i - 1], points[i], points[i + 1]];
    const round = Math.min(ROUND, Math.hypot(x - ax, y - ay) / 2, Math.hypot(bx - x, by - y) / 2);
    const towards = (px, py) => [x + Math.sign(px - x) * round, y + Math.sign(py - y) * round].join(" ");
    parts.push(`L${towards(ax, ay)}Q${x} ${y} ${towards(bx, by)}`);
  }
  return `${parts.join("")}L${points.at(-1).join(" ")}`;
}

/**
 * The way from one box to another.
 * @param {number} lane 0, 1, 2: threads of different roles run beside each other
 * @param {number} margin x of the margin beside the text
 * @param {number} line height of a line
 * @returns {{points, up}} `up`: it arrives from below
 */
export function way(a, b, { lane, margin, line }) {
  const shift = 2.5 + lane * LANE;
  if (onOneLine(a, b)) {
    const y = Math.max(a.bottom, b.bottom) + shift + 1;
    const [x1, x2] = [foot(a, (b.left + b.right) / 2), foot(b, (a.left + a.right) / 2)];
    return { points: [[x1, a.bottom], [x1, y], [x2, y], [x2, b.bottom]], up: true };
  }
  const down = middle(b) > middle(a);
  const [y1, y2] = down ? [a.bottom, b.top] : [a.top, b.bottom];
  const out = y1 + (down ? shift : -shift);
  if (Math.abs(y2 - y1) < line * 0.8) { // neighbouring lines share one gap
    const [x1, x2] = [foot(a, (b.left + b.right) / 2), foot(b, (a.left + a.right) / 2)];
    return { points: Math.abs(x1 - x2) < 2 ? [[x2, y1], [x2, y2]] : [[x1, y1], [x1, out], [x2, out], [x2, y2]], up: !down };
  }
  const into = y2 + (down ? -shift : shift);
  const [x1, x2] = [foot(a, margin), foot(b, margin)];
  const x = margin + (margin < Math.min(a.left, b.left) ? -lane : lane) * LANE;
  return { points: [[x1, y1], [x1, out], [x, out], [x, into], [x2, into], [x2, y2]], up: !down };
}

/** Arithmetic of extents: stretches [start, end] in code points, end exclusive. */

/** In ascending order, those that touch or overlap made one, or that have between them what is `blank(start, end)`. */
export function joined(stretches, blank = () => false) {
  const all = [];
  for (const [start, end] of [...stretches].sort((a, b) => a[0] - b[0])) {
    if (all.length && (start <= all.at(-1)[1] || blank(all.at(-1)[1], start))) all.at(-1)[1] = Math.max(end, all.at(-1)[1]);
    else all.push([start, end]);
  }
  return all;
}

/** What is left of an extent without what lies from `start` to `end`. */
export function without(extent, start, end) {
  return extent.flatMap(([from, to]) => [[from, Math.min(to, start)], [Math.max(from, end), to]])
    .filter(([from, to]) => from < to);
}

/** Whether the two share a code point. */
export const overlap = (one, other) => one.some(([a, b]) => other.some(([c, d]) => a < d && c < b));

export const sameExtent = (one, other) => String(one) === String(other);

/** Index of the stretch that holds `point`, else of the nearest one. */
export function nearestStretch(extent, point) {
  const away = ([start, end]) => Math.max(start - point, point - end, 0);
  return extent.reduce((best, stretch, i) => (away(stretch) < away(extent[best]) ? i : best), 0);
}

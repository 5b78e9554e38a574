/**
 * Which words stand between quotation marks, read as the server reads them (sources/text/quotations.py), so
 * that the form never proposes what the server refuses. Offsets are indices into a list of characters.
 */

const CLOSERS = {
  "“": "”", "„": "“”‟", "‟": "”", "«": "»", "»": "«»", "‹": "›", "›": "‹›", "‘": "’", "‚": "‘’", "”": "”", '"': '"',
  "＂": "＂", "'": "'", "「": "」", "『": "』", "〝": "〞〟",
};
const MARKS = new Set([...Object.keys(CLOSERS), ...Object.values(CLOSERS).join("")]);
const ALWAYS_OPEN = new Set("“„‟«‹‘‚「『〝");
const EITHER_WAY = new Set("»›”\"＂'");
const SLIPS = new Set("\"＂'‘‚");
const SINGLE = new Set("'‘‚");
const BEFORE = new Set("([{/—–-―¿¡:");
const DEEPEST = 8;
const FAR = 300; // characters that are looked ahead to tell an apostrophe from a closing mark
const LONGEST_ASIDE = 30; // words
// A title's or an initial's stop ends no sentence; "she said, adding that …" says more than who spoke.
const SHORTENED = /(?<![\p{L}\p{M}\p{N}_])(?:Mr|Mrs|Ms|Dr|Prof|Rev|Hon|St|Gen|Adm|Col|Maj|Capt|Cmdr|Lt|Sgt|Cpl|Gov|Sen|Rep|[A-Z])\.(?=\s)/gu;
const ADDS = /,\s+(?:and\s+)?[a-z]+(?:ing|ed)\s+that\s/u;
const PAUSE = new Set(",.;:!?…—–-،؛؟。，！？");

const blank = (char) => /^\s$/u.test(char);
const wordy = (char) => /^[\p{L}\p{N}]$/u.test(char);

/** Whether the mark belongs to a word ("the dockers’ offer") and the closing one is still to come. */
function possessive(chars, at, end, before) {
  const ahead = chars.slice(at + 1, Math.min(end, at + FAR)).join("");
  if (!/^[sS]$/.test(before) || !/^\s+\p{L}/u.test(ahead)) return false;
  const later = ahead.search(/\S['’](?![\p{L}\p{N}_])/u);
  const reopened = ahead.search(/(?<![\p{L}\p{N}_])['‘‚](?=[\p{L}\p{N}_])/u);
  return later >= 0 && (reopened < 0 || later < reopened);
}

function mayOpen(mark, before, after) {
  if (ALWAYS_OPEN.has(mark)) return !SINGLE.has(mark) || !blank(after);
  return EITHER_WAY.has(mark) && (blank(before) || BEFORE.has(before) || MARKS.has(before)) && !blank(after);
}

class Reader {
  stack = [];
  found = [];

  constructor(chars) {
    this.chars = chars;
  }

  mark(at, start, end) {
    const { chars, stack } = this;
    const mark = chars[at];
    const before = at > start ? chars[at - 1] : " ";
    const after = at + 1 < end ? chars[at + 1] : " ";
    for (let depth = stack.length - 1; depth >= 0; depth -= 1) {
      const opened = stack[depth];
      if (!CLOSERS[opened.mark].includes(mark)) continue;
      if (SINGLE.has(opened.mark) && (wordy(after) || possessive(chars, at, end, before))) return;
      if ('"＂'.includes(mark) && blank(before) && wordy(after)) {
        stack.length = depth; // it opens again: the one before was a slip
        break;
      }
      if (depth < stack.length - 1 && "'’".includes(mark)) return;
      stack.length = depth + 1;
      this.close(stack.pop(), at, at + 1);
      return;
    }
    if (stack.length < DEEPEST && mayOpen(mark, before, after)) stack.push({ mark, start: at, since: at + 1, words: [] });
  }

  close({ start, since, words }, at, end) {
    const kept = [...words, [since, at]].filter(([from, to]) => to > from);
    this.found.push({ start, end, words: kept, depth: this.stack.length + 1 });
  }

  takesUp(at, mark) {
    return this.chars[at] === mark || (mark === "«" && this.chars[at] === "»");
  }

  goOn(start, end) {
    let at = start;
    for (const opened of this.stack) {
      if (at < end && this.takesUp(at, opened.mark)) at += 1;
      opened.since = at;
    }
    return at;
  }

  endParagraph(end, following) {
    const { stack } = this;
    if (stack.length && following !== undefined && this.takesUp(following, stack[0].mark)) {
      for (const opened of stack) opened.words.push([opened.since, end]);
      return;
    }
    while (stack.length) {
      const opened = stack.pop();
      if (!SLIPS.has(opened.mark) || opened.words.length) this.close(opened, end, end);
    }
  }
}

/** Every quotation, in the order of the opening marks: {start, end, words: [[start, end]…], depth}. */
export function readQuotations(chars, paragraphs) {
  const reader = new Reader(chars);
  paragraphs.forEach(([start, end], i) => {
    let at = start;
    if (reader.stack.length) at = reader.goOn(start, end);
    else if ("—―".includes(chars[start])) {
      at += 1;
      while (at < end && blank(chars[at])) at += 1;
      if (at < end) reader.found.push({ start, end, words: [[at, end]], depth: 1 });
    }
    for (; at < end; at += 1) if (MARKS.has(chars[at])) reader.mark(at, start, end);
    reader.endParagraph(end, paragraphs[i + 1]?.[0]);
  });
  return reader.found.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** The stretches between marks, merged. */
export function quotedStretches(quotations) {
  const merged = [];
  for (const [start, end] of quotations.flatMap(({ words }) => words).sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/** Whether what stands between two quoted parts only breaks into one quotation: “…,” she said, “…” */
function isAside(chars, start, end) {
  const words = chars.slice(start, end).filter((char) => /[\p{L}\p{M}\p{N}_\s]/u.test(char) || PAUSE.has(char)).join("").trim();
  const ends = words.replace(SHORTENED, "").match(/[.!?…؟。！？](?=\s|$)/gu)?.length ?? 0;
  return (PAUSE.has(chars[start - 1]) || PAUSE.has(Array.from(words)[0])) && PAUSE.has(Array.from(words).at(-1))
    && ends <= 1 && words.split(/\s+/).length <= LONGEST_ASIDE && !ADDS.test(words);
}

/** "direct" when every word of the extent stands between marks, "mixed" when some do, else "indirect". */
export function typeOf(chars, extent, quoted) {
  const opens = new Set(quoted.map(([low]) => low));
  const closes = new Set(quoted.map(([, high]) => high));
  let [inside, bare] = [false, false];
  for (const [start, end] of extent) {
    let at = start;
    const pieces = [];
    for (const [low, high] of quoted) {
      if (high <= start || low >= end) continue;
      inside = true;
      pieces.push([at, Math.max(at, low)]);
      at = Math.min(end, high);
    }
    pieces.push([at, end]);
    bare ||= pieces.some(([from, to]) => chars.slice(from, to).some(wordy)
      && !(closes.has(from) && opens.has(to) && isAside(chars, from, to)));
  }
  return inside ? (bare ? "mixed" : "direct") : "indirect";
}

/** The paragraphs of the room's story, in code points; a masked one only where the extent stands in it. */
function storyOf(map, extent) {
  const blocks = new Map();
  for (const { start, end, element } of map.sentences) {
    const block = element.parentElement;
    if (!blocks.has(block)) blocks.set(block, [start, end]);
    blocks.get(block)[1] = end;
  }
  const here = ([start, end]) => extent.some(([from, to]) => from < end && start < to);
  return [...blocks].filter(([block, stretch]) => !block.closest("details") || here(stretch)).map(([, stretch]) => stretch);
}

const remembered = new WeakMap(); // map → its characters, and what was read of the story last

/** What the marks say of the whole story, read once for as long as the same parts of it are masked. */
function storyRead(map, extent) {
  if (!remembered.has(map)) remembered.set(map, { chars: Array.from(map.slice(0, map.length)), story: null });
  const known = remembered.get(map);
  const paragraphs = storyOf(map, extent);
  const story = String(paragraphs);
  if (known.story !== story) {
    const quotations = readQuotations(known.chars, paragraphs);
    Object.assign(known, { story, quotations, quoted: quotedStretches(quotations) });
  }
  return known;
}

/** The quotations of the room's text. */
export const quotationsOf = (map, extent) => storyRead(map, extent).quotations;

/** What the marks of the text say of an extent: its type, and the quotations that lie in it whole. */
export function marksOf(map, extent) {
  const { chars, quotations, quoted } = storyRead(map, extent);
  const within = quotations.filter(({ start, end }) => extent.some(([from, to]) => from <= start && end <= to));
  return { type: typeOf(chars, extent, quoted), within };
}

/** The quotation type of a claim that is put on other words: read from the marks again where it came from them or would not hold. */
export function typeOn(map, type, before, after) {
  const now = marksOf(map, after).type;
  const holds = type === "direct" ? now === "direct" : type !== "mixed" || now !== "indirect";
  return holds && type !== marksOf(map, before).type ? type : now;
}

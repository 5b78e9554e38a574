/**
 * Names beside a verb of speech that no mention covers yet. A proposal of somebody farther off would attach
 * the wrong speaker in silence, so the nearer name is told first. Pure: works on words and offsets alone.
 */

const SPEECH = new Set([
  "said says say saying told tells added adds warned warns claimed claims denied denies declared announced",
  "argued argues insisted insists wrote writes noted stated states asked asks demanded demands predicted believes thinks expects",
  "fears hopes confirmed explained explains recalled replied admitted promised accused according reported suggested",
  "sagt sagte sagten erklärte erklärt betonte warnte meinte teilte dit déclaré affirmé expliqué estime dijo dice afirmó declaró",
  "explicó قال قالت قالوا أعلن أعلنت أكد أكدت أضاف أضافت نفى نفت وقال وقالت وأكد وأكدت وأضاف وأضافت ونفى ونفت",
].join(" ").split(" "));
const HEARD = new Set("told tells asked asks accused".split(" ")); // whom follows these, not who
const PRONOUNS = new Set("he she they it i we you who which that this these those er sie es il elle ils elles él ella هو هي".split(" "));
const ARTICLES = new Set("the a an another one his her its their der die das ein eine le la les un une el los las".split(" "));
const PARTICLES = new Set("of de van von der den al bin ibn du la le da di for in".split(" "));
const NO_NOUN = new Set("on in at to by for from with after before that and or but as while when if not".split(" "));
const LONGEST = 5; // words of a name or a noun phrase

const capital = (word) => /^\p{Lu}/u.test(word);

/** The words from `at` in one direction that make a name, or a noun phrase with its article; [first, last] or null. */
function phrase(tokens, at, way, joined) {
  const run = [];
  for (let i = at; tokens[i] && run.length < LONGEST; i += way) {
    if (run.length && !joined(way > 0 ? i - 1 : i)) break;
    const word = tokens[i].word.toLowerCase();
    if (SPEECH.has(word) || PRONOUNS.has(word)) break;
    run.push(i);
    if (way < 0 && ARTICLES.has(word)) break;
  }
  const [first, last] = way > 0 ? [run[0], run.at(-1)] : [run.at(-1), run[0]];
  if (first === undefined) return null;
  return name(tokens, first, last, way) ?? nounPhrase(tokens, first, last, way);
}

/** Capitalised words next to the verb, particles between them allowed. */
function name(tokens, first, last, way) {
  const near = way > 0 ? first : last;
  if (!capital(tokens[near].word)) return null;
  let [from, to] = [near, near];
  for (let i = near + way; i >= first && i <= last; i += way) {
    const { word } = tokens[i];
    if (capital(word)) [from, to] = [Math.min(from, i), Math.max(to, i)];
    else if (!PARTICLES.has(word.toLowerCase())) break;
  }
  return [from, to];
}

/** "the harbour office": an article and up to three words, next to the verb. */
function nounPhrase(tokens, first, last, way) {
  const start = way > 0 ? first : [first, first + 1].find((i) => i <= last && ARTICLES.has(tokens[i].word.toLowerCase()));
  if (start === undefined || !ARTICLES.has(tokens[start].word.toLowerCase())) return null;
  let end = start;
  while (end < last && end - start < 3 && !NO_NOUN.has(tokens[end + 1].word.toLowerCase())) end += 1;
  return end > start && (way > 0 || end === last) ? [start, end] : null;
}

const overlaps = ([start, end], extent) => extent.some(([from, to]) => from < end && start < to);

/**
 * The names and noun phrases that a verb of speech points to in one sentence.
 * @param {Array<{word: string, start: number, end: number}>} tokens
 * @param {(i: number) => string} between what stands between token i and the next
 * @param {Array<Array<[number, number]>>} covered extents of mentions, and of the claim itself
 */
export function namesBesideSpeech(tokens, between, covered) {
  const found = [];
  const joined = (i) => /^\s*$/.test(between(i));
  const free = (i) => !covered.some((extent) => overlaps([tokens[i].start, tokens[i].end], extent));
  tokens.forEach(({ word }, i) => {
    if (!SPEECH.has(word.toLowerCase()) || !free(i)) return;
    const to = word.toLowerCase() === "according" ? 2 : 1;
    // after the verb stands its speaker only where the words come first: “…,” said the keeper
    const inverted = to === 2 || (!HEARD.has(word.toLowerCase()) && (i === 0 || /[,!?”"»«“’]/.test(between(i - 1))));
    const sides = [[i + to, 1, inverted && joined(i)], ...(to === 1 ? [[i - 1, -1, i > 0 && /^\s*,?\s*$/.test(between(i - 1))]] : [])];
    for (const [at, way, beside] of sides) {
      const run = beside && tokens[at] ? phrase(tokens, at, way, joined) : null;
      if (!run) continue;
      const extent = [tokens[run[0]].start, tokens[run[1]].end];
      if (!covered.some((other) => overlaps(extent, other))) found.push(extent);
    }
  });
  return found;
}

/** Such names in the sentences of an extent and their neighbours, as extents. */
export function unnamedBeside(room, extent) {
  const { map, words, store } = room;
  const covered = [extent, ...store.ofKind("actor").map((mention) => mention.extent)];
  const numbers = map.sentencesOf(extent).map((sentence) => map.sentences.indexOf(sentence));
  const near = map.sentences.slice(Math.max(0, Math.min(...numbers) - 1), Math.max(...numbers) + 2);
  return near.flatMap((sentence) => {
    const tokens = words.of(sentence).map(([start, end]) => ({ word: map.slice(start, end), start, end }));
    return namesBesideSpeech(tokens, (i) => map.slice(tokens[i].end, tokens[i + 1]?.start ?? sentence.end), covered);
  });
}

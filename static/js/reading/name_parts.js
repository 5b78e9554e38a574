/** Names that hold the words by which a text calls somebody: with a title, with initials, in any script. */

const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+$/u;

const bare = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").trim();

/** Without marks and capitals. */
export const fold = (text) => bare(text).toLowerCase();

const CALLED = new Set(["named", "by_office"]);

/** Words of a name, each initial one of its own; without marks, signs and the ’s of whose it is. */
const partsOf = (name) => bare(name).replace(/['’]s$/u, "").replace(/\./gu, " ").split(/[^\p{L}\p{N}'’‐-]+/u).filter(Boolean);

const isInitial = (part) => [...part].length === 1;
const alike = (one, other) => one === other || (isInitial(one) && other.startsWith(one)) || (isInitial(other) && one.startsWith(other));

/** Where the shorter stands in the longer, its last word whole; undefined where it does not. */
function standsAt(longer, shorter) {
  if (shorter.length < 2 || isInitial(shorter.at(-1)) || shorter.every(isInitial)) return undefined;
  const here = (from) => shorter.every((part, i) => alike(longer[from + i], part)) && longer[from + shorter.length - 1] === shorter.at(-1);
  for (let from = longer.length - shorter.length; from >= 0; from -= 1) if (here(from)) return from;
  return undefined;
}

/** How well a name holds the words: 0 it ends with them or they with it, 1 it holds them elsewhere; undefined not at all. */
function holds(name, words) {
  const [own, said] = [partsOf(fold(name)), partsOf(fold(words))];
  if (said.length === 1 && UNSPACED.test(said[0]) && own.length === 1) {
    const [longer, shorter] = own[0].length >= said[0].length ? [own[0], said[0]] : [said[0], own[0]];
    if ([...shorter].length < 2 || !longer.includes(shorter)) return undefined;
    return longer.endsWith(shorter) ? 0 : 1;
  }
  const [longer, shorter] = own.length >= said.length ? [own, said] : [said, own];
  const at = standsAt(longer, shorter);
  if (at === undefined || !areTitles(partsOf(longer === own ? name : words).slice(0, at))) return undefined;
  return Number(at + shorter.length < longer.length);
}

/** Whether words before a name can be titles: a spokesman for somebody is somebody else. Without capitals one word can. */
const areTitles = (before) => before.every((word) => !/^\p{Ll}/u.test(word)) && (before.length < 2 || before.every((word) => /^\p{Lu}/u.test(word)));

/** Those known by a name that holds the words, or that the words hold; whose name ends with them come first. */
export function nameHolders(actors, words) {
  const found = actors.filter(({ naming }) => CALLED.has(naming)).map((actor) => {
    const places = [actor.name, ...(actor.aliases ?? [])].map((name) => holds(name, words)).filter((at) => at !== undefined);
    return { actor, place: places.length ? Math.min(...places) : undefined };
  });
  return found.filter(({ place }) => place !== undefined).sort((a, b) => a.place - b.place).map(({ actor }) => actor);
}

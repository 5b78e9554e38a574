/**
 * Who tells in a sentence, and who is only told: verbs of speech with their subjects, found by a few rules on
 * words alone. Where these leave it open nobody is named. Pure: works on words and offsets.
 */
import { capital } from "./sentence_words.js";
import { AND, ARTICLES, BE, HEARD, HELPING, NO_NOUN, NOT_CUES, PRONOUNS, SOURCES, THAT, WHO } from "./speech_words.js";

const OPENED = /["“„«‹‘「『]\s*$/u;
const CLOSED = /["”“»›’」』]/u;

/** The first word of the verb at token i ("has since been told" from "has"), and whether it is passive. */
function verbFrom(sentence, i) {
  let first = i;
  let passive = false;
  let quoted = false;
  while (sentence.joined(first)) {
    const word = sentence.word(first - 1);
    if (word === "as" && /^(quoted|cited|reported)$/.test(sentence.word(first - 2))) {
      first -= 2;
      quoted = true;
    } else if (HELPING.has(word) || /..ly$/.test(word)) {
      passive ||= BE.has(word);
      first -= 1;
    } else break;
  }
  return { first, passive: passive && !quoted && !/ing$/.test(sentence.word(i)) };
}

/** The subject before token `first`: {tellers, kind}. */
function subject(sentence, first, earlier) {
  if (sentence.joined(first)) {
    const word = sentence.word(first - 1);
    if (WHO.has(word)) {
      const tellers = sentence.subjectEndingAt(first - 2).slice(-1);
      return tellers.length ? { tellers, kind: "named" } : { tellers, kind: "unclear" };
    }
    if (PRONOUNS.has(word)) return { tellers: [], kind: "pronoun" };
    if (AND.has(word)) return shared(sentence, first, earlier);
    const tellers = sentence.subjectEndingAt(first - 1);
    return { tellers, kind: tellers.length ? "named" : "unclear" };
  }
  const tellers = beforeAside(sentence, first);
  return tellers.length ? { tellers, kind: "named" } : { tellers, kind: "unclear" };
}

/** "Voss said … and warned": the same one, unless somebody else is named between. */
function shared(sentence, first, earlier) {
  const last = earlier.at(-1);
  if (last?.kind !== "named" || last.hearers.length) return { tellers: [], kind: "elided" };
  const from = Math.max(last.verb[1], ...last.tellers.map(({ extent }) => extent[1]));
  const other = sentence.mentions.some(([start, end]) => start >= from && end <= sentence.tokens[first].start);
  return other ? { tellers: [], kind: "unclear" } : { tellers: last.tellers, kind: "named" };
}

/** "Voss, who keeps the weir, said": who begins the sentence and is told more of between two commas. */
function beforeAside(sentence, first) {
  if (first < 2 || !/^,\s*$/.test(sentence.between(first - 1))) return [];
  for (let i = first - 2; i >= 0; i -= 1) {
    const gap = sentence.between(i);
    if (/^\s+$/.test(gap)) continue;
    if (!/^,\s*$/.test(gap)) return [];
    const [who] = sentence.subjectEndingAt(i).slice(-1);
    const aside = sentence.mentionAt(first - 1); // "the keeper of the weir, Lena Voss, said"
    if (who && !who.mention && aside?.first === i + 1) return [{ ...aside, extent: aside.mention }];
    const begins = who && (who.first === 0 || /["”»]\s*$/u.test(sentence.between(who.first - 1)));
    return begins ? [who] : [];
  }
  return [];
}

const telling = (sentence, verb, tellers, kind, more = {}) => ({ verb, tellers, kind, hearers: [], word: "", ...more });

/** "according to the council", "laut Voss". */
function bySource(sentence, i) {
  const word = sentence.word(i);
  const to = word === "according" && sentence.word(i + 1) === "to" ? 1 : 0;
  if (!to && !SOURCES.has(word)) return null;
  const people = sentence.everyoneFrom(i + to + 1, to === 1);
  return telling(sentence, sentence.extent(i, i + to), people, people.length ? "named" : "unclear", { word });
}

/** A verb of speech at token i with its subject. */
function byVerb(sentence, i, earlier) {
  const word = sentence.word(i);
  const { first, passive } = verbFrom(sentence, i);
  const verb = sentence.extent(i, /^(declined|refused)$/.test(word) && sentence.word(i + 1) === "to" && sentence.tokens[i + 2] ? i + 2 : i);
  const right = sentence.joined(i + 1) ? sentence.namedFrom(i + 1) : null;
  if (passive) {
    const agents = sentence.word(i + 1) === "by" ? sentence.everyoneFrom(i + 2, true) : [];
    const about = subject(sentence, first, earlier).tellers;
    return telling(sentence, verb, agents, agents.length ? "named" : "nobody", { hearers: about, word });
  }
  const before = i === first && (i === 0 || CLOSED.test(sentence.between(i - 1)) || /[,،!?؟]\s*$/.test(sentence.between(i - 1)));
  if (before && /ing$/.test(word)) return telling(sentence, verb, [], "elided", { word });
  const own = subject(sentence, first, earlier);
  if (own.kind === "named" || !before) {
    const hearers = HEARD.has(word) && right && own.kind !== "nobody" ? [right] : [];
    return telling(sentence, verb, own.tellers, own.kind, { hearers, word });
  }
  const inverted = !HEARD.has(word) && right && sentence.endsAt(right.last);
  return telling(sentence, verb, inverted ? [right] : [], inverted ? "named" : "unclear", { word });
}

/** Any other word that stands as a verb of speech does: “…,” grumbled Voss. / “…,” Voss grumbled. / Voss grumbles that … */
function byPlace(sentence, i) {
  const word = sentence.word(i);
  if (NOT_CUES.has(word) || /..ly$/.test(word) || HELPING.has(word) || ARTICLES.has(word) || PRONOUNS.has(word) || NO_NOUN.has(word) || capital(sentence.tokens[i].word)
    || /\d/.test(word)) return null;
  const here = sentence.extent(i, i);
  if (i > 0 && CLOSED.test(sentence.between(i - 1))) {
    const who = sentence.joined(i + 1) ? sentence.namedFrom(i + 1) : null;
    return who && sentence.endsAt(who.last) ? telling(sentence, here, [who], "named", { word }) : null;
  }
  if (!sentence.joined(i)) return null;
  const that = sentence.joined(i + 1) && THAT.has(sentence.word(i + 1));
  const [who] = that || !sentence.joined(i + 1) ? sentence.subjectEndingAt(i - 1).slice(-1) : [];
  const afterQuote = who && who.first > 0 && CLOSED.test(sentence.between(who.first - 1)) && !OPENED.test(sentence.between(who.first - 1));
  return who && (that || afterQuote) ? telling(sentence, here, [who], "named", { word }) : null;
}

/**
 * Every telling of a sentence, in its order: the verb's extent and word, its tellers and hearers (each with an
 * extent, and `mention` where it is one), and of which kind it is: "named", "pronoun", "elided" (who, is said
 * before), "nobody" (in the passive), "unclear".
 * @param {(point: number) => boolean} free whether a verb may stand there
 */
export function tellingsIn(sentence, free) {
  const found = [];
  sentence.tokens.forEach(({ start }, i) => {
    if (!free(start) || sentence.mentionAt(i)) return;
    // "the town council that …" after "told" is who was told, and "council" no verb
    const held = found.some(({ tellers, hearers }) => [...tellers, ...hearers].some(({ extent }) => extent[0] <= start && start < extent[1]));
    const one = bySource(sentence, i) ?? (sentence.tells(i) ? byVerb(sentence, i, found) : held ? null : byPlace(sentence, i));
    if (one) found.push(one);
  });
  return found;
}

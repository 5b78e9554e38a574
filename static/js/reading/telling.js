/**
 * Who tells in a sentence, and who is only told: verbs of speech with their subjects, found by a few rules on
 * words alone. Where these leave it open nobody is named. Pure: works on words and offsets.
 */
import {
  AND, ARTICLES, ASIDES, BE, HEARD, HELPING, NO_NOUN, NOT_CUES, NOUNS_TOO, OF_WHOM, PARTICLES, PRONOUNS, SOURCES, SPEECH, THAT, TITLES, WHO,
} from "./speech_words.js";

const LONGEST = 5; // words of a name or a noun phrase
const MOST_TELLERS = 6; // in one subject
const capital = (word) => /^\p{Lu}/u.test(word);
const lower = (word) => word.toLowerCase();
const OPENED = /["“„«‹‘「『]\s*$/u;
const CLOSED = /["”“»›’」』]/u;

/**
 * A sentence as these rules see it.
 * @param {Array<{word: string, start: number, end: number}>} tokens
 * @param {(i: number) => string} between what stands between token i and the next; for the last one, what follows it
 * @param {Array<[number, number]>} mentions where actors are named
 */
export class Sentence {
  constructor(tokens, between, mentions) {
    this.tokens = tokens;
    this.between = between;
    this.mentions = [...mentions].sort((a, b) => (b[1] - b[0]) - (a[1] - a[0]));
  }

  word(i) {
    return lower(this.tokens[i]?.word ?? "");
  }

  /** Whether nothing but blanks stands between token i and the one before. */
  joined(i) {
    if (!(i > 0 && i < this.tokens.length)) return false;
    return /^\s+$/.test(this.between(i - 1)) || (TITLES.has(this.word(i - 1)) && /^\.\s+$/.test(this.between(i - 1)));
  }

  tells(i) {
    const word = this.word(i);
    if (!SPEECH.has(word) || (i > 0 && capital(this.tokens[i].word))) return false; // "the United States"
    if (!NOUNS_TOO.has(word) && !/ing$/.test(word)) return true;
    const noun = this.joined(i) && (SPEECH.has(this.word(i - 1)) || ARTICLES.has(this.word(i - 1)) || this.possessive(i - 1) || OF_WHOM.has(this.word(i - 1)));
    const verbFollows = this.joined(i + 1) && (SPEECH.has(this.word(i + 1)) || HELPING.has(this.word(i + 1)));
    return !noun && !verbFollows;
  }

  possessive(i) {
    return /['’]s$/i.test(this.tokens[i]?.word ?? "");
  }

  extent(first, last) {
    return [this.tokens[first].start, this.tokens[last].end];
  }

  /** The longest mention that holds token i whole, as the tokens it covers. */
  mentionAt(i) {
    const { start, end } = this.tokens[i];
    const found = this.mentions.find(([from, to]) => from <= start && end <= to);
    if (!found) return null;
    const within = ({ start: from, end: to }) => found[0] <= from && to <= found[1];
    return { first: this.tokens.findIndex(within), last: this.tokens.findLastIndex(within), mention: found };
  }

  /** Who is named by the words that end with token i; null where it is nobody. */
  #endingAt(i) {
    if (i < 0 || this.tells(i) || PRONOUNS.has(this.word(i))) return null;
    return this.mentionAt(i) ?? this.#nameEndingAt(i) ?? this.#nounEndingAt(i) ?? this.#barePlural(i);
  }

  #nameEndingAt(i) {
    if (!capital(this.tokens[i].word) || this.possessive(i) || ARTICLES.has(this.word(i))) return null;
    let first = i;
    for (let at = i - 1; i - at < LONGEST && this.joined(at + 1); at -= 1) {
      if (capital(this.tokens[at].word) && !ARTICLES.has(this.word(at)) && !this.possessive(at) && !NO_NOUN.has(this.word(at))) first = at;
      else if (!PARTICLES.has(this.word(at))) break;
    }
    return { first, last: i };
  }

  /** "the harbour office", "Voss’s lawyer". */
  #nounEndingAt(i) {
    for (let at = i; i - at < LONGEST && at >= 0; at -= 1) {
      const determiner = ARTICLES.has(this.word(at)) || this.possessive(at);
      if (determiner) return at < i ? { first: this.possessive(at) ? this.#nameStart(at) : at, last: i } : null;
      if (NO_NOUN.has(this.word(at)) || this.tells(at) || AND.has(this.word(at)) || !this.joined(at) || this.mentionAt(at)) return null;
    }
    return null;
  }

  #nameStart(at) {
    let first = at;
    while (this.joined(first) && capital(this.tokens[first - 1].word) && !NO_NOUN.has(this.word(first - 1))) first -= 1;
    return first;
  }

  /** Of "a spokesman for the agency" the spokesman; of "Officials from the agency", at the beginning, the officials. */
  #headed(who) {
    let at = who.first;
    if (this.joined(at) && ARTICLES.has(this.word(at - 1))) at -= 1;
    if (!this.joined(at) || !OF_WHOM.has(this.word(at - 1)) || !this.joined(at - 1)) return who;
    const head = this.mentionAt(at - 2) ?? this.#nounEndingAt(at - 2) ?? this.#barePlural(at - 2);
    if (!head) return who;
    return head.mention ? head : { first: head.first, last: who.last };
  }

  #barePlural(i) {
    let first = i;
    while (i - first < 2 && this.joined(first) && !NO_NOUN.has(this.word(first - 1)) && !this.tells(first - 1)) first -= 1;
    const begins = first === 0 || AND.has(this.word(first - 1)) || /[.!?:;"”»]\s*$/u.test(this.between(first - 1));
    return begins && /s$/i.test(this.word(i)) ? { first, last: i } : null;
  }

  /** Everybody in the subject that ends with token i: "officials and analysts". */
  subjectEndingAt(i) {
    const found = [];
    let joinedByAnd = false;
    for (let at = i; at >= 0 && found.length < MOST_TELLERS;) {
      const one = this.#endingAt(at);
      const loose = one && !one.mention && !capital(this.tokens[one.last].word) && one.last - one.first > 1; // may hold a verb: "the clerk left and …"
      if (!one || (joinedByAnd === "comma" && !one.mention) || (joinedByAnd && loose)) break;
      const who = this.#headed(one);
      found.unshift({ ...who, extent: who.mention ?? this.extent(who.first, who.last) });
      const before = who.first - 1;
      const gap = before >= 0 ? this.between(before) : "";
      const wellAs = this.word(before) === "as" && this.word(before - 1) === "well" && this.word(before - 2) === "as";
      if (/^\s+$/.test(gap) && (AND.has(this.word(before)) || wellAs)) {
        at = before - (wellAs ? 3 : 1);
        joinedByAnd = true;
      } else if (joinedByAnd && /^,\s*$/.test(gap)) {
        at = before;
        joinedByAnd = "comma";
      } else break;
    }
    return found;
  }

  /** Who is named by the words from token i on; null where it is nobody. */
  namedFrom(i) {
    if (!this.tokens[i] || PRONOUNS.has(this.word(i)) || this.tells(i)) return null;
    const article = ARTICLES.has(this.word(i));
    const mention = this.mentionAt(i) ?? (article && this.joined(i + 1) ? this.mentionAt(i + 1) : null);
    if (mention) return { ...mention, extent: mention.mention };
    let last = i;
    const goesOn = article
      ? (at) => at - i < 4 && !NO_NOUN.has(this.word(at)) && !HELPING.has(this.word(at)) && !this.tells(at)
      : (at) => at - i < LONGEST && (capital(this.tokens[at].word) || (PARTICLES.has(this.word(at)) && capital(this.tokens[at + 1]?.word ?? "")));
    if (!article && !capital(this.tokens[i].word)) return null;
    while (this.joined(last + 1) && goesOn(last + 1)) last += 1;
    if (article && last === i) return null;
    // "Gen. Voss" where the mention has no title; "a clerk of the harbour, Lena Voss"
    const held = this.mentionAt(last);
    if (held && held.last === last) return { ...held, extent: held.mention };
    return this.#apposedTo(last) ?? { first: i, last, extent: this.extent(i, last) };
  }

  /** The mention that follows a description and its comma. */
  #apposedTo(last) {
    for (let at = last + 1; at <= last + LONGEST && at < this.tokens.length; at += 1) {
      const named = /^,\s*$/.test(this.between(at - 1)) ? this.mentionAt(at) : null;
      if (named) return { ...named, extent: named.mention };
      if (!this.joined(at)) return null;
    }
    return null;
  }

  /** Whether what follows token i cannot be what is told: an end, a pause, or when and where it was told. */
  endsAt(i) {
    return i + 1 >= this.tokens.length || !/^\s+$/.test(this.between(i)) || ASIDES.has(this.word(i + 1)) || THAT.has(this.word(i + 1));
  }
}

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
  const who = sentence.namedFrom(i + to + 1);
  return telling(sentence, sentence.extent(i, i + to), who ? [who] : [], who ? "named" : "unclear", { word });
}

/** A verb of speech at token i with its subject. */
function byVerb(sentence, i, earlier) {
  const word = sentence.word(i);
  const { first, passive } = verbFrom(sentence, i);
  const verb = sentence.extent(i, /^(declined|refused)$/.test(word) && sentence.word(i + 1) === "to" && sentence.tokens[i + 2] ? i + 2 : i);
  const right = sentence.joined(i + 1) ? sentence.namedFrom(i + 1) : null;
  if (passive) {
    const agent = sentence.word(i + 1) === "by" ? sentence.namedFrom(i + 2) : null;
    const about = subject(sentence, first, earlier).tellers;
    return telling(sentence, verb, agent ? [agent] : [], agent ? "named" : "nobody", { hearers: about, word });
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
    const one = bySource(sentence, i) ?? (sentence.tells(i) ? byVerb(sentence, i, found) : byPlace(sentence, i));
    if (one) found.push(one);
  });
  return found;
}

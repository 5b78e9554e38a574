/** A sentence’s words and who is named by them, by a few rules on words alone. Pure: works on words and offsets. */
import {
  AND, ARTICLES, ASIDES, CLAUSE, HEADS, HELPING, MANY, NO_NOUN, NOUNS_TOO, OF_WHOM, PARTICLES, PRONOUNS, SPEECH, THAT, TITLES, WHO,
} from "./speech_words.js";

const LONGEST = 5; // words of a name or a noun phrase
const MOST_TELLERS = 6; // in one subject
export const capital = (word) => /^\p{Lu}/u.test(word);
const lower = (word) => word.toLowerCase();

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

  /** "un" is one, "UN" is none. */
  article(i) {
    return ARTICLES.has(this.word(i)) && !/^\p{Lu}{2}/u.test(this.tokens[i].word);
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
    const noun = this.joined(i) && (SPEECH.has(this.word(i - 1)) || this.article(i - 1) || this.possessive(i - 1) || OF_WHOM.has(this.word(i - 1)));
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
    if (!capital(this.tokens[i].word) || this.possessive(i) || this.article(i)) return null;
    let first = i;
    for (let at = i - 1; i - at < LONGEST && this.joined(at + 1); at -= 1) {
      if (capital(this.tokens[at].word) && !this.article(at) && !this.possessive(at) && !NO_NOUN.has(this.word(at))) first = at;
      else if (!PARTICLES.has(this.word(at))) break;
    }
    // "many Kaltseers" are not the Kaltseers
    return { first: this.joined(first) && MANY.has(this.word(first - 1)) ? first - 1 : first, last: i };
  }

  /** "the harbour office", "Voss’s lawyer". */
  #nounEndingAt(i) {
    for (let at = i; i - at < LONGEST && at >= 0; at -= 1) {
      const determiner = this.article(at) || this.possessive(at);
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
    if (this.joined(at) && this.article(at - 1)) at -= 1;
    if (!this.joined(at) || !OF_WHOM.has(this.word(at - 1)) || !this.joined(at - 1)) return who;
    const head = this.mentionAt(at - 2) ?? this.#nounEndingAt(at - 2) ?? this.#barePlural(at - 2);
    if (!head) return who;
    return head.mention ? head : { first: head.first, last: who.last };
  }

  #barePlural(i) {
    let first = i;
    while (i - first < 2 && this.joined(first) && this.#describes(first - 1)) first -= 1;
    const begins = first === 0 || CLAUSE.has(this.word(first - 1)) || /[.,!?:;"”»]\s*$/u.test(this.between(first - 1));
    return begins && this.#plural(i) ? { first, last: i } : null;
  }

  #plural(i) {
    return /[^s]s$/i.test(this.word(i)) || /^(people|police)$/.test(this.word(i));
  }

  /** Whether the word may stand in a description of people: "senior", "Kaltsee". */
  #describes(i) {
    const word = this.word(i);
    return !this.article(i) && ![NO_NOUN, CLAUSE, ASIDES, HELPING, THAT, WHO, AND, PRONOUNS].some((words) => words.has(word)) && !/..ly$/.test(word)
      && (!this.tells(i) || HEADS.has(word));
  }

  /** Where the description ends that begins with token i, with a plural or with what people or papers are called; null in doubt. */
  #headFrom(i) {
    let found = null;
    for (let at = i; at < this.tokens.length && at - i <= LONGEST && (at === i || this.joined(at)) && this.#describes(at); at += 1) {
      if (this.#plural(at) || HEADS.has(this.word(at))) found = at;
      else if (found !== null) break; // "officials familiar with the talks"
    }
    return found;
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

  /**
   * Everybody named from token i on: "local officials, divers and a clerk". What goes on differently than people
   * do ends it.
   * @param {boolean} bare whether people may be described without an article
   */
  everyoneFrom(i, bare) {
    const first = this.namedFrom(i, bare);
    if (!first || (bare && this.#goesOn(first.last))) return [];
    const found = [first];
    for (let { last } = first; found.length < MOST_TELLERS;) {
      const gap = this.between(last);
      const wellAs = this.word(last + 1) === "as" && this.word(last + 2) === "well" && this.word(last + 3) === "as";
      const and = /^,?\s+$/.test(gap) && (wellAs || AND.has(this.word(last + 1)));
      if (!and && (!/^,\s*$/.test(gap) || this.article(last + 1))) break;
      const next = this.namedFrom(and ? last + (wellAs ? 4 : 2) : last + 1, bare);
      if (!next) break;
      const more = this.joined(next.last + 1) && AND.has(this.word(next.last + 1));
      const ends = and ? this.endsAt(next.last) && !more : more || /^,\s*$/.test(this.between(next.last));
      if (!ends) break;
      found.push(next);
      if (and) return found;
      last = next.last;
    }
    return [first]; // a comma without an "and" begins something else
  }

  /** Whether more words follow that may belong to the name: of "Kaltsee ferry pilot" it is not Kaltsee. */
  #goesOn(i) {
    return this.joined(i + 1) && this.#describes(i + 1) && !this.mentionAt(i) && !this.#plural(i) && !HEADS.has(this.word(i));
  }

  /**
   * Who is named by the words from token i on; null where it is nobody.
   * @param {boolean} bare whether people may be described without an article: "harbour officials"
   */
  namedFrom(i, bare = false) {
    if (!this.tokens[i] || PRONOUNS.has(this.word(i)) || this.tells(i)) return null;
    const article = this.article(i);
    const described = this.mentionAt(i) || article ? null : this.#headFrom(i);
    const mention = this.mentionAt(i) ?? (article && this.joined(i + 1) ? this.mentionAt(i + 1) : null);
    if (mention) return { ...mention, extent: mention.mention };
    let last = i;
    const goesOn = article
      ? (at) => at - i <= LONGEST && this.#describes(at) && !(HEADS.has(this.word(at - 1)) && /ed$/.test(this.word(at))) // "a report released"
      : (at) => at - i < LONGEST && (capital(this.tokens[at].word) || (PARTICLES.has(this.word(at)) && capital(this.tokens[at + 1]?.word ?? "")));
    if (described !== null && (bare || capital(this.tokens[i].word))) return { first: i, last: described, extent: this.extent(i, described) };
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

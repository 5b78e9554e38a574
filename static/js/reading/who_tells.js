/**
 * Who tells some words of a text, by which word, and who is only told: the nearest verb of speech that they hang on,
 * through the quotation they stand in, or the sentence before that they go on with. In doubt nobody is named.
 */
import { quotationsOf } from "./marks.js";
import { Sentence } from "./sentence_words.js";
import { CLOSE, HEARSAY, SAYS_NO_MORE } from "./speech_words.js";
import { tellingsIn } from "./telling.js";

const FARTHEST = 12; // sentences through which a quotation is followed
const BEFORE = /^\s*(?:(?:recently|yesterday|today|earlier|later|[a-z]+ly|(?:on|last|this) \p{L}+)\s*)?[,:]?\s*(?:(?:that|to|as|dass|que|che|что|که|أن|إن|کہ|چې|כי)\s*)?[,:]?\s*["“„«‹‘「]?\s*$/iu;
const BEHIND = /^[\s,.!?;:…"”“»›’」—–-]*$/u;
const CLAUSE_BEGINS = /(?<![\p{L}\p{M}])(?:that|dass|que|che|что)\s*["“„«‹‘「]?\s*$/iu;
const TURNS = /(?<![\p{L}\p{M}])(while|but|whereas|although|though|as|after|before|because)\s*$/iu;

const CONCEDES = /(?<![\p{L}\p{M}])(while|although|though|whereas)(?![\p{L}\p{M}])/iu;

const hull = (extent) => [extent[0][0], extent.at(-1)[1]];
export const meets = ([start, end], extent) => extent.some(([from, to]) => from < end && start < to);
/** Whether words are named whole by a mention's extent: of “Voss’s lawyer” the mention of Voss names only a part. */
export const named = ([start, end], extent) => extent[0][0] <= start && end <= extent.at(-1)[1];
const holds = ({ start, end }, [from, to]) => start <= from && to <= end;

export class WhoTells {
  #map;
  #words;
  #extent;
  #mentions;
  #quotations;

  constructor({ map, words, store }, extent) {
    this.#map = map;
    this.#words = words;
    this.#extent = extent;
    this.#mentions = store.ofKind("actor").map((mention) => hull(mention.extent));
    this.#quotations = quotationsOf(map, extent).filter(({ start, end }) => end > start);
  }

  /** The innermost quotation round a stretch; the stretch that holds it whole, marks and all, stands outside. */
  #quotationAt([from, to]) {
    const around = this.#quotations.filter((one) => holds(one, [from, to]) && !(one.start === from && one.end === to));
    return around.sort((a, b) => (a.end - a.start) - (b.end - b.start))[0] ?? null;
  }

  /** What is told in a sentence by words at the level of `quotation`. */
  tellings(index, quotation = null) {
    const { sentences } = this.#map;
    const sentence = sentences[index];
    if (!sentence) return [];
    const tokens = this.#words.of(sentence).map(([start, end]) => ({ word: this.#map.slice(start, end), start, end }));
    const between = (i) => this.#map.slice(tokens[i].end, tokens[i + 1]?.start ?? sentence.end);
    const free = (point) => !meets([point, point + 1], this.#extent) && this.#quotationAt([point, point + 1]) === quotation;
    const mentions = this.#mentions.filter((extent) => meets([sentence.start, sentence.end], [extent]));
    // the claim's own words name nobody who tells it
    const outside = ({ mention, extent }) => mention || !meets(extent, this.#extent);
    return tellingsIn(new Sentence(tokens, between, mentions), free)
      .map((one) => ({ ...one, tellers: one.tellers.filter(outside) }));
  }

  #index(point) {
    return this.#map.indexAt(point);
  }

  /** @returns the telling that the words hang on, with `carried` where it stands in an earlier sentence; or null */
  find() {
    let range = hull(this.#extent);
    let quotation = this.#quotationAt(range);
    for (;;) {
      const one = this.#governing(range, quotation);
      if (one) return one.doubtful ? null : one;
      if (!quotation) break;
      range = [quotation.start, quotation.end];
      quotation = this.#quotationAt(range);
    }
    return this.#hearsay() ?? this.#carried(range);
  }

  #governing([from, to], quotation) {
    const [first, last] = [this.#index(from), this.#index(to - 1)];
    const here = [...new Set([first, last])].flatMap((index) => this.tellings(index, quotation));
    const inside = here.find(({ verb }) => verb[0] >= from && verb[1] <= to);
    if (inside) return inside;
    const after = (one) => Math.max(one.verb[1], ...[...one.hearers, ...one.tellers].map(({ extent }) => extent[1]).filter((end) => end <= from));
    const until = (one) => Math.min(one.verb[0], ...one.tellers.map(({ extent }) => extent[0]).filter((start) => start >= to));
    const beside = (one) => BEFORE.test(this.#map.slice(after(one), from));
    const left = here.findLast((one) => one.verb[1] <= from && (!CLOSE.has(one.word) || beside(one)));
    // ", adding that …" tells what follows it, not what stands before
    const right = here.find(({ verb, kind, word }) => verb[0] >= to && kind !== "elided" && !CLOSE.has(word)) ?? this.#alone(to, last, quotation);
    const leftBeside = left && beside(left);
    const rightBeside = right && BEHIND.test(this.#map.slice(to, until(right)));
    if (leftBeside !== rightBeside && (leftBeside || rightBeside)) return leftBeside ? left : right;
    // "Voss has found that it leaks, an aide said": the clause is Voss's, and the aide tells of it
    if (leftBeside && rightBeside && CLAUSE_BEGINS.test(this.#map.slice(after(left), from))) return left;
    if (left && (right || this.#conceded(left, from, first))) return { doubtful: true };
    if (right && TURNS.test(this.#map.slice(to, until(right)))) return null;
    return left ?? right ?? null;
  }

  /** "While Voss says that it leaks, it is sound": what follows the comma is not what Voss says. */
  #conceded({ verb }, from, index) {
    const { start } = this.#map.sentences[index];
    return CONCEDES.test(this.#map.slice(start, verb[0])) && this.#map.slice(verb[1], from).includes(",");
  }

  /** “Is it safe?” and then a sentence that is nothing but "Voss asked." */
  #alone(to, last, quotation) {
    const next = this.#map.sentences[last + 1];
    if (!next || !/["”“»›’」]\s*$/u.test(this.#map.slice(to - 1, next.start))) return null;
    const [one] = this.tellings(last + 1, quotation);
    return one && BEHIND.test(this.#map.slice(one.verb[1], next.end)) ? one : null;
  }

  /** "reportedly": a word of hearsay in or beside the words. */
  #hearsay() {
    const [from, to] = hull(this.#extent);
    const beside = ([start, end]) => !this.#map.slice(Math.min(end, from), from).trim() && !this.#map.slice(to, Math.max(start, to)).trim();
    for (const sentence of this.#map.sentencesOf(this.#extent)) {
      const verb = this.#words.of(sentence).find((word) => HEARSAY.has(this.#map.slice(...word).toLowerCase()) && beside(word));
      if (verb) return { verb, tellers: [], hearers: [], kind: "nobody", word: this.#map.slice(...verb) };
    }
    return null;
  }

  /** The telling of an earlier sentence that the range goes on with: a quotation with a quotation, plain words with plain words. */
  #carried([from, to]) {
    const { sentences } = this.#map;
    const quoted = this.#quotations.some((one) => holds(one, [from, to]) || (from <= one.start && one.end <= to));
    const first = this.#index(from);
    for (let index = first - 1; index >= Math.max(0, first - FARTHEST); index -= 1) {
      const { start, end, element } = sentences[index];
      // plain words go on within their paragraph
      if (!quoted && element.parentElement !== sentences[first].element.parentElement) return null;
      const one = this.tellings(index).at(-1);
      const marked = this.#quotations.some((other) => other.start < end && start < other.end);
      if (one) {
        const goesOn = marked === quoted && one.kind !== "nobody" && one.kind !== "unclear" && !SAYS_NO_MORE.has(one.word);
        // who told the sentence before may tell these plain words too, and may not: that is the analyst's to say
        if (goesOn && !quoted) return { ...one, carried: true, kind: "perhaps", tellers: [], perhaps: one.tellers };
        return goesOn ? { ...one, carried: true } : null;
      }
      if (!quoted || !marked) return null;
    }
    return null;
  }

  /** Who else tells something in the sentences of these words and of their telling: “…, an aide told the court”. */
  others({ verb }) {
    const indices = new Set([...this.#map.sentencesOf(this.#extent).map(({ start }) => this.#index(start)), this.#index(verb[0])]);
    return [...indices].flatMap((index) => this.tellings(index)).filter((one) => one.verb[0] !== verb[0]).flatMap(({ tellers }) => tellers);
  }

  /**
   * The word that makes `mention` the source of these words; null in doubt.
   * @param {object|null} told what `find` said
   * @param {boolean} first whether the innermost link is asked for: whom a pronoun means the analyst has just said
   */
  cueOf(mention, told, first = true) {
    const who = hull(mention.extent);
    const by = ({ tellers, perhaps = [] }) => [...tellers, ...perhaps].some(({ extent }) => named(extent, mention.extent));
    if (told && by(told)) return told.verb;
    if (told?.hearers.some(({ extent }) => named(extent, mention.extent))) return null;
    if (told && first && this.#mayMean(mention, who, told)) return told.verb;
    const own = this.#map.sentencesOf(this.#extent).map((sentence) => this.#map.sentences.indexOf(sentence));
    const outer = own.flatMap((index) => this.tellings(index)).filter(by);
    const [from] = hull(this.#extent);
    return (outer.findLast(({ verb }) => verb[1] <= from) ?? outer[0])?.verb ?? null;
  }

  #mayMean(mention, who, { kind, verb }) {
    if (who[1] > verb[0]) return false;
    const same = this.#index(who[0]) === this.#index(verb[0]);
    const between = this.#mentions.some((other) => other[0] >= who[1] && other[1] <= verb[0]);
    return kind === "pronoun" || (kind === "elided" && same && !between);
  }
}

/** Names beside a verb of speech, in the sentences of an extent and their neighbours, that no mention covers yet. */
export function unnamedBeside(room, extent) {
  const { map } = room;
  const who = new WhoTells(room, extent);
  const indices = map.sentencesOf(extent).map((sentence) => map.sentences.indexOf(sentence));
  const near = map.sentences.slice(Math.max(0, Math.min(...indices) - 1), Math.max(...indices) + 2);
  return near.flatMap((sentence) => who.tellings(map.sentences.indexOf(sentence)))
    .flatMap(({ tellers }) => tellers).filter(({ mention, extent: words }) => !mention && !meets(words, extent)).map(({ extent: words }) => words);
}

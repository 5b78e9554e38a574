import { newUuid } from "../saving/identifiers.js";

/** Words of the text that something is said of, as they travel in a claim: {uuid, extent, quotes}. */
export const spanOf = (room, extent) => ({ uuid: newUuid(), extent, quotes: room.map.quotes(extent) });

/** Words that take a claim back, in some languages; what else there is, the analyst picks. */
const HEDGES = /(?<![\p{L}\p{M}])(allegedly|reportedly|apparently|supposedly|purportedly|probably|perhaps|possibly|likely|maybe|might|may|could|seemingly|presumably|angeblich|offenbar|vermutlich|wahrscheinlich|möglicherweise|peut-être|probablement|apparemment|quizás|probablemente|supuestamente|ربما)(?![\p{L}\p{M}])/giu;
const REPORTERS = /^(allegedly|reportedly|apparently|supposedly|purportedly|seemingly|angeblich|offenbar|apparemment|supuestamente)$/i;

/** Where hedging words stand in the sentences of an extent, and whose they are as a rule. */
export function hedgesNear(map, extent) {
  return found(map, map.sentencesOf(extent).map(({ start, end }) => [start, end]), HEDGES)
    .map((one) => ({ ...one, whose: REPORTERS.test(one.words) ? "reporter" : "speaker" }));
}

function found(map, stretches, pattern) {
  return stretches.flatMap(([start, end]) => {
    const text = map.slice(start, end);
    return [...text.matchAll(pattern)].map((match) => {
      const from = start + Array.from(text.slice(0, match.index)).length;
      return { extent: [[from, from + Array.from(match[0]).length]], words: match[0] };
    });
  });
}

/** Square brackets and signs of omission within words: an editor's. */
export const editsIn = (quotes) => quotes.flatMap((quote) => quote.match(/\[[^[\]\n]{1,300}\]|\(\s*(?:…|\.{3})\s*\)|…|\.{3,4}/gu) ?? []);

/** A claim's chains as threads: from its words over the cue to who said it, and on to who passed it on. */
import { calledOf, labelOf } from "./labels.js";

const MOST = 8; // claims drawn at once, where a mention speaks in many
const WORDS = [["said", "says it"], ["relayed", "relayed it"], ["reported", "reported it"], ["reprinted", "reprinted it"]];

/** Claims whose chain uses a span. */
function claimsUsing(store, { uuid }) {
  return store.ofKind("claim").filter(({ claim }) => claim.chains.flat().some(({ cues, sources }) => cues.includes(uuid)
    || sources.some(({ mention }) => mention === uuid)));
}

/**
 * What is drawn for an annotation: its own threads, or those of the claims that it speaks for.
 * @returns {Array<{from, to, role}>} `from` and `to` are {extent, kind}; a claim and a speaker have `name`,
 * `words` and `sentence` too; a speaker whom the text does not mention has no extent
 */
export function threadsOf(annotation, store, find = (uuid) => store.get(uuid)) {
  if (annotation.claim) return ofClaim(annotation, store, find);
  if (annotation.kind !== "actor" && annotation.kind !== "cue") return [];
  return claimsUsing(store, annotation).slice(0, MOST).flatMap((claim) => ofClaim(claim, store, find));
}

const short = (words) => (words.length > 32 ? `${words.slice(0, 32).replace(/\s+\S*$/, "")} …` : words);

/** Whether the first of three lies between the two others in the text. */
function between(node, one, other) {
  const [at, a, b] = [node, one, other].map(({ extent }) => extent[0][0]);
  return (a < at && at < b) || (b < at && at < a);
}

function ofClaim(claim, store, find) {
  const threads = [];
  for (const chain of claim.claim.chains) {
    let from = { extent: claim.extent, sentence: claim.sentence, kind: "claim", name: short(claim.quotes.join(" … ")), words: "claim" };
    for (const { role, cues, sources } of chain) {
      const go = (to) => {
        threads.push({ from, to, role });
        return to;
      };
      const told = cues.map(find).filter(Boolean).map(({ extent }) => ({ extent, kind: "cue" }));
      const speakers = sources.map(({ actor, name, mention }) => {
        const { extent, sentence } = find(mention) ?? {};
        return { extent, sentence, kind: "actor", name: calledOf(store.actors.get(actor) ?? { name }), words: labelOf(WORDS, role) };
      });
      const [speaker] = speakers.filter(({ extent }) => extent);
      // a speaker who stands before the cue, seen from the words, is met first
      const cueLast = speaker && told.length === 1 && between(speaker, from, told[0]);
      if (!cueLast) for (const cue of told) from = go(cue);
      speakers.forEach((one) => go(one));
      from = speaker ?? from;
      if (cueLast) go(told[0]);
    }
  }
  return threads;
}

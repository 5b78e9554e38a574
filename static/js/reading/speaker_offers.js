import { speakerOptions } from "./actors.js";
import { labelOf, VOICES } from "./labels.js";
import { offered } from "./offered.js";
import { meets, named, unnamedBeside, WhoTells } from "./who_tells.js";

const NOBODY = [["own", "nobody is cited"], ["agentless", "“it is feared”: words of telling, but nobody named"],
  ["unknown", "it cannot be told"]];

const nobody = ([voice, note]) => ({ label: labelOf(VOICES, voice), note, group: "No speaker", value: { voice } });

const OUTLETS = "agency|broadcaster|channel|daily|magazine|network|newspaper|outlet|paper|programme|radio|service|site|station|website|weekly";
const NAME = new RegExp(`^((?:the|an?)\\s+(?:\\p{Ll}+\\s+){0,2}?(?:${OUTLETS})\\s+)?(\\p{Lu}.*?)(?:\\s+(?:all|both|everything|it|more|much|nothing|so|that|this))?$`, "u");

/** Of the words for somebody the name in them: "the agency Nordpost" is called Nordpost. With the mention of it, if there is one. */
function calledBy({ store, map }, one) {
  const [, before = "", name] = NAME.exec(map.slice(...one.extent)) ?? [];
  if (!name) return one;
  const start = one.extent[0] + [...before].length;
  const extent = [start, start + [...name].length];
  return { ...one, extent, mention: one.mention ?? store.ofKind("actor").find((mention) => named(extent, mention.extent)) };
}

/**
 * Of a telling those who may be asked for next: further tellers of the words, or, to pass them on, who was told and
 * whoever else tells something in their sentence.
 */
function left(room, who, told, { relays, taken }) {
  if (!told) return null;
  const people = relays ? [...told.hearers.map((one) => calledBy(room, one)), ...who.others(told)] : told.tellers;
  const tellers = people.filter(({ extent }) => !taken.some((words) => meets(extent, words)));
  return tellers.length ? { ...told, kind: "named", tellers, hearers: [] } : null;
}

/**
 * What the field of a link's speaker proposes.
 * @param {number[][]} extent of the claim
 * @param {number[][]} near where the link's people are looked for first
 * @param {boolean} first whether the link is the innermost of a claim's first chain, which may have nobody
 * @param {Set<string>} taken actors that stand in the chain already
 * @param {number} place of the link in its chain: all but the first pass on what that says
 * @param {number[][][]} mentioned words that the chain names somebody by already
 */
export function speakerOffers(room, { extent, near, first, taken, alone, place, mentioned, query, found }) {
  const { store, map, data } = room;
  const asked = alone && !query;
  const who = new WhoTells(room, extent);
  const telling = query ? null : who.find();
  const told = asked ? telling : left(room, who, telling, { relays: place > 0, taken: mentioned });
  const nearer = asked ? unnamedBeside(room, extent) : [];
  const options = speakerOptions({ store, actors: offered(room, "actors"), map, extent: near, kinds: data.codebook.actor_kind,
    query, found, taken, nearer, told });
  if (query) options.push({ label: `New: “${query}”`, group: "Not yet in this project", kind: "new", value: { name: query } });
  if (!first || !alone) return options;
  const said = options.some(({ value }) => value.voice);
  return [...options, ...NOBODY.filter(([voice]) => !said || voice !== "agentless").map(nobody)];
}

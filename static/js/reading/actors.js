/** Finding actors, and what is proposed as the speaker of a stretch of text. */
import { newUuid } from "../saving/identifiers.js";
import { calledOf, labelOf, NAMINGS, VOICES } from "./labels.js";
import { fold, nameHolders } from "./name_parts.js";
import { named } from "./who_tells.js";

const NEAR = 1500; // code points: about two paragraphs

const namingWord = Object.fromEntries(NAMINGS.map(([key, name]) => [key, name.toLowerCase()]));

/** What stands in small type beside an actor's name. */
export function noteOf(actor, kinds) {
  const kind = kinds.find(({ key }) => key === actor.kind)?.name.toLowerCase();
  return [actor.naming !== "named" && namingWord[actor.naming], kind, actor.affiliation].filter(Boolean).join(", ");
}

const sameName = (actor, words) => [actor.name, ...(actor.aliases ?? [])].some((name) => fold(name) === fold(words));

/** The one who is called so; nobody where several are, or where no name tells them apart. */
export function onlyNamed(actors, words) {
  const found = actors.filter((actor) => sameName(actor, words));
  return found.length === 1 && found[0].naming !== "anonymous" ? found[0] : undefined;
}

const TITLE = /^(?:mrs?|ms|miss|dr|prof|sir|herr|frau|m|mme|sr|sra|gen|col|capt|lt|sgt|gov|sen|rep|rev)\.?\s+/iu;

/** Those known by a full name of which the words are the surname, with or without a title: "Brandt", "Mr. Brandt’s". */
export function fullNames(actors, words) {
  const surname = fold(words).replace(TITLE, "").replace(/['’]s$/u, "");
  if (!surname || /\s/u.test(surname)) return [];
  const ends = (name) => {
    const parts = fold(name).split(/\s+/u);
    return parts.length > 1 && parts.at(-1) === surname;
  };
  return actors.filter(({ naming, name, aliases = [] }) => naming === "named" && [name, ...aliases].some(ends));
}

/** The one whose surname it is; nobody where several have it. */
export function fullNameOf(actors, words) {
  const found = fullNames(actors, words);
  return found.length === 1 ? found[0] : undefined;
}

/** Whom words picked in the text name: who is called exactly so, else the person whose surname it is; nobody in doubt. */
export function meantBy(actors, words) {
  if (actors.some((actor) => sameName(actor, words))) return onlyNamed(actors, words);
  return fullNameOf(actors.filter(({ kind }) => kind === "person"), words);
}

const matches = (actor, query) => [calledOf(actor), actor.name, ...(actor.aliases ?? [])]
  .some((name) => fold(name).split(/\s+/).some((part) => part.startsWith(fold(query))) || fold(name).includes(fold(query)));

/** Distance in code points between two extents, 0 when they touch; a mention inside a claim comes last. */
function distance(claim, mention) {
  const [start, end] = [claim[0][0], claim.at(-1)[1]];
  const [from, to] = [mention[0][0], mention.at(-1)[1]];
  const stretches = claim.some(([a, b]) => a < to && from < b);
  if (stretches) return NEAR / 2 + Math.min(Math.abs(from - start), Math.abs(end - to));
  return Math.max(0, from - end, start - to);
}

/**
 * The nearest mention of each actor, nearest first: same sentence before the neighbours. Before all of them comes
 * who tells the words (`told`), behind them who is only told.
 */
export function nearest(store, map, extent, told = null) {
  const own = new Set(map.sentencesOf(extent).map(({ n }) => n));
  const among = (people, mention) => people.findIndex((one) => named(one.extent, mention.extent));
  const place = (mention) => {
    const away = distance(extent, mention.extent) + (own.has(mention.sentence) ? 0 : 200);
    const teller = told ? among(told.tellers, mention) : -1;
    if (teller >= 0) return teller - told.tellers.length;
    return told && among(told.hearers, mention) >= 0 ? away + 200 : away;
  };
  const best = new Map();
  for (const mention of store.ofKind("actor")) {
    const away = place(mention);
    const { actor } = mention.actor;
    if (!best.has(actor) || away < best.get(actor).away) best.set(actor, { mention, away });
  }
  return [...best.values()].sort((a, b) => a.away - b.away).map(({ mention, away }) => ({ mention, away, near: away < NEAR }));
}

/** Options for a combobox of speakers: of the `actors` that may be offered, and of those `found` elsewhere. */
export function speakerOptions({ store, actors, map, extent, kinds, query, found = [], taken, nearer = [], told = null }) {
  const free = (uuid) => !taken.has(uuid);
  const order = nearest(store, map, extent, told);
  const mentioned = new Map(order.map(({ mention, near }) => [mention.actor.actor, { mention, near }]));
  const option = (actor, group) => {
    const { mention } = mentioned.get(actor.uuid) ?? {};
    const note = [noteOf(actor, kinds), mention && `sentence ${mention.sentence}`].filter(Boolean).join(" · ");
    return { label: calledOf(actor), note, group, kind: actor.naming, value: { actor, mention } };
  };
  const here = actors.filter(({ uuid }) => free(uuid));
  if (!query) {
    const near = order.filter(({ near: close }) => close).map(({ mention }) => store.actors.get(mention.actor.actor))
      .filter((actor) => here.includes(actor)).slice(0, 6);
    const rest = here.filter((actor) => !near.includes(actor)).slice(0, 9 - near.length);
    const telling = near.filter(({ uuid }) => order.some(({ mention, away }) => away < 0 && mention.actor.actor === uuid));
    const unnamed = abstained(map, extent, nearer, order, told).flatMap((words) => meant(map, here, words, option));
    const named = new Set(unnamed.map(({ value: { actor } }) => actor));
    const first = near.map((actor) => option(actor, "Nearest in the text"));
    first.splice(telling.length, 0, ...unnamed);
    return [...nobodyNamed(map, told), ...first.filter((one) => unnamed.includes(one) || !named.has(one.value.actor)),
      ...rest.filter((actor) => !named.has(actor)).map((actor) => option(actor, "Elsewhere in this article"))];
  }
  const hits = here.filter((actor) => matches(actor, query));
  const other = found.filter(({ uuid }) => free(uuid) && !store.actors.has(uuid));
  return [...hits.slice(0, 8).map((actor) => option(actor, "In this article")),
    ...other.slice(0, 8).map((actor) => option(actor, "In this project"))];
}

const asNew = (map, words) => ({ label: `“${map.slice(...words)}”`, note: "a nearer name is not yet an actor: this makes it one",
  group: "Nearest in the text", kind: "new", value: { words: [words] } });

/**
 * Who may be meant by a name that no mention covers: the one known by it or by its full name; of several each; else
 * whose name holds these words, and behind them somebody new.
 */
function meant(map, actors, words, option) {
  const name = map.slice(...words);
  const only = onlyNamed(actors, name);
  const known = only ? [only] : fullNames(actors, name);
  const holders = known.length ? [] : nameHolders(actors, name);
  const may = [...known, ...holders];
  const group = may.length > 1 ? `“${name}” may be` : "Nearest in the text";
  const why = holders.length === 1 ? "nobody else here has these words in the name · " : "";
  const at = `“${name}” · ${why}sentence ${map.sentenceAt(words[0]).n}`;
  const options = may.map((actor) => ({ ...option(actor, group), note: at, value: { words: [words], actor } }));
  return known.length ? options : [...options, { ...asNew(map, words), ...(may.length ? { group } : {}) }];
}

/** Names that stand nearer than every known actor, or that tell: they come first, for a wrong speaker is worse than none. */
function abstained(map, extent, nearer, order, told) {
  const unnamed = told?.tellers.filter(({ mention }) => !mention).map(({ extent: words }) => words) ?? [];
  if (unnamed.length || told?.tellers.length || told?.kind === "nobody") return unnamed;
  const own = new Set(map.sentencesOf(extent).map(({ n }) => n));
  const away = (words) => distance(extent, [words]) + (own.has(map.sentenceAt(words[0]).n) ? 0 : 200);
  const [first] = nearer.map((words) => ({ words, away: away(words) })).sort((a, b) => a.away - b.away);
  return !first || (order.length && order[0].away <= first.away) ? [] : [first.words];
}

/** “It was said that …” names nobody: that comes before everybody who only stands near. */
function nobodyNamed(map, told) {
  if (told?.kind !== "nobody") return [];
  return [{ label: labelOf(VOICES, "agentless"), note: `“${map.slice(...told.verb)}” does not tell who`, group: "Nearest in the text",
    value: { voice: "agentless" } }];
}

/** A guess at how a new actor is named, from the words alone. */
export function namingOf(words) {
  if (/\b(anonym\w*|unnamed|who asked not to be named|on condition)\b/i.test(words)) return "anonymous";
  if (BODY.test(words)) return "named";
  if (/^(an?|one|some|several|many|two|three)\s/i.test(words)) return /s$/.test(words) ? "collective" : "unnamed";
  if (/^the\s|\b(minister|mayor|governor|spokes\w+|president|chief)\b/i.test(words) && !/\s[A-Z]\S+\s*$/.test(words)) return "by_office";
  return PLURAL.test(words) ? "collective" : "named";
}

const PLURAL = /(?:^|\s)(?:\p{Ll}[\p{L}’'-]*[^s\s]s|people|police)$/u;
const BODY = /(?:^|\s)(?:government|ministry|parliament|congress|army|council|court|administration|intelligence community)$/iu;
const PAPER = /(?:^|\s)(?:report|statement|survey|study|letter|video|filing|document)$/u;

/**
 * A guess at what kind of actor words mean, of those the codebook has: several are a group, a report is a document.
 * @param {boolean} relays whether it passes on what others said, as outlets do
 */
export function kindOf(words, kinds, relays = false) {
  const outlet = relays && namingOf(words) === "named" && "outlet";
  const guess = BODY.test(words) ? "government_body" : PAPER.test(words) ? "document" : PLURAL.test(words) ? "group" : outlet;
  return kinds.some(({ key }) => key === guess) ? guess : "person";
}

/** A guess at whether words mean one or several; empty where they leave it open. */
export function numberOf(words) {
  if (/^(an?|one|another)\s/i.test(words)) return "one";
  return /^(some|several|many|two|three|both)\s/i.test(words) ? "several" : "";
}

/** Somebody new by that name, as far as the words tell. */
export const somebodyNew = (name, kinds, relays = false) => ({ uuid: newUuid(), name, kind: kindOf(name, kinds, relays), naming: namingOf(name), number: numberOf(name),
  affiliation: "", aliases: [], fresh: true });

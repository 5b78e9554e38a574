/**
 * Puts the annotations together that the page was given as rows of the store's tables (room_marks.py).
 * What the text on this page says itself is taken from it: quotes, and the numbers of the sentences. Each
 * comes out as the API tells it, key by key, so that what the server tells later compares equal.
 */

/** "{[10,40),[52,90)}" as [[10, 40], [52, 90]] */
function stretches(written) {
  const numbers = written.match(/\d+/g).map(Number);
  const pairs = [];
  for (let i = 0; i < numbers.length; i += 2) pairs.push([numbers[i], numbers[i + 1]]);
  return pairs;
}

/** Rows by the key in one of their columns, as lists. */
function grouped(rows, column) {
  const groups = new Map();
  for (const row of rows) {
    const key = row[column];
    if (groups.has(key)) groups.get(key).push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

const keyed = (rows) => new Map(rows.map((row) => [row[0], row]));

/** @returns {Array<object>} the annotations in the order of the text, as contract ANNOTATION */
export function unfold(tables, map) {
  const whole = new Map(tables.whole.map((annotation) => [annotation.uuid, annotation]));
  const authors = new Map(tables.authors);
  const made = new Map();
  for (const [id, uuid, kind, extent, version, origin, author] of tables.spans) {
    if (whole.has(uuid)) made.set(id, whole.get(uuid));
    else made.set(id, anchor({ uuid, kind, extent: stretches(extent), version, author: authors.get(author) ?? "", origin }, map));
  }
  const tell = details(tables, made);
  for (const [id, annotation] of made) {
    if (!whole.has(annotation.uuid)) tell(id, annotation);
  }
  return [...made.values()];
}

function anchor({ uuid, kind, extent, version, author, origin }, map) {
  const sentences = map.sentencesOf(extent).map(({ n }) => n);
  return { uuid, kind, extent, quotes: map.quotes(extent), sentence: sentences[0], sentences, version, author, origin };
}

const spanOf = ({ uuid, extent, quotes }) => ({ uuid, extent, quotes });

/** Gives a function that adds to an annotation what it stands for. */
function details(tables, made) {
  const actors = keyed(tables.actors);
  const claims = keyed(tables.claims);
  const mentions = new Map(tables.mentions);
  const happened = keyed(tables.happened);
  const topics = grouped(tables.topics, 0);
  const linksOf = grouped(tables.links, 1);
  const sourcesOf = grouped(tables.sources, 1);
  const supports = keyed(tables.supports);
  const cuesOf = grouped(tables.supports, 1);
  const roleOf = new Map(tables.supports.filter(([,, source]) => source !== null).map((row) => [row[2], made.get(row[0])]));
  const linkById = keyed(tables.links);
  const sourceById = keyed(tables.sources);
  const relations = new Map(tables.relations);
  const uuidOf = (id) => made.get(id).uuid;

  const source = ([id, , actor, mention, role, jointly, basis, confidence]) => ({
    actor: actors.get(actor)[1], name: actors.get(actor)[2], mention: mention === null ? null : made.get(mention)?.uuid ?? null,
    role_at_time: role, ...(jointly === "one" ? {} : { jointly }),
    ...(basis === "textual" ? {} : { basis }), ...(confidence ? { confidence } : {}),
    ...(roleOf.has(id) ? { role_span: spanOf(roleOf.get(id)) } : {}),
  });
  const link = ([id, , , role, act, basis, quotation]) => ({
    role, act, basis, quotation_type: quotation,
    sources: (sourcesOf.get(id) ?? []).map(source), cues: (cuesOf.get(id) ?? []).map(([cue]) => uuidOf(cue)),
  });
  const claimOf = (id) => {
    const [, type, paraphrase, quotation, polarity, voice, basis, status] = claims.get(id);
    return {
      type, paraphrase, quotation_type: quotation, polarity, voice, basis, status, withdrawn: false,
      topics: (topics.get(id) ?? []).map(([, key]) => key),
      chains: [...grouped(linksOf.get(id) ?? [], 2).values()].map((links) => links.map(link)),
    };
  };
  /** Whose words a supporting span is: a claim's, or by its own identifier an actor's or an event's. */
  const owner = ([, link, source, claim, other]) => {
    if (link !== null) return uuidOf(linkById.get(link)[1]);
    if (source !== null) return uuidOf(linkById.get(sourceById.get(source)[1])[1]);
    return claim !== null ? uuidOf(claim) : other;
  };
  return (id, annotation) => {
    const { kind } = annotation;
    if (kind === "claim") {
      annotation.claim = claimOf(id);
      if (relations.has(id)) annotation.relations = relations.get(id);
    } else if (kind === "actor") {
      const [, actor, name] = actors.get(mentions.get(id));
      annotation.actor = { actor, name };
    } else if (kind === "event") {
      const [, event, label, factuality, words] = happened.get(id);
      annotation.event = { event, label, ...(factuality === "happened" && !words ? {} : { factuality, factuality_words: words }) };
    } else {
      const support = supports.get(id);
      const cueType = support.at(-1);
      annotation.support = { slot: kind, of: owner(support), ...(cueType ? { cue_type: cueType } : {}) };
    }
  };
}

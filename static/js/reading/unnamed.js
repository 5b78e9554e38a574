/**
 * Why the speakers who are new with a claim are not named: the words are saved with what makes such a speaker, their
 * mention or the claim itself, and are taken back with it.
 */

const sourcesOf = ({ claim }) => claim?.chains.flat().flatMap(({ sources }) => sources) ?? [];

/** New anonymous speakers whose reason is told here for the first time. */
function told({ store }, changes) {
  const named = new Set(changes.flatMap(({ after }) => (after ? sourcesOf(after) : [])).map(({ actor }) => store.actors.get(actor)));
  return [...named].filter((actor) => actor?.fresh && actor.naming === "anonymous" && actor.reason_span && !store.get(actor.reason_span.uuid));
}

function withMention(change, { reason_span: span }) {
  const { after } = change;
  const said = (reason) => ({ ...after, actor: { ...after.actor, ...reason } });
  return { ...change, after: said({ reason_span: span }), parting: said({ reason_span: null, takes_back: true }) };
}

function withClaim(change, actors) {
  const spans = new Map(actors.map(({ uuid, reason_span: span }) => [uuid, span]));
  const said = (reasonOf) => {
    const copy = structuredClone(change.after);
    for (const source of sourcesOf(copy)) if (spans.has(source.actor)) Object.assign(source, reasonOf(source));
    return copy;
  };
  return { ...change, after: said(({ actor }) => ({ reason_span: spans.get(actor) })),
    parting: said(() => ({ reason_span: null, takes_back: true })) };
}

/** The changes that save a claim, with the reasons that came with them. */
export function withReasons(room, changes) {
  const actors = told(room, changes);
  const mentionOf = ({ uuid }) => changes.find(({ before, after }) => !before && after?.actor?.actor === uuid);
  const alone = actors.filter((actor) => !mentionOf(actor));
  const words = actors.map(({ uuid, reason_span: span }) => ({ before: null,
    after: { ...room.newAnnotation("reason", span.extent), uuid: span.uuid, support: { slot: "reason", of: uuid } } }));
  return [...words, ...changes.map((change) => {
    const actor = actors.find((one) => mentionOf(one) === change);
    if (actor) return withMention(change, actor);
    return alone.length && change.after?.claim ? withClaim(change, alone) : change;
  })];
}

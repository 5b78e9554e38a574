/** Which actors and events may be proposed: what is stored, and what is new but on its way to be. */

/** Actors and events that an annotation names. */
export const namedBy = ({ actor, event, claim }) => [actor?.actor, event?.event,
  ...(claim?.chains.flat().flatMap(({ sources }) => sources.map(({ actor: uuid }) => uuid)) ?? [])];

/**
 * A new one whose form was left, or which the server refused, does not exist: it is not offered.
 * @param {"actors"|"events"} what
 * @param {Array<string>} also new ones that the open form itself names
 */
export function offered({ store, outbox }, what, also = []) {
  const all = [...new Map([...store[what].values()].map((one) => [one.uuid, one])).values()]; // one may stand under two identifiers
  if (!all.some(({ fresh }) => fresh)) return all;
  const queued = new Set(outbox.entries.map(({ uuid }) => uuid));
  const troubled = new Set(outbox.entries.filter(({ trouble }) => trouble === "refused").map(({ uuid }) => uuid));
  const stands = ({ uuid, version }) => !troubled.has(uuid) && (version > 0 || queued.has(uuid));
  const named = new Set([...also, ...store.inOrder().filter(stands).flatMap(namedBy)]);
  return all.filter(({ uuid, fresh }) => !fresh || named.has(uuid));
}

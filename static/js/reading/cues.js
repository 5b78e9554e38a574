/** Cues made and taken away outside a form. They are saved with the claim they belong to. */

/** Makes the words of `extent` the cue of the chosen claim, or of the only one in their sentence. */
export function makeCue(room, extent) {
  const { store, map } = room;
  const chosen = store.get(room.current);
  const near = store.ofKind("claim").filter(({ sentences }) => sentences.includes(map.sentenceAt(extent[0][0]).n));
  const claim = chosen?.claim ? chosen : near.length === 1 && near[0];
  if (!claim || !claim.claim.chains[0]?.length) {
    return room.announce("A cue belongs to a claim with a speaker: choose the claim first.");
  }
  const cue = { ...room.newAnnotation("cue", extent), support: { slot: "cue", of: claim.uuid } };
  const after = structuredClone(claim);
  after.claim.chains[0][0].cues.push(cue.uuid);
  room.change("Cue saved", [{ before: null, after: cue }, { before: claim, after }]);
  room.toolbar.hide();
  room.cursor.place(extent.at(-1)[1]);
  room.choose(claim.uuid);
  return room.announce(`Cue saved: ${cue.quotes.join(" … ")}`);
}

export function eraseCue(room, cue) {
  const [claim] = room.store.claimsWith(cue);
  if (!claim) return;
  const after = structuredClone(claim);
  for (const link of after.claim.chains.flat()) link.cues = link.cues.filter((uuid) => uuid !== cue.uuid);
  room.choose(claim.uuid);
  room.change("Cue removed", [{ before: claim, after }, { before: cue, after: null }]);
  room.announceUndoable("Cue removed.");
}

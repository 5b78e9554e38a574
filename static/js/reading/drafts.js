/** Hands the chosen draft, or the one of that identifier, to the reviewers. */
export function submitDraft(room, uuid = room.current) {
  const before = room.store.get(uuid);
  if (!room.data.can_annotate || before?.claim?.status !== "draft") return room.announce("Choose a draft of a claim first.");
  if (room.form.editing === uuid) return room.announce("Its form is open: submit it there.");
  const after = { ...before, claim: { ...before.claim, status: "submitted" } };
  room.change("Draft submitted", [{ before, after }]);
  room.choose(uuid, { from: "form" });
  return room.announceUndoable("Submitted for review.");
}

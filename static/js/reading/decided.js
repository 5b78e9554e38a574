const DECIDED = new Set(["accepted", "rejected", "disputed"]);

/** The decision on a claim, which any change of it takes back; null without one. */
export const decisionOn = (annotation) => (DECIDED.has(annotation?.claim?.status) ? annotation.claim.status : null);

export const warningOf = (decision) => `This claim is ${decision}. Saving a change sends it back to the review queue.`;

/** The claim as a change leaves it: what was judged waits for review again, a draft stays one. */
export function asChanged(annotation) {
  return decisionOn(annotation) ? { ...annotation, claim: { ...annotation.claim, status: "submitted" } } : annotation;
}

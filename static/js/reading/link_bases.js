/**
 * What a link rests on, as far as that follows from where its cues stand: one whose cues all stand in sentences
 * before the claim's is carried over from there. What somebody chose stays, wherever a cue stands.
 */
export class LinkBases {
  #begins; // code point at which the claim's first sentence does
  #followed = new WeakSet();
  #chosen;

  /** @param {Array<object>} stored links that say what they rest on already */
  constructor(map, extent, stored) {
    this.#begins = map.sentenceAt(extent[0][0]).start;
    this.#chosen = new WeakSet(stored);
  }

  follow(link, cues) {
    if (this.#chosen.has(link)) return;
    const before = cues.length > 0 && cues.every(({ extent }) => extent.at(-1)[1] <= this.#begins);
    if (before && link.basis === "stated") {
      link.basis = "carried_over";
      this.#followed.add(link);
    } else if (!before && this.#followed.delete(link)) link.basis = "stated";
  }

  choose(link, basis) {
    link.basis = basis;
    this.#chosen.add(link);
  }
}

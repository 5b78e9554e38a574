/** What a speaker does with the words, read off the cue: “denied” denies them. The analyst's own choice stays. */
const DENIES = /^(?:den(?:ied|ies|y|ying)|dementiert\w*|bestreitet|bestritt|nie|niega|negó)$/iu;
const DECLINES = /(?:declin|refus)(?:ed|es|ing) to comment|(?:would|did) not comment|no comment/iu;

const readOff = (words) => {
  if (DECLINES.test(words)) return "declined";
  return words.split(" ").some((word) => DENIES.test(word)) ? "denied" : "asserted";
};

export class PolarityRead {
  #select;
  #last;

  /** `words` are those of the cue as the claim is stored with it, about which nothing is proposed any more. */
  constructor(select, words) {
    this.#select = select;
    this.#last = { words, value: words ? null : "asserted" };
  }

  /** Another cue was chosen: what was read off the one before, and not changed since, is read anew and shown. */
  follow(words) {
    if (words === this.#last.words) return;
    const value = readOff(words);
    if (this.#select.value === this.#last.value && value !== this.#last.value) {
      this.#select.value = value;
      for (let fold = this.#select.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    }
    this.#last = { words, value: this.#select.value === value ? value : null };
  }
}

"""Articles of invented words: the same for the same seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

SYLLABLES = tuple("bacodefiguhajokaleminuorparisotuvewoya"[i : i + 2] for i in range(0, 38, 2))
PARAGRAPH = 4  # sentences


@dataclass(frozen=True)
class Text:
    """A title and sentences of 10 to 20 words in paragraphs."""

    name: str
    sentences: list[str]

    @property
    def whole(self) -> str:
        parts = [
            " ".join(self.sentences[i : i + PARAGRAPH]) for i in range(0, len(self.sentences), PARAGRAPH)
        ]
        return "\n\n".join([self.name, *parts])


def text(name: str, words: int, seed: int = 20) -> Text:
    """`words` of them, give or take a sentence."""
    chance = random.Random(seed)
    lexicon = ["".join(chance.choices(SYLLABLES, k=chance.choice((1, 2, 2, 3, 3, 4)))) for _ in range(4000)]
    sentences, count = [], 0
    while count < words:
        found = chance.choices(lexicon, k=chance.randint(10, 20))
        sentences.append(f"{' '.join(found).capitalize()}.")
        count += len(found)
    return Text(name, sentences)


Stretch = tuple[int, int]


def marked(sentences: list[tuple[int, str]], bundles: int) -> Iterator[tuple[int, dict[str, Stretch]]]:
    """Evenly over the text, in `bundles` of the sentences, which are given as (start, words): the index of
    each, and where in the text (code points) a speaker, a cue, a claim and inside it an event stand."""
    for number in range(bundles):
        index = number * len(sentences) // bundles
        start, words = sentences[index]
        ends = [i for i, letter in enumerate(words) if letter == " "]
        places = {
            "actor": (0, ends[1]),
            "cue": (ends[1] + 1, ends[2]),
            "claim": (ends[2] + 1, len(words) - 1),
            "event": (ends[4] + 1, ends[6]),
        }
        yield index, {kind: (start + a, start + b) for kind, (a, b) in places.items()}

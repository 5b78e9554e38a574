"""How much of their wording two texts share: estimated from short signatures (MinHash).

So one text can be compared with a hundred thousand. A shingle is four words in a row, or eight characters of
a script without blanks, folded as words are for searching. The likeness of two texts is the share of their
shingles that both have (Jaccard). Signatures are compared only where RECIPE is the same: it names the
library's algorithm, the parameters, and what comes out for a sample.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from rensa import RMinHash

from sources.text.folding import LONGEST_WORD, folded

LEAST_ALIKE = 0.2
"""From this likeness on a text is proposed as a reprint; docs/adr/0029 has the measurements behind it."""
SHORTEST = 40
"""Shingles that a text must have to be compared: of a few words a chance phrase would be a fifth."""
SLOTS = 128
BANDS = 64
"""Two slots a band: texts that are LEAST_ALIKE share one in 93 of 100 cases, at 0.3 in more than 99."""

_WEIGHT = 8
_SEED = 1
_ALIEN = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")


@dataclass(frozen=True, slots=True)
class Wording:
    """`shingles` counts the different ones; `signature` is empty for a text too short to be compared."""

    shingles: int
    signature: bytes

    @property
    def comparable(self) -> bool:
        return bool(self.signature)


def wording_of(texts: Iterable[str]) -> Wording:
    """The wording of the parts of a text that count, in their order."""
    found = _shingles("\n".join(texts))
    return Wording(len(found), _signature(found) if len(found) >= SHORTEST else b"")


def share_of_the_shorter(one: Iterable[str], other: Iterable[str]) -> float:
    """How much of the shorter text's wording the longer one has too, counted, 0 to 1. So what a text grew out
    of is alike, however much was added; of a few words there is nothing to share."""
    mine, theirs = _shingles("\n".join(one)), _shingles("\n".join(other))
    least = min(len(mine), len(theirs))
    return len(mine & theirs) / least if least else 0.0


def likeness(one: bytes, other: bytes) -> float:
    """The estimated share of shingles in common, 0 to 1; its standard error is 0.045 at most."""
    mine, theirs = _slots(one), _slots(other)
    return sum(a == b for a, b in zip(mine, theirs, strict=True)) / SLOTS


def bands(signature: bytes, shelf: int) -> list[int]:
    """Numbers (32 bits, signed) of which texts of one shelf that are alike share some."""
    if not signature:
        return []
    wide = len(signature) // BANDS
    salt = f"{shelf} {RECIPE}".encode()
    return [
        int.from_bytes(
            blake2b(
                b"%d " % band + signature[band * wide : (band + 1) * wide], digest_size=4, key=salt[:64]
            ).digest(),
            "big",
            signed=True,
        )
        for band in range(BANDS)
    ]


def _shingles(text: str) -> set[str]:
    # Words are searched by their first letters, which of a text without blanks would be its beginning alone.
    words = folded(_ALIEN.sub(lambda run: " ".join(run[0]), text))
    weights = [1 if len(word) == 1 else 2 for word in words]
    found = set()
    end = weight = 0
    for start, word_weight in enumerate(weights):
        while weight < _WEIGHT and end < len(words):
            weight += weights[end]
            end += 1
        if weight < _WEIGHT:
            break
        found.add(" ".join(words[start:end]))
        weight -= word_weight
    return found


def _signature(shingles: set[str]) -> bytes:
    sketch = RMinHash(SLOTS, _SEED)
    sketch.update(list(shingles))
    return b"".join(slot.to_bytes(4, "big") for slot in sketch.digest())


def _slots(signature: bytes) -> array[int]:
    slots = array("I")
    slots.frombytes(signature)
    return slots


def _recipe() -> str:
    """A version of the library or a machine that answers the sample otherwise has another recipe."""
    sample = {f"{word} naïve 船" for word in range(300)}
    told = blake2b(_signature(sample), digest_size=4).hexdigest()
    return f"rensa-R{RMinHash.ALGORITHM_VERSION} {SLOTS} 4w8c {told}"


RECIPE = _recipe()

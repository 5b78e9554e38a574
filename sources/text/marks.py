"""How many combining marks may follow each other before Unicode's normal form becomes too dear."""

import unicodedata
from functools import lru_cache

LONGEST_RUN = 30
"""As in the Stream-Safe Text Format (UAX #15 §13). Normalising sorts each run of marks, which takes the
square of its length; no language needs nearly as many."""


def stream_safe(text: str) -> str:
    """The text without those combining marks that make a run longer than LONGEST_RUN."""
    if text.isascii():
        return text
    kept, run = [], 0
    for character in text:
        marks, goes_on = _marks(character)
        run = run + marks if goes_on else marks
        if run > LONGEST_RUN:
            run -= marks
        else:
            kept.append(character)
    return "".join(kept)


@lru_cache(maxsize=4096)
def _marks(character: str) -> tuple[int, bool]:
    """How many marks the character ends in once decomposed, and whether it is nothing else."""
    parts = unicodedata.normalize("NFD", character)
    marks = sum(1 for part in parts if unicodedata.combining(part))
    return marks, marks == len(parts)

"""Places that were found by likeness, so that they begin and end where letters and words do."""

from __future__ import annotations

from sources.text.anchor import cuts_cluster

LONGEST_WORD = 40
THAI = "\u0e00"
"""From here on scripts do not part words by blanks, or seldom."""

Place = tuple[int, int]


def whole(old: str, new: str, was: Place, there: Place) -> Place:
    """The place `there` in the new text, with whole letters, and where its words are others whole words,
    unless the old place `was` cut its own: of "Nineteen" not "teen" alone, which "Eighteen" had as well."""
    first, last = _whole_letters(old, new, was, there)
    if new[first:last] == old[slice(*was)]:
        return first, last
    begun, ended = first, last
    if not _cuts_word(old, was[0]):
        while first and begun - first < LONGEST_WORD and _cuts_word(new, first):
            first -= 1
    if not _cuts_word(old, was[1]):
        while last - ended < LONGEST_WORD and _cuts_word(new, last):
            last += 1
    return first, last


def _whole_letters(old: str, new: str, was: Place, there: Place) -> Place:
    """With the marks of its last letter, unless the old place had its letters cut too: "cafe" is no part of
    "café"."""
    first, last = there
    while first and cuts_cluster(new, first) and not cuts_cluster(old, was[0]):
        first -= 1
    while cuts_cluster(new, last) and not cuts_cluster(old, was[1]):
        last += 1
    return first, last


def _cuts_word(text: str, at: int) -> bool:
    """Whether letters or digits stand on both sides, in a script that parts its words by blanks."""
    around = text[max(0, at - 1) : at + 1]
    return len(around) == 2 and around.isalnum() and all(one < THAI for one in around)

"""What quotation marks have to do with an extent: the part of it that is quoted, the part that is not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from sources.text.offsets import Extent
from sources.text.quotations import CLOSERS, Quotation, Stretch

LONGEST_ASIDE = 30
"""Words between two parts of one quotation: longer ones are no "she said, looking at the river"."""

_PAUSE = set(",.;:!?…—–-،؛؟。，！？")
_SENTENCE_END = re.compile(r"[.!?…؟。！？](?=\s|$)")
_SHORTENED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|Hon|St|Gen|Adm|Col|Maj|Capt|Cmdr|Lt|Sgt|Cpl|Gov|Sen|Rep|[A-Z])\.(?=\s)"
)
"""A stop that ends no sentence: a title's or an initial's."""
_ADDS = re.compile(r",\s+(?:and\s+)?[a-z]+(?:ing|ed)\s+that\s")
"""What the speaker says besides in the reporter's words: "she said, adding that the boats …"."""


def quoted(quotations: Iterable[Quotation], apart: Iterable[Stretch] = ()) -> list[Stretch]:
    """The stretches between marks, merged, in order; without those quotations that touch one of `apart`."""
    aside = list(apart)
    found: list[Stretch] = []
    for quotation in quotations:
        if not any(start < quotation.end and quotation.start < end for start, end in aside):
            found += quotation.words
    merged: list[Stretch] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def inside(extent: Extent, between_marks: Iterable[Stretch]) -> list[Stretch]:
    """The parts of the extent that are quoted."""
    marks = list(between_marks)
    return [
        (max(start, low), min(end, high))
        for start, end in extent.stretches
        for low, high in marks
        if max(start, low) < min(end, high)
    ]


def outside(
    text: str, extent: Extent, between_marks: Iterable[Stretch], glosses: Iterable[Stretch] = ()
) -> list[Stretch]:
    """The parts of the extent that say something (letters, digits) and are neither quoted nor a gloss.

    Left out is what breaks into a quotation to name its speaker: `“We left,” she said, “at dawn.”`
    """
    marks, added = list(between_marks), list(glosses)
    opens, closes = {low for low, _ in marks}, {high for _, high in marks}
    found: list[Stretch] = []
    for start, end in extent.stretches:
        at = start
        for low, high in marks:
            if high <= start or low >= end:
                continue
            found.append((at, max(at, low)))
            at = min(end, high)
        found.append((at, end))
    return [
        (start, end)
        for start, end in found
        if any(text[at].isalnum() and not any(a <= at < b for a, b in added) for at in range(start, end))
        and not (start in closes and end in opens and _is_aside(text, start, end))
    ]


def asides(text: str, extent: Extent, between_marks: Iterable[Stretch]) -> list[Stretch]:
    """What breaks into a quotation to name its speaker, with the marks around it but for its first blank:
    without it `“We left,” she said, “at dawn.”` reads `“We left, at dawn.”`"""
    marks = list(between_marks)
    found: list[Stretch] = []
    for (_, close), (opening, _) in pairwise(marks):
        held = any(start <= close and opening <= end for start, end in extent.stretches)
        if held and any(map(str.isalnum, text[close:opening])) and _is_aside(text, close, opening):
            blank = next((at for at in range(close, opening) if text[at].isspace()), opening)
            found += [(close, blank), (blank + 1, opening)] if blank < opening else [(close, opening)]
    return found


def _is_aside(text: str, start: int, end: int) -> bool:
    """Whether what stands between two quoted parts only breaks into one quotation: set off by a pause."""
    words = re.sub(r"[^\w\s.,;:!?…—–،؛؟。，！？-]", "", text[start:end]).strip()
    pause = text[start - 1] in _PAUSE or words[:1] in _PAUSE
    ends = len(_SENTENCE_END.findall(_SHORTENED.sub("", words)))
    short = ends <= 1 and len(words.split()) <= LONGEST_ASIDE
    return pause and words[-1:] in _PAUSE and short and _ADDS.search(words) is None


def misfit(
    quotation_type: str,
    text: str,
    extent: Extent,
    between_marks: Iterable[Stretch],
    glosses: Iterable[Stretch] = (),
) -> str:
    """Why the words at `extent` are not a quotation of that type, in words; empty if they may be.

    Called direct, all of them stand between marks, but for the reporter's `glosses`; called mixed, some do.
    Other types ask for nothing.
    """
    marks = list(between_marks)
    if quotation_type == "direct" and (bare := outside(text, extent, marks, glosses)):
        start, end = bare[0]
        return f"“{_short(text[start:end])}” stands outside quotation marks, so the quotation is not direct"
    if quotation_type == "mixed" and not inside(extent, marks):
        return "none of these words stand between quotation marks, so the quotation is not mixed"
    return ""


def _short(words: str) -> str:
    said = " ".join(words.split()).strip("".join(CLOSERS) + " ".join(CLOSERS.values()))
    return said if len(said) <= 60 else f"{said[:57]}…"

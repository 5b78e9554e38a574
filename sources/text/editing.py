"""What an editor put into a quotation: `[the situation]`, `[t]he`, `[sic]`, and signs of omission."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sources.text.offsets import Extent
from sources.text.quotations import Stretch

_DOTS = r"(?:…|\.{3,4}|(?:\.\s){2,3}\.)"
EDITED = re.compile(
    rf"\[\s*(?P<cut>{_DOTS})\s*\]|\(\s*{_DOTS}\s*\)|(?P<letter>(?<!\w)\[[^\W\d_]\](?=\w))"
    rf"|(?P<put>\[[^\[\]\n]{{1,300}}\])|{_DOTS}"
)


@dataclass(frozen=True, slots=True)
class Edit:
    """`kind` is insertion, omission or case (one letter made large or small)."""

    kind: str
    start: int
    end: int


def edits(text: str, within: Iterable[Stretch]) -> list[Edit]:
    """The edits in the stretches, in order. Brackets outside quotations are the writer's own."""
    found = []
    for start, end in within:
        for match in EDITED.finditer(text, start, end):
            kind = "case" if match["letter"] else "insertion" if match["put"] else "omission"
            found.append(Edit(kind, match.start(), match.end()))
    return sorted(found, key=lambda edit: edit.start)


def bare(text: str, extent: Extent, joiner: str, edited: Iterable[Edit], left_out: Iterable[Stretch]) -> str:
    """The words at `extent` with single blanks, without insertions, omission signs and `left_out`.

    Stretches are joined by `joiner`. Where nothing would be left, the words as they are printed.
    """
    cuts = [*left_out]
    for edit in edited:
        brackets = [(edit.start, edit.start + 1), (edit.end - 1, edit.end)]
        cuts += brackets if edit.kind == "case" else [(edit.start, edit.end)]
    cuts.sort()
    pieces = [_tidy(_without(text, start, end, cuts)) for start, end in extent.stretches]
    kept = joiner.join(piece for piece in pieces if any(c.isalnum() for c in piece))
    return kept or joiner.join(_tidy(words) for words in extent.slices(text))


def _without(text: str, start: int, end: int, cuts: Iterable[Stretch]) -> str:
    kept, at = "", start
    for low, high in cuts:
        if high <= at or low >= end:
            continue
        kept = _joined(kept, text[at : max(at, low)])
        at = min(end, high)
    return _joined(kept, text[at:end])


def _joined(before: str, after: str) -> str:
    """Without the blank that a cut leaves before a comma or a full stop."""
    return before.rstrip() + after if after[:1] in set(",.;:!?،؛؟") else before + after


def _tidy(words: str) -> str:
    return " ".join(words.split())

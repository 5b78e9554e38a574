"""An annotation's old words beside the place where they are thought to stand now, with their sentences."""

from bisect import bisect_left, bisect_right

from sources.models import Sentence, Snapshot
from sources.text.offsets import Extent
from sources.text.printed import printed
from sources.text.sentence_changes import word_changes
from sources.text.standing import JOINER

MOST_PLACES = 30

Pieces = list[tuple[str, str]]
"""(mark, words): "" stands outside the annotation's words, "same" in both texts, "del" or "ins" in one."""


class Page:
    """A text and where its sentences lie."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.text, self.number = snapshot.text, snapshot.number
        cut = Sentence.objects.filter(segmentation=snapshot.current_segmentation_id or 0).order_by("start")
        self.sentences = list(cut.values_list("start", "end", "number"))
        self._starts = [start for start, _, _ in self.sentences]
        self._ends = [end for _, end, _ in self.sentences]

    def around(self, extent: Extent) -> tuple[int, int, int | None]:
        """From where to where the sentences go that it stands in, and the number of the first."""
        first = bisect_right(self._ends, extent.start)
        last = bisect_left(self._starts, extent.end)
        held = self.sentences[first:last]
        if not held:
            return extent.start, extent.end, None
        return min(held[0][0], extent.start), max(held[-1][1], extent.end), held[0][2]


Marks = list[tuple[int, int, str]]


def marked(old: str, new: str, extent: Extent, proposed: Extent | None) -> tuple[Marks, Marks]:
    """The runs of words of both extents, each with its mark."""
    if proposed is None or len(proposed.stretches) != len(extent.stretches):
        return (
            [(start, end, "same") for start, end in extent.stretches],
            [(start, end, "same") for start, end in (proposed.stretches if proposed else ())],
        )
    gone: Marks = []
    come: Marks = []
    for before, after in zip(extent.stretches, proposed.stretches, strict=True):
        for change in word_changes(old, new, before, after):
            if change.before:
                gone.append((*change.before, "same" if change.kind == "kept" else "del"))
            if change.after:
                come.append((*change.after, "same" if change.kind == "kept" else "ins"))
    return gone, come


def pieces_of(page: Page, extent: Extent, marks: Marks) -> Pieces:
    start, end, _ = page.around(extent)
    pieces, at = [], start
    for first, last, mark in marks:
        if at < first:
            pieces.append(("", page.text[at:first]))
        pieces.append((mark, page.text[first:last]))
        at = last
    if at < end:
        pieces.append(("", page.text[at:end]))
    return pieces


def places_of(snapshot: Snapshot, words: str) -> list[tuple[Extent, str]]:
    """Where words that somebody typed stand in a text, print aside, with the sentence around each; pieces
    that stand apart are joined by " … " and looked for one after the other. At most 30 places."""
    page, text = Page(snapshot), printed(snapshot.text)
    parts = [piece for one in words.split(JOINER) if (piece := printed(one).words.strip())]
    found: list[tuple[Extent, str]] = []
    at = text.words.find(parts[0]) if parts else -1
    while at >= 0 and len(found) < MOST_PLACES:
        stretches, after = [], at
        for piece in parts:
            after = text.words.find(piece, after)
            if after < 0:
                return found
            stretches.append(text.back(after, after + len(piece)))
            after += len(piece)
        extent = Extent(tuple(stretches))
        start, end, _ = page.around(extent)
        found.append((extent, page.text[start:end]))
        at = text.words.find(parts[0], at + 1)
    return found

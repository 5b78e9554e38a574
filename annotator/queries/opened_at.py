"""The links that open an article's page at a claim's words and at each of its sentences."""

from dataclasses import dataclass
from functools import lru_cache

from annotator.citations.fragment import PageText
from annotator.models import AnnotationSentence, Claim
from sources.models import Snapshot

AROUND = 40
"""Code points shown on either side of what else a browser would mark."""


@dataclass(frozen=True, slots=True)
class Opened:
    """`state` as in `Fragment`. `marks` are the words that a browser marks where others fit first, between
    what stands around them; none where it marks the right ones. `sentence` is its number, none for the claim.
    """

    url: str
    state: str
    sentence: int | None = None
    marks: tuple[str, str, str] | None = None


def opened_at(claim: Claim, url: str) -> list[Opened]:
    """Of the claim, then of each sentence that it stands in. One query, two until the links are known."""
    marked = claim.annotation
    rows = AnnotationSentence.objects.filter(annotation=marked).order_by("sentence__number")
    places = [
        (None, *marked.extent.stretches[0]),
        *rows.values_list("sentence__number", "sentence__start", "sentence__end"),
    ]
    if not url.lower().startswith(("http://", "https://")):
        return [Opened("", "no_url", number) for number, *_ in places]
    return list(_links(marked.snapshot_id, marked.snapshot.sha256, url, tuple(places)))


@lru_cache(maxsize=256)
def _links(
    snapshot: int, _sha256: str, url: str, places: tuple[tuple[int | None, int, int], ...]
) -> tuple[Opened, ...]:
    """Kept since a text never changes; its digest tells it from that of another database."""
    text = str(Snapshot.objects.values_list("text", flat=True).get(pk=snapshot))
    page, made = PageText(text), []
    for number, start, end in places:
        link = page.link(url, start, end)
        first = page.first_fit(start, end) if link.state == "ambiguous" else None
        others = first and not (first[0] < end and start < first[1])
        marks = _around(text, *first) if first and others else None
        made.append(Opened(link.url, link.state, number, marks))
    return tuple(made)


def _around(text: str, start: int, end: int) -> tuple[str, str, str]:
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = "… " + before.partition(" ")[2]
    if len(text) > end + AROUND:
        after = after.rpartition(" ")[0] + " …"
    return before, text[start:end], after

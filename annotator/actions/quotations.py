"""What a claim says of its quotation, held against the marks in the text."""

from annotator.intents.claim import ClaimContent
from annotator.intents.refusal import Refused
from sources.models import Block, Snapshot
from sources.text.offsets import Extent
from sources.text.quotations import Stretch, paragraphs_of, quotations
from sources.text.quoted import misfit, quoted

from .gathering import asked

CHECKED = {"direct", "mixed"}
NOT_THE_SPEAKERS = {"scare", "word"}


def check(*, snapshot: Snapshot, extent: Extent, content: ClaimContent) -> None:
    """Raises Refused when words outside quotation marks are called direct, or mixed where none are quoted.

    Marks that are said to be scare quotes, or to name the word itself, quote nobody. No link is more quoted
    than its claim: the intent has seen to that.
    """
    if content.quotation_type not in CHECKED:
        return
    found = quotations(snapshot.text, _paragraphs(snapshot, extent))
    apart = [
        s for part in content.quoted if part.says in NOT_THE_SPEAKERS for s in part.span.extent.stretches
    ]
    marks = quoted(found, apart)
    glosses = [stretch for span in content.glosses for stretch in span.extent.stretches]
    if why := misfit(content.quotation_type, snapshot.text, extent, marks, glosses):
        rule = "direct_within_marks" if content.quotation_type == "direct" else "mixed_has_marks"
        raise Refused("claim.quotation_type", rule, why)


def _paragraphs(snapshot: Snapshot, extent: Extent) -> list[Stretch]:
    """The story's blocks; a masked one only where the claim stands in it."""
    found = [
        (start, end)
        for start, end, masked in asked(("blocks", snapshot.pk), lambda: _blocks(snapshot))
        if not masked or extent.overlaps(Extent.of((start, end)))
    ]
    return found or paragraphs_of(snapshot.text)


def _blocks(snapshot: Snapshot) -> list[tuple[int, int, bool]]:
    blocks = Block.objects.filter(snapshot=snapshot).order_by("position")
    return list(blocks.values_list("start", "end", "masked"))

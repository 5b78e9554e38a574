"""Cutting texts into sentences: once when they come in, and again by a later segmenter."""

from collections.abc import Sequence

from sources.models import Block, Segmentation, Sentence, Snapshot
from sources.text.blocks import Block as Stretch
from sources.text.segment import SEGMENTER, VERSION, SentenceSpan, segment


def sentences_of(text: str, blocks: Sequence[Block], language: str) -> list[SentenceSpan]:
    """The cut of a text by the segmenter that is here; `blocks` in the order of the text, `language` as an
    article's record has it ("en-GB")."""
    stretches = [Stretch(b.start, b.end, b.role, b.masked) for b in blocks]
    return segment(text, stretches, language.split("-", maxsplit=1)[0])


def store_cut(snapshot: Snapshot, blocks: Sequence[Block], language: str) -> Segmentation:
    """Cut the text and let this be its current cut. Earlier cuts stay, for what names their sentences.

    The caller holds the transaction, in which all that is marked in the text is tied to the new sentences.
    """
    segmentation = Segmentation.objects.create(
        project_id=snapshot.project_id, snapshot=snapshot, segmenter=SEGMENTER, segmenter_version=VERSION
    )
    Sentence.objects.bulk_create(
        Sentence(
            project_id=snapshot.project_id,
            snapshot=snapshot,
            snapshot_length=len(snapshot.text),
            segmentation=segmentation,
            block=blocks[span.block],
            number=span.number,
            start=span.start,
            end=span.end,
        )
        for span in sentences_of(snapshot.text, blocks, language)
    )
    Snapshot.objects.filter(pk=snapshot.pk).update(current_segmentation=segmentation)
    snapshot.current_segmentation = segmentation
    return segmentation

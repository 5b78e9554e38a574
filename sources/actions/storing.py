"""New articles and texts in the store, many at once, with all that belongs to each."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from sources.intake.article import ReadArticle
from sources.intake.dates import edtf_range
from sources.models import (
    Article,
    Block,
    Capture,
    Project,
    Publication,
    Segmentation,
    Sentence,
    Snapshot,
    User,
)
from sources.text.digest import sha256_hex_of_bytes
from sources.text.segment import SEGMENTER, VERSION

from .copying import copy_in, keys_for
from .segmentations import sentences_of

LONGEST_FILE_NAME = 255


@dataclass(frozen=True)
class RawFile:
    """The bytes as they came, kept beside the text."""

    raw: bytes
    media_type: str = "text/plain"
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class NewRecord:
    read: ReadArticle
    outlet: Publication | None
    original: Publication | None


@dataclass(frozen=True, slots=True)
class NewText:
    """The article's text of that `number`; `digest` is the text's."""

    article: Article
    number: int
    read: ReadArticle
    raw: RawFile
    method: str
    digest: str


def store_records(by: User | None, project: Project, records: Sequence[NewRecord]) -> list[Article]:
    articles = []
    for key, record in zip(keys_for(Article, len(records)), records, strict=True):
        read = record.read
        first, last = edtf_range(read.published_edtf) if read.published_edtf else (None, None)
        article = Article(
            pk=key,
            project=project,
            title=read.working_title,
            subtitle=read.subtitle or "",
            authors=list(read.authors),
            publication=record.outlet,
            original_publication=record.original,
            published=read.published_edtf or "",
            published_min=first,
            published_max=last,
            modified=read.modified_edtf or "",
            url=read.url or "",
            archive_url=read.archive_url or "",
            accessed=read.accessed,
            section=read.section or "",
            language=read.language or "en",
            added_by=by,
            created_at=timezone.now(),
        )
        article._state.adding = False
        articles.append(article)
    copy_in(articles)
    return articles


def store_texts(texts: Sequence[NewText]) -> list[Snapshot]:
    """The texts with their raw bytes, blocks and sentences."""
    snapshots = _snapshots(texts)
    copy_in(snapshots)
    copy_in([_capture(snapshot, text) for snapshot, text in zip(snapshots, texts, strict=True)])
    block_keys = iter(keys_for(Block, sum(len(text.read.blocks) for text in texts)))
    blocks = []
    for snapshot, text in zip(snapshots, texts, strict=True):
        keys = [next(block_keys) for _ in text.read.blocks]
        blocks.append(_blocks(snapshot, text.read, keys))
    copy_in([block for of_text in blocks for block in of_text])
    copy_in([_segmentation(snapshot) for snapshot in snapshots])
    copy_in(
        [
            sentence
            for snapshot, text, of_text in zip(snapshots, texts, blocks, strict=True)
            for sentence in _sentences(snapshot, of_text, text.article.language)
        ]
    )
    return snapshots


def _snapshots(texts: Sequence[NewText]) -> list[Snapshot]:
    snapshots = []
    cuts = keys_for(Segmentation, len(texts))
    for key, cut, text in zip(keys_for(Snapshot, len(texts)), cuts, texts, strict=True):
        read = text.read
        snapshot = Snapshot(
            pk=key,
            project_id=text.article.project_id,
            article=text.article,
            number=text.number,
            text=read.text,
            sha256=text.digest,
            method=text.method,
            cleaning=_told_of(read),
            extractor=read.extractor,
            extractor_version=read.extractor_version,
            captured_at=timezone.now(),
            current_segmentation_id=cut,
        )
        snapshot.length = len(read.text)
        snapshot._state.adding = False
        snapshots.append(snapshot)
    return snapshots


def _capture(snapshot: Snapshot, text: NewText) -> Capture:
    return Capture(
        project_id=snapshot.project_id,
        snapshot=snapshot,
        raw=text.raw.raw,
        sha256=sha256_hex_of_bytes(text.raw.raw),
        encoding=text.read.encoding,
        media_type=text.raw.media_type,
        file_name=text.raw.file_name[-LONGEST_FILE_NAME:],
    )


def _told_of(read: ReadArticle) -> dict[str, object]:
    """What is kept beside a captured text: what decoding and cleaning did, what was read of the record and
    where, and when the page says that it was changed, which is true of this text and not of the article."""
    told: dict[str, object] = {
        "encoding": read.encoding,
        "steps": [[step.what, step.count] for step in read.steps],
        "read_off": read.read_off,
        "told": read.told,
    }
    return told | ({"modified": read.modified_edtf} if read.modified_edtf else {})


def _blocks(snapshot: Snapshot, read: ReadArticle, keys: Sequence[int]) -> list[Block]:
    return [
        Block(
            pk=key,
            project_id=snapshot.project_id,
            snapshot=snapshot,
            snapshot_length=len(read.text),
            position=position,
            start=block.start,
            end=block.end,
            role=block.role,
            masked=block.masked,
            reason=block.reason[:200],
            repeats_id=None if block.repeats is None else keys[block.repeats],
        )
        for position, (key, block) in enumerate(zip(keys, read.blocks, strict=True))
    ]


def _segmentation(snapshot: Snapshot) -> Segmentation:
    return Segmentation(
        pk=snapshot.current_segmentation_id,
        project_id=snapshot.project_id,
        snapshot=snapshot,
        segmenter=SEGMENTER,
        segmenter_version=VERSION,
    )


def _sentences(snapshot: Snapshot, blocks: Sequence[Block], language: str) -> list[Sentence]:
    cut = snapshot.current_segmentation_id
    assert cut is not None  # noqa: S101  it was given one
    return [
        Sentence(
            project_id=snapshot.project_id,
            snapshot_id=snapshot.pk,
            snapshot_length=len(snapshot.text),
            segmentation_id=cut,
            block_id=blocks[span.block].pk,
            number=span.number,
            start=span.start,
            end=span.end,
        )
        for span in sentences_of(snapshot.text, blocks, language)
    ]

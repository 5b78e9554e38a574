"""Taking in what a reader read off a document: stored once, recognised ever after."""

from dataclasses import dataclass

from django.db.models import F, Q

from sources.intake.article import ReadArticle
from sources.intake.dates import edtf_range
from sources.models import (
    Article,
    Block,
    Capture,
    Project,
    Publication,
    Snapshot,
    User,
    acting,
)
from sources.text.digest import sha256_hex, sha256_hex_of_bytes

from .addresses import at_address, hold_address, place_article, same_address
from .locks import lock_reprints, lock_text
from .publications import by_its_address, outlet_read, publication_named
from .reprints import recognise
from .segmentations import store_cut

LONGEST_FILE_NAME = 255


@dataclass(frozen=True)
class RawFile:
    """The bytes as they came, kept beside the text."""

    raw: bytes
    media_type: str = "text/plain"
    file_name: str = ""


@dataclass(frozen=True)
class Imported:
    """`outcome` is "new", "known" (the same text from the same outlet or address, or from an outlet that
    one of the two does not name), "reprint" (the same text from another outlet) or "changed" (another text
    at the same address: a further snapshot of the same article, to which the caller carries what is marked
    on the earlier ones)."""

    article: Article
    snapshot: Snapshot
    outcome: str


def import_article(
    *, by: User | None, project: Project, read: ReadArticle, raw: RawFile, method: str = "file"
) -> Imported:
    """Store a read document, or recognise it.

    Two imports of one text, or from one address, at once must not both store it: the locks on the digest
    and on the address, held until the transaction ends, let the second see what the first stored.
    """
    digest = sha256_hex(read.text)
    with acting(by):
        lock_text(project.pk, digest)
        if read.url:
            hold_address(project.pk, read.url)
        read = by_its_address(project, read)
        outlet = outlet_read(by=by, project=project, read=read)
        twins = list(
            Snapshot.objects.filter(project=project, sha256=digest)
            .select_related("article__publication", "article__reprint_of")
            .order_by("pk")
        )
        for twin in twins:
            if _same_place(twin.article, outlet, read.url):
                return Imported(twin.article, twin, "known")
        earlier = at_address(project.pk, read.url or "")
        if earlier is not None:
            changed = Imported(earlier, _store_text(earlier, read, raw, method, digest), "changed")
            recognise(changed.article, changed.snapshot, _parts(read))
            return changed
        for twin in twins:
            if _not_elsewhere(twin.article, outlet, read.url):
                return Imported(twin.article, twin, "known")
        article = _store_record(by, project, read, outlet)
        place_article(article)
        snapshot = _store_text(article, read, raw, method, digest)
        if twins:
            _link_reprint(article, [t.article for t in twins])
        recognise(article, snapshot, _parts(read))
        return Imported(article, snapshot, "reprint" if twins else "new")


def _parts(read: ReadArticle) -> list[str]:
    return [read.text[block.start : block.end] for block in read.blocks if not block.masked]


def _same_place(article: Article, outlet: Publication | None, url: str | None) -> bool:
    if url and article.url:
        return same_address(article.url, url) or (outlet is not None and article.publication_id == outlet.pk)
    return article.publication_id == (outlet.pk if outlet else None)


def _not_elsewhere(article: Article, outlet: Publication | None, url: str | None) -> bool:
    """An outlet that is not named is no other outlet, unless two addresses differ."""
    return (outlet is None or article.publication_id is None) and not (url and article.url)


def _store_record(
    by: User | None, project: Project, read: ReadArticle, outlet: Publication | None
) -> Article:
    first, last = edtf_range(read.published_edtf) if read.published_edtf else (None, None)
    original = publication_named(by=by, project=project, name=read.original_outlet)
    return Article.objects.create(
        project=project,
        title=read.working_title,
        subtitle=read.subtitle or "",
        authors=list(read.authors),
        publication=outlet,
        original_publication=original,
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
    )


def _store_text(article: Article, read: ReadArticle, raw: RawFile, method: str, digest: str) -> Snapshot:
    snapshot = Snapshot.objects.create(
        project_id=article.project_id,
        article=article,
        number=Snapshot.objects.filter(article=article).count() + 1,
        text=read.text,
        sha256=digest,
        method=method,
        cleaning=_told_of(read),
        extractor=read.extractor,
        extractor_version=read.extractor_version,
    )
    Capture.objects.create(
        project_id=article.project_id,
        snapshot=snapshot,
        raw=raw.raw,
        sha256=sha256_hex_of_bytes(raw.raw),
        encoding=read.encoding,
        media_type=raw.media_type,
        file_name=raw.file_name[-LONGEST_FILE_NAME:],
    )
    store_cut(snapshot, _store_blocks(snapshot, read), article.language)
    return snapshot


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


def _store_blocks(snapshot: Snapshot, read: ReadArticle) -> list[Block]:
    blocks = Block.objects.bulk_create(
        Block(
            project_id=snapshot.project_id,
            snapshot=snapshot,
            snapshot_length=len(read.text),
            position=i,
            start=b.start,
            end=b.end,
            role=b.role,
            masked=b.masked,
            reason=b.reason[:200],
        )
        for i, b in enumerate(read.blocks)
    )
    for block, judged in zip(blocks, read.blocks, strict=True):
        if judged.repeats is not None:
            Block.objects.filter(pk=block.pk).update(repeats=blocks[judged.repeats], version=F("version") + 1)
    return blocks


def _link_reprint(article: Article, twins: list[Article]) -> None:
    """Who took it from whom: by what the records say, else the first stored is the original.

    All articles of one text point to one original, so that they count as one source.
    """
    lock_reprints(article.project_id)
    now = Article.objects.select_related("reprint_of").in_bulk([t.pk for t in twins])
    twins = [now[t.pk] for t in twins]
    if any(t.original_publication_id and t.original_publication_id == article.publication_id for t in twins):
        keys = [t.pk for t in twins]
        (
            Article.objects.filter(Q(pk__in=keys) | Q(reprint_of__in=keys))
            .exclude(pk=article.pk)
            .update(reprint_of=article, version=F("version") + 1)
        )
        return
    named = article.original_publication_id
    original = next((t for t in twins if named and t.publication_id == named), twins[0])
    root = original.reprint_of or original
    Article.objects.filter(pk=article.pk).update(reprint_of=root, version=F("version") + 1)
    article.reprint_of, article.version = root, article.version + 1

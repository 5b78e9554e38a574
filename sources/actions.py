"""Everything that changes the shelf: projects, articles and their texts. One atomic function an act."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import F
from django.db.models.functions import Lower

from sources.intake.article import ReadArticle
from sources.intake.dates import edtf_range
from sources.models import (
    Article,
    Block,
    Capture,
    Membership,
    Project,
    Publication,
    Role,
    Segmentation,
    Sentence,
    Snapshot,
    User,
    acting,
)
from sources.text.digest import sha256_hex, sha256_hex_of_bytes
from sources.text.segment import SEGMENTER, VERSION, segment

EXTRACTOR = "sourceline-plain"
EXTRACTOR_VERSION = "1"

EDITABLE = ("title", "subtitle", "authors", "url", "archive_url", "accessed", "section", "language")


class StaleArticle(Exception):
    """Somebody changed the record since it was read; `current` is what it is now."""

    def __init__(self, current: Article) -> None:
        super().__init__("somebody changed this article’s record since it was read")
        self.current = current


@dataclass(frozen=True)
class RawFile:
    """The bytes as they came, kept beside the text."""

    raw: bytes
    media_type: str = "text/plain"
    file_name: str = ""


@dataclass(frozen=True)
class Imported:
    """`outcome` is "new", "known" (the same text from the same outlet or address), "reprint" (the same
    text from another outlet) or "changed" (another text at the same address)."""

    article: Article
    snapshot: Snapshot
    outcome: str


def create_project(
    *, by: User, name: str, slug: str, description: str = "", is_public: bool = False
) -> Project:
    """A new shelf with its maker as manager. Raises IntegrityError when the slug is taken."""
    with acting(by):
        project = Project.objects.create(
            name=name, slug=slug, description=description, is_public=is_public, created_by=by
        )
        Membership.objects.create(project=project, user=by, role=Role.MANAGER)
    return project


def set_member(*, by: User, project: Project, user: User, role: str) -> Membership:
    with acting(by):
        membership, _ = Membership.objects.update_or_create(
            project=project, user=user, defaults={"role": Role(role)}
        )
    return membership


def edit_project(*, by: User, project: Project, name: str, description: str, is_public: bool) -> Project:
    with acting(by):
        project.name, project.description, project.is_public = name, description, is_public
        project.save(update_fields=["name", "description", "is_public"])
    return project


def publication_named(*, by: User | None, project: Project, name: str | None) -> Publication | None:
    """The outlet of that name or alias, made if there is none. None for an empty name."""
    if not name:
        return None
    known = (
        Publication.objects.filter(project=project).alias(folded=Lower("name")).filter(folded=name.lower())
    ).first() or Publication.objects.filter(project=project, aliases__contains=[name]).first()
    if known is not None:
        return known
    with acting(by):
        return Publication.objects.create(project=project, name=name)


def import_article(
    *, by: User | None, project: Project, read: ReadArticle, raw: RawFile, method: str = "file"
) -> Imported:
    """Store a read document, or recognise it.

    Two imports of one text at once must not both store it: the lock on project and digest, held until
    the transaction ends, lets the second see what the first stored.
    """
    digest = sha256_hex(read.text)
    with acting(by):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"text {project.pk} {digest}"]
            )
        outlet = publication_named(by=by, project=project, name=read.outlet)
        twins = list(
            Snapshot.objects.filter(project=project, sha256=digest)
            .select_related("article", "article__publication")
            .order_by("pk")
        )
        for twin in twins:
            if _same_place(twin.article, outlet, read.url):
                return Imported(twin.article, twin, "known")
        earlier = _at_address(project, read.url)
        if earlier is not None:
            return Imported(earlier, _store_text(earlier, read, raw, method, digest), "changed")
        article = _store_record(by, project, read, outlet)
        snapshot = _store_text(article, read, raw, method, digest)
        if twins:
            _link_reprint(article, [t.article for t in twins])
        return Imported(article, snapshot, "reprint" if twins else "new")


def _same_place(article: Article, outlet: Publication | None, url: str | None) -> bool:
    if url and article.url:
        return article.url == url or (outlet is not None and article.publication_id == outlet.pk)
    return article.publication_id == (outlet.pk if outlet else None)


def _at_address(project: Project, url: str | None) -> Article | None:
    if not url:
        return None
    return Article.objects.filter(project=project, url=url).order_by("pk").first()


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
        url=read.url or "",
        language=read.language or "en",
        added_by=by,
    )


def _store_text(article: Article, read: ReadArticle, raw: RawFile, method: str, digest: str) -> Snapshot:
    number = Snapshot.objects.filter(article=article).count() + 1
    same = Snapshot.objects.filter(article=article, sha256=digest).first()
    if same is not None:
        return same
    snapshot = Snapshot.objects.create(
        project_id=article.project_id,
        article=article,
        number=number,
        text=read.text,
        sha256=digest,
        method=method,
        cleaning={"encoding": read.encoding, "steps": [[s.what, s.count] for s in read.steps]},
        extractor=EXTRACTOR,
        extractor_version=EXTRACTOR_VERSION,
    )
    length = len(read.text)
    Capture.objects.create(
        project_id=article.project_id,
        snapshot=snapshot,
        raw=raw.raw,
        sha256=sha256_hex_of_bytes(raw.raw),
        encoding=read.encoding,
        media_type=raw.media_type,
        file_name=raw.file_name,
    )
    blocks = Block.objects.bulk_create(
        Block(
            project_id=article.project_id,
            snapshot=snapshot,
            snapshot_length=length,
            position=i,
            start=b.start,
            end=b.end,
            role=b.role,
            masked=b.masked,
            reason=b.reason,
        )
        for i, b in enumerate(read.blocks)
    )
    for block, judged in zip(blocks, read.blocks, strict=True):
        if judged.repeats is not None:
            Block.objects.filter(pk=block.pk).update(repeats=blocks[judged.repeats], version=F("version") + 1)
    _cut(snapshot, read, blocks, article.language)
    return snapshot


def _cut(snapshot: Snapshot, read: ReadArticle, blocks: list[Block], language: str) -> None:
    segmentation = Segmentation.objects.create(
        project_id=snapshot.project_id, snapshot=snapshot, segmenter=SEGMENTER, segmenter_version=VERSION
    )
    Sentence.objects.bulk_create(
        Sentence(
            project_id=snapshot.project_id,
            snapshot=snapshot,
            snapshot_length=len(read.text),
            segmentation=segmentation,
            block=blocks[s.block],
            number=s.number,
            start=s.start,
            end=s.end,
        )
        for s in segment(read.text, read.blocks, language)
    )
    Snapshot.objects.filter(pk=snapshot.pk).update(current_segmentation=segmentation)
    snapshot.current_segmentation = segmentation


def _link_reprint(article: Article, twins: list[Article]) -> None:
    """Who took it from whom: by what either record says, else the first stored is the original."""
    for twin in twins:
        if twin.original_publication_id and twin.original_publication_id == article.publication_id:
            Article.objects.filter(pk=twin.pk).update(reprint_of=article, version=F("version") + 1)
            return
    original = next((t for t in twins if t.publication_id == article.original_publication_id), twins[0])
    root = original.reprint_of or original
    Article.objects.filter(pk=article.pk).update(reprint_of=root, version=F("version") + 1)
    article.reprint_of, article.version = root, article.version + 1


def edit_article(
    *,
    by: User,
    article: Article,
    version: int,
    values: Mapping[str, Any],
    outlet: str | None,
    original_outlet: str | None = None,
    published: str = "",
) -> Article:
    """Correct the record; texts stay as they are.

    `values` holds some of EDITABLE, `published` is EDTF. Raises ValueError for a date that is none, and
    StaleArticle when somebody changed the record since `version`.
    """
    first, last = edtf_range(published) if published else (None, None)
    with acting(by):
        current = Article.objects.select_for_update().get(pk=article.pk)
        if current.version != version:
            raise StaleArticle(current)
        for field in EDITABLE:
            if field in values:
                setattr(current, field, values[field])
        current.publication = publication_named(by=by, project=current.project, name=outlet)
        current.original_publication = publication_named(by=by, project=current.project, name=original_outlet)
        current.published, current.published_min, current.published_max = published, first, last
        current.version += 1
        current.save()
    return current


def judge_block(*, by: User, block: Block, role: str, masked: bool, reason: str = "") -> Block:
    """Say what a block is, and whether it is left out of counts. Its extent stays."""
    with acting(by):
        block = Block.objects.select_for_update().get(pk=block.pk)
        block.role, block.masked, block.reason = role, masked, reason
        block.version += 1
        block.save(update_fields=["role", "masked", "reason", "version"])
    return block

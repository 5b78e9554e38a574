"""Correcting an article's record and judging its blocks. Texts stay as they are."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F, Q

from sources.intake.dates import edtf_range
from sources.models import Article, Block, User, acting

from .locks import lock_address, lock_reprints
from .publications import publication_named

EDITABLE = (
    *("title", "subtitle", "authors", "url", "archive_url", "accessed", "section", "language", "modified"),
)


class StaleArticle(Exception):
    """Somebody changed the record since it was read; `current` is what it is now."""

    def __init__(self, current: Article) -> None:
        super().__init__("somebody changed this article’s record since it was read")
        self.current = current


class AddressTaken(Exception):
    """Another article of the project stands at that address; `article` is that one."""

    def __init__(self, article: Article) -> None:
        super().__init__("another article of the project is at this address")
        self.article = article


class StaleBlock(Exception):
    """Somebody judged the block since it was read; `current` is what it is now."""

    def __init__(self, current: Block) -> None:
        super().__init__("somebody changed this part’s role since it was read")
        self.current = current


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

    `values` holds some of EDITABLE, `published` and `modified` are EDTF. Raises ValueError for a date
    that is none, StaleArticle when somebody changed the record since `version`, and AddressTaken where
    another article is at the address that this one is given.
    """
    first, last = edtf_range(published) if published else (None, None)
    if values.get("modified"):
        edtf_range(values["modified"])
    url = values.get("url", "")
    with acting(by):
        if url:
            lock_address(article.project_id, url)
        publication = publication_named(by=by, project=article.project, name=outlet)
        original = publication_named(by=by, project=article.project, name=original_outlet)
        current = Article.objects.select_for_update().get(pk=article.pk)
        if current.version != version:
            raise StaleArticle(current)
        if url and url != current.url:
            _refuse_taken(current, url)
        for field in EDITABLE:
            if field in values:
                setattr(current, field, values[field])
        current.publication, current.original_publication = publication, original
        current.published, current.published_min, current.published_max = published, first, last
        current.version += 1
        current.save()
    return current


def _refuse_taken(article: Article, url: str) -> None:
    others = Article.objects.filter(project=article.project_id, url=url).exclude(pk=article.pk)
    other = others.order_by("pk").first()
    if other is not None:
        raise AddressTaken(other)


def judge_block(
    *, by: User, block: Block, role: str, masked: bool, reason: str = "", version: int | None = None
) -> Block:
    """Say what a block is, and whether it is left out of counts. Its extent stays.

    Saying what is already so does nothing. Raises StaleBlock when it is no longer at `version`.
    """
    with acting(by):
        block = Block.objects.select_for_update().get(pk=block.pk)
        if (block.role, block.masked, block.reason) == (role, masked, reason):
            return block
        if version is not None and version != block.version:
            raise StaleBlock(block)
        block.role, block.masked, block.reason = role, masked, reason
        block.version += 1
        block.save(update_fields=["role", "masked", "reason", "version"])
    return block


def mark_reprint(*, by: User | None, article: Article, original: Article) -> Article:
    """Say that `article` prints the story of `original`, with furniture or cuts of its own.

    All that print one story point to one original: where `original` is itself a reprint, `article` is linked
    to the first of them, and the reprints of `article` go with it. Where `original` was known as a reprint of
    this very `article`, the two change places. Raises ValueError for an article and itself.
    """
    if article.pk == original.pk:
        raise ValueError("an article is no reprint of itself")
    with acting(by):
        lock_reprints(article.project_id)
        named = Article.objects.select_related("reprint_of").get(pk=original.pk)
        root = named.reprint_of or named
        if root.pk == article.pk:
            root = named
            Article.objects.filter(pk=root.pk).update(reprint_of=None, version=F("version") + 1)
        moved = Article.objects.filter(Q(pk=article.pk) | Q(reprint_of=article.pk)).exclude(pk=root.pk)
        moved.update(reprint_of=root, version=F("version") + 1)
    return Article.objects.get(pk=article.pk)

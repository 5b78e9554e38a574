"""Correcting an article's record and judging its blocks. Texts stay as they are."""

from collections.abc import Mapping
from typing import Any

from sources.intake.dates import edtf_range
from sources.models import Article, Block, User, acting

from .publications import publication_named

EDITABLE = ("title", "subtitle", "authors", "url", "archive_url", "accessed", "section", "language")


class StaleArticle(Exception):
    """Somebody changed the record since it was read; `current` is what it is now."""

    def __init__(self, current: Article) -> None:
        super().__init__("somebody changed this article’s record since it was read")
        self.current = current


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

    `values` holds some of EDITABLE, `published` is EDTF. Raises ValueError for a date that is none, and
    StaleArticle when somebody changed the record since `version`.
    """
    first, last = edtf_range(published) if published else (None, None)
    with acting(by):
        publication = publication_named(by=by, project=article.project, name=outlet)
        original = publication_named(by=by, project=article.project, name=original_outlet)
        current = Article.objects.select_for_update().get(pk=article.pk)
        if current.version != version:
            raise StaleArticle(current)
        for field in EDITABLE:
            if field in values:
                setattr(current, field, values[field])
        current.publication, current.original_publication = publication, original
        current.published, current.published_min, current.published_max = published, first, last
        current.version += 1
        current.save()
    return current


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

    An article whose original is itself a reprint is linked to the first of them.
    """
    with acting(by):
        article = Article.objects.select_for_update().get(pk=article.pk)
        article.reprint_of = original.reprint_of or original
        article.version += 1
        article.save(update_fields=["reprint_of", "version"])
    return article

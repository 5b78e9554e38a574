"""Correcting an article's record and judging its blocks. Texts stay as they are."""

from collections.abc import Mapping
from typing import Any

from sources.intake.dates import edtf_range
from sources.models import Article, Block, User, acting

from .addresses import at_address, hold_addresses, place_article
from .fingerprints import fingerprint_again
from .locks import hold_outlets
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
            hold_addresses(article.project_id, [url])
        hold_outlets(article.project_id)
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
        if "url" in values:
            place_article(current)
    return current


def _refuse_taken(article: Article, url: str) -> None:
    other = at_address(article.project_id, url)
    if other is not None and other.pk != article.pk:
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
        counted = block.masked != masked
        block.role, block.masked, block.reason = role, masked, reason
        block.version += 1
        block.save(update_fields=["role", "masked", "reason", "version"])
        if counted:
            fingerprint_again(block.snapshot)
    return block

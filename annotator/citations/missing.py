"""What a record lacks to be cited in full."""

from .csl import ArticleRecord


def missing(record: ArticleRecord) -> tuple[str, ...]:
    """In words, in a reference's own order; empty for a full one.

    Somebody has to stand for it, the author or else the outlet. What bears no date is cited by the day it was
    read, and the address may be that of an archived copy.

    >>> missing(ArticleRecord(uuid="", title="Ferry stays in port", outlet="The Tide", url="https://t.example"))
    ('date of publication, or the day it was read',)
    """
    wanted = (
        (record.authors or record.outlet, "author or outlet"),
        (record.published or record.accessed, "date of publication, or the day it was read"),
        (record.title, "title"),
        (record.url or record.archive_url, "address, or that of an archived copy"),
    )
    return tuple(words for told, words in wanted if not told)

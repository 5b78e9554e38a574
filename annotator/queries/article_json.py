"""Articles, their texts, parts and sentences, and outlets, as the API tells them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce

from sources.models import Article, Block, Project, Publication, Role, Sentence, Snapshot

from .annotation_json import Json
from .articles import articles_like, lacking, rows, texts_of
from .keyset import Order, day, whole, words
from .outlets import outlets_like

ADDED = Order(("pk",), (whole,))
PUBLISHED = Order(("day", "pk"), (day, whole))
ORDERS = {"added": ADDED, "published": PUBLISHED}
BY_NUMBER = Order(("number", "pk"), (whole, whole), descending=False)
BY_NAME = Order(("name", "pk"), (words, whole), descending=False)
BY_POSITION = Order(("position", "pk"), (whole, whole), descending=False)


def ordered(articles: QuerySet[Article]) -> QuerySet[Article]:
    """With `day`, the first that they may have been published on: the first of all where nobody knows."""
    return articles.annotate(day=Coalesce(F("published_min"), Value(date.min)))


def articles_json(project: Project, keys: list[int], role: Role | None) -> list[Json]:
    """Those articles in that order; what is counted is what a visitor of that role sees. Three queries."""
    found = articles_like(project).filter(pk__in=keys).in_bulk()
    return [
        _article(row.article, row.sentences, row.claims)
        for row in rows([found[key] for key in keys if key in found], role)
    ]


def _article(article: Article, sentences: int, claims: dict[str, int]) -> Json:
    told: Json = {name: getattr(article, name) for name in _TOLD}
    return {
        "uuid": str(article.uuid),
        **told,
        "outlet": _named(article.publication),
        "original_outlet": _named(article.original_publication),
        "reprint_of": str(article.reprint_of.uuid) if article.reprint_of else None,
        "published_min": _day(article.published_min),
        "published_max": _day(article.published_max),
        "accessed": _day(article.accessed),
        "lacks": [field for field, _ in lacking(article)],
        "sentences": sentences,
        "claims": {status: n for status, n in claims.items() if n},
        "created_at": article.created_at.isoformat(),
        "version": article.version,
    }


_TOLD = (
    *("title", "subtitle", "authors", "published", "modified", "section", "language"),
    *("url", "archive_url"),
)


def _named(outlet: Publication | None) -> Json | None:
    return {"uuid": str(outlet.uuid), "name": outlet.name} if outlet else None


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def text_of(project: Project, uuid: UUID) -> Snapshot | None:
    """With its article and its present cut."""
    found = Snapshot.objects.filter(project=project, uuid=uuid)
    return found.select_related("article", "current_segmentation").first()


def text_json(text: Snapshot) -> Json:
    """The text itself, with what proves it."""
    cut = text.current_segmentation
    return _about(text) | {
        "article": str(text.article.uuid),
        "language": text.article.language,
        "segmentation": cut and {"segmenter": cut.segmenter, "version": cut.segmenter_version},
        "text": text.text,
    }


def texts_json(article: Article, keys: list[int]) -> list[Json]:
    """Texts of an article without their words. One query."""
    found = texts_of(article).in_bulk(keys)
    return [_about(found[key]) | _raw(vars(found[key])) for key in keys]


def _raw(told: dict[str, Any]) -> Json:
    """What `texts_of` says of the bytes that a text was read from."""
    return {
        "file_name": told["file_name"] or "",
        "raw_sha256": told["raw_sha256"] or "",
        "raw_size": told["raw_size"],
    }


def _about(text: Snapshot) -> Json:
    return {
        "uuid": str(text.uuid),
        "number": text.number,
        "sha256": text.sha256,
        "length": text.length,
        "method": text.method,
        "extractor": text.extractor,
        "extractor_version": text.extractor_version,
        "captured_at": text.captured_at.isoformat(),
    }


def sentences_of(text: Snapshot) -> QuerySet[Sentence]:
    """Those of its present cut."""
    return Sentence.objects.filter(segmentation=text.current_segmentation_id)


def sentences_json(text: Snapshot, keys: list[int]) -> list[Json]:
    """One query; `block` is the position of the part that it stands in."""
    found = Sentence.objects.select_related("block").in_bulk(keys)
    return [
        {
            "uuid": str(one.uuid),
            "number": one.number,
            "start": one.start,
            "end": one.end,
            "text": text.text[one.start : one.end],
            "block": one.block.position,
            "masked": one.block.masked,
        }
        for one in (found[key] for key in keys)
    ]


def parts_json(keys: list[int]) -> list[Json]:
    """Blocks with their extents. One query."""
    found = Block.objects.select_related("repeats").in_bulk(keys)
    return [
        {
            "position": one.position,
            "start": one.start,
            "end": one.end,
            "role": one.role,
            "masked": one.masked,
            "reason": one.reason,
            "repeats": one.repeats.position if one.repeats else None,
            "version": one.version,
        }
        for one in (found[key] for key in keys)
    ]


def outlets_json(project: Project, keys: list[int]) -> list[Json]:
    """One query."""
    found = outlets_like(project).in_bulk(keys)
    return [outlet_json(found[key]) for key in keys if key in found]


def merged_outlets_json(rows: QuerySet[Publication], keys: list[int]) -> list[Json]:
    """Of those that were merged into one. One query."""
    found = rows.select_related("merged_into").in_bulk(keys)
    return [outlet_json(found[key]) for key in keys if key in found]


def outlet_json(outlet: Any) -> Json:
    """`articles` are its own, `taken` those of others that took its story over: null where not counted."""
    told = {name: getattr(outlet, name) for name in _OF_OUTLETS}
    into = outlet.merged_into
    return {
        "uuid": str(outlet.uuid),
        **told,
        "merged_into": str(into.uuid) if into else None,
        "articles": getattr(outlet, "n_articles", None),
        "taken": getattr(outlet, "n_taken", None),
        "version": outlet.version,
    }


_OF_OUTLETS = (
    *("name", "aliases", "domains", "issn", "issn_l", "wikidata", "country", "language"),
    "is_agency",
)

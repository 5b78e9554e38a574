"""The texts of an article that was taken more than once: which one is opened, and what stands on which."""

from dataclasses import dataclass

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Subquery, Value, When

from annotator.models import Annotation, Claim
from sources.models import Article, Role, Snapshot

from .visibility import seen_by

N_TEXTS = "(SELECT max(t.number) FROM sources_snapshot t WHERE t.article_id = n.article_id)"
"""In SQL that calls a text `n`: how many texts its article has."""


def of_text(number: int, texts: int) -> str:
    """What the article's address needs to open its text of that number, of so many."""
    return f"?text={number}" if texts > 1 else ""


def n_texts(article: str) -> Subquery:
    """How many texts the article has that `article` leads to."""
    texts = Snapshot.objects.filter(article=OuterRef(article)).order_by("-number")
    return Subquery(texts.values("number")[:1], output_field=IntegerField())


def text_opened(article: Article, number: str = "") -> Snapshot | None:
    """The text of that number, with `newest`, the number of the last one. Where none is named, the newest
    that is marked: what came along from an earlier one is found there, and a later one that nobody has
    marked hides nothing. Where none is marked, the newest."""
    texts = Snapshot.objects.filter(article=article)
    newest = Subquery(texts.order_by("-number").values("number")[:1])
    if number:
        wanted = number.isascii() and number.isdigit() and len(number) < 5
        return texts.filter(number=int(number)).annotate(newest=newest).first() if wanted else None
    stands = Annotation.objects.filter(snapshot=OuterRef("pk")).exclude(claim__withdrawn_at__isnull=False)
    marked = Case(When(Exists(stands), then=Value(1)), default=Value(0), output_field=IntegerField())
    return texts.annotate(newest=newest).order_by(marked.desc(), "-number").first()


@dataclass(frozen=True, slots=True)
class TextOf:
    """One of an article's texts, and how many claims stand on it that a visitor may see."""

    number: int
    claims: int


def texts_with_claims(article: Article, role: Role | None) -> list[TextOf]:
    """The first text first; withdrawn claims are not counted. One query."""
    claims = (
        Claim.objects.filter(seen_by(role), withdrawn_at=None, annotation__snapshot=OuterRef("pk"))
        .order_by()
        .values("annotation__snapshot")
        .annotate(n=Count("pk"))
        .values("n")
    )
    rows = Snapshot.objects.filter(article=article).order_by("number")
    return [
        TextOf(number, n or 0)
        for number, n in rows.annotate(n_claims=Subquery(claims)).values_list("number", "n_claims")
    ]


def later_than(number: int, texts: list[TextOf]) -> list[TextOf]:
    """Those with claims, and the last."""
    return [one for one in texts if one.number > number and (one.claims or one is texts[-1])]

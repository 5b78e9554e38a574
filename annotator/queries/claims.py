"""Which claims, by what was sought in them, by how they were judged, by who says them and where."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from annotator.detect.search import Sought, as_tsquery, parse_search
from annotator.models import (
    AttributionSource,
    Claim,
    ClaimTopic,
    Code,
    Decision,
    Facet,
    Position,
    Review,
    Status,
)
from sources.models import Article, Project, Role, TextWords

from .citing import Citation, cited
from .codebook_changes import outdated
from .counting import said_again
from .keyset import Order, day, whole
from .people import with_keys
from .periods import days_of
from .visibility import seen_by
from .worded import matching

IN_ORDER = (Status.ACCEPTED, Status.DISPUTED, Status.REJECTED, Status.SUBMITTED, Status.DRAFT)
"""As progress is drawn: judged first, then what waits, then what is not ready."""
LABELS = [(status.value, status.label) for status in IN_ORDER]

WHERE = {"": "Claims", "quote": "Quotes only", "article": "Whole articles"}
"""Where the words have to stand; in claims means quote, paraphrase, sentence and the article's title."""
LINKS = {"": "Says it or passes it on", "said": "Says it", "passed": "Passes it on"}
"""How a speaker who is asked for stands to a claim: innermost in a chain of it, further out, or either."""
NO_TOPIC = "~"
"""Stands for no topic at all where a topic is asked for."""
ORDERS = {
    "": Order(("pk",), (whole,)),
    "oldest": Order(("pk",), (whole,), descending=False),
    "published": Order(("searched__published", "searched__pk"), (day, whole)),
    "first": Order(("searched__published", "searched__pk"), (day, whole), descending=False),
}
ORDERS_IN_WORDS = {
    "": "added last",
    "oldest": "added first",
    "published": "published last",
    "first": "published first",
}


@dataclass(frozen=True)
class Wanted:
    """What the desk is asked for; an empty field asks for nothing, of several values any one will do.

    `where` is a key of WHERE, `link` of LINKS. `kind` is a kind of speaker, `period` as `days_of` reads it,
    `annotator` a username, `topic` the key of one or NO_TOPIC. `once` leaves out what its text only says
    again. `cites` are two nodes of `citing.py`: what the one has from the other; a missing one is anybody.
    `code` is any code that the claim, or who or what it names, is coded with; `stand` is taken on `concept`;
    `made` is the number of the codebook's version it was judged under, or "older": by a code changed since.
    """

    status: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    speaker: tuple[UUID, ...] = ()
    article: tuple[UUID, ...] = ()
    words: str = ""
    code: UUID | None = None
    concept: str = ""
    stand: str = ""
    made: str = ""
    where: str = ""
    kind: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    outlet: tuple[UUID, ...] = ()
    period: tuple[str, ...] = ()
    annotator: tuple[str, ...] = ()
    link: str = ""
    once: bool = False
    cites: Citation | None = None

    @property
    def sought(self) -> Sought:
        return parse_search(self.words)


def claims_like(project: Project, wanted: Wanted, role: Role | None = Role.VIEWER) -> QuerySet[Claim]:
    """Claims of a project, newest first, drafts too (`seen_by`); what they are asked for of other claims is
    what a visitor of that role sees of those. Withdrawn ones appear only under the status "withdrawn"."""
    claims = Claim.objects.filter(project=project).order_by("-pk")
    claims = claims.filter(_standing(wanted.status))
    if wanted.type:
        claims = claims.filter(type__key__in=wanted.type)
    if wanted.topic:
        told = ClaimTopic.objects.filter(claim=OuterRef("pk"))
        about = Q(Exists(told.filter(topic__key__in=wanted.topic)))
        claims = claims.filter(about | ~Q(Exists(told)) if NO_TOPIC in wanted.topic else about)
    if wanted.annotator:
        claims = claims.filter(with_keys(wanted.annotator, "annotation__author"))
    if wanted.once:
        claims = claims.exclude(said_again(project.pk))
    if wanted.cites:
        claims = claims.filter(cited(project, wanted.cites))
    claims = _said_by(claims, wanted)
    claims = _published(project, claims, wanted)
    return _worded(_coded(project, claims, wanted, role), wanted)


def _standing(status: tuple[str, ...]) -> Q:
    stands = Q(withdrawn_at=None)
    if judged := [one for one in status if one != "withdrawn"]:
        stands &= Q(status__in=judged)
    gone = Q(withdrawn_at__isnull=False)
    if "withdrawn" not in status:
        return stands
    return gone | stands if judged else gone


def in_order(project: Project, claims: QuerySet[Claim], order: str) -> QuerySet[Claim]:
    """What a key of ORDERS needs to be read off an index: the days of publication lie there by project."""
    return claims.filter(searched__project=project) if order in ("published", "first") else claims


def _said_by(claims: QuerySet[Claim], wanted: Wanted) -> QuerySet[Claim]:
    source = AttributionSource.objects.filter(attribution__claim=OuterRef("pk"))
    if wanted.link:
        source = source.filter(**{"attribution__position" + ("" if wanted.link == "said" else "__gt"): 0})
    if wanted.speaker:
        claims = claims.filter(Exists(source.filter(actor__survivor__family__uuid__in=wanted.speaker)))
    if wanted.kind:
        claims = claims.filter(Exists(source.filter(actor__survivor__kind__key__in=wanted.kind)))
    return claims


def _published(project: Project, claims: QuerySet[Claim], wanted: Wanted) -> QuerySet[Claim]:
    if wanted.article:
        articles = Article.objects.filter(project=project, uuid__in=wanted.article).values("pk")
        claims = claims.filter(searched__article__in=articles)
    if wanted.outlet:
        claims = claims.filter(searched__publication__uuid__in=wanted.outlet)
    within = Q()
    for days in filter(None, map(days_of, wanted.period)):
        within |= Q(searched__published__range=days)
    return claims.filter(within, searched__project=project) if within else claims


def _worded(claims: QuerySet[Claim], wanted: Wanted) -> QuerySet[Claim]:
    sought = wanted.sought
    if not sought:
        return claims
    if wanted.where == "article":
        for terms, stand in ((sought.terms, True), (sought.without, False)):
            for term in terms:
                texts = TextWords.objects.filter(matching("words", as_tsquery(Sought((term,)))))
                held = Q(annotation__snapshot__in=texts.values("snapshot"))
                claims = claims.filter(held if stand else ~held)
        return claims
    return claims.filter(
        matching("searched__words", as_tsquery(sought, "A" if wanted.where == "quote" else ""))
    )


def _coded(project: Project, claims: QuerySet[Claim], wanted: Wanted, role: Role | None) -> QuerySet[Claim]:
    if wanted.code:
        code = Code.objects.filter(project=project, uuid=wanted.code).first()
        claims = claims.filter(coded_with(code, role)) if code else claims.none()
    if wanted.concept or wanted.stand:
        taken = Position.objects.filter(claim=OuterRef("pk"))
        taken = taken.filter(concept__key=wanted.concept) if wanted.concept else taken
        claims = claims.filter(Exists(taken.filter(stand=wanted.stand) if wanted.stand else taken))
    if wanted.made == "older":
        claims = outdated(project, claims)
    elif wanted.made:
        claims = claims.filter(codebook_version=int(wanted.made))
    return claims


def coded_with(code: Code, role: Role | None) -> Q:
    """The claims that are coded with it, or name somebody or something that is. Of relations, those count
    whose other end a visitor of that role may see."""
    way = {
        Facet.CLAIM_TYPE: "type",
        Facet.TOPIC: "topics",
        Facet.CONCEPT: "positions__concept",
        Facet.CUE_TYPE: "attributions__cues__cue_type",
        Facet.ACTOR_KIND: "attributions__sources__actor__kind",
        Facet.EVENT_TYPE: "quantities__event__type",
        Facet.RELATION_KIND: "relations_out__kind",
    }[Facet(code.facet)]
    coded = Q(**{"project": code.project_id, way: code})
    if code.facet == Facet.RELATION_KIND:
        coded &= seen_by(role, "relations_out__other")
    return Q(pk__in=Claim.objects.filter(coded).values("pk"))


def by_status(claims: QuerySet[Claim]) -> dict[str, int]:
    """How many of the claims that stand are in each status; every status is a key."""
    standing = claims.filter(withdrawn_at=None).order_by().values_list("status").annotate(n=Count("pk"))
    return dict.fromkeys(Status.values, 0) | dict(standing)


def claim_types(project: Project) -> QuerySet[Code]:
    return Code.objects.filter(project=project, facet=Facet.CLAIM_TYPE).order_by("position", "name")


def concepts(project: Project) -> list[Code]:
    """Concepts that a claim can stand on, retired ones too."""
    codes = Code.objects.filter(project=project, facet=Facet.CONCEPT, merged_into=None)
    return list(codes.order_by("position", "name"))


def returned(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Those of the claims that were judged and then edited, so that they wait again. A decision on the edited
    claim that was taken back counts for nothing; opening it again on purpose ends it."""
    reviews = Review.objects.filter(claim=OuterRef("pk")).order_by("-pk")
    latest = claims.filter(status=Status.SUBMITTED, withdrawn_at=None).alias(
        last=Subquery(reviews.values("decision")[:1]), seen=Subquery(reviews.values("claim_version")[:1])
    )
    same = Review.objects.filter(claim=OuterRef("pk"), claim_version=OuterRef("seen"))
    older = reviews.filter(claim_version__lt=OuterRef("seen")).values("decision")[:1]
    judged = [decision for decision in Decision.values if decision != Decision.REOPENED]
    return latest.alias(before=Subquery(older)).filter(
        Q(last__in=judged)
        | Q(Exists(same.filter(decision__in=judged)), last=Decision.REOPENED, before__in=judged)
    )


def claim_by_uuid(uuid: UUID) -> QuerySet[Claim]:
    """The one claim of that UUID, or none; withdrawn ones too."""
    return Claim.objects.filter(uuid=uuid)


def project_and_claim(uuid: UUID) -> tuple[str, QuerySet[Claim]] | None:
    """The slug of the project that holds the claim, and the claim alone; None if there is no such claim."""
    claims = claim_by_uuid(uuid)
    slug = claims.values_list("project__slug", flat=True).first()
    return None if slug is None else (slug, claims)


def article_named(project: Project, uuid: UUID) -> Article | None:
    return Article.objects.filter(project=project, uuid=uuid).only("uuid", "title", "language").first()

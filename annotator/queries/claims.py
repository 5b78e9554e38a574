"""The claims desk: which claims, by status, type, speaker, article and words."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.expressions import Combinable

from annotator.models import AttributionSource, Claim, Code, Facet, Position, Review, Status
from sources.models import Article, Project, User

from .codebook import newest_version
from .counting import said_again

IN_ORDER = (Status.ACCEPTED, Status.DISPUTED, Status.REJECTED, Status.SUBMITTED, Status.DRAFT)
"""As progress is drawn: judged first, then what waits, then what is not ready."""
LABELS = [(status.value, status.label) for status in IN_ORDER]


@dataclass(frozen=True)
class Wanted:
    """What the desk is asked for; an empty field asks for nothing.

    Each of the `words` has to stand in the quote or the paraphrase, those in double quotation marks together
    and in that order. `code` is any code that the claim, or who or what it names, is coded with; `stand` is
    taken on `concept`; `made` is the number of the codebook's version it was judged under, or "older".
    """

    status: str = ""
    type: str = ""
    speaker: UUID | None = None
    article: UUID | None = None
    words: str = ""
    code: UUID | None = None
    concept: str = ""
    stand: str = ""
    made: str = ""


DOUBLE_QUOTES = '"“”„‟«»＂'
APOSTROPHES = "‘’‚‛ʼ"


def phrases(words: str) -> list[str]:
    """What has to be found: each word, and what stands between two double quotation marks as one.

    A mark without its partner is left out. Apostrophes are straight, blanks single.
    """
    plain = words.translate(dict.fromkeys(map(ord, APOSTROPHES), "'"))
    parts = re.split(f"[{DOUBLE_QUOTES}]", plain)
    closed = len(parts) - 1 if len(parts) % 2 == 0 else len(parts)
    found: list[str] = []
    for place, part in enumerate(parts):
        quoted = place % 2 == 1 and place < closed
        found += [" ".join(part.split())] if quoted else part.split()
    return list(dict.fromkeys(filter(None, found)))


def _folded(text: Combinable) -> Func:
    """The text as `phrases` are written: no double quotation marks, straight apostrophes, single blanks."""
    marks = Value(APOSTROPHES + DOUBLE_QUOTES), Value("'" * len(APOSTROPHES))
    plain = Func(text, *marks, function="translate", output_field=TextField())
    blanks = Value(r"\s+"), Value(" "), Value("g")
    return Func(plain, *blanks, function="regexp_replace", output_field=TextField())


def claims_like(project: Project, wanted: Wanted) -> QuerySet[Claim]:
    """Claims of a project, newest first. Withdrawn ones appear only under the status "withdrawn"."""
    claims = Claim.objects.filter(project=project).order_by("-pk")
    if wanted.status == "withdrawn":
        claims = claims.filter(withdrawn_at__isnull=False)
    else:
        claims = claims.filter(withdrawn_at=None)
        if wanted.status:
            claims = claims.filter(status=wanted.status)
    if wanted.type:
        claims = claims.filter(type__key=wanted.type)
    if wanted.article:
        claims = claims.filter(annotation__snapshot__article__uuid=wanted.article)
    if wanted.speaker:
        source = AttributionSource.objects.filter(
            attribution__claim=OuterRef("pk"), actor__survivor__family__uuid=wanted.speaker
        )
        claims = claims.filter(Exists(source))
    claims = _coded(project, claims, wanted)
    if wanted.words:
        quotes = Func(
            F("annotation__quotes"), Value(" "), function="array_to_string", output_field=TextField()
        )
        claims = claims.alias(quoted=_folded(quotes), in_short=_folded(F("paraphrase")))
        for phrase in phrases(wanted.words):
            claims = claims.filter(Q(quoted__icontains=phrase) | Q(in_short__icontains=phrase))
    return claims


def _coded(project: Project, claims: QuerySet[Claim], wanted: Wanted) -> QuerySet[Claim]:
    if wanted.code:
        code = Code.objects.filter(project=project, uuid=wanted.code).first()
        claims = claims.filter(coded_with(code)) if code else claims.none()
    if wanted.concept or wanted.stand:
        taken = Position.objects.filter(claim=OuterRef("pk"))
        taken = taken.filter(concept__key=wanted.concept) if wanted.concept else taken
        claims = claims.filter(Exists(taken.filter(stand=wanted.stand) if wanted.stand else taken))
    if wanted.made == "older":
        claims = claims.filter(codebook_version__lt=newest_version(project))
    elif wanted.made:
        claims = claims.filter(codebook_version=int(wanted.made))
    return claims


def coded_with(code: Code) -> Q:
    """The claims that are coded with it, or name somebody or something that is."""
    way = {
        Facet.CLAIM_TYPE: "type",
        Facet.TOPIC: "topics",
        Facet.CONCEPT: "positions__concept",
        Facet.CUE_TYPE: "attributions__cues__cue_type",
        Facet.ACTOR_KIND: "attributions__sources__actor__kind",
        Facet.EVENT_TYPE: "quantities__event__type",
        Facet.RELATION_KIND: "relations_out__kind",
    }[Facet(code.facet)]
    return Q(pk__in=Claim.objects.filter(**{"project": code.project_id, way: code}).values("pk"))


def by_status(claims: QuerySet[Claim]) -> dict[str, int]:
    """How many of the claims that stand are in each status; every status is a key."""
    standing = claims.filter(withdrawn_at=None).order_by().values_list("status").annotate(n=Count("pk"))
    return dict.fromkeys(Status.values, 0) | dict(standing)


@dataclass(frozen=True)
class Counted:
    """How many of some claims lie inside another, and how many their text only says again."""

    inside: int
    again: int


def counted(claims: QuerySet[Claim], project: Project) -> Counted:
    return Counted(
        **claims.order_by().aggregate(
            inside=Count("pk", filter=Q(inside__isnull=False)),
            again=Count("pk", filter=said_again(project.pk)),
        )
    )


def claim_types(project: Project) -> QuerySet[Code]:
    return Code.objects.filter(project=project, facet=Facet.CLAIM_TYPE).order_by("position", "name")


def concepts(project: Project) -> list[Code]:
    """Concepts that a claim can stand on, retired ones too."""
    codes = Code.objects.filter(project=project, facet=Facet.CONCEPT, merged_into=None)
    return list(codes.order_by("position", "name"))


def judged(project: Project, uuid: UUID, *, by: User) -> Claim | None:
    """The claim with its words, if it stands and `by` was the last to decide on it."""
    decided = (Status.ACCEPTED, Status.REJECTED, Status.DISPUTED)
    claims = Claim.objects.filter(project=project, uuid=uuid, status__in=decided, withdrawn_at=None)
    last = Review.objects.filter(claim=OuterRef("pk")).order_by("-pk").values("reviewer")[:1]
    return claims.alias(last=Subquery(last)).filter(last=by.pk).select_related("annotation").first()


def review_queue(project: Project) -> QuerySet[Claim]:
    """Submitted claims, the longest waiting first."""
    return Claim.objects.filter(project=project, status=Status.SUBMITTED, withdrawn_at=None).order_by("pk")


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

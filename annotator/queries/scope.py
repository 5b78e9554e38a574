"""Which claims a release takes, and what can be chosen for it."""

from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from annotator.intents.release import Chosen, Scope
from annotator.models import Actor, AttributionSource, Claim, ClaimTopic, Code, Facet, Naming
from sources.models import Project

from .identities import called

OFFERED = 300
"""Speakers to choose from at most; the others are found by some of their letters."""


def claims_in(project: Project, scope: Scope) -> QuerySet[Claim]:
    """Those that stand and meet every condition. A speaker is asked for with all who were merged into them,
    in whichever link of the claim's own chains; a topic with those below it."""
    claims = Claim.objects.filter(project=project, withdrawn_at=None, status__in=scope.statuses)
    if scope.speakers:
        wanted = [UUID(one.key) for one in scope.speakers]
        said = AttributionSource.objects.filter(
            attribution__claim=OuterRef("pk"), actor__survivor__family__uuid__in=wanted
        )
        claims = claims.filter(Exists(said))
    if scope.topics:
        keys = [key for one in scope.topics for key in one.keys]
        claims = claims.filter(Exists(ClaimTopic.objects.filter(claim=OuterRef("pk"), topic__key__in=keys)))
    article = "annotation__snapshot__article__published"
    if scope.first_day:
        claims = claims.filter(**{f"{article}_max__gte": scope.first_day})
    if scope.last_day:
        claims = claims.filter(**{f"{article}_min__lte": scope.last_day})
    return claims


def taken(project: Project, scope: Scope) -> tuple[int, int]:
    """How many claims it takes, and how many articles these stand in. One query."""
    numbers = claims_in(project, scope).aggregate(
        claims=Count("pk"), articles=Count("annotation__snapshot__article", distinct=True)
    )
    return numbers["claims"], numbers["articles"]


def speakers_named(project: Project, uuids: tuple[UUID, ...]) -> dict[UUID, Chosen]:
    """By the UUID that was asked for, whoever stands for it now; nobody for one that is not here."""
    actors = Actor.objects.filter(project=project, uuid__in=uuids).select_related("survivor")
    found = {actor.uuid: actor.survivor for actor in actors}
    names = called(found.values())
    return {uuid: Chosen(str(actor.uuid), names[actor.pk]) for uuid, actor in found.items()}


def topics_named(project: Project, keys: tuple[str, ...]) -> dict[str, Chosen]:
    """By the key that was asked for, the topic with those below it; of a merged one, what it became."""
    codes = Code.objects.filter(project=project, facet=Facet.TOPIC)
    asked = {
        code.key: code.merged_into or code
        for code in codes.filter(key__in=keys).select_related("merged_into")
    }
    below: dict[int | None, list[Chosen]] = {}
    inner = codes.filter(parent__in=[code.pk for code in asked.values()], merged_into=None)
    for code in inner.order_by("position", "key"):
        below.setdefault(code.parent_id, []).append(Chosen(code.key, code.name))
    return {key: Chosen(code.key, code.name, tuple(below.get(code.pk, ()))) for key, code in asked.items()}


def topics_offered(project: Project) -> list[tuple[str, str]]:
    """Every topic that claims may be coded with as (key, name), those below another under it and with its
    name. One query."""
    codes = list(
        Code.objects.filter(project=project, facet=Facet.TOPIC, merged_into=None).order_by("position", "name")
    )
    inner: dict[int, list[Code]] = {}
    for code in codes:
        if code.parent_id:
            inner.setdefault(code.parent_id, []).append(code)
    offered = []
    for code in codes:
        if not code.parent_id:
            offered.append((code.key, code.name))
            offered += [(one.key, f"{code.name} › {one.name}") for one in inner.get(code.pk, ())]
    return offered


def speakers_offered(project: Project, also: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Speakers as (UUID, name): the first by name, none who is anonymous, and those of `also`. Three queries
    at most."""
    speaks = AttributionSource.objects.filter(actor__survivor=OuterRef("pk"))
    named = Actor.objects.filter(
        ~Q(naming=Naming.ANONYMOUS), Exists(speaks), project=project, merged_into=None
    )
    first = named.alias(folded=Lower("name")).order_by(F("folded").asc(), "pk")[:OFFERED]
    offered = [(str(uuid), name) for uuid, name in first.values_list("uuid", "name")]
    missing = tuple(UUID(one) for one in also if one not in dict(offered))
    if missing:
        offered += [(one.key, one.name) for one in speakers_named(project, missing).values()]
    return offered

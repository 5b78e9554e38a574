"""Events, and the words in which articles mention them. An event stands for those merged into it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from annotator.models import (
    Actor,
    Annotation,
    Code,
    Event,
    EventMention,
    EventParticipant,
    Facet,
    Factuality,
    Quantity,
)
from sources.models import Article, Project, Role

from .annotation_json import Json, annotations_json
from .event_json import FIRST_DAY, participants_of
from .passages import Passage, passages
from .visibility import seen_by


@dataclass(frozen=True)
class Mentioned:
    """One passage that mentions an event, and as what it tells it."""

    mention: EventMention
    passage: Passage


@dataclass(frozen=True)
class MentionsIn:
    """The passages of one article that mention an event."""

    article: Article
    passages: list[Mentioned]


@dataclass(frozen=True)
class WantedEvents:
    """What the events' page is asked for; an empty field asks for nothing. Any day in common counts."""

    words: str = ""
    type: str = ""
    place: str = ""
    first: date | None = None
    last: date | None = None
    participant: UUID | None = None
    article: UUID | None = None
    factuality: str = ""


def events_of(project: Project, role: Role | None = Role.VIEWER) -> QuerySet[Event]:
    """The events that something speaks of: a mention, somebody's part, or a number in a claim that stands and
    that a visitor of that role may see.

    One whose last mention was taken back is kept, so that undoing finds it again, but is shown nowhere.
    """
    of_it = {"event__survivor_key": OuterRef("pk")}
    return project.events.filter(
        Exists(EventMention.objects.filter(**of_it))
        | Exists(EventParticipant.objects.filter(**of_it, mention__isnull=False))
        | Exists(Quantity.objects.filter(**of_it, claim__withdrawn_at=None).filter(seen_by(role, "claim"))),
        merged_into=None,
    )


def events_like(
    project: Project, wanted: WantedEvents | None = None, role: Role | None = Role.VIEWER
) -> QuerySet[Event]:
    """Events with their numbers of mentions and articles, by date; those without a date last."""
    asked = wanted or WantedEvents()
    events = events_of(project, role)
    of_it = EventMention.objects.filter(event__survivor_key=OuterRef("pk")).order_by()
    if asked.type:
        events = events.filter(type__key=asked.type)
    if asked.words:
        events = events.filter(Q(label__icontains=asked.words) | Q(note__icontains=asked.words))
    if asked.place:
        events = events.filter(place__icontains=asked.place)
    if asked.first:
        events = events.filter(Q(date_max__gte=asked.first) | Q(date_max=None, date_min__isnull=False))
    if asked.last:
        events = events.filter(Q(date_min__lte=asked.last) | Q(date_min=None, date_max__isnull=False))
    if asked.participant:
        part = EventParticipant.objects.filter(
            event__survivor_key=OuterRef("pk"), actor__survivor__uuid=asked.participant
        )
        events = events.filter(Exists(part))
    if asked.article:
        events = events.filter(Exists(of_it.filter(annotation__snapshot__article__uuid=asked.article)))
    if asked.factuality:
        events = events.filter(Exists(of_it.filter(factuality=asked.factuality)))
    counted = of_it.values("event__survivor_key")
    return (
        events.select_related("type")
        .annotate(
            n_mentions=Subquery(counted.annotate(n=Count("pk")).values("n")),
            n_articles=Subquery(
                counted.annotate(n=Count("annotation__snapshot__article", distinct=True)).values("n")
            ),
        )
        .order_by(FIRST_DAY.asc(nulls_last=True), "pk")
    )


def parts_in(events: Iterable[Event]) -> dict[int, list[EventParticipant]]:
    """By event, who took part. One query."""
    found = defaultdict(list)
    for one in participants_of(events):
        found[one.event.survivor_key].append(one)
    return found


def doubts_of(events: Iterable[Event]) -> dict[int, list[Factuality]]:
    """By event, as what else than happened its mentions tell it, and whether any tells that. One query."""
    keys = [event.pk for event in events]
    rows = EventMention.objects.filter(event__survivor_key__in=keys).order_by()
    told = defaultdict(set)
    for key, factuality in rows.values_list("event__survivor_key", "factuality").distinct():
        told[key].add(factuality)
    return {
        key: [one for one in Factuality if one in told[key]] if told[key] != {Factuality.HAPPENED} else []
        for key in keys
    }


def everybody_who_took_part(project: Project, role: Role | None) -> QuerySet[Actor]:
    """For a choice, by name; in what a visitor of that role sees."""
    took = EventParticipant.objects.filter(actor__survivor=OuterRef("pk"))
    if role is None:
        took = took.filter(event__survivor_key__in=events_of(project, role).values("pk"))
    return Actor.objects.filter(Exists(took), project=project).only("uuid", "name").order_by("name", "pk")


def named_actors(project: Project, most: int = 500) -> list[str]:
    """Names to choose from; anonymous actors are left out."""
    actors = Actor.objects.filter(project=project, merged_into=None, article=None).order_by("name", "pk")
    return list(actors.values_list("name", flat=True)[:most])


def event_types(project: Project) -> QuerySet[Code]:
    return Code.objects.filter(project=project, facet=Facet.EVENT_TYPE).order_by("position", "name")


def mentions_of(event: Event) -> list[MentionsIn]:
    """The event's mentions by article in the order of publication, in two queries."""
    article = "annotation__snapshot__article"
    rows = list(
        EventMention.objects.filter(event__survivor_key=event.pk)
        .select_related(f"{article}__publication")
        .defer("annotation__snapshot__text")
        .order_by(
            F(f"{article}__published_min").asc(nulls_last=True), article, "annotation__sentence__number"
        )
    )
    found = passages(row.pk for row in rows)
    grouped: dict[Article, list[Mentioned]] = defaultdict(list)
    for row in rows:
        if row.pk in found:
            grouped[row.annotation.snapshot.article].append(Mentioned(row, found[row.pk]))
    return [MentionsIn(*pair) for pair in grouped.items()]


def event_called(project: Project, uuid: UUID) -> Event | None:
    """The event of that identifier, or the one it was merged into; None if there is none."""
    event = Event.objects.filter(project=project, uuid=uuid).select_related("merged_into").first()
    return event and (event.merged_into or event)


def event_open_to(project: Project, uuid: UUID, role: Role | None) -> Event | None:
    """The same, for a visitor of that role: who is no member is told of what something speaks of alone."""
    event = event_called(project, uuid)
    if event is None or role:
        return event
    return event if events_of(project, role).filter(pk=event.pk).exists() else None


def spans_in_text(project: Project, event: Event, snapshot: UUID | None) -> list[Json]:
    """The words in one text that the event's slots were read from, as contract ANNOTATION."""
    if snapshot is None:
        return []
    return annotations_json(
        Annotation.objects.filter(
            project=project, snapshot__uuid=snapshot, support__event__survivor_key=event.pk
        )
    )

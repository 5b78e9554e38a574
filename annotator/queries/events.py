"""Events, and the words in which articles mention them."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from annotator.models import Annotation, Code, Event, EventMention, EventParticipant, Facet, Quantity
from sources.models import Article, Project

from .annotation_json import Json, annotations_json
from .passages import Passage, passages


@dataclass(frozen=True)
class MentionsIn:
    """The passages of one article that mention an event."""

    article: Article
    passages: list[Passage]


def events_of(project: Project) -> QuerySet[Event]:
    """The events that something speaks of: a mention, somebody's part, or a number in a claim that stands.

    One whose last mention was taken back is kept, so that undoing finds it again, but is shown nowhere.
    """
    of_it = {"event": OuterRef("pk")}
    return Event.objects.filter(
        Exists(EventMention.objects.filter(**of_it))
        | Exists(EventParticipant.objects.filter(**of_it))
        | Exists(Quantity.objects.filter(**of_it, claim__withdrawn_at=None)),
        project=project,
        merged_into=None,
    )


def events_like(project: Project, words: str = "", kind: str = "") -> QuerySet[Event]:
    """Events with their numbers of mentions and articles, by date; those without a date last."""
    people = Prefetch(
        "participants", EventParticipant.objects.select_related("actor__survivor").order_by("pk")
    )
    events = events_of(project)
    if kind:
        events = events.filter(type__key=kind)
    if words:
        events = events.filter(Q(label__icontains=words) | Q(place__icontains=words))
    return (
        events.select_related("type")
        .prefetch_related(people)
        .annotate(
            n_mentions=Count("mentions", distinct=True),
            n_articles=Count("mentions__annotation__snapshot__article", distinct=True),
        )
        .order_by(F("date_min").asc(nulls_last=True), "pk")
    )


def event_types(project: Project) -> QuerySet[Code]:
    return Code.objects.filter(project=project, facet=Facet.EVENT_TYPE).order_by("position", "name")


def mentions_of(event: Event) -> list[MentionsIn]:
    """The event's mentions by article in the order of publication, in two queries."""
    article = "annotation__snapshot__article"
    rows = list(
        EventMention.objects.filter(event=event)
        .select_related(f"{article}__publication")
        .defer("annotation__snapshot__text")
        .order_by(
            F(f"{article}__published_min").asc(nulls_last=True), article, "annotation__sentence__number"
        )
    )
    found = passages(row.pk for row in rows)
    grouped: dict[Article, list[Passage]] = defaultdict(list)
    for row in rows:
        if row.pk in found:
            grouped[row.annotation.snapshot.article].append(found[row.pk])
    return [MentionsIn(*pair) for pair in grouped.items()]


def event_called(project: Project, uuid: UUID) -> Event | None:
    """The event of that identifier, or the one it was merged into; None if there is none."""
    event = Event.objects.filter(project=project, uuid=uuid).select_related("merged_into").first()
    while event is not None and event.merged_into is not None:
        event = event.merged_into
    return event


def spans_in_text(project: Project, event: Event, snapshot: UUID | None) -> list[Json]:
    """The words in one text that the event's slots were read from, as contract ANNOTATION."""
    if snapshot is None:
        return []
    return annotations_json(
        Annotation.objects.filter(project=project, snapshot__uuid=snapshot, support__event=event)
    )

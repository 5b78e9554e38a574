"""Events that may be the same as another one, with the reasons; and what was said of two already."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from annotator.detect.same_events import NEAR, Happening, Likeness, likeness
from annotator.models import Event, EventComparison, Sameness
from sources.models import Project, Role

from .event_json import FIRST_DAY, Json, events_json
from .events import events_of

LOOKED_AT = 500
SHOWN = 5


@dataclass(frozen=True)
class Twin:
    """Another event, why it may be the same, and whether somebody said that it perhaps is."""

    event: Event
    like: Likeness | None
    said: str = ""


def _happening(event: Event) -> Happening:
    return Happening(event.type.key, event.label, event.place, event.date_min, event.date_max)


def twins_of(event: Event) -> list[Twin]:
    """The likeliest first; those that somebody called the same, perhaps, before all. Three queries."""
    pairs = EventComparison.objects.filter(Q(one=event.pk) | Q(other=event.pk))
    said = {
        (other if one == event.pk else one): sameness
        for one, other, sameness in pairs.values_list("one", "other", "sameness")
    }
    others = events_of(event.project).exclude(pk=event.pk).select_related("type")
    others = others.exclude(pk__in=[key for key, sameness in said.items() if sameness == Sameness.DIFFERENT])
    near, by_itself = timedelta(NEAR), Q(pk__in=list(said))
    if event.date_max:
        others = others.filter(Q(date_min__lte=event.date_max + near) | Q(date_min=None) | by_itself)
    if event.date_min:
        others = others.filter(Q(date_max__gte=event.date_min - near) | Q(date_max=None) | by_itself)
    found = [
        Twin(other, like, said.get(other.pk, ""))
        for other in others.order_by(FIRST_DAY.asc(nulls_last=True), "pk")[:LOOKED_AT]
        if (like := likeness(_happening(event), _happening(other))) or other.pk in said
    ]
    return sorted(found, key=lambda twin: (not twin.said, -(twin.like.score if twin.like else 0)))[:SHOWN]


def not_the_same(event: Event, role: Role | None) -> list[Event]:
    """Events that somebody said are not this one, of those that a visitor of that role sees."""
    pairs = EventComparison.objects.filter(
        Q(one=event.pk) | Q(other=event.pk), sameness=Sameness.DIFFERENT
    ).select_related("one", "other")
    others = [pair.other if pair.one_id == event.pk else pair.one for pair in pairs]
    if role is not None or not others:
        return others
    seen = events_of(event.project, role).filter(pk__in=[one.survivor_key for one in others])
    shown = set(seen.values_list("pk", flat=True))
    return [one for one in others if one.survivor_key in shown]


def events_worded(project: Project, words: str, most: int, role: Role | None = Role.VIEWER) -> list[Json]:
    """Events for a choice: those that hold all of `words` first, then those that share some of its words."""
    parts = [part for part in dict.fromkeys(words.split()) if len(part) > 3][:8]
    some = Q(label__icontains=words)
    for part in parts:
        some |= Q(label__icontains=part) | Q(place__icontains=part)
    found = events_json(Event.objects.filter(pk__in=events_of(project, role).filter(some).values("pk")[:200]))
    wanted = words.casefold()

    def rank(event: Json) -> tuple[bool, int]:
        text = f"{event['label']} {event['place']}".casefold()
        return wanted not in text, -sum(part.casefold() in text for part in parts)

    return sorted(found, key=rank)[:most]

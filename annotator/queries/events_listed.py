"""Events as a list of the API."""

from annotator.models import Event
from sources.models import Project, Role

from .event_json import Json, events_json
from .events import events_like
from .keyset import Order, whole

AS_MADE = Order(("pk",), (whole,), descending=False)


def listed_json(project: Project, keys: list[int], role: Role | None) -> list[Json]:
    """Contract EVENT with the numbers of its `mentions` and `articles`, in the order of the keys."""
    counted = {event.uuid: event for event in events_like(project, role=role).filter(pk__in=keys)}
    told = {one["uuid"]: one for one in events_json(Event.objects.filter(pk__in=keys))}
    in_turn = sorted(counted.values(), key=lambda event: keys.index(event.pk))
    return [
        told[str(event.uuid)]
        | {
            "mentions": vars(event)["n_mentions"] or 0,
            "articles": vars(event)["n_articles"] or 0,
        }
        for event in in_turn
    ]

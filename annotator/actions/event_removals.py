"""What was known of an event and was not so, taken off it where a text is read, and given back."""

from collections.abc import Iterable

from annotator.intents.event import Participant
from annotator.intents.event_mention import Cleared, EventAdditions, EventTakenBack, Leaving, WhenAndWhere
from annotator.intents.refusal import Refused
from annotator.models import Actor, ActorMention, Event, EventMention, EventParticipant

from . import actors, dates, participants

OF_DATE = ("date", "date_words", "date_min", "date_max")
OF_PLACE = ("place", "latitude", "longitude", "place_wikidata", "place_geonames")


def take_off(event: Event, adds: EventAdditions, field: str) -> None:
    """Date and place go from `event` itself, for the caller to save with its version.

    Raises Refused where somebody takes part as an event says that was merged into this one."""
    for i, one in enumerate(adds.leave):
        rows = _parts(event, one)
        for row in rows:
            if row.event_id != event.pk:
                raise Refused(
                    f"{field}.leave.{i}", "kept_by_merged", f"belongs to “{row.event}”, which was merged"
                )
        EventParticipant.objects.filter(pk__in=[row.pk for row in rows]).delete()
    gone = _still_said(event, adds.clears)
    for name in gone:
        setattr(event, name, None if name in ("date_min", "date_max", "latitude", "longitude") else "")


def are_off(event: Event, adds: EventAdditions) -> bool:
    """Whether nobody who is to leave takes part any more, and nothing that is to be cleared stands."""
    return not any(_parts(event, one) for one in adds.leave) and not _still_said(event, adds.clears)


def give_back(event: Event, back: EventTakenBack, field: str) -> bool:
    """Let those take part again who left, and say date and place again where nothing is said now; whether
    anything was done. Raises Refused."""
    missing = _missing(event, back.rejoin)
    for i, one in missing:
        at = f"{field}.rejoin.{i}.actor"
        if one.who.actor is None:
            raise Refused(at, "required", "must be somebody known")
        actor = actors.known(event.project, one.who.actor, at)
        if actor.article_id is not None and not _told_in(event, actor):
            raise Refused(at, "anonymous_within_article", "is anonymous in another article")
        participants.add(event=event, actor=actor, wanted=one, mention=_mention(actor, one))
    said = _unsaid(event, back.says_again, field)
    for name, value in said.items():
        setattr(event, name, value)
    return bool(missing or said)


def is_missing(event: Event, back: EventTakenBack, field: str) -> bool:
    """Whether anything of what it lost is to be given back. Raises Refused for a date that is none."""
    return bool(_missing(event, back.rejoin) or _unsaid(event, back.says_again, field))


def _still_said(event: Event, clears: Cleared) -> list[str]:
    date = OF_DATE if clears.date and event.date == clears.date else ()
    place = OF_PLACE if clears.place and event.place == clears.place else ()
    return [*date, *place]


def _unsaid(event: Event, again: WhenAndWhere, field: str) -> dict[str, object]:
    """What is to be said again, by column. A place whose point or register was given since stays as it is."""
    found: dict[str, object] = {}
    if again.date and not event.date:
        first, last = dates.bounds(again.date, f"{field}.says_again.date")
        found |= {"date": again.date, "date_words": again.date_words, "date_min": first, "date_max": last}
    if again.place and not any(getattr(event, name) not in ("", None) for name in OF_PLACE):
        found |= {name: getattr(again, name) for name in OF_PLACE}
    return found


def _missing(event: Event, rejoin: Iterable[Participant]) -> list[tuple[int, Participant]]:
    there = participants.in_part
    return [
        (i, one)
        for i, one in enumerate(rejoin)
        if not there(event, one.who.actor, one.role, one.part).exists()
    ]


def _parts(event: Event, one: Leaving) -> list[EventParticipant]:
    return list(participants.in_part(event, one.actor, one.role, one.part))


def _told_in(event: Event, actor: Actor) -> bool:
    """Whether the article in which somebody is anonymous tells of the event."""
    mentions = EventMention.objects.filter(event__survivor_key=event.survivor_key)
    return mentions.filter(annotation__snapshot__article=actor.article_id).exists()


def _mention(actor: Actor, one: Participant) -> ActorMention | None:
    """The words it was read from, unless they are gone or mean somebody else by now."""
    if one.mention is None:
        return None
    mentions = ActorMention.objects.filter(annotation__uuid=one.mention, project=actor.project_id)
    return mentions.filter(actor__survivor=actor.survivor_id).first()

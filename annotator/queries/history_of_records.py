"""In which words changes of actors and of events are told."""

from collections.abc import Callable

from django.db.models import Model

from annotator import models
from annotator.models import Sameness
from sources.models import Publication

from .history_words import EVERYWHERE, Names, Row, Told, annotation_words, column


def other_of(one: str, other: str, model: type[Model]) -> Callable[[Row, Names], str]:
    """The name of whichever of two is not the one whose history it is."""
    return lambda row, names: names.own(model, row[other if row[one] == names.subject else one])


def compared(one: str, other: str, model: type[Model]) -> Callable[[Row, Names], str]:
    who = other_of(one, other, model)
    return lambda row, names: f"{Sameness(row['sameness']).label.lower()} as {who(row, names)}"


def tie_to(row: Row, names: Names) -> str:
    tie = names.said("annotator_affiliation", "tie", row).lower()
    return f"{tie} {names.of(models.Actor, row['organisation_id'])}"


def took_part(row: Row, names: Names) -> str:
    return f"{names.of(models.Actor, row['actor_id'])} as {row['role']}"


OF_MERGE = frozenset({"by_id", "at", "undone_by_id"})
MERGED = {"undone_at": ("took the merge apart", "")}


TOLD_OF_ACTORS = (
    Told(
        models.Actor,
        "actor",
        {
            "name": "name",
            "kind_id": "kind",
            "naming": "naming",
            "article_id": "speaks only in",
            "affiliation": "affiliation",
            "stated_reason": "reason for not being named",
            "number": "how many",
            "wikidata": "Wikidata",
            "note": "note",
            "publication_id": "the outlet",
        },
        EVERYWHERE | {"merged_into_id", "created_by_id", "created_at"},
        came="made the record",
    ),
    Told(
        models.ActorAlias,
        "other name",
        {"name": "other name", "language": "language", "script": "script"},
        EVERYWHERE | {"actor_id"},
        column(models.ActorAlias, "name"),
        frozenset({"name"}),
    ),
    Told(
        models.ActorIdentifier,
        "identifier",
        {"scheme": "register", "value": "entry"},
        EVERYWHERE | {"actor_id"},
        lambda row, names: f"{row['scheme']} {row['value']}",
        frozenset({"scheme", "value"}),
        place=("scheme",),
    ),
    Told(
        models.Affiliation,
        "tie",
        {
            "tie": "tie",
            "organisation_id": "to whom",
            "role": "role",
            "since": "since",
            "until": "until",
        },
        EVERYWHERE | {"actor_id", "since_min", "until_max"},
        tie_to,
        frozenset({"tie", "organisation_id"}),
        place=("tie", "organisation_id"),
    ),
    Told(
        models.ActorMerge,
        "",
        {"merged_id": "merged", "survivor_id": "survivor", "reason": "reason", "undone_at": "taken apart"},
        EVERYWHERE | OF_MERGE,
        other_of("merged_id", "survivor_id", models.Actor),
        frozenset({"merged_id", "survivor_id"}),
        came="found to be one with",
        verbs=MERGED,
    ),
    Told(
        models.ActorResolution,
        "",
        {
            "anonymous_id": "anonymous speaker",
            "named_id": "who it was",
            "reason": "reason",
            "evidence": "evidence",
            "undone_at": "taken back",
        },
        EVERYWHERE | OF_MERGE,
        other_of("anonymous_id", "named_id", models.Actor),
        frozenset({"anonymous_id", "named_id"}),
        came="said who it was:",
        verbs={"undone_at": ("took back who it was", "")},
    ),
    Told(
        models.ActorComparison,
        "",
        {"first_id": "one", "second_id": "other", "sameness": "likeness", "note": "note"},
        EVERYWHERE | {"by_id", "at"},
        compared("first_id", "second_id", models.Actor),
        frozenset({"first_id", "second_id", "sameness"}),
        came="said",
        place=("first_id", "second_id"),
    ),
)
TOLD_OF_EVENTS = (
    Told(
        models.Event,
        "event",
        {
            "label": "name",
            "type_id": "type",
            "date": "date",
            "date_words": "words of the date",
            "place": "place",
            "latitude": "latitude",
            "longitude": "longitude",
            "place_wikidata": "Wikidata of the place",
            "place_geonames": "GeoNames of the place",
            "note": "note",
        },
        EVERYWHERE | {"date_min", "date_max", "merged_into_id", "created_by_id", "created_at"},
        came="made the record",
    ),
    Told(
        models.EventParticipant,
        "participant",
        {
            "actor_id": "who",
            "role": "role",
            "part": "part",
            "basis": "basis",
            "mention_id": "read from",
        },
        EVERYWHERE | {"event_id"},
        took_part,
        frozenset({"actor_id", "role"}),
        place=("actor_id",),
    ),
    Told(
        models.EventMention,
        "mention",
        {"factuality": "told as", "factuality_words": "words that show it", "event_id": "event"},
        EVERYWHERE | {"annotation_id"},
        annotation_words,
        frozenset({"event_id"}),
    ),
    Told(
        models.EventMerge,
        "",
        {"merged_id": "merged", "survivor_id": "survivor", "reason": "reason", "undone_at": "taken apart"},
        EVERYWHERE | OF_MERGE,
        other_of("merged_id", "survivor_id", models.Event),
        frozenset({"merged_id", "survivor_id"}),
        came="found to be one with",
        verbs=MERGED,
    ),
    Told(
        models.EventComparison,
        "",
        {"one_id": "one", "other_id": "other", "sameness": "likeness", "note": "note"},
        EVERYWHERE | {"by_id", "at"},
        compared("one_id", "other_id", models.Event),
        frozenset({"one_id", "other_id", "sameness"}),
        came="said",
        place=("one_id", "other_id"),
    ),
)

TOLD_OF_OUTLETS = (
    Told(
        Publication,
        "outlet",
        {
            "name": "name",
            "aliases": "also called",
            "domains": "sites",
            "issn": "ISSN",
            "issn_l": "ISSN-L",
            "wikidata": "Wikidata",
            "country": "country",
            "language": "language",
            "is_agency": "news agency",
            "merged_into_id": "the same as",
            "merged_because": "why it is the same",
        },
        EVERYWHERE | {"created_at"},
        came="made the record",
        merges="merged_into_id",
    ),
)

"""Which claims a release takes: what is asked for, and what was chosen, as the release keeps and tells it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from . import fields
from .gathered import leaf
from .refusal import Refused
from .site import parse_site

T = TypeVar("T")

STATUSES = ("draft", "submitted", "accepted", "rejected", "disputed")
REVIEWED = ("accepted", "rejected", "disputed")
MOST_CHOSEN = 100
"""Speakers, and topics, of one release."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedScope:
    """`published_from` and `published_to` are dates as people write them; an empty field asks for nothing,
    of several speakers or topics any one will do. Topics are given by their keys."""

    statuses: tuple[str, ...] = ("accepted",)
    published_from: str = ""
    published_to: str = ""
    speakers: tuple[UUID, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """An actor by its UUID or a topic by its key, as it was called then; `below` are the topics under it."""

    key: str
    name: str
    below: tuple["Chosen", ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.key, *(one.key for one in self.below))

    @property
    def words(self) -> str:
        return f"{self.name} (with {_listed(one.name for one in self.below)})" if self.below else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What was chosen. `published_from` and `published_to` are EDTF; `first_day` and `last_day` what they
    come to: an article is taken if its date of publication may fall on one of these days."""

    statuses: tuple[str, ...] = ("accepted",)
    published_from: str = ""
    published_to: str = ""
    first_day: date | None = None
    last_day: date | None = None
    speakers: tuple[Chosen, ...] = ()
    topics: tuple[Chosen, ...] = ()

    @property
    def unreviewed(self) -> tuple[str, ...]:
        return tuple(status for status in self.statuses if status not in REVIEWED)

    @property
    def days(self) -> str:
        if self.first_day and self.last_day:
            return f"{self.first_day} to {self.last_day}"
        return (
            f"from {self.first_day}" if self.first_day else f"until {self.last_day}" if self.last_day else ""
        )

    def as_json(self) -> dict[str, Any]:
        """What a release stores, and writes into its `datapackage.json`."""
        return {
            "statuses": list(self.statuses),
            "published": {
                "from": self.published_from,
                "to": self.published_to,
                "first_day": self.first_day.isoformat() if self.first_day else None,
                "last_day": self.last_day.isoformat() if self.last_day else None,
            },
            "speakers": [{"id": one.key, "name": one.name} for one in self.speakers],
            "topics": [
                {
                    "id": one.key,
                    "name": one.name,
                    "below": [{"id": below.key, "name": below.name} for below in one.below],
                }
                for one in self.topics
            ],
        }

    def in_words(self) -> list[tuple[str, str]]:
        """Each condition as (what it is about, what it asks for); claims meet all of them."""
        told = [("Review status", _listed(self.statuses))]
        if self.days:
            told.append(("Published", self.days))
        if self.speakers:
            told.append(("Said or passed on by", "; ".join(one.words for one in self.speakers)))
        if self.topics:
            told.append(("Topic", "; ".join(one.words for one in self.topics)))
        return told

    def left_out(self) -> Iterator[str]:
        """What is not in it and why, a sentence each."""
        yield "Claims that were withdrawn."
        if others := [status for status in STATUSES if status not in self.statuses]:
            yield f"Claims whose review status is {_listed(others, 'or')}."
        if self.days:
            yield (
                f"Claims of articles that were not published in the period asked for ({self.days}), or of "
                "which nobody knows when they were. A date that is known roughly counts wherever it may fall."
            )
        if self.speakers:
            yield "Claims that none of the speakers asked for says or passes on."
        if self.topics:
            yield "Claims on none of the topics asked for."
        yield (
            "References to claims that are left out: relations go out where both claims are in, and a claim "
            "inside another names that one where it is in."
        )


def scope_from(stored: Mapping[str, Any]) -> Scope:
    """The scope that `as_json` gave; releases of earlier versions stored the statuses alone."""
    published = stored.get("published", {})
    first, last = published.get("first_day"), published.get("last_day")
    return Scope(
        statuses=tuple(stored.get("statuses", STATUSES)),
        published_from=published.get("from", ""),
        published_to=published.get("to", ""),
        first_day=date.fromisoformat(first) if first else None,
        last_day=date.fromisoformat(last) if last else None,
        speakers=tuple(map(_chosen, stored.get("speakers", ()))),
        topics=tuple(map(_chosen, stored.get("topics", ()))),
    )


def _chosen(stored: Mapping[str, Any]) -> Chosen:
    return Chosen(stored["id"], stored["name"], tuple(map(_chosen, stored.get("below", ()))))


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRelease:
    """A release to be made. `site` is the address that permanent links begin with, empty for the one that the
    request came by; without a `title` it has the project's name."""

    scope: AskedScope
    title: str = ""
    notes: str = ""
    licence: str = ""
    with_texts: bool = False
    site: str = ""


SCOPE = ("statuses", "published_from", "published_to", "speakers", "topics")


def parse_release(value: Any) -> AskRelease:
    """Without `statuses` it takes what was accepted. Raises Refused."""
    data = fields.mapping(value, "", (*SCOPE, "title", "notes", "licence", "with_texts", "site"))
    asked = {name: data[name] for name in SCOPE if name in data}
    return AskRelease(
        scope=parse_scope({"statuses": ["accepted"], **asked}),
        title=fields.name(data.get("title"), "title", 200, required=False),
        notes=fields.text(data.get("notes"), "notes", 20_000),
        licence=fields.name(data.get("licence"), "licence", 100, required=False),
        with_texts=fields.flag(data.get("with_texts"), "with_texts"),
        site=parse_site(data.get("site")),
    )


def parse_scope(value: Any) -> AskedScope:
    """Raises Refused. Statuses come in the order of review, whatever the order they were given in."""
    data = fields.mapping(value, "", SCOPE)
    asked = fields.items(data.get("statuses"), "statuses", _status, len(STATUSES) * 2)
    if not asked:
        raise Refused("statuses", "required", "choose at least one status")
    return AskedScope(
        statuses=tuple(status for status in STATUSES if status in asked),
        published_from=fields.name(data.get("published_from"), "published_from", 60, required=False),
        published_to=fields.name(data.get("published_to"), "published_to", 60, required=False),
        speakers=_each_once(fields.items(data.get("speakers"), "speakers", _speaker, MOST_CHOSEN)),
        topics=_each_once(fields.items(data.get("topics"), "topics", _topic, MOST_CHOSEN)),
    )


def _status(value: Any, _: str) -> str:
    return fields.choice(value, "statuses", STATUSES)


@leaf(UUID(int=0))
def _speaker(value: Any, _: str) -> UUID:
    try:
        return fields.identifier(value, "speakers")
    except Refused as refused:
        shown = str(value)[:60].encode("utf-8", "backslashreplace").decode()
        raise Refused("speakers", refused.rule, f"“{shown}” is not the identifier of a speaker") from None


def _topic(value: Any, _: str) -> str:
    return fields.name(value, "topics", 60)


def _each_once(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))


def _listed(words: Iterable[str], joined: str = "and") -> str:
    *others, last = words
    return f"{', '.join(others)} {joined} {last}" if others else last

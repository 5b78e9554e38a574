"""What a file says of an article, actor or event that is here already, and the record here does not: told,
never written over.

Only what the file says counts: a field that it leaves empty differs from nothing.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from annotator.exchange.importers.bundle import At, Document
from annotator.intents import fields
from annotator.models import Actor, Event
from sources.models import Article

from .records import Known
from .report import Report, Told

Pair = tuple[str, Any, Any]
"""The field in words, what it is here, and what the file says."""
_LONGEST = 120
_ACTOR = ("kind", "naming", "affiliation", "stated_reason", "number", "wikidata", "note")
_EVENT = ("label", "date", "date_words", "place", "place_wikidata", "place_geonames", "note")
_POINT = ("latitude", "longitude")


def tell(report: Report, at: At, what: str, pairs: Iterable[Pair]) -> None:
    """One entry for all that differs; none where nothing does."""
    said = "; ".join(
        f"{name} is {_shown(ours)} here and {_shown(theirs)} in the file"
        for name, ours, theirs in pairs
        if theirs not in (None, "", ()) and _line(theirs) != _line(ours)
    )
    if said:
        report.counts["changed"] += 1
        report.changed.append(Told(at, what, "left_as_it_is", f"{said}: it was left as it is"))


def of_article(article: Article, document: Document, known: Known) -> Iterable[Pair]:
    """Names of outlets agree in any case, and where one of the two is another name of the same. A reprint's
    story is that of the outlet it was taken from."""
    read, said = known.read, document.record
    for name, ours, theirs in (
        ("title", article.title, read.title),
        ("subtitle", article.subtitle, read.subtitle),
        ("authors", tuple(article.authors), read.authors),
        ("date of publication", article.published, read.published_edtf),
        ("address", article.url, read.url),
        ("language", article.language, said.language and read.language),
        *((_words(name), getattr(article, name), value) for name, value in known.more.items()),
    ):
        yield name, ours, theirs
    original = article.original_publication
    if original is None and article.reprint_of is not None:
        original = article.reprint_of.publication
    for name, outlet, theirs in (
        ("outlet", article.publication, read.outlet if said.outlet else ""),
        ("original outlet", original, read.original_outlet),
    ):
        names = {one.lower() for one in (outlet.name, *outlet.aliases)} if outlet else set()
        yield name, str(outlet or ""), "" if (theirs or "").lower() in names else theirs


def of_actor(actor: Actor, said: Mapping[str, Any]) -> Iterable[Pair]:
    """`said` is the body of an entry with its record. A name that is another name here is no difference."""
    aliases = {*actor.aliases.values_list("name", flat=True)}
    theirs = _line(said.get("name"))
    yield "name", actor.name, "" if theirs in aliases else theirs
    for name in _ACTOR:
        ours = actor.kind.key if name == "kind" else getattr(actor, name)
        yield _words(name), ours, said.get(name)
    others = [one.get("name") if isinstance(one, Mapping) else one for one in said.get("aliases") or ()]
    yield "other names", _list(aliases), _lacking(others, {*aliases, actor.name})
    entries = {f"{one.scheme} {one.value}" for one in actor.identifiers.all()}
    stated = [f"{one.get('scheme')} {one.get('value')}" for one in said.get("identifiers") or ()]
    yield "identifiers", _list(entries), _lacking(stated, entries)


def of_event(event: Event, said: Mapping[str, Any]) -> Iterable[Pair]:
    yield "type", event.type.key, said.get("type")
    for name in _EVENT:
        yield _words(name), getattr(event, name), said.get(name)
    for name in _POINT:
        ours, theirs = getattr(event, name), said.get(name)
        yield name, "" if ours is None else f"{ours:f}", "" if _same_number(ours, theirs) else theirs


def _same_number(ours: Decimal | None, theirs: Any) -> bool:
    try:
        return ours == Decimal(str(theirs))
    except InvalidOperation:
        return False


def _words(name: str) -> str:
    return name.replace("_", " ")


def _line(value: Any) -> Any:
    """As the intents read a line."""
    return fields.one_line(value) if isinstance(value, str) else value


def _lacking(stated: Iterable[Any], here: set[str]) -> str:
    return _list(one for one in map(_line, stated) if isinstance(one, str) and one not in here)


def _list(some: Iterable[str]) -> str:
    return ", ".join(sorted(some))


def _shown(value: Any) -> str:
    said = ", ".join(value) if isinstance(value, tuple) else str(value or "")
    return f"“{said[:_LONGEST]}”" if said else "not given"

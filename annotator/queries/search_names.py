"""What the things are called that a search is narrowed to by their keys and identifiers."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Exists, OuterRef

from annotator.citations.date_words import in_words
from annotator.models import Actor, Annotation, Code, Facet, Stand, Status
from sources.models import Article, Project, Publication, User

from .citing import Citation
from .claims import LINKS, NO_TOPIC, WHERE, Wanted
from .identities import called
from .people import with_keys

STATUSES = {one.value: str(one.label) for one in Status} | {"withdrawn": "Withdrawn"}
NOT_HERE = "one that is not here"
CODED = {
    "kind": Facet.ACTOR_KIND,
    "type": Facet.CLAIM_TYPE,
    "topic": Facet.TOPIC,
}
"""Fields of `Wanted` that hold the key of a code."""
IN_WORDS = {
    "words": "words",
    "where": "looked for",
    "status": "status",
    "speaker": "speaker",
    "kind": "kind of speaker",
    "type": "type",
    "topic": "topic",
    "outlet": "outlet",
    "period": "published",
    "annotator": "annotator",
    "article": "article",
    "concept": "concept",
    "stand": "stand",
    "code": "code",
    "made": "codebook",
    "link": "as the one who",
    "once": "said again by its text",
    "cites": "who cites whom",
}


def names_of(project: Project, wanted: Wanted) -> list[tuple[str, str, str]]:
    """What is asked for as (field of `Wanted`, value, in words); no value where a field has but one.
    Two queries a field at most."""
    several = {
        "status": _each(wanted.status, STATUSES),
        "speaker": _speakers(project, wanted.speaker),
        "outlet": _found(Publication, "name", project, wanted.outlet),
        "period": [(one, in_words(one)) for one in wanted.period],
        "annotator": _people(project, wanted.annotator),
        "article": _found(Article, "title", project, wanted.article),
    }
    several |= {
        name: _codes(project, CODED[name], getattr(wanted, name)) for name in ("kind", "type", "topic")
    }
    one = {
        "words": wanted.words,
        "where": WHERE[wanted.where].lower() if wanted.where and wanted.words else "",
        "stand": wanted.stand and str(Stand(wanted.stand).label).lower(),
        "code": _only(_found(Code, "name", project, (wanted.code,))) if wanted.code else "",
        "concept": _only(_codes(project, Facet.CONCEPT, (wanted.concept,))) if wanted.concept else "",
        "link": LINKS[wanted.link].lower() if wanted.link else "",
        "once": "left out" if wanted.once else "",
        "cites": _cites(project, wanted.cites),
        "made": wanted.made and ("changed since" if wanted.made == "older" else f"v{wanted.made}"),
    }
    told = {name: [("", words)] for name, words in one.items() if words} | several
    return [(name, key, words) for name in IN_WORDS for key, words in told.get(name, ())]


Named = list[tuple[str, str]]
"""Values that are asked for, each with what it is called."""


def _only(named: Named) -> str:
    return named[0][1]


def _each(keys: Iterable[object], names: Mapping[str, str], otherwise: str = "") -> Named:
    return [(str(key), names.get(str(key), otherwise or str(key))) for key in keys]


def _found(
    model: type[Article | Code | Publication], column: str, project: Project, uuids: tuple[UUID, ...]
) -> Named:
    if not uuids:
        return []
    rows = model.objects.filter(project=project, uuid__in=uuids).values_list("uuid", column)
    return _each(uuids, {str(uuid): name for uuid, name in rows}, NOT_HERE)


def _speakers(project: Project, uuids: tuple[UUID, ...]) -> Named:
    """Anonymous ones by their labels."""
    if not uuids:
        return []
    actors = list(Actor.objects.filter(project=project, uuid__in=uuids))
    names = called(actors)
    return _each(uuids, {str(actor.uuid): names[actor.pk] for actor in actors}, NOT_HERE)


def _cites(project: Project, asked: Citation | None) -> str:
    if asked is None:
        return ""
    ends = [one for one in asked if one]
    names = dict(_speakers(project, tuple(ends)))
    names |= {
        key: name for key, name in _found(Publication, "name", project, tuple(ends)) if name != NOT_HERE
    }
    source, target = (names[str(one)] if one else "anybody" for one in asked)
    return f"{target} cites {source}"


def _people(project: Project, keys: tuple[str, ...]) -> Named:
    """Of nobody who has marked nothing there: the address bar is no way to look up accounts."""
    if not keys:
        return []
    marked = Annotation.objects.filter(project=project, author=OuterRef("pk"))
    people = User.objects.filter(with_keys(keys), Exists(marked))
    return _each(keys, {key: str(one) for one in people for key in (one.username, str(one.uuid))})


def _codes(project: Project, facet: Facet, keys: tuple[str, ...]) -> Named:
    if not keys:
        return []
    codes = Code.objects.filter(project=project, facet=facet, key__in=keys).values_list("key", "name")
    return _each(keys, {**dict(codes), NO_TOPIC: "none"})

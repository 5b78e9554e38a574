"""What the things are called that a search is narrowed to by their keys and identifiers."""

from uuid import UUID

from annotator.citations.date_words import in_words
from annotator.models import Actor, Code, Facet, Stand, Status
from sources.models import Article, Project, Publication, User

from .citing import Citation
from .claims import LINKS, NO_TOPIC, WHERE, Wanted
from .identities import called

NOT_HERE = "one that is not here"
CODED = {
    "kind": Facet.ACTOR_KIND,
    "type": Facet.CLAIM_TYPE,
    "topic": Facet.TOPIC,
    "concept": Facet.CONCEPT,
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


def names_of(project: Project, wanted: Wanted) -> dict[str, str]:
    """By field of `Wanted` that asks for something, what it asks for in words. At most one query a field."""
    told = {
        "words": wanted.words,
        "where": WHERE[wanted.where].lower() if wanted.where and wanted.words else "",
        "status": _status(wanted.status),
        "speaker": _speaker(project, wanted.speaker),
        "outlet": _found(Publication, "name", project, wanted.outlet),
        "period": in_words(wanted.period),
        "annotator": _person(wanted.annotator),
        "article": _found(Article, "title", project, wanted.article),
        "stand": wanted.stand and str(Stand(wanted.stand).label).lower(),
        "code": _found(Code, "name", project, wanted.code),
        "link": LINKS[wanted.link].lower() if wanted.link else "",
        "once": "left out" if wanted.once else "",
        "cites": _cites(project, wanted.cites),
        "made": wanted.made and ("older" if wanted.made == "older" else f"v{wanted.made}"),
    }
    told |= {name: _code(project, facet, getattr(wanted, name)) for name, facet in CODED.items()}
    return {name: told[name] for name in IN_WORDS if told[name]}


def _status(key: str) -> str:
    return "Withdrawn" if key == "withdrawn" else str(Status(key).label) if key else ""


def _found(
    model: type[Article | Code | Publication], column: str, project: Project, uuid: UUID | None
) -> str:
    if uuid is None:
        return ""
    of_it = model.objects.filter(project=project, uuid=uuid)
    return of_it.values_list(column, flat=True).first() or NOT_HERE


def _speaker(project: Project, uuid: UUID | None) -> str:
    """An anonymous one by the label."""
    found = Actor.objects.filter(project=project, uuid=uuid) if uuid else ()
    return next(iter(called(found).values()), NOT_HERE if uuid else "")


def _cites(project: Project, asked: Citation | None) -> str:
    if asked is None:
        return ""
    ends = [(_found(Publication, "name", project, one) if one else "anybody") for one in asked]
    ends = [_speaker(project, one) if end == NOT_HERE else end for one, end in zip(asked, ends, strict=True)]
    return f"{ends[1]} cites {ends[0]}"


def _person(username: str) -> str:
    person = User.objects.filter(username=username).first() if username else None
    return str(person) if person else username


def _code(project: Project, facet: Facet, key: str) -> str:
    if not key or key == NO_TOPIC:
        return "none" if key else ""
    codes = Code.objects.filter(project=project, facet=facet, key=key)
    return codes.values_list("name", flat=True).first() or key

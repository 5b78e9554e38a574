"""What is discussed: the threads of one thing, a project's list of them, and how many call a member."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from annotator.detect.comment_words import parts_of
from annotator.models import Actor, Claim, Comment, CommentMention, Discussion, DiscussionState, Event
from sources.models import Article, Project, User

from .identities import called
from .keyset import Order, whole
from .standing import mentioning

Thing = Claim | Actor | Event | Article

SHOWN = {"open": "Open", "me": "Mention me", "mine": "I take part", "resolved": "Resolved"}
LATEST = Order(("latest", "id"), (whole, whole))
MOST_RESOLVED = 50
"""Of one thing, shown beside the open ones."""


@dataclass(frozen=True)
class Shown:
    """A stretch of a comment: words, an address, or the sign-in name of somebody, who is `called` so."""

    text: str
    address: str
    name: str
    called: str


@dataclass(frozen=True)
class Said:
    """A comment as it is shown; `parts` is empty where it was withdrawn. `names` are whom it calls, by their
    sign-in names."""

    comment: Comment
    parts: list[Shown]
    names: dict[str, str]


@dataclass(frozen=True)
class Thread:
    discussion: Discussion
    said: list[Said]
    again: UUID = field(default_factory=uuid4)
    """What the next comment is called, so that sending it twice is saying it once."""

    @property
    def is_open(self) -> bool:
        return self.discussion.state == DiscussionState.OPEN

    @property
    def standing(self) -> int:
        """How many of its comments were not withdrawn."""
        return sum(1 for one in self.said if one.parts)


@dataclass(frozen=True)
class Entry:
    """A discussion in a list: what it is about, and its latest comment that stands."""

    discussion: Discussion
    kind: str
    about: str
    language: str
    url: str
    latest: Said | None
    comments: int


def about(thing: Thing) -> Q:
    """The condition on discussions that they are about that, or about what was merged into it."""
    match thing:
        case Claim():
            return Q(claim=thing)
        case Actor():
            return Q(actor__survivor=thing.merged_into_id or thing.pk)
        case Event():
            return Q(event__survivor_key=thing.merged_into_id or thing.pk)
        case Article():
            return Q(article=thing)


def threads_about(thing: Thing) -> list[Thread]:
    """All that are open, the oldest first, then the latest of those resolved. Four queries at most."""
    return discussed_about(thing).threads


@dataclass(frozen=True)
class Section:
    """What a page shows of the discussions about its thing. `number` and `still` are how many there are and
    how many are open; `after` is the last resolved one that is shown, where there are further ones."""

    threads: list[Thread]
    number: int
    still: int
    after: UUID | None = None


def discussed_about(thing: Thing, after: Any = None) -> Section:
    """All that are open, the oldest first, then the latest of those resolved; behind the one called `after`,
    the next of those resolved alone. Five queries at most."""
    found = Discussion.objects.filter(about(thing)).select_related("opened_by", "turned_by")
    still = list(found.filter(state=DiscussionState.OPEN).order_by("pk"))
    settled = found.filter(state=DiscussionState.RESOLVED).order_by("-turned_at", "-pk")
    last = found.filter(uuid=after, turned_at__isnull=False).first() if after else None
    if last is not None:
        at = last.turned_at
        settled = settled.filter(Q(turned_at__lt=at) | Q(turned_at=at, pk__lt=last.pk))
    rows = list(settled[: MOST_RESOLVED + 1])
    further = len(rows) > MOST_RESOLVED
    rows = rows[:MOST_RESOLVED]
    number = len(still) + len(rows) if last is None and not further else found.count()
    shown = rows if last is not None else [*still, *rows]
    return Section(threads(shown), number, len(still), rows[-1].uuid if further else None)


def threads(discussions: Iterable[Discussion]) -> list[Thread]:
    """The discussions with all that was said in them. Two queries, or none."""
    rows = list(discussions)
    said: dict[int, list[Said]] = defaultdict(list)
    if rows:
        for one in _told(Comment.objects.filter(discussion__in=rows).order_by("pk")):
            said[one.comment.discussion_id].append(one)
    return [Thread(discussion, said[discussion.pk]) for discussion in rows]


def _told(comments: QuerySet[Comment]) -> list[Said]:
    rows = list(comments.select_related("author"))
    names: dict[int, dict[str, str]] = defaultdict(dict)
    mentions = CommentMention.objects.filter(comment__in=rows).select_related("user")
    for mention in mentions if any("@" in row.text for row in rows) else ():
        names[mention.comment_id][mention.user.username] = str(mention.user)
    return [Said(row, _shown(row, names[row.pk]), names[row.pk]) for row in rows]


def _shown(comment: Comment, names: dict[str, str]) -> list[Shown]:
    parts = [] if comment.withdrawn_at else parts_of(comment.text, names)
    return [Shown(part.text, part.address, part.name, names.get(part.name, "")) for part in parts]


def discussion_called(project: Project, uuid: Any) -> Discussion | None:
    return (
        Discussion.objects.filter(project=project, uuid=uuid)
        .select_related("project", "opened_by", "turned_by")
        .first()
    )


def discussions_shown(project: Project, user: User, show: str) -> QuerySet[Discussion]:
    """Those of one of SHOWN, with `latest`, the key of what was said last."""
    last = Comment.objects.filter(discussion=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    found = Discussion.objects.filter(project=project).annotate(latest=Subquery(last))
    match show:
        case "me":
            return found.filter(mentioning(user.pk), state=DiscussionState.OPEN)
        case "mine":
            mine = Comment.objects.filter(discussion=OuterRef("pk"), author=user.pk, withdrawn_at=None)
            return found.filter(Q(opened_by=user.pk) | Q(Exists(mine)))
        case "resolved":
            return found.filter(state=DiscussionState.RESOLVED)
        case _:
            return found.filter(state=DiscussionState.OPEN)


def entries(project: Project, keys: list[int]) -> list[Entry]:
    """The discussions of those keys in their order. Five queries at most."""
    rows = Discussion.objects.filter(pk__in=keys).select_related(
        "opened_by",
        "turned_by",
        "claim__annotation__snapshot__article",
        "actor__survivor",
        "event__merged_into",
        "article",
    )
    rows = rows.defer("claim__annotation__snapshot__text", "claim__annotation__snapshot__cleaning")
    by_key = {row.pk: row for row in rows}
    standing = Comment.objects.filter(discussion__in=keys, withdrawn_at=None).order_by()
    counts = standing.values("discussion").annotate(n=Count("pk"), last=Max("pk"))
    numbers = {row["discussion"]: row for row in counts}
    latest = {
        one.comment.discussion_id: one
        for one in _told(Comment.objects.filter(pk__in=[row["last"] for row in numbers.values()]))
    }
    names = called(row.actor.survivor for row in by_key.values() if row.actor)
    return [
        Entry(
            by_key[key],
            *_subject(project, by_key[key], names)[:3],
            url=_url_of_thread(project, by_key[key]),
            latest=latest.get(key),
            comments=numbers[key]["n"] if key in numbers else 0,
        )
        for key in keys
    ]


def _subject(project: Project, row: Discussion, names: dict[int, str]) -> tuple[str, str, str, str]:
    """(kind, what it is called, in which language, where it is discussed)."""
    if row.claim:
        anchor = row.claim.annotation
        words, language = " … ".join(anchor.quotes), anchor.snapshot.article.language
        return "claim", words, language, url_of(project, row.claim)
    if row.actor:
        return "actor", names[row.actor.survivor_id], "", url_of(project, row.actor.survivor)
    if row.event:
        event = row.event.merged_into or row.event
        return "event", event.label, "", url_of(project, event)
    assert row.article is not None  # noqa: S101  a discussion is about exactly one thing
    return "article", row.article.title, row.article.language, url_of(project, row.article)


def url_of(project: Project, thing: Thing) -> str:
    """The page on which that is discussed."""
    match thing:
        case Claim():
            page = reverse("claim", args=[thing.uuid])
        case Actor():
            page = reverse("speaker", args=[project.slug, thing.uuid])
        case Event():
            page = reverse("event", args=[project.slug, thing.uuid])
        case Article():
            page = reverse("discussions_about", args=[project.slug, "article", thing.uuid])
    return f"{page}#discussions"


def name_of(project: Project, thing: Thing) -> tuple[str, str, str, str]:
    """(kind, what it is called, in which language, where it is discussed). Two queries at most."""
    row = Discussion(**{thing._meta.model_name or "": thing})
    names = called([thing]) if isinstance(thing, Actor) else {}
    return _subject(project, row, names)


def _url_of_thread(project: Project, row: Discussion) -> str:
    page = url_of(project, subject_of(row)).removesuffix("#discussions")
    return f"{page}#discussion-{row.uuid}"


def thing_of(project: Project, kind: str, uuid: Any) -> Thing | None:
    """What is discussed, by its kind and identifier; its survivor where it was merged."""
    rows: Any = {"claim": Claim, "actor": Actor, "event": Event, "article": Article}[kind]
    found = rows.objects.filter(project=project, uuid=uuid).first()
    return None if found is None else getattr(found, "merged_into", None) or found


def subject_of(discussion: Discussion) -> Thing:
    """What it is about, as it shows now."""
    held = discussion.claim or discussion.actor or discussion.event or discussion.article
    assert held is not None  # noqa: S101  a discussion is about exactly one thing
    return getattr(held, "merged_into", None) or held

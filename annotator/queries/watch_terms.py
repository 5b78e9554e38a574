"""What a project watches for, where it stands in a text, and how often in all of them."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from time import monotonic
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Lower

from annotator.detect.watching import Matcher, Wanted
from annotator.models import WatchTerm
from sources.models import Block, Project, Role, Snapshot, User

from .annotation_json import Json
from .standing import may

MOST_ARTICLES = 2000
"""How many articles counting looks at, the latest added first."""
SECONDS = 1.0
"""How long counting looks, whatever it has found by then."""
AT_ONCE = 50


def watch_terms_of(project: Project) -> QuerySet[WatchTerm]:
    return (
        WatchTerm.objects.filter(project=project)
        .select_related("created_by")
        .order_by(Lower("words"), "words", "is_pattern")
    )


def may_change(project: Project, role: Role | None, user: User, term: WatchTerm) -> bool:
    """Annotators change and remove what they added themselves; managers every term."""
    own = term.created_by_id == user.pk and may(project, role, Role.ANNOTATOR)
    return own or may(project, role, Role.MANAGER)


def watch_urls(snapshot: Snapshot, api: str, role: Role | None, may_annotate: bool) -> Json:
    """Where a text's room asks for its hits, which only members see, and where it adds a term. `api` is the
    project's address there."""
    urls = {"hits": f"{api}/texts/{snapshot.uuid}/hits/"} if role is not None else {}
    return urls | ({"watch_terms": f"{api}/watch-terms/"} if may_annotate else {})


def watch_term_json(term: WatchTerm) -> Json:
    return {
        "uuid": str(term.uuid),
        "words": term.words,
        "is_pattern": term.is_pattern,
        "whole_words": term.whole_words,
        "case_sensitive": term.case_sensitive,
        "note": term.note,
        "version": term.version,
    }


def wanted(term: WatchTerm) -> Wanted:
    return Wanted(term.words, term.is_pattern, term.whole_words, term.case_sensitive)


@lru_cache(maxsize=4)
def matcher_for(terms: tuple[Wanted, ...]) -> Matcher:
    """Kept between requests: reading fifty patterns takes longer than looking for them."""
    return Matcher(terms)


@dataclass(frozen=True)
class Watched:
    """A text and what is watched for in it. `tag` names the whole: the same tag, the same hits."""

    snapshot: Snapshot
    shown: list[tuple[int, int]]
    terms: list[WatchTerm]

    @property
    def tag(self) -> str:
        told = [(t.uuid.hex, t.version) for t in self.terms]
        return sha256(repr((self.snapshot.sha256, self.shown, told)).encode()).hexdigest()[:32]

    def as_json(self) -> Json:
        """`hits` in text order as [start, end, place in `terms`]; only terms that hit are told.

        Code points. `cut` says that there are more, `slow` which patterns took too long to look for.
        """
        matcher = matcher_for(tuple(map(wanted, self.terms)))
        found = matcher.find(self.snapshot.text, self.shown)
        hitting = sorted({hit.term for hit in found.hits})
        places = {term: place for place, term in enumerate(hitting)}
        return {
            "terms": [{"words": self.terms[i].words, "note": self.terms[i].note} for i in hitting],
            "hits": [[hit.start, hit.end, places[hit.term]] for hit in found.hits],
            "cut": found.cut,
            "slow": [self.terms[i].words for i in sorted(found.slow)],
        }


def watched_in(project: Project, text: UUID) -> Watched | None:
    """The project's text of that identifier, in three queries and one more for its words; masked parts,
    which stay outside of every count, are not looked at."""
    snapshot = Snapshot.objects.filter(project=project, uuid=text).defer("text").first()
    if snapshot is None:
        return None
    return Watched(snapshot, _shown([snapshot.pk]).get(snapshot.pk, []), list(watch_terms_of(project)))


def _shown(snapshots: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    """The stretches of each text that are not masked."""
    blocks = Block.objects.filter(snapshot__in=snapshots, masked=False).order_by("snapshot", "start")
    shown: dict[int, list[tuple[int, int]]] = {}
    for snapshot, start, end in blocks.values_list("snapshot", "start", "end"):
        shown.setdefault(snapshot, []).append((start, end))
    return shown


@dataclass
class Counted:
    """`hits` and `articles` of each term by its place in the list; `looked` of `total` articles."""

    terms: Sequence[Wanted]
    total: int
    looked: int = 0
    hits: Counter[int] = field(default_factory=Counter)
    articles: Counter[int] = field(default_factory=Counter)

    @property
    def whole(self) -> bool:
        return self.looked == self.total

    @property
    def rows(self) -> list[Json]:
        return [
            {"term": term, "hits": self.hits[i], "articles": self.articles[i]}
            for i, term in enumerate(self.terms)
        ]

    def of(self, term: Wanted) -> tuple[int, int]:
        """Hits and articles of the term; (0, 0) for one that was not asked for."""
        places = [i for i, one in enumerate(self.terms) if one == term]
        return (self.hits[places[0]], self.articles[places[0]]) if places else (0, 0)


def count_hits(project: Project, terms: Sequence[Wanted], clock: Callable[[], float] = monotonic) -> Counted:
    """How often each term stands in the latest text of each article, as far as SECONDS reach.

    Two queries, and two more for every AT_ONCE articles.
    """
    end = clock() + SECONDS
    latest = Snapshot.objects.filter(project=project).order_by("-article", "-number").distinct("article")
    chosen = list(latest.values_list("pk", flat=True)[:MOST_ARTICLES])
    counted = Counted(terms, project.articles.count())
    matcher = matcher_for(tuple(terms))
    for first in range(0, len(chosen), AT_ONCE):
        some = chosen[first : first + AT_ONCE]
        shown = _shown(some)
        texts = dict(Snapshot.objects.filter(pk__in=some).values_list("pk", "text"))
        for snapshot in some:
            if clock() > end:
                return counted
            found = matcher.find(texts[snapshot], shown.get(snapshot, []))
            counted.looked += 1
            counted.hits += found.counts
            counted.articles.update(found.counts.keys())
    return counted

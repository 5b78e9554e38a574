"""Articles whose texts are alike, and what differs between two texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from sources.actions import similarity_of
from sources.models import Article, LikelyReprint, LikelyState, Project, Publication, Sentence, Snapshot
from sources.text.sentence_changes import Counts, SentenceChange, Stretch, counts, sentence_changes

MOST_SHOWN = 600
"""Passages of a comparison on one page; of what two texts have in common each run is one."""


@dataclass(frozen=True)
class Passage:
    """A run of sentences that are kept, or one of which something is to be said.

    `pieces` are (tag, words): `del` stands in the first text alone, `ins` in the second alone, "" in both.
    A run of kept ones has one piece a sentence.
    """

    kind: str
    pieces: list[tuple[str, str]]


@dataclass(frozen=True)
class Comparison:
    """What the second text does with the first. `similarity` is None for texts too short to tell."""

    first: Snapshot
    second: Snapshot
    counts: Counts
    passages: list[Passage]
    left_out: int
    similarity: float | None

    @property
    def per_cent(self) -> int | None:
        """Wording in common."""
        return None if self.similarity is None else round(100 * self.similarity)

    @property
    def share_of_second(self) -> int:
        """Per cent of the second text's sentences that stand in the first, word for word."""
        return round(100 * self.counts.common / self.counts.new) if self.counts.new else 0

    @property
    def share_of_first(self) -> int:
        return round(100 * self.counts.common / self.counts.old) if self.counts.old else 0


def likely_reprints(
    project: Project, state: str = LikelyState.OPEN, outlet: UUID | None = None
) -> QuerySet[LikelyReprint]:
    """Pairs of that state, those whose texts are most alike first; of open ones those that are not known to
    print one story by now. `outlet` has published either of the two."""
    found = LikelyReprint.objects.filter(project=project, state=state)
    if outlet:
        found = found.filter(Q(article__publication__uuid=outlet) | Q(original__publication__uuid=outlet))
    if state == LikelyState.OPEN:
        found = found.alias(
            story=Coalesce("article__reprint_of", "article"),
            other_story=Coalesce("original__reprint_of", "original"),
        ).exclude(story=F("other_story"))
    return found.select_related("article__publication", "original__publication", "decided_by").order_by(
        F("similarity").desc(nulls_last=True), "-pk"
    )


def outlets_of_pairs(project: Project, state: str) -> QuerySet[Publication]:
    """Those with an article in a pair of that state, by name. One query."""
    pairs = likely_reprints(project, state).order_by()
    of_either = Q(articles__in=pairs.values("article")) | Q(articles__in=pairs.values("original"))
    return Publication.objects.filter(of_either, project=project).distinct().order_by("name", "pk")


def n_likely(project: Project) -> int:
    return likely_reprints(project).count()


def likely_of(article: Article) -> QuerySet[LikelyReprint]:
    """Pairs with this article on which nobody has spoken yet."""
    return likely_reprints(article.project).filter(Q(article=article) | Q(original=article))


def said_of(article: Article, other: Article) -> LikelyReprint | None:
    """What is said of the two, whichever way round."""
    pair = [article.pk, other.pk]
    rows = LikelyReprint.objects.filter(article__in=pair, original__in=pair).select_related("decided_by")
    return rows.first()


def text_of(article: Article, number: str = "") -> Snapshot | None:
    """The text of that number; the latest where none is named."""
    texts = article.snapshots.order_by("-number")
    if not number:
        return texts.first()
    return texts.filter(number=int(number)).first() if number.isdecimal() and len(number) < 5 else None


def comparison(first: Snapshot, second: Snapshot) -> Comparison:
    """By sentence, what is masked in either left out. Six queries at most."""
    changes = sentence_changes(first.text, second.text, _sentences(first), _sentences(second))
    passages = _passages(changes, first.text, second.text)
    return Comparison(
        first,
        second,
        counts(changes),
        passages[:MOST_SHOWN],
        max(0, len(passages) - MOST_SHOWN),
        similarity_of(first, second),
    )


def _sentences(text: Snapshot) -> list[tuple[int, int]]:
    found = Sentence.objects.filter(segmentation=text.current_segmentation_id, block__masked=False)
    return list(found.order_by("number").values_list("start", "end"))


def _passages(changes: Sequence[SentenceChange], first: str, second: str) -> list[Passage]:
    passages: list[Passage] = []
    for change in changes:
        if change.kind == "kept" and passages and passages[-1].kind == "kept":
            passages[-1].pieces.append(("", f" {_words(second, change.after)}"))
        else:
            passages.append(Passage(change.kind, _pieces(change, first, second)))
    return passages


def _pieces(change: SentenceChange, first: str, second: str) -> list[tuple[str, str]]:
    if change.kind == "removed":
        return [("del", _words(first, change.before))]
    if change.kind == "added":
        return [("ins", _words(second, change.after))]
    if not change.words:
        return [("", _words(second, change.after))]
    pieces: list[tuple[str, str]] = []
    for run in change.words:
        tag, text, place = ("del", first, run.before) if run.kind == "removed" else ("ins", second, run.after)
        words = _words(text, place)
        # A blank at the end of marked words is not underlined or struck out.
        bare = words.rstrip()
        if tag == "ins" and run.kind == "added" and pieces and pieces[-1][0] == "del":
            pieces.append(("", " "))
        pieces += [(tag, bare), ("", words[len(bare) :])] if run.kind != "kept" else [("", words)]
        if pieces[-1] == ("", ""):
            pieces.pop()
    return pieces


def _words(text: str, place: Stretch | None) -> str:
    return text[slice(*place)] if place else ""

"""Which articles print the same story: proposed by their wording, said by somebody."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from sources.models import (
    Article,
    Fingerprint,
    LikelyKind,
    LikelyReprint,
    LikelyState,
    Project,
    Snapshot,
    User,
    acting,
)
from sources.text.wording import RECIPE

from .fingerprints import alike, fingerprint_missing, in_company, similarity_of, store_fingerprints
from .locks import lock_reprints
from .stories import StillOneStory, join, part

NEAR = timedelta(days=1)
"""Two texts of one outlet that are alike and farther apart are told of anew each time, not corrected."""
LEAST_OF_ONE_OUTLET = 0.7
"""An outlet's short recurring notices share half of their wording by their form alone (ADR 29)."""
MOST_PROPOSED = 3
BY_HAND = "by hand"


class NoSuchPair(Exception):
    """There is nothing to take back: nobody has said anything of the two."""


def recognise(texts: Sequence[tuple[Article, Snapshot, Iterable[str]]]) -> None:
    """Store the wording of new texts, each with its parts that count, and propose whom it is reprinted from.

    Of two texts that are stored at the same time neither sees the other; whoever commits last does when it
    looks again afterwards.
    """
    fingerprints = store_fingerprints((snapshot, parts) for _, snapshot, parts in texts)
    comparable = [one.snapshot_id for one in fingerprints if one.bands]
    alike_to_others = in_company(comparable) if comparable else set()
    for (article, _, _), fingerprint in zip(texts, fingerprints, strict=True):
        if fingerprint.snapshot_id in alike_to_others:
            _propose(article, fingerprint)
    if comparable:
        transaction.on_commit(partial(_look_at_all_again, comparable), robust=True)


def propose_missing(project: Project) -> tuple[int, int]:
    """Fingerprint what is not yet, and compare it: (texts, proposals made)."""
    before = LikelyReprint.objects.filter(project=project).count()
    keys = fingerprint_missing(project)
    for key in keys:
        _look_again(key)
    return len(keys), LikelyReprint.objects.filter(project=project).count() - before


def _look_at_all_again(snapshots: Sequence[int]) -> None:
    for snapshot in sorted(in_company(snapshots)):
        _look_again(snapshot)


def _look_again(snapshot: int) -> None:
    found = Fingerprint.objects.filter(snapshot=snapshot).select_related("snapshot__article").first()
    if found is not None:
        _propose(found.snapshot.article, found)


def _propose(article: Article, fingerprint: Fingerprint) -> None:
    found = alike(fingerprint)
    if not found:
        return
    texts = Snapshot.objects.filter(pk__in=[one.snapshot for one in found]).exclude(article=article)
    owners = {text.pk: text.article for text in texts.defer("text").select_related("article__reprint_of")}
    near = [(owners[one.snapshot], one.similarity) for one in found if one.snapshot in owners]
    with acting(None):
        LikelyReprint.objects.bulk_create(_rows(article, near), ignore_conflicts=True)


def _rows(article: Article, near: list[tuple[Article, float]]) -> list[LikelyReprint]:
    """One for each story that is like the article's: with the article that stands for the story where that is
    alike too, else with the most alike of it. `near` has the most alike first."""
    originals = _proposed_originals([article, *(other for other, _ in near)])
    alike_too = {other.pk: (other, similarity) for other, similarity in reversed(near)}
    stories = {_story(article, originals)}
    rows: list[LikelyReprint] = []
    for nearest, likeness in near:
        story = _story(nearest, originals)
        other, similarity = alike_too.get(story, (nearest, likeness))
        kind = _kind(article, other, similarity)
        if story in stories or kind is None or len(rows) == MOST_PROPOSED:
            continue
        stories.add(story)
        younger, older = _in_order(article, other)
        rows.append(
            LikelyReprint(
                project_id=article.project_id,
                article=younger,
                original=older,
                kind=kind,
                similarity=similarity,
                found_by=RECIPE,
            )
        )
    return rows


def _proposed_originals(articles: list[Article]) -> dict[int, int]:
    """Of each article the one that it is proposed as a reprint of, as long as nobody has refused that."""
    rows = LikelyReprint.objects.filter(article__in=articles).exclude(state=LikelyState.REFUSED)
    return dict(rows.order_by("-pk").values_list("article", "original"))


def _story(article: Article, originals: dict[int, int]) -> int:
    """One article stands for all that print a story, said or proposed, so that each is proposed once."""
    root = article.reprint_of_id or article.pk
    return originals.get(root, originals.get(article.pk, root))


def _kind(article: Article, other: Article, similarity: float) -> str | None:
    """From another outlet it is a reprint; from the same one, much alike and of the same day or the next, the
    same article."""
    if article.publication_id is None or article.publication_id != other.publication_id:
        return LikelyKind.REPRINT
    if similarity < LEAST_OF_ONE_OUTLET:
        return None
    days = _day(article), _day(other)
    apart = abs(days[0] - days[1]) if days[0] and days[1] else timedelta()
    return LikelyKind.SAME_ARTICLE if apart <= NEAR else None


def _day(article: Article) -> date | None:
    return article.published_min


def _in_order(article: Article, other: Article) -> tuple[Article, Article]:
    """(reprint, original): by whom the records say it was taken from, of the two or not, else by date,
    else as stored. What names such an outlet and was printed earlier than the other is no reprint of it."""
    for one, another in ((article, other), (other, article)):
        if one.original_publication_id and one.original_publication_id == another.publication_id:
            return one, another
    for one, another in ((article, other), (other, article)):
        days = _day(one), _day(another)
        earlier = days[0] and days[1] and days[0] < days[1]
        if _names_a_source(one) and not _names_a_source(another) and not earlier:
            return one, another
    ages = [(_day(one) or date.max, one.pk) for one in (article, other)]
    return (article, other) if ages[0] >= ages[1] else (other, article)


def _names_a_source(article: Article) -> bool:
    """Whether its record says that it was taken from another outlet than its own."""
    return article.original_publication_id not in (None, article.publication_id)


def mark_reprint(*, by: User | None, article: Article, original: Article) -> Article:
    """Say that `article` prints the story of `original`, with furniture or cuts of its own.

    All that print one story point to one original: those of the story of `article` to that of `original`.
    Where `original` was known as a reprint of this very `article`, the two change places. Raises ValueError
    for an article and itself.
    """
    if article.pk == original.pk:
        raise ValueError("an article is no reprint of itself")
    with acting(by):
        lock_reprints(article.project_id)
        join(article, original)
    return Article.objects.get(pk=article.pk)


def unmark_reprint(*, by: User, article: Article, original: Article) -> None:
    """The two are no longer said to print one story. Raises StillOneStory where what was said of others says
    that they do."""
    with acting(by):
        lock_reprints(article.project_id)
        part(article, original)


def confirm_reprint(
    *, by: User, article: Article, original: Article, kind: str = LikelyKind.REPRINT
) -> LikelyReprint:
    """`article` has its text from `original` (or is another text of the same article, as `kind` says)."""
    with acting(by):
        lock_reprints(article.project_id)
        mark_reprint(by=by, article=article, original=original)
        return _said(by, article, original, state=LikelyState.CONFIRMED, kind=kind)


def refuse_reprint(*, by: User, article: Article, original: Article) -> LikelyReprint:
    """The two have their text from nowhere in common; they are never proposed again. Raises
    StillOneStory, as `unmark_reprint` does."""
    with acting(by):
        lock_reprints(article.project_id)
        unmark_reprint(by=by, article=article, original=original)
        return _said(by, article, original, state=LikelyState.REFUSED)


def reopen_reprint(*, by: User, article: Article, original: Article) -> LikelyReprint:
    """Take back what was said; what was said of others may keep the two together. Raises NoSuchPair where
    nothing was said."""
    with acting(by):
        lock_reprints(article.project_id)
        if _row(article, original) is None:
            raise NoSuchPair
        with suppress(StillOneStory):
            unmark_reprint(by=by, article=article, original=original)
        return _said(by, article, original, state=LikelyState.OPEN)


def _row(article: Article, original: Article) -> LikelyReprint | None:
    pair = [article.pk, original.pk]
    return LikelyReprint.objects.select_for_update().filter(article__in=pair, original__in=pair).first()


def _said(by: User, article: Article, original: Article, *, state: str, **more: Any) -> LikelyReprint:
    decided: dict[str, Any] = {"decided_by": None, "decided_at": None}
    if state != LikelyState.OPEN:
        decided = {"decided_by": by, "decided_at": timezone.now()}
    values = {"article": article, "original": original, "state": state, **decided, **more}
    row = _row(article, original)
    if row is None:
        texts = [
            Snapshot.objects.filter(article=one).order_by("-number").first() for one in (article, original)
        ]
        similarity = similarity_of(*texts) if all(texts) else None  # type: ignore[arg-type]
        return LikelyReprint.objects.create(
            **({"kind": LikelyKind.REPRINT} | values),
            project_id=article.project_id,
            similarity=similarity,
            found_by=BY_HAND,
        )
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*values, "version"])
    return row

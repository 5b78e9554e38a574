"""Which articles print one story: joined and taken apart as what was said of each two of them bears out."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, Q

from sources.models import Article, LikelyReprint, LikelyState


class StillOneStory(Exception):
    """What was said of others makes the two print one story; `third` is the next on the way from one to the
    other."""

    def __init__(self, third: Article) -> None:
        super().__init__("the two are one story by a third that both are said to print")
        self.third = third


def join(article: Article, original: Article) -> None:
    """All that print the one story print the other from now on, whose first one stays the original. Where
    `original` was known as a reprint of `article` itself, the two change places."""
    now = Article.objects.in_bulk([article.pk, original.pk])
    mine, root = (now[one.pk].reprint_of_id or one.pk for one in (article, original))
    if mine == root:
        if article.pk != root:
            return
        root = original.pk
    _link(Article.objects.filter(Q(pk=mine) | Q(reprint_of=mine)).values_list("pk", flat=True), root)


def part(article: Article, original: Article) -> None:
    """The one of the two to which the story's original is not tied leaves it with all that are tied to it.

    Raises StillOneStory where what was said of others ties the two together.
    """
    now = Article.objects.in_bulk([article.pk, original.pk])
    root, other = (now[one.pk].reprint_of_id or one.pk for one in (article, original))
    if root != other:
        return
    said = _said_within(root, {article.pk, original.pk})
    mine = _tied(article.pk, said)
    if original.pk in mine:
        raise StillOneStory(Article.objects.get(pk=_way(mine, original.pk)))
    leaver, leaving = (article.pk, mine) if root not in mine else (original.pk, _tied(original.pk, said))
    taken = {one for one, _ in said}
    _link(leaving, min((one for one in leaving if one not in taken), default=leaver))


def _said_within(root: int, pair: set[int]) -> list[tuple[int, int]]:
    """What was confirmed of each two that print the story, but for this pair, as (reprint, original)."""
    members = Article.objects.filter(Q(pk=root) | Q(reprint_of=root)).values("pk")
    rows = LikelyReprint.objects.filter(
        state=LikelyState.CONFIRMED, article__in=members, original__in=members
    )
    return [two for two in rows.order_by("pk").values_list("article", "original") if set(two) != pair]


def _tied(first: int, said: list[tuple[int, int]]) -> dict[int, int]:
    """All that hang together with the first, each with the one by which it does."""
    ties: dict[int, list[int]] = defaultdict(list)
    for one, other in said:
        ties[one].append(other)
        ties[other].append(one)
    by = {first: first}
    waiting = [first]
    for one in waiting:
        new = [other for other in ties[one] if other not in by]
        by |= dict.fromkeys(new, one)
        waiting += new
    return by


def _way(by: dict[int, int], last: int) -> int:
    """The next one on the way from the first, of which all hang, to the last."""
    while by[by[last]] != by[last]:
        last = by[last]
    return last


def _link(articles: Iterable[int], root: int) -> None:
    keys = list(articles)
    Article.objects.filter(pk=root).exclude(reprint_of=None).update(reprint_of=None, version=F("version") + 1)
    moved = Article.objects.filter(pk__in=keys).exclude(pk=root)
    moved.update(reprint_of=root, version=F("version") + 1)

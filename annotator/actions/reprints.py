"""What somebody says of two articles whose texts are alike."""

from collections.abc import Iterable
from contextlib import suppress

from django.db.models import Q

from annotator.intents.refusal import ItemRefused, Refused, RefusedItems
from annotator.intents.reprint import JudgeReprint, RefuseMany
from sources.actions import NoSuchPair, StillOneStory, confirm_reprint, refuse_reprint, reopen_reprint
from sources.actions.locks import lock_reprints
from sources.models import Article, LikelyKind, LikelyReprint, LikelyState, Project, User, acting


def judge(*, by: User, article: Article, original: Article, intent: JudgeReprint) -> LikelyReprint:
    """`article` is the one that may be the reprint. Raises Refused where the two are one article, print one
    story by what was said of others, or nothing was said that could be taken back."""
    if article.pk == original.pk:
        raise Refused("original", "two_articles", "is the same article")
    match intent.deed:
        case "reprint" | "same_article":
            return confirm_reprint(by=by, article=article, original=original, kind=LikelyKind(intent.deed))
        case "swap":
            return confirm_reprint(by=by, article=original, original=article)
        case "not":
            return _refused(by, article, original)
    try:
        return reopen_reprint(by=by, article=article, original=original)
    except NoSuchPair as error:
        raise Refused("do", "nothing_said", "nobody has said anything of these two yet") from error


def refuse_all(*, by: User, rows: Iterable[LikelyReprint]) -> int:
    """Says of open pairs that they are no reprints of each other, and tells how many. One on which somebody
    has spoken meanwhile is left as it is, and so is one that what was said of others holds together."""
    refused = 0
    with acting(by):
        for row in rows:
            lock_reprints(row.project_id)
            if LikelyReprint.objects.filter(pk=row.pk, state=LikelyState.OPEN).exists():
                with suppress(StillOneStory):
                    refuse_reprint(by=by, article=row.article, original=row.original)
                    refused += 1
    return refused


def refuse_many(*, by: User, project: Project, intent: RefuseMany) -> tuple[int, list[int]]:
    """The same of pairs that are named, with the keys of them all in that order. Raises RefusedItems, and
    refuses none, where some were never proposed."""
    with acting(by):
        lock_reprints(project.pk)
        either = Q()
        for article, original in intent.pairs:
            either |= Q(article__uuid=article, original__uuid=original)
        found = LikelyReprint.objects.filter(either, project=project).select_related("article", "original")
        rows = {(row.article.uuid, row.original.uuid): row for row in found}
        strange = [i for i, pair in enumerate(intent.pairs) if pair not in rows]
        if strange:
            raise RefusedItems([ItemRefused(i, "", "exists", "nothing proposed these two") for i in strange])
        named = list(dict.fromkeys(rows[pair] for pair in intent.pairs))
        return refuse_all(by=by, rows=named), [row.pk for row in named]


def _refused(by: User, article: Article, original: Article) -> LikelyReprint:
    try:
        return refuse_reprint(by=by, article=article, original=original)
    except StillOneStory as error:
        raise Refused(
            "",
            "still_one_story",
            f"the two are said to print one story with “{error.third}”: say first which of them does not",
        ) from error

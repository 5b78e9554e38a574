"""What somebody says of two articles whose texts are alike."""

from annotator.intents.refusal import Refused
from annotator.intents.reprint import JudgeReprint
from sources.actions import NoSuchPair, StillOneStory, confirm_reprint, refuse_reprint, reopen_reprint
from sources.models import Article, LikelyKind, LikelyReprint, User


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


def _refused(by: User, article: Article, original: Article) -> LikelyReprint:
    try:
        return refuse_reprint(by=by, article=article, original=original)
    except StillOneStory as error:
        raise Refused(
            "",
            "still_one_story",
            f"the two are said to print one story with “{error.third}”: say first which of them does not",
        ) from error

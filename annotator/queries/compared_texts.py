"""Which texts of two articles are set side by side where either has several."""

from collections import defaultdict

from sources.models import Article, Fingerprint, LikelyReprint, Snapshot
from sources.text.wording import RECIPE, likeness

from .reprints import text_of

MOST_TEXTS = 20
"""Of one article: of more, the newest are looked at."""


def numbers_of(article: Article) -> list[int]:
    return list(article.snapshots.order_by("number").values_list("number", flat=True))


def proposed_texts(original: Article, article: Article, said: LikelyReprint | None) -> tuple[str, str]:
    """The numbers of the texts, of the original and of the other, that are as alike as was noted when the two
    were proposed; of several such the newest. Empty ones, for the latest texts, where nothing was. One query,
    or none."""
    if said is None or said.similarity is None:
        return "", ""
    wanted = Fingerprint.objects.filter(snapshot__article__in=[original, article], recipe=RECIPE)
    signatures: dict[int, list[tuple[int, bytes]]] = defaultdict(list)
    rows = wanted.order_by("-snapshot__number").values_list(
        "snapshot__article", "snapshot__number", "signature"
    )
    for owner, number, signature in rows:
        if len(signature) and len(signatures[owner]) < MOST_TEXTS:
            signatures[owner].append((number, bytes(signature)))
    noted = said.similarity
    pairs = [
        (abs(likeness(mine, theirs) - noted), -first, -second)
        for first, mine in signatures[original.pk]
        for second, theirs in signatures[article.pk]
    ]
    if not pairs:
        return "", ""
    _, first, second = min(pairs)
    return str(-first), str(-second)


def texts_side_by_side(
    original: Article, article: Article, said: LikelyReprint | None, asked: tuple[str, str]
) -> tuple[Snapshot | None, Snapshot | None]:
    """The texts of the numbers that were `asked` for; where one was not, the proposed one."""
    proposed = proposed_texts(original, article, said) if not all(asked) else asked
    first, second = (one or other for one, other in zip(asked, proposed, strict=True))
    return text_of(original, first), text_of(article, second)

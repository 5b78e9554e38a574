"""Which article stands at an address, whatever variant of it is asked for."""

from sources.models import Article, ArticleAddress
from sources.text.addresses import address_key

from .locks import lock_address


def same_address(one: str, other: str) -> bool:
    """Whether two addresses are of one article."""
    key = address_key(one)
    return one == other or (key != "" and key == address_key(other))


def hold_address(project: int, url: str) -> None:
    """Nobody else puts an article of the project at this address or a variant of it."""
    lock_address(project, address_key(url) or url)


def at_address(project: int, url: str) -> Article | None:
    """The first article of the project at that address or a variant of it."""
    if not url:
        return None
    key = address_key(url)
    if not key:
        return Article.objects.filter(project=project, url=url).order_by("pk").first()
    found = ArticleAddress.objects.filter(project=project, key=key).select_related("article").first()
    return found.article if found else None


def place_article(article: Article) -> None:
    """Let the article be found at its address, unless another one is there already."""
    ArticleAddress.objects.filter(article=article).delete()
    key = address_key(article.url)
    if key:
        row = ArticleAddress(project_id=article.project_id, article=article, key=key)
        ArticleAddress.objects.bulk_create([row], ignore_conflicts=True)

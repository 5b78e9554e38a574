"""Which article stands at an address, whatever variant of it is asked for."""

from collections.abc import Iterable

from sources.models import Article, ArticleAddress
from sources.text.addresses import address_key, comparable

from .locks import lock_addresses


def same_address(one: str, other: str) -> bool:
    """Whether two addresses are of one article."""
    key = address_key(one)
    return one == other or (key != "" and key == address_key(other))


def hold_addresses(project: int, urls: Iterable[str]) -> None:
    """Nobody else puts an article of the project at these addresses or variants of them."""
    lock_addresses(project, [address_key(url) or url for url in urls if url])


def at_address(project: int, url: str) -> Article | None:
    """The first article of the project at that address or a variant of it; none stands at that of a site."""
    if not url:
        return None
    key = address_key(url)
    if not key:
        if comparable(url):
            return None
        return Article.objects.filter(project=project, url=url).order_by("pk").first()
    found = ArticleAddress.objects.filter(project=project, key=key).select_related("article").first()
    return found.article if found else None


def standing_at(project: int, url: str, title: str) -> Article | None:
    """Which of the articles at that address another text from there could belong to: the one of that title,
    else the first. Outlets hand out the address of a section, or of their site, for many articles."""
    found = at_address(project, url)
    if not url or (found is not None and found.title == title):
        return found
    here = Article.objects.filter(project=project, url=url).order_by("pk")
    return here.filter(title=title).first() or found or here.first()


def place_article(article: Article) -> None:
    """Let the article be found at its address, unless another one is there already."""
    ArticleAddress.objects.filter(article=article).delete()
    place_articles([article])


def place_articles(articles: Iterable[Article]) -> None:
    """Let articles that are found nowhere yet be found at their addresses, where no others are."""
    keyed = [(article, address_key(article.url)) for article in articles if article.url]
    ArticleAddress.objects.bulk_create(
        [ArticleAddress(project_id=one.project_id, article=one, key=key) for one, key in keyed if key],
        ignore_conflicts=True,
    )

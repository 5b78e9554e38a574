"""Which article stands at an address, whatever variant of it is asked for."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef

from sources.models import Article, ArticleAddress, Project
from sources.text.addresses import RULE, address_key, comparable

from .locks import lock_addresses

AT_ONCE = 500


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
        [
            ArticleAddress(project_id=one.project_id, article=one, key=key, rule=RULE)
            for one, key in keyed
            if key
        ],
        ignore_conflicts=True,
    )


def place_again(project: Project) -> int:
    """Find anew, by the rule as it is now, where articles stand whose keys an older rule made; how many keys
    were made. One that had to stand back before, or had no key, may have one now. Memory stays flat."""
    older = ArticleAddress.objects.filter(project=project).exclude(rule=RULE)
    if not older.exists():
        return 0
    placed = ArticleAddress.objects.filter(article=OuterRef("pk"), rule=RULE)
    wanted = Article.objects.filter(~Exists(placed), project=project).exclude(url="").order_by("pk")
    made, last = 0, 0
    while found := list(wanted.filter(pk__gt=last).only("project", "url")[:AT_ONCE]):
        last = found[-1].pk
        with transaction.atomic():
            hold_addresses(project.pk, [one.url for one in found])
            older.filter(article__in=found).delete()
            place_articles(found)
        made += ArticleAddress.objects.filter(article__in=found, rule=RULE).count()
    older.delete()  # of articles that have no address any more
    return made

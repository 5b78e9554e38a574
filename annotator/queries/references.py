"""An article as readers cite it, to the sentence."""

from dataclasses import dataclass

from annotator.citations.csl import ArticleRecord, cite, with_sentences
from sources.models import Article


@dataclass(frozen=True)
class Reference:
    """A formatted reference (APA)."""

    text: str

    def at(self, first: int, last: int) -> str:
        """The reference with the numbers of the sentences it is cited for."""
        return with_sentences(self.text, list(range(first, last + 1)))


def reference_of(article: Article) -> Reference:
    """The article comes with its publication selected. No query."""
    return Reference(
        cite(
            ArticleRecord(
                uuid=str(article.uuid),
                title=article.title,
                authors=tuple(article.authors),
                outlet=article.publication.name if article.publication else "",
                published=article.published,
                url=article.url,
                archive_url=article.archive_url,
                accessed=article.accessed,
            )
        )
    )

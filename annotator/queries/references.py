"""An article as readers cite it, to the sentence."""

from dataclasses import dataclass

from annotator.citations.csl import ArticleRecord, cite, with_sentences
from annotator.citations.styled import STYLES
from sources.models import Article

PLAIN_STYLE = "apa"


@dataclass(frozen=True)
class Reference:
    """An article as a reference in one of STYLES."""

    record: ArticleRecord
    style: str = PLAIN_STYLE

    @property
    def text(self) -> str:
        return cite(self.record, self.style)

    def at(self, first: int, last: int, text: int = 0) -> str:
        """The reference with the numbers of the sentences it is cited for, in the text of that number where
        its article has several."""
        return with_sentences(self.text, list(range(first, last + 1)), text)


def reference_of(article: Article, style: str = PLAIN_STYLE) -> Reference:
    """The article comes with its publication selected. In the plain style for no such style. No query."""
    record = ArticleRecord(
        uuid=str(article.uuid),
        title=article.title,
        authors=tuple(article.authors),
        outlet=article.publication.name if article.publication else "",
        issn=(article.publication.issn or article.publication.issn_l) if article.publication else "",
        published=article.published,
        url=article.url,
        archive_url=article.archive_url,
        accessed=article.accessed,
        section=article.section,
        language=article.language,
    )
    return Reference(record, style if style in STYLES else PLAIN_STYLE)

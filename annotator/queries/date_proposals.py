"""Which date an article's words mean."""

from annotator.detect.date_words import Proposal, propose
from sources.intake.dates import to_edtf
from sources.models import Article


def date_meant(words: str, article: Article) -> Proposal | None:
    """A date that says its own year, else one taken against the day the article appeared; None in doubt.

    An article whose day of publication is not known to the day says nothing about "yesterday".
    """
    if found := to_edtf(words.strip(" .,;:")[:120]):
        return Proposal(found, "as the words say")
    if article.published_min is None or article.published_min != article.published_max:
        return None
    return propose(words, article.published_min, article.language)

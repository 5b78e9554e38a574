"""Which form a request gets, by its Accept header."""

import pytest

from annotator.exchange.claim_documents import OFFERED
from annotator.web.negotiation import preferred

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
PROFILE = 'application/ld+json;profile="http://www.w3.org/ns/anno.jsonld"'


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("*/*", ""),
        ("", ""),
        (BROWSER, ""),
        ("text/html, */*", ""),
        ("text/*", ""),
        ("application/ld+json", "jsonld"),
        ("Application/LD+JSON", "jsonld"),
        (PROFILE, "jsonld"),
        ('application/ld+json; profile="http://www.w3.org/ns/json-ld#compacted"', "jsonld"),
        ("application/json", "jsonld"),
        ("application/vnd.citationstyles.csl+json, application/x-bibtex;q=0.5", "csl.json"),
        ("application/vnd.citationstyles.csl+json;q=0.4, application/x-bibtex;q=0.5", "bib"),
        ("text/x-bibtex", "bib"),
        ("application/x-research-info-systems", "ris"),
        # what is named goes before what a star covers, and what comes sooner before what comes later
        ("*/*, application/x-bibtex", "bib"),
        ("application/x-bibtex, text/html", "bib"),
        ("text/html, application/x-bibtex", ""),
        ("text/html;q=0.2, application/ld+json;q=0.3", "jsonld"),
        ("application/*", "jsonld"),
        # what is refused by name is not let in by a star
        ("text/html;q=0, */*", "jsonld"),
        ("text/*;q=0, */*;q=0.1", "jsonld"),
        ("image/png", None),
        ("text/html;q=0", None),
        ("text/html;q=0, text/plain", None),
        ("text/html;q=0.0", None),
        ("application/ld+json;q=0, application/json;q=0, application/*;q=0.5", "csl.json"),
        # nonsense is passed over; a quality that is none counts as 1, as Django has it
        ("application/x-bibtex;q=huge, text/html;q=0.9", "bib"),
        (";;;, , /, text/html", ""),
        ("nothing", None),
        ("x" * 20000, None),
        ("text/html, " * 2000, ""),
    ],
)
def test_the_form_that_is_asked_for(accept, form):
    wanted = preferred(accept, tuple(OFFERED))
    assert (OFFERED[wanted] if wanted else None) == form

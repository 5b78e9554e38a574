"""What a claim's permanent page tells programs is what the release says of the same claim."""

import json

import bibtexparser
import pytest
import rispy
from pyld import jsonld

from annotator.exchange.claim_documents import FORMS, Told
from annotator.models import Claim
from annotator.queries.claim_cards import ClaimCard, claim_cards
from annotator.queries.references import reference_of
from sources.models import Role

from .releases import unpack
from .test_web_annotations import OA, TERMS, count_terms

ADDED = {"annote", "locator"}


@pytest.fixture
def cards(demo) -> list[ClaimCard]:
    standing = Claim.objects.filter(project=demo, withdrawn_at=None)
    return claim_cards(standing, Role.MANAGER)


def told(card: ClaimCard) -> Told:
    around = card.claim.inside
    inside = str(around.uuid) if around else ""
    page = f"https://desk.example/c/{card.claim.uuid}/"
    return Told(card, reference_of(card.article), page, inside)


def test_the_annotation_is_that_of_the_release(cards, demo_release, tmp_path):
    top = unpack(demo_release["plain"], tmp_path / "top")
    collection = json.loads((top / "data" / "annotations.jsonld").read_text(encoding="utf-8"))
    released = {one["id"]: one for one in collection["first"]["items"]}
    assert len(cards) > 100
    for card in cards:
        made = json.loads(FORMS["jsonld"].write(told(card)))
        assert made.pop("@context") == collection["@context"]
        assert made.pop("id").endswith(f"/c/{card.claim.uuid}/")
        made["id"] = made.pop("canonical")
        assert made == released[made["id"]]


def test_a_json_ld_processor_reads_all_of_it(cards):
    """A term that the context does not know would be dropped without a word."""
    known = TERMS | {"canonical": {"@id": OA + "canonical", "@type": "@id"}}
    for card in cards[:20]:
        made = json.loads(FORMS["jsonld"].write(told(card)))
        _, own = made.pop("@context")
        (read,) = jsonld.expand(made | {"@context": [known, own]})
        assert read["@id"] == made["id"]
        assert read[OA + "canonical"] == [{"@id": made["canonical"]}]
        assert count_terms({"@graph": [made]}) == count_terms({"@graph": [read]})


def test_the_reference_is_that_of_the_release(cards, demo_release, tmp_path):
    top = unpack(demo_release["plain"], tmp_path / "top")
    released = {one["id"]: one for one in json.loads((top / "data" / "references.json").read_text("utf-8"))}
    bib = (top / "data" / "references.bib").read_text("utf-8")
    for card in cards:
        (made,) = json.loads(FORMS["csl.json"].write(told(card)))
        assert {name: value for name, value in made.items() if name not in ADDED} == released[made["id"]]
        assert f"/c/{card.claim.uuid}/" in made["annote"]
        entry = FORMS["bib"].write(told(card)).split("  annote = ")[0]
        assert entry in bib


def test_other_libraries_read_bibtex_and_ris(cards):
    for card in cards[:20]:
        entry = bibtexparser.parse_string(FORMS["bib"].write(told(card)))
        assert not entry.failed_blocks
        assert str(card.claim.uuid) in entry.entries[0]["annote"]
        (read,) = rispy.loads(FORMS["ris"].write(told(card)))
        assert read["title"] == " ".join(card.article.title.split())
        assert any(str(card.claim.uuid) in note for note in read["notes"])

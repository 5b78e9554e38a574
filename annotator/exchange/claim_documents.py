"""One claim for programs: as a Web Annotation, as CSL-JSON, BibTeX and RIS, in the words of the releases."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from annotator.citations.csl import item, with_archive
from annotator.citations.pasted import in_marks, whose_words
from annotator.exchange.exporters.bibtex import bib_entry
from annotator.exchange.exporters.ris import ris_entry
from annotator.exchange.exporters.tables_csv import cell
from annotator.exchange.exporters.web_annotation import (
    ANNO_CONTEXT,
    anno_words,
    annotation,
    claim_bodies,
)
from annotator.queries.claim_cards import ClaimCard
from annotator.queries.references import Reference, reference_of
from annotator.queries.visibility import sees
from annotator.queries.withdrawals import Withdrawal
from sources.models import Role

PROFILE = "http://www.w3.org/ns/anno.jsonld"


@dataclass(frozen=True)
class Told:
    """`permalink` is absolute; `inside` the identifier of the claim around it, if its reader may see that."""

    card: ClaimCard
    reference: Reference
    permalink: str
    inside: str = ""
    withdrawn: str = ""


def told_of(
    card: ClaimCard, permalink: str, role: Role | None, withdrawal: Withdrawal | None, style: str = ""
) -> Told:
    """As a visitor of that role is told of it, its article in that style. No query."""
    around = card.claim.inside
    return Told(
        card,
        reference_of(card.article, style),
        permalink,
        str(around.uuid) if around and sees(role, around) else "",
        withdrawal.at.date().isoformat() if withdrawal else "",
    )


def cited(told: Told) -> tuple[str, str]:
    """The reference to the very sentences, with where it is archived and whether it was withdrawn; and those
    sentences as they are cited, empty where nobody knows them."""
    place, said = "", told.reference.text
    if at := told.card.passage:
        place, said = at.cited, told.reference.at(at.first, at.last, at.text_named)
    citation = with_archive(said, told.card.article.archive_url)
    return citation + (f" [claim withdrawn on {told.withdrawn}]" if told.withdrawn else ""), place


@dataclass(frozen=True)
class Form:
    """`key` ends the address of its own; `media_types` are the names it answers to, its own first."""

    key: str
    name: str
    media_types: tuple[str, ...]
    write: Callable[[Told], str]

    @property
    def content_type(self) -> str:
        return self.media_types[0]

    @property
    def bare_type(self) -> str:
        """Without parameters, as the head of a page names it."""
        return self.content_type.partition(";")[0]


def web_annotation(told: Told) -> str:
    """What `annotations.jsonld` of a release says of the claim, under its own address."""
    made = annotation(_stored(told), claim_bodies(_claim(told), _speakers(told.card).items()))
    made["body"] += [anno_words("tagging", f"withdrawn:{told.withdrawn}")] if told.withdrawn else []
    canonical = {"id": told.permalink, "canonical": made.pop("id")}
    return json.dumps({"@context": ANNO_CONTEXT, **canonical, **made}, ensure_ascii=False, indent=1)


def csl_json(told: Told) -> str:
    return json.dumps([_item(told)], ensure_ascii=False, indent=1, sort_keys=True)


def bibtex(told: Told) -> str:
    return bib_entry(_item(told), told.reference.record.published)


def ris(told: Told) -> str:
    return ris_entry(_item(told), told.reference.record.published)


FORMS = {
    form.key: form
    for form in (
        Form(
            "jsonld",
            "Web Annotation (JSON-LD)",
            (f'application/ld+json; profile="{PROFILE}"', "application/json"),
            web_annotation,
        ),
        Form("csl.json", "CSL-JSON", ("application/vnd.citationstyles.csl+json",), csl_json),
        Form("bib", "BibTeX", ("application/x-bibtex; charset=utf-8", "text/x-bibtex"), bibtex),
        Form("ris", "RIS", ("application/x-research-info-systems; charset=utf-8",), ris),
    )
}
OFFERED = {"text/html": "", **{kind: form.key for form in FORMS.values() for kind in form.media_types}}
"""By media type the form, empty for the page itself; in the order of what is given to whom it is all one."""


def _item(told: Told) -> dict[str, Any]:
    """The article, cited for the claim: its sentences as locator, and what was said by whom as annotation."""
    card = told.card
    outlet = told.reference.record.outlet
    said = card.chain_in_words, whose_words(card.claim.quotation_type, card.quote, outlet)
    who = f" ({'; '.join(filter(None, said))})" if any(said) else ""
    gone = f"Withdrawn on {told.withdrawn}: " if told.withdrawn else ""
    where = f" [{card.passage.sentences}]" if card.passage else ""
    made = item(told.reference.record) | {
        "annote": f"{gone}{in_marks(card.quote)}{who}{where} {told.permalink}"
    }
    if card.passage:
        made["locator"] = card.passage.sentences
    return made | ({"status": "withdrawn"} if told.withdrawn else {})


def _stored(told: Told) -> dict[str, str]:
    """The row of the release's annotations; what a release takes from elsewhere is left empty."""
    marked, article = told.card.claim.annotation, told.card.article
    snapshot = marked.snapshot
    return {
        "annotation_id": str(marked.uuid),
        "kind": "claim",
        "of_id": str(told.card.claim.uuid),
        "article_id": str(article.uuid),
        "snapshot_sha256": snapshot.sha256,
        "extent": str(marked.extent),
        "quotes": json.dumps(marked.quotes),
        "prefix": marked.prefix,
        "suffix": marked.suffix,
        "author": str(marked.author or ""),
        "made_at": cell(marked.created_at),
        "url": article.url,
        "archive_url": article.archive_url,
        "captured_at": cell(snapshot.captured_at),
        "text_included": cell(False),
    }


def _claim(told: Told) -> dict[str, str]:
    """The row of the release's claims, as far as an annotation tells it."""
    claim = told.card.claim
    return {
        "claim_id": str(claim.uuid),
        "claim_type": claim.type.key,
        "paraphrase": claim.paraphrase,
        "quotation_type": claim.quotation_type,
        "voice": claim.voice,
        "polarity": claim.polarity,
        "negated": cell(claim.negated),
        "review_status": claim.status,
        "topics": ";".join(link.topic.key for link in claim.topic_links.all()),
        "inside_claim_id": told.inside,
    }


def _speakers(card: ClaimCard) -> dict[str, str]:
    """Who said it, by identifier: of whoever stands in several chains once."""
    first = [chain[0] for chain in card.chains if chain]
    return {person.uuid: person.name for one in first for person in one.people if person.uuid}

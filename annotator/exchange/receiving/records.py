"""An article's record out of what a file tells of it: what is not valid is left out, and told. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from annotator.exchange.importers.bundle import Document, Record
from annotator.exchange.importers.wishes import Wishes
from annotator.intents.actor_record import wikidata
from annotator.intents.outlet import MOST_ALIASES, MOST_DOMAINS, OutletIdentifiers, domain, issn
from annotator.intents.refusal import Refused
from sources.intake.article import LONGEST_TITLE, ReadArticle, tidy
from sources.intake.dates import edtf_range
from sources.text.blocks import cut_blocks
from sources.text.direction import guess_language

from .cleaned import CleanText

_URL = re.compile(r"https?://[^\s<>\"\x00-\x1f\x7f]{4,1990}", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}", re.IGNORECASE)
LONGEST_SUBTITLE = 1000


@dataclass(frozen=True, slots=True)
class Known:
    """What can be read off the file; `more` are fields of a record that reading a text never gives."""

    read: ReadArticle
    more: dict[str, object]


def address(written: str) -> str:
    """The address, if it is one of the web; else empty."""
    return written if _URL.fullmatch(written) else ""


def outlet_of(record: Record, left: Callable[[str, str], None]) -> OutletIdentifiers:
    """What tells the outlet apart, as far as it can be; `left` is told of the rest."""

    def read(reader: Callable[[str, str], str], value: str) -> str:
        try:
            return reader(value, "") if value else ""
        except Refused as error:
            left(f"the outlet’s {value[:40]!r}", error.message)
            return ""

    domains = (read(domain, one) for one in record.outlet_domains[:MOST_DOMAINS])
    return OutletIdentifiers(
        read(issn, record.outlet_issn),
        read(issn, record.outlet_issn_l),
        read(wikidata, record.outlet_wikidata),
        tuple(filter(None, domains)),
        tuple(filter(None, map(tidy, record.outlet_aliases[:MOST_ALIASES]))),
    )


def record_of(document: Document, text: CleanText, wishes: Wishes, left: Callable[[str, str], None]) -> Known:
    """`left` is told of each field that is left out: what, why."""
    record = document.record
    language = record.language or wishes.language
    if language and not _LANGUAGE.fullmatch(language):
        left(f"language {language[:40]!r}", "is no language tag such as en or ur")
        language = ""
    published = record.published
    try:
        if published:
            edtf_range(published)
    except ValueError as error:
        left("date of publication", str(error))
        published = ""
    for name in ("url", "archive_url"):
        if (written := getattr(record, name)) and not address(written):
            left(f"{name} {written[:60]!r}", "is no http address")
    more: dict[str, object] = {}
    if archive := address(record.archive_url):
        more["archive_url"] = archive
    if section := tidy(record.section):
        more["section"] = section
    if record.modified:
        try:
            edtf_range(record.modified)
            more["modified"] = record.modified
        except ValueError as error:
            left("date of the last change", str(error))
    if record.accessed:
        try:
            more["accessed"] = date.fromisoformat(record.accessed)
        except ValueError:
            left(f"day of access {record.accessed[:40]!r}", "is no date")
    read = ReadArticle(
        text=text.text,
        blocks=tuple(cut_blocks(text.text)),
        title=tidy(record.title, LONGEST_TITLE) or None,
        subtitle=tidy(record.subtitle, LONGEST_SUBTITLE) or None,
        authors=tuple(filter(None, map(tidy, record.authors))),
        outlet=tidy(record.outlet or wishes.outlet) or None,
        original_outlet=tidy(record.original_outlet) or None,
        published_edtf=published or None,
        url=address(record.url) or None,
        language=language or guess_language(text.text),
        steps=text.steps,
    )
    return Known(read, more)

"""An article as a CSL-JSON item, and that item as a reference with the sentences that it is cited for."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from edtf import parse_edtf

from sources.text.addresses import cited

from .names import Name, csl_name
from .styled import styled

PLAIN_DATE = re.compile(r"^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$")
SEASONS = {21: 1, 22: 2, 23: 3, 24: 4}
NOT_IN_KEY = re.compile(r"[^a-z0-9]+")
Item = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRecord:
    """What a reference needs. `published` is EDTF; authors are taken apart as `csl_name` does."""

    uuid: str
    title: str
    authors: tuple[str, ...] = ()
    outlet: str = ""
    issn: str = ""
    published: str = ""
    url: str = ""
    archive_url: str = ""
    accessed: date | None = None
    section: str = ""
    language: str = ""


def reference_id(record: ArticleRecord) -> str:
    """A key people can read, unique by the last 12 digits of the article's UUID."""
    year = re.search(r"\d{4}", record.published)
    plain = unicodedata.normalize("NFKD", record.outlet).encode("ascii", "ignore").decode().lower()
    outlet = NOT_IN_KEY.sub("-", plain).strip("-")[:40].strip("-") or "article"
    return "-".join(filter(None, [outlet, year and year.group(), record.uuid.replace("-", "")[-12:]]))


def item(record: ArticleRecord) -> Item:
    """The CSL-JSON item (type article-newspaper); only fields that the CSL schema knows."""
    made: Item = {"id": reference_id(record), "type": "article-newspaper", "title": record.title}
    if record.authors:
        made["author"] = names_of(record)
    if record.published:
        made["issued"] = csl_date(record.published)
    if record.accessed:
        day = record.accessed
        made["accessed"] = {"date-parts": [[day.year, day.month, day.day]]}
    optional = {
        "container-title": record.outlet,
        "ISSN": record.issn,
        "URL": cited(record.url),
        "archive_location": record.archive_url,
        "section": record.section,
        "language": record.language,
    }
    return made | {field: value for field, value in optional.items() if value}


def names_of(record: ArticleRecord) -> list[Name]:
    return [csl_name(author, record.language, record.outlet) for author in record.authors]


def csl_date(edtf_text: str) -> dict[str, Any]:
    """A CSL date from EDTF: date-parts, with `circa` for what EDTF calls uncertain or approximate.

    What has no date-parts of its own (a decade, a set) becomes the range of years it may mean. Raises
    ValueError when the text is not EDTF.
    """
    certain = edtf_text.rstrip("?~%")
    ends = [PLAIN_DATE.match(end.rstrip("?~%")) for end in certain.split("/")]
    made: dict[str, Any]
    if all(ends) and len(ends) <= 2:
        parts = [[int(part) for part in end.groups() if part] for end in ends if end]
        made = {}
        if len(parts[0]) == 2 and parts[0][1] in SEASONS and len(parts) == 1:
            made["season"] = SEASONS[parts[0].pop()]
        made["date-parts"] = [[part for part in end if part not in SEASONS or len(end) != 2] for end in parts]
    else:
        made = {"date-parts": _years(edtf_text)}
    if edtf_text != certain or "?" in certain or "~" in certain or "%" in certain:
        made["circa"] = True
    return made


def _years(edtf_text: str) -> list[list[int]]:
    try:
        parsed = parse_edtf(edtf_text)
        bounds = [parsed.lower_strict(), parsed.upper_strict()]
    except Exception as error:  # the parser raises whatever its grammar meets
        raise ValueError(f"not an EDTF date: {edtf_text}") from error
    years = [bound.tm_year for bound in bounds if hasattr(bound, "tm_year")]
    if not years:
        raise ValueError(f"no year in the date {edtf_text}")
    return [[year] for year in dict.fromkeys(years)]


def cite(record: ArticleRecord, style: str = "apa") -> str:
    """The article as a reference in one of STYLES, plain text in a line. KeyError: no such style."""
    return styled(item(record), style)


def with_sentences(citation: str, numbers: list[int] | tuple[int, ...], text: int = 0) -> str:
    """The reference with its locator: CSL has no locator for sentences, so it is added here. `text` is the
    number of the text they are counted in, where its article has several.

    >>> with_sentences("The Courier.", (3, 4, 5, 9))
    'The Courier. [sentences 3–5, 9]'
    >>> with_sentences("The Courier.", (3,), text=2)
    'The Courier. [text 2, sentence 3]'
    """
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    if not runs:
        return citation
    words = ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)
    label = "sentence" if len(set(numbers)) == 1 else "sentences"
    return f"{citation} [{f'text {text}, ' if text else ''}{label} {words}]"


def with_archive(citation: str, archive_url: str) -> str:
    """The reference with the address of the archived copy, which no style prints of a newspaper article."""
    return f"{citation} Archived copy: {archive_url}" if archive_url else citation

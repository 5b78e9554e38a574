"""A claim in the forms that people paste: quote with citation, footnote, Markdown, and wiki text.

Each names the whole way that the words took ("said by …, relayed by …, published in …"), so that what an
outlet has from another is cited as just that; and that they are the outlet's own where it does not quote.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sources.text.addresses import cited

from .csl import ArticleRecord, csl_date, names_of

_URL = re.compile(r"https?://[^\s<>]*[^\s<>.,;:)\]]")
_OF_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")
# What wiki text reads as its own (MediaWiki, Help:Formatting): templates, links, tags, signatures, emphasis.
_OF_WIKI = str.maketrans(
    {"|": "{{!}}", "{": "&#123;", "}": "&#125;", "[": "&#91;", "]": "&#93;", "<": "&lt;", "~": "&#126;"}
)
_WAYBACK = re.compile(r"https?://web\.archive\.org/web/(\d{4})(\d{2})(\d{2})\d*(?:[a-z]{2}_)?/", re.ASCII)
_MARKS = ("“", "”"), ("«", "»"), ("„", "“"), ('"', '"')
_QUOTED = re.compile('[“”«»„"‹›「」『』]')


@dataclass(frozen=True, slots=True)
class Quoted:
    """`who`: the chain in words; `reference`: in whichever style, with its sentences and the archived copy;
    `place`: the sentences alone, with their text where the article has several; `withdrawn`: the day on
    which the claim was; its reference says it too; `rendered`: the type of quotation, by its key."""

    quote: str
    who: str
    reference: str
    permalink: str
    record: ArticleRecord
    place: str = ""
    withdrawn: str = ""
    rendered: str = "direct"

    @property
    def way(self) -> str:
        """Who said it through whom, and whose words these are."""
        return "; ".join(filter(None, (self.who, whose_words(self.rendered, self.quote, self.record.outlet))))


def whose_words(rendered: str, quote: str, outlet: str) -> str:
    """That what stands in quotation marks when it is pasted is nobody's speech; empty where it is, or where
    the words have marks of their own around what is."""
    if rendered == "direct" or (rendered == "mixed" and _QUOTED.search(quote)):
        return ""
    by = f"by {' '.join(outlet.split())} in its" if outlet.strip() else "in the article’s"
    return f"as reported {by} own words, not quoted"


def ready_to_paste(claim: Quoted) -> list[tuple[str, str, str]]:
    """A key, what it is, and its text, of each form."""
    return [
        ("quoted", "Quote with citation", with_citation(claim)),
        ("footnote", "Footnote", footnote(claim)),
        ("markdown", "Markdown", markdown(claim)),
        ("wiki", "Wiki reference", wiki(claim)),
    ]


def in_marks(quote: str) -> str:
    """Within quotation marks, unless it is: a quote stays as it was printed."""
    one = " ".join(quote.split())
    own = any(
        one.startswith(start) and one.endswith(end) and one.count(start) == 1 for start, end in _MARKS[:3]
    )
    return one if own else f"“{one}”"


def with_citation(claim: Quoted) -> str:
    """“The words” (said by …, published in …). Reference"""
    who = f" ({claim.way})" if claim.way else ""
    return f"{in_marks(claim.quote)}{who}. {claim.reference}"


def footnote(claim: Quoted) -> str:
    """Said by …: “The words.” Reference. Permanent address"""
    who = f"{claim.way[0].upper()}{claim.way[1:]}: " if claim.way else ""
    return f"{who}{in_marks(claim.quote)}. {claim.reference} {claim.permalink}"


def markdown(claim: Quoted) -> str:
    """A block quotation (CommonMark 0.31), its addresses as links."""
    lines = [f"> {_escaped(' '.join(claim.quote.split()))}", ">"]
    who = f"{_escaped(claim.way)}. " if claim.way else ""
    lines.append(f"> — {who}{_linked(claim.reference)} [Permanent page](<{claim.permalink}>)")
    return "\n".join(lines)


def wiki(claim: Quoted) -> str:
    """A reference for MediaWiki by the template `cite news`, after who said it through whom; what an
    uncertain date means is left out. An archived copy goes into the template where its date is known."""
    record = claim.record
    archived = _WAYBACK.match(record.archive_url)
    fields = {
        **_authors(record),
        "title": _in_wiki(record.title),
        "work": _in_wiki(record.outlet),
        "date": _wiki_date(record.published),
        "at": _in_wiki(claim.place),
        "url": _wiki_address(cited(record.url)),
        "archive-url": _wiki_address(record.archive_url) if archived else "",
        "archive-date": "-".join(archived.groups()) if archived else "",
        "url-status": "live" if archived else "",
        "access-date": record.accessed.isoformat() if record.accessed else "",
        "language": record.language if record.language not in ("", "en") else "",
        "quote": _in_wiki(claim.quote),
    }
    inside = " ".join(f"|{name}={value}" for name, value in fields.items() if value)
    who = f"{_in_wiki(claim.way[0].upper() + claim.way[1:])}: " if claim.way else ""
    links = [(record.archive_url, "Archived copy")] if record.archive_url and not archived else []
    links.append(
        (claim.permalink, f"The claim, withdrawn on {claim.withdrawn}" if claim.withdrawn else "The claim")
    )
    after = " ".join(f"[{_wiki_address(address)} {name}]." for address, name in links)
    return f"<ref>{who}{{{{cite news {inside}}}}} {after}</ref>"


def _wiki_address(url: str) -> str:
    """Without what would end it, or a parameter, or a link."""
    for mark in "|{}[]<>'\"":
        url = url.replace(mark, f"%{ord(mark):02X}")
    return "%20".join(url.split())


def _escaped(words: str) -> str:
    return _OF_MARKDOWN.sub(r"\\\1", words)


def _linked(reference: str) -> str:
    """Escaped for Markdown; what looks like an address becomes a link."""
    made, at = [], 0
    for found in _URL.finditer(reference):
        made += [_escaped(reference[at : found.start()]), f"<{found[0]}>"]
        at = found.end()
    return "".join([*made, _escaped(reference[at:])])


def _in_wiki(words: str) -> str:
    return " ".join(words.split()).translate(_OF_WIKI).replace("''", "&#39;&#39;")


def _authors(record: ArticleRecord) -> Mapping[str, str]:
    made: dict[str, str] = {}
    for number, name in enumerate(names_of(record), 1):
        if "literal" in name:
            made[f"author{number}"] = _in_wiki(name["literal"])
        else:
            made |= {f"last{number}": _in_wiki(name["family"]), f"first{number}": _in_wiki(name["given"])}
    return made


def _wiki_date(edtf_text: str) -> str:
    """A whole day as ISO 8601 has it, or a year; empty for what the template would call an error."""
    if not edtf_text:
        return ""
    parts = csl_date(edtf_text).get("date-parts", [])
    if len(parts) != 1 or len(parts[0]) not in (1, 3):
        return str(parts[0][0]) if len(parts) == 1 else ""
    return "-".join(f"{part:02}" for part in parts[0])

"""References in the styles that readers are asked for, formatted by citeproc-py from the styles' own files.

Known faults of the formatter, and what is done about each:

- It gives initials where a style asks for whole names (`initialize="false"`): such names get no
  `initialize-with` when the style is read.
- A label stands even where its number is missing ("Edition"): no newspaper article has an edition here, so
  the label is left out when the style is read.
- A range of dates loses its year or its order: the part that both ends share is given instead, or both years.
- What took the author's place is printed again in its own: the second one is removed. APA puts the date
  between the two: there the title is given as the author.
- In titles of English works a word after a quotation mark is given no capital: it gets one.
- Stops and commas stay outside quotation marks where the style draws them in, and a title that ends in a mark
  gets a full stop after it: both are mended in the text.
"""

import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from .pruning import CSL, KIND, prune

Item = dict[str, Any]
FOLDER = Path(__file__).parent / "styles"
_DOUBLE_YEARS = re.compile(r"\((\d{4}–\d{4}), \1\)")
_DOUBLE_STOP = re.compile(r"([?!…][”’]?)\.(?=\s|$)")
_OUTSIDE = re.compile(r"”([.,])(?=\s|$)")
_MARK_AND_STOP = re.compile(r"([?!…])\.”")
_QUOTED_WORD = re.compile(r"(?<= ‘)[a-z]+")
_SMALL = frozenset(
    ("a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "of", "on", "or", "the", "to")
)
_TWICE = re.compile(r"^(.+[.?!…]”?) \1(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Style:
    """`note`: it cites in footnotes, each with all that is needed; `drawn_in`: “so,” and not “so”,."""

    name: str
    file: str
    locale: str = "en-US"
    note: bool = False
    drawn_in: bool = False


STYLES: Mapping[str, Style] = {
    "apa": Style("APA, 7th edition", "apa.csl"),
    "chicago": Style(
        "Chicago notes, 18th edition", "chicago-notes-bibliography.csl", note=True, drawn_in=True
    ),
    "mla": Style("MLA, 9th edition", "modern-language-association.csl", drawn_in=True),
    "harvard": Style("Harvard (Cite Them Right)", "harvard-cite-them-right.csl", locale="en-GB"),
}


def styled(item: Item, style: str) -> str:
    """The CSL-JSON item as one line of plain text: a footnote in a style of notes, else its reference.

    Raises KeyError for no such style.
    """
    return _styled(json.dumps(item, sort_keys=True, ensure_ascii=False), style)


@lru_cache(maxsize=4096)
def _styled(item_json: str, key: str) -> str:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    style = STYLES[key]
    one = _for_formatter(json.loads(item_json), key)
    bibliography = CitationStylesBibliography(
        _read(style, one["type"] == KIND), CiteProcJSON([one]), formatter.plain
    )
    cited = Citation([CitationItem(one["id"])])
    bibliography.register(cited)
    made = bibliography.cite(cited, lambda _: None) if style.note else bibliography.bibliography()[0]
    return _mended(" ".join(str(made).split()), style, one)


@cache
def _read(style: Style, of_an_article: bool) -> Any:
    from citeproc import CitationStylesStyle

    root = ElementTree.parse(FOLDER / style.file).getroot()  # noqa: S314 - our own files
    for parent in root.iter():
        for label in parent.findall(f"{CSL}label[@variable='edition']"):
            parent.remove(label)
    _whole_names(root)
    if of_an_article:
        prune(root)
    return CitationStylesStyle(io.BytesIO(ElementTree.tostring(root)), locale=style.locale, validate=False)


def _whole_names(root: Any) -> None:
    """Initials only for the names that the style gives initials: `initialize-with` is inherited by all."""
    names = list(root.iter(f"{CSL}name"))
    for holder in (root, root.find(f"{CSL}citation"), root.find(f"{CSL}bibliography")):
        mark = None if holder is None else holder.attrib.pop("initialize-with", None)
        if mark is None:
            continue
        inherited = holder.get("initialize", "true")
        for name in names:
            if name.get("initialize", inherited) != "false" and name.get("initialize-with") is None:
                name.set("initialize-with", mark)
    for name in names:
        if name.get("initialize") == "false":
            name.attrib.pop("initialize-with", None)


def _for_formatter(made: Item, style: str) -> Item:
    """The item as the formatter gets it right; see the head of this file."""
    made.pop("archive_location", None)
    if STYLES[style].drawn_in:  # the title stands in double quotation marks: those within it are single
        made["title"] = made["title"].replace("“", "‘").replace("”", "’")
    if style != "apa":
        made.pop("section", None)
    elif "author" not in made:
        made["author"] = [{"literal": made.pop("title").rstrip(".")}]
        made.pop("section", None)  # would be printed where the title is missing
    parts = made.get("issued", {}).get("date-parts", [])
    if len(parts) == 2:
        made["issued"] = _shared(*parts)
    return made


def _shared(first: list[int], last: list[int]) -> dict[str, Any]:
    if first[0] != last[0]:
        return {"literal": f"{first[0]}–{last[0]}"}
    same_month = len(first) > 1 and first[:2] == last[:2]
    return {"date-parts": [first[:2] if same_month else first[:1]]}


def _mended(text: str, style: Style, item: Item) -> str:
    text = _DOUBLE_YEARS.sub(r"(\1)", text)
    if style.drawn_in:
        text = _MARK_AND_STOP.sub(r"\1”", _OUTSIDE.sub(r"\1”", text))
        if item.get("language") == "en":
            text = _QUOTED_WORD.sub(lambda word: word[0] if word[0] in _SMALL else word[0].capitalize(), text)
    text = _DOUBLE_STOP.sub(r"\1", text)
    if "author" not in item:
        outlet = item.get("container-title")
        text = _TWICE.sub(r"\1", text)
        text = text.replace(f"’, {outlet},", "’,", 1) if outlet and text.startswith(f"{outlet} (") else text
    return text

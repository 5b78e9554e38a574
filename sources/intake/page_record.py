"""What a saved page says of itself, and where it says it: JSON-LD, Open Graph, other meta tags, its links."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sources.intake.article import LONGEST_NAME, LONGEST_TITLE, Telling, tidy
from sources.intake.dates import edtf_range, first_date, to_edtf

if TYPE_CHECKING:
    from lxml.etree import _Element

JSON_LD = "JSON-LD"
OPEN_GRAPH = "Open Graph"
_MOST_NODES = 5000
_LARGEST_SCRIPT = 1_000_000  # code points
_MOST_AUTHORS = 50
_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review|WebPage)$")
"""Ends the name of what a page holds: "NewsArticle", "LiveBlogPosting"."""
_ADDRESS = re.compile(r"https?://[^\s<>\"\\^`{|}\x00-\x20]{4,1990}", re.IGNORECASE)
_ARCHIVED = re.compile(
    r"https?://web\.archive\.org/web/\d{4,14}[a-z_]{0,5}/(?P<url>https?:/{1,2}.+)", re.IGNORECASE
)
_SAVED_FROM = re.compile(r"\s*saved from url=\(\d{1,6}\)(\S{4,1990})", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})(?:-?(\d{2})(?:-?(\d{2})(?!\d))?)?(?=$|[T\s])")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}", re.IGNORECASE)
_META: dict[str, tuple[str, ...]] = {
    "title": ("og:title", "citation_title", "dc.title", "dcterms.title", "parsely-title", "twitter:title"),
    "outlet": ("og:site_name", "citation_journal_title", "dc.publisher", "dcterms.publisher", "publisher"),
    "published_edtf": (
        "article:published_time",
        "og:article:published_time",
        "citation_publication_date",
        "dc.date.issued",
        "dcterms.issued",
        "dc.date",
        "dcterms.created",
        "parsely-pub-date",
        "sailthru.date",
        "pubdate",
        "publish-date",
        "publish_date",
        "date",
    ),
    "modified_edtf": ("article:modified_time", "og:updated_time", "dcterms.modified", "last-modified"),
    "section": ("article:section", "og:article:section", "parsely-section", "section"),
    "url": ("og:url", "parsely-link"),
    "language": ("og:locale", "content-language", "dc.language", "dcterms.language"),
}
_AUTHORS = ("citation_author", "parsely-author", "dc.creator", "dcterms.creator", "article:author", "author")


def page_record(root: _Element) -> Telling:
    """Of the places that tell a field the first is taken: JSON-LD, then meta tags, then links. What
    the others say otherwise is kept beside it."""
    found = Telling()
    _from_json_ld(root, found)
    _from_meta(root, found)
    _from_links(root, found)
    if language := _language(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")):
        found.prefer("language", language, "the page's lang attribute")
    address, where = found.get("url", ("", ""))
    if archived := _ARCHIVED.fullmatch(address):
        found["archive_url"] = (address, where)
        original = re.sub(r"^(https?:)/+", r"\1//", archived["url"])
        others = [one for one in found.also.pop("url", ()) if not _ARCHIVED.fullmatch(one[0])]
        found["url"] = (original, f"{where}, in the archive's address")
        for one in others:
            found.take("url", *one)
    return found


def page_titles(root: _Element) -> list[str]:
    """What the page calls itself in its title tag, as a whole and without a site's name at its end."""
    whole = tidy(" ".join((root.findtext(".//title") or "").split()), LONGEST_TITLE)
    before = re.split(r"\s[|–—·:»-]\s", whole)[0]
    return [title for title in dict.fromkeys((before, whole)) if title]


def iso_day(value: str) -> str | None:
    """EDTF to the day, month or year of an ISO 8601 date, with or without a time; the day is as written."""
    match = _DAY.match(value.strip())
    edtf = "-".join(part for part in match.groups() if part) if match else to_edtf(value) or first_date(value)
    try:
        edtf_range(edtf or "")
    except ValueError:
        return None
    return edtf


def _take(found: Telling, field: str, value: Any, where: str) -> None:
    if not isinstance(value, str) or not value.strip() or not found.listens(field, where):
        return
    made: str | None
    if field in ("published_edtf", "modified_edtf"):
        made = iso_day(value[:100])
    elif field == "url":
        made = value.strip() if _ADDRESS.fullmatch(value.strip()) else None
    elif field == "language":
        made = _language(value)
    else:
        made = tidy(value, LONGEST_TITLE if field in ("title", "subtitle") else LONGEST_NAME)
    if made:
        found.take(field, made, where)


def _take_authors(found: Telling, names: Sequence[str], where: str) -> None:
    tidied = (tidy(name) for name in names[:_MOST_AUTHORS] if not _ADDRESS.match(name.strip()))
    if found.listens("authors", where) and (authors := tuple(dict.fromkeys(name for name in tidied if name))):
        found.take("authors", authors, where)


def _language(value: str | None) -> str | None:
    tag = (value or "").strip().split(",")[0]
    return tag.replace("_", "-").lower() if _LANGUAGE.fullmatch(tag) else None


def _from_meta(root: _Element, found: Telling) -> None:
    told: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        if name and (content := meta.get("content")):
            told.setdefault(name.strip().lower(), []).append(content)
    for field, names in _META.items():
        for name in names:
            for value in told.get(name, ())[:1]:
                _take(found, field, value, _named(name))
    for name in _AUTHORS:
        _take_authors(found, told.get(name, ()), _named(name))
    for field, name in (("published_edtf", "datepublished"), ("modified_edtf", "datemodified")):
        for value in told.get(name, ())[:1]:
            _take(found, field, value, "the page's markup (itemprop)")


def _named(name: str) -> str:
    return OPEN_GRAPH if name.startswith(("og:", "article:")) else f"the meta tag {name}"


def _from_links(root: _Element, found: Telling) -> None:
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            canonical = Telling()
            _take(canonical, "url", link.get("href"), "the link to its canonical address")
            for value, where in canonical.every("url"):
                found.prefer("url", value, where)
    for comment in root.getroottree().xpath("//comment()[contains(., 'saved from url')]"):
        if match := _SAVED_FROM.match(comment.text or ""):
            _take(found, "url", match[1], "the browser's note on where it was saved")
    for element in root.iter("time", "span", "div", "p", "a"):
        what = element.get("itemprop")
        if what in ("datePublished", "dateModified"):
            field = "published_edtf" if what == "datePublished" else "modified_edtf"
            value = element.get("datetime") or element.get("content") or "".join(element.itertext())[:100]
            _take(found, field, value, "the page's markup (itemprop)")
        elif element.tag == "time" and element.get("pubdate") is not None:
            _take(found, "published_edtf", element.get("datetime"), "the page's markup (pubdate)")
    linked = [a for a in root.iter("a") if "author" in (a.get("rel") or "").split()]
    _take_authors(found, ["".join(a.itertext())[:200] for a in linked], "the page's markup (rel=author)")


def _from_json_ld(root: _Element, found: Telling) -> None:
    nodes = list(_nodes(root))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [node for node in nodes if any(_ARTICLE.search(kind) for kind in _texts(node.get("@type")))]
    articles.sort(key=lambda node: "WebPage" in _texts(node.get("@type")))
    for node in articles:
        for field, key in (
            ("title", "headline"),
            ("published_edtf", "datePublished"),
            ("modified_edtf", "dateModified"),
            ("section", "articleSection"),
            ("language", "inLanguage"),
            ("subtitle", "alternativeHeadline"),
        ):
            for value in _texts(node.get(key))[:1]:
                _take(found, field, value, JSON_LD)
        for key in ("mainEntityOfPage", "url"):
            for value in _names(node.get(key), by_id, "@id"):
                _take(found, "url", value, JSON_LD)
        for value in _names(node.get("publisher"), by_id, "name"):
            _take(found, "outlet", value, JSON_LD)
        _take_authors(found, _names(node.get("author") or node.get("creator"), by_id, "name"), JSON_LD)


def _nodes(root: _Element) -> Iterator[dict[str, Any]]:
    """Every object of every JSON-LD script, the outer before the inner, up to a number that no page needs."""
    left: list[Any] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and len(script.text or "") <= _LARGEST_SCRIPT:
            try:
                left.append(json.loads((script.text or "").strip().strip(";"), strict=False))
            except (ValueError, RecursionError):
                continue
    seen = 0
    while left and seen < _MOST_NODES:
        node = left.pop(0)
        seen += 1
        if isinstance(node, dict):
            yield node
            left.extend(value for key, value in node.items() if key in ("@graph", "mainEntity", "hasPart"))
            left.extend(node[key] for key in ("author", "publisher", "isPartOf") if key in node)
        elif isinstance(node, list):
            left.extend(node[:500])


def _texts(value: Any) -> list[str]:
    if isinstance(value, list):
        return [one for one in value[:_MOST_AUTHORS] if isinstance(one, str)]
    return [value] if isinstance(value, str) else []


def _names(value: Any, by_id: dict[str, dict[str, Any]], key: str) -> list[str]:
    """The names of what is told as a text, as an object, by reference, or as a list of these."""
    names = []
    for one in value[:_MOST_AUTHORS] if isinstance(value, list) else [value]:
        told = one
        if isinstance(one, dict):
            named = one if key in one else by_id.get(str(one.get("@id")), one)
            told = named.get(key)
        names.extend(_texts(told))
    return names

"""Where the words of an imported body stand in the stored text. Pure.

The extent is believed where its words are the quotes, and the text is known to be the one it counts in. Else
the quotes are looked for, and taken only where they stand once, or once with their whole context, or, of the
same text, at the extent counted in UTF-16 code units.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from annotator.intents import fields
from annotator.intents.refusal import Refused
from sources.text.anchor import Candidate, Selector, find
from sources.text.normalise import clean
from sources.text.offsets import BadExtent, Extent

from .cleaned import CleanText

MOST_PLACES = 1000
"""As many as `find` looks at: where there are more, nothing is certain."""
NAMING = ("uuid", "actor", "mention", "event", "inside", "claim", "other", "organisation", "named")
"""Keys of bodies under which the identifier of something stands."""


@dataclass(frozen=True, slots=True)
class Found:
    extent: Extent
    quotes: tuple[str, ...]
    how: str = ""
    """Why it is certain, in words; empty where it stands where the file says."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The stored text, and what offsets of the file count in: `came` is the file's own text, or None where
    the file has none; then `same` says whether it is known (by digest) to be the stored one."""

    text: str
    came: CleanText | None = None
    same: bool = True

    def place(self, body: Mapping[str, Any], field: str) -> Found:
        """Raises Refused: words that are not there, or there several times."""
        quotes = None if body.get("quotes") is None else fields.quotes(body["quotes"], f"{field}quotes")
        stated = None
        if body.get("extent") is not None:
            fields.extent(body["extent"], f"{field}extent")  # refuses what is none
            stated = [(start, end) for start, end in body["extent"]]
        if stated is None and not quotes:
            raise Refused(f"{field}extent", "required", "says neither where its words are nor which")
        # In another text the same words at the same place are chance.
        if self._known and stated is not None and (found := self._there(stated, quotes)) is not None:
            return found
        if not quotes:
            raise Refused(f"{field}extent", "same_text", "has no words, and the text is another")
        return self._look(body, stated, quotes, field)

    @property
    def _known(self) -> bool:
        return self.came is not None or self.same

    def _there(self, stated: list[tuple[int, int]], quotes: tuple[str, ...] | None) -> Found | None:
        """At its extent, if that is within the text and the words are the quotes."""
        whole = self.came.came if self.came else self.text
        if max(end for _, end in stated) > len(whole):
            return None
        if quotes is not None and [whole[start:end] for start, end in stated] != list(quotes):
            return None
        try:
            extent = Extent(tuple((self._carried(start), self._carried(end)) for start, end in stated))
        except BadExtent:
            return None  # nothing but what cleaning drops
        return Found(extent, extent.slices(self.text))

    def _carried(self, offset: int) -> int:
        return self.came.carried(offset) if self.came else offset

    def _look(
        self,
        body: Mapping[str, Any],
        stated: list[tuple[int, int]] | None,
        quotes: tuple[str, ...],
        field: str,
    ) -> Found:
        wanted = Selector(
            tuple(clean(quote).text for quote in quotes), _context(body, "prefix"), _context(body, "suffix")
        )
        places = find(self.text, wanted)
        shown = " … ".join(wanted.quotes)[:80]
        if not places:
            raise Refused(f"{field}quotes", "match_text", f"“{shown}” does not stand in the text")
        if len(places) >= MOST_PLACES:
            said = f"“{shown}” stands there {MOST_PLACES} times or more"
            raise Refused(f"{field}quotes", "found_once", said)
        exact = [place for place in places if place.score == 1.0]
        how = "the words stand there once"
        chosen = places if len(places) == 1 else exact if len(exact) == 1 else []
        if len(places) > 1 and chosen:
            how = "the words stand there once between the words around them"
        units = self._by_units(stated, places) if self._known and stated is not None and not chosen else None
        if units is not None:
            chosen, how = [units], "the file counts UTF-16 code units, not characters"
        if not chosen:
            said = f"“{shown}” stands there {len(places)} times, and nothing says which is meant"
            raise Refused(f"{field}quotes", "found_once", said)
        extent = chosen[0].extent
        if stated is None and self._known:
            how = ""
        return Found(extent, extent.slices(self.text), how)

    def _by_units(self, stated: list[tuple[int, int]], places: list[Candidate]) -> Candidate | None:
        whole = self.came.came if self.came else self.text
        try:
            points = [(code_point(whole, start), code_point(whole, end)) for start, end in stated]
            meant = Extent(tuple((self._carried(start), self._carried(end)) for start, end in points))
        except (ValueError, BadExtent):
            return None
        return next((place for place in places if place.extent == meant), None)


def code_point(text: str, unit: int) -> int:
    """The offset in code points of one in UTF-16 code units. Raises ValueError within a character or
    beyond."""
    raw = text[: unit + 1].encode("utf-16-le")[: 2 * unit]
    found = len(raw.decode("utf-16-le"))
    if len(raw) != 2 * unit or found > len(text):
        raise ValueError(unit)
    return found


def _context(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    return clean(value).text if isinstance(value, str) else ""


def settled(
    body: Any,
    ground: Ground | None,
    name: Callable[[str], str],
    moved: list[tuple[str, Found]],
    field: str = "",
) -> Any:
    """The body as the intents take it: each span where it stands, each identifier as it is here (`name`).

    Spans that were found elsewhere are added to `moved` with their field. Without `ground` spans are refused.
    """
    if isinstance(body, list | tuple):
        return [settled(item, ground, name, moved, f"{field}.{i}".strip(".")) for i, item in enumerate(body)]
    if not isinstance(body, Mapping):
        return body
    made = {
        key: name(value)
        if key in NAMING and isinstance(value, str)
        else settled(value, ground, name, moved, f"{field}.{key}".strip("."))
        for key, value in body.items()
        if key not in ("extent", "quotes", "prefix", "suffix")
    }
    if "extent" in body or "quotes" in body:
        if ground is None:
            raise Refused(field, "needs_text", "names words, and no text to find them in")
        found = ground.place(body, f"{field}." if field else "")
        made["extent"], made["quotes"] = found.extent.to_json(), list(found.quotes)
        if found.how:
            moved.append((field, found))
    return made


def named_in(body: Any) -> set[str]:
    """Every actor and event that the body points to, as it is written."""
    if isinstance(body, list | tuple):
        return set().union(*map(named_in, body))
    if not isinstance(body, Mapping):
        return set()
    keys = ("actor", "event", "organisation", "named")
    own = {value for key, value in body.items() if key in keys and isinstance(value, str)}
    return own.union(*map(named_in, body.values()))

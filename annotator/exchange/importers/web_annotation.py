"""W3C Web Annotations as JSON-LD: our own `annotations.jsonld`, and other tools' collections, pages and
lists.

Words are marked by TextQuoteSelector and TextPositionSelector (Web Annotation Data Model, section 4.2), whose
positions count Unicode code points. Other selectors need the page itself and mark nothing here. What a body
means is said by the user's meanings of labels, but for our own file, which names its kinds.
"""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any

from .bundle import At, Body, Bundle, CodeEntry, Document, NotRead, Placed, Record, Unmapped, span
from .files import Files
from .json_lines import Located, read_json
from .outer_first import outer_first
from .web_bodies import Meant, NotMeant, foreign_meaning, listed, own_meaning, spans_of_claims, uuid_of
from .wishes import Wishes

FORMAT = "w3c"
_SUFFIXES = (".jsonld", ".json")
_HOLDERS = ("first", "items", "@graph", "rows", "annotations")
"""Where collections, pages and exports keep their annotations."""


def read_web_annotations(files: Files, wishes: Wishes) -> Bundle:
    """Raises NotRead where no file is JSON with annotations in it."""
    reading = _Reading(files, wishes)
    names = files.ending(*_SUFFIXES) or files.names
    for name in names:
        reading.file(name)
    if not reading.seen:
        raise NotRead(At(files.name), "holds no annotation: nothing in it has a target")
    return reading.bundle()


class _Reading:
    def __init__(self, files: Files, wishes: Wishes) -> None:
        self.files, self.wishes = files, wishes
        self.seen = 0
        self.documents: dict[str, Document] = {}
        self.placed: dict[str, list[Placed]] = {}
        self.meant: list[Meant] = []
        self.unmapped: list[Unmapped] = list(files.skipped)

    def file(self, name: str) -> None:
        found = read_json(self.files.text(name), name)
        ours = isinstance(found, dict) and _name(found.get("generator")) == "Sourceline"
        for one in _annotations(found):
            self.seen += 1
            at = At(name, one.line)
            try:
                self._annotation(at, one, ours)
            except NotMeant as error:
                self.unmapped.append(Unmapped(at, error.what, error.why))

    def bundle(self) -> Bundle:
        placed, loose = spans_of_claims(self.meant)
        self.unmapped += loose
        for key, marked in placed:
            self.placed.setdefault(key, []).append(marked)
        documents = tuple(
            replace(document, placed=tuple(_in_order(self.placed.get(key, []))))
            for key, document in self.documents.items()
        )
        actors = {one.actor.uuid: one.actor for one in self.meant if one.actor}
        events = {one.event.uuid: one.event for one in self.meant if one.event}
        codes: dict[tuple[str, str], CodeEntry] = {}
        for one in self.meant:
            for facet, key in one.codes:
                codes.setdefault(
                    (facet, key), CodeEntry(one.at, facet, key, key.replace("_", " ").capitalize())
                )
        return Bundle(
            documents,
            tuple(actors.values()),
            tuple(events.values()),
            (),
            tuple(codes.values()),
            tuple(self.unmapped),
        )

    def _annotation(self, at: At, one: Located, ours: bool) -> None:
        targets = list(listed(one.get("target")))
        if ours:
            # Its stretches, each a target, are one annotation of ours.
            words = [_words(target) for target in targets]
            whole = _joined(words)
            self._take(at, one, targets[0], whole, uuid_of(one.get("id"), FORMAT, _digest(one)), ours)
            return
        for number, target in enumerate(targets):
            key = () if len(targets) == 1 else (str(number),)
            uuid = uuid_of(one.get("id"), FORMAT, _digest(one), *key)
            self._take(at, one, target, _words(target), uuid, ours)

    def _take(self, at: At, one: Located, target: Any, words: Body, uuid: Any, ours: bool) -> None:
        key = self._document(at, one, target)
        if words["quotes"] is None and not self.documents[key].sha256:
            raise NotMeant("a position without words", "no digest says that it is of the text that is here")
        read = own_meaning if ours else foreign_meaning
        for meant in read(at, one, words, uuid, self.wishes):
            if isinstance(meant, Unmapped):
                self.unmapped.append(meant)
            else:
                self.meant.append(replace(meant, document=key))

    def _document(self, at: At, one: Located, target: Any) -> str:
        """The key of the document, known from now on."""
        source = _identifier(target.get("source")) or _identifier(one.get("uri"))
        digest = next(
            (str(s["sha256"]).lower() for s in listed(target.get("state")) if _has(s, "sha256")), ""
        )
        key = f"{digest} {source}"
        if not source and not digest:
            raise NotMeant("an annotation", "names no source")
        if key not in self.documents:
            text = next((n for n in self.files.names if digest and n.endswith(f"texts/{digest}.txt")), None)
            web = source if source.lower().startswith(("http://", "https://")) else ""
            self.documents[key] = Document(
                at=at,
                key=key,
                name=_title(one) or source,
                text=self.files.text(text) if text else None,
                sha256=digest,
                record=Record(title=_title(one), url=web),
            )
        return key


def _annotations(value: Any) -> Iterator[Located]:
    if isinstance(value, list):
        for item in value:
            yield from _annotations(item)
    elif isinstance(value, Located):
        if "target" in value:
            yield value
        else:
            for name in _HOLDERS:
                yield from _annotations(value.get(name))


def _words(target: Any) -> Body:
    """The words that a target marks. Raises NotMeant."""
    if not isinstance(target, dict) or not target.get("selector"):
        raise NotMeant("a whole page", "marks no words of it")
    quotes: list[Any] = []
    positions: list[Any] = []
    others: list[str] = []
    for selector in listed(target["selector"]):
        if not isinstance(selector, dict):
            continue
        kind = selector.get("type")
        if "refinedBy" in selector:
            others.append("a selector that another one refines")
        elif kind == "TextQuoteSelector" and isinstance(selector.get("exact"), str) and selector["exact"]:
            quotes.append(selector)
        elif kind == "TextPositionSelector":
            if all(type(selector.get(end)) is int for end in ("start", "end")):
                positions.append((selector["start"], selector["end"]))
            else:
                others.append("a TextPositionSelector whose places are no numbers")
        else:
            others.append(str(kind)[:60])
    if not quotes and not positions:
        raise NotMeant(
            ", ".join(others) or "a target", "needs the page itself: it gives neither words nor places"
        )
    if len({selector["exact"] for selector in quotes}) > 1 or len(set(positions)) > 1:
        raise NotMeant("a target", "has several selectors that select different words")
    quote = quotes[0] if quotes else {}
    return span(
        positions[:1] or None,
        [quote["exact"]] if quote else None,
        prefix=_string(quote.get("prefix")),
        suffix=_string(quote.get("suffix")),
    )


def _joined(words: list[Body]) -> Body:
    """Stretches of one annotation: before the first stands its prefix, after the last its suffix."""
    if not words:
        raise NotMeant("an annotation", "has no target")
    if any(one["quotes"] is None or one["extent"] is None for one in words):
        raise NotMeant("an annotation", "does not say both words and places of each of its stretches")
    return span(
        [stretch for one in words for stretch in one["extent"]],
        [quote for one in words for quote in one["quotes"]],
        prefix=words[0].get("prefix", ""),
        suffix=words[-1].get("suffix", ""),
    )


def _in_order(placed: list[Placed]) -> list[Placed]:
    """Mentions before claims, outer claims before those inside them."""
    claims = {str(one.uuid): one for one in placed if one.body["kind"] == "claim"}
    made = {str(one.uuid): one for one in placed if one.body["kind"] != "claim"}
    order = outer_first({uuid: one.body["claim"].get("inside") or "" for uuid, one in claims.items()})
    return [*made.values(), *(claims[uuid] for uuid in order)]


def _digest(one: Located) -> str:
    """Of an annotation without an identifier: what it says names it."""
    return sha256(repr(sorted(one.items())).encode("utf-8", "replace")).hexdigest()


def _identifier(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("id")
    return value[:2000] if isinstance(value, str) else ""


def _has(value: Any, name: str) -> bool:
    return isinstance(value, dict) and isinstance(value.get(name), str)


def _name(value: Any) -> str:
    return str(value.get("name", "")) if isinstance(value, dict) else ""


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _title(one: Located) -> str:
    """Of the page, as exports give it beside the annotation: `{"document": {"title": ["…"]}}`."""
    document = one.get("document")
    titles = list(listed(document.get("title"))) if isinstance(document, dict) else []
    return titles[0] if titles and isinstance(titles[0], str) else ""

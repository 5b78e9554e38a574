"""Each `.ann` beside its text, and where its words stand in that text.

brat lays `X.txt` beside `X.ann`; PolNeAR has them in folders of their own, `text/X.txt` and
`attributions/X_4b22.ann`, where the last part is the annotator; a `metadata.tsv` may tell of the articles.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from posixpath import commonpath

from sources.intake.registry import LARGEST, too_large
from sources.text.digest import sha256_hex

from .bundle import At, NotRead, Record, Unmapped
from .files import Files
from .standoff import Standoff, Stretches, TextBound, read_standoff

BOM = "\ufeff"
_ANNOTATOR = re.compile(r"(.+)_([0-9a-z]{4})")
LARGEST_ANN = 16 * 1024 * 1024
"""Bytes: some hundred thousand lines of one annotator on one text."""
_BREAKS = re.compile(r"[\r\n]+")
_LONGEST_EXTENT = 20_000
_BREAK = re.compile(r"[\r\n]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text-bound line stands in the text, and what stands there by the file; None where the file does
    not say."""

    stretches: Stretches
    quotes: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Annotated:
    """An `.ann` and the text that belongs to it. `name` is the text's, without folder and ending; `own` is
    the `.ann`'s path below the folder that holds all of them: two annotators may call theirs alike. `key`
    tells the text from every other; `by` is the annotator."""

    name: str
    own: str
    key: str
    text: str | None
    record: Record
    read: Standoff
    by: str = ""
    places: dict[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Text:
    """One that several `.ann` may be of. `breaks` are its CR LF, each less those before it."""

    text: str
    had_bom: bool
    digest: str
    breaks: tuple[int, ...]


def annotated_texts(files: Files) -> tuple[list[Annotated], list[Unmapped]]:
    """Raises NotRead where no file ends in `.ann`."""
    names = files.ending(".ann")
    if not names:
        raise NotRead(At(files.name), "holds no file that ends in .ann")
    unmapped = list(files.skipped)
    records = _records(files, unmapped)
    top = _folder_of_all(names)
    texts: dict[str, _Text] = {}
    found, used = [], set()
    for name in names:
        text_name, by = _text_beside(files, name)
        used.add(text_name)
        try:
            read = read_standoff(_read(files, name, LARGEST_ANN), name)
            if text_name and text_name not in texts:
                texts[text_name] = _text(files, text_name)
        except NotRead as error:
            unmapped.append(Unmapped(error.at, name, error.why))
            continue
        text = texts.get(text_name)
        stem = _stem(text_name or name)
        record = records.get(stem, Record())
        if text is None and record == Record():
            unmapped.append(Unmapped(At(name), name, "its text is missing: there is no .txt of that name"))
            continue
        key = stem if text is None else f"{stem}\x1f{text.digest}"
        own = name.removeprefix(top).removesuffix(".ann")
        one = Annotated(stem, own, key, text.text if text else None, record, read, by)
        one.places.update(_places(read, text))
        found.append(one)
    folders = {name.rpartition("/")[0] for name in names}
    parted = [folder.rpartition("attributions") for folder in folders]
    folders |= {f"{above}text" for above, cut, below in parted if cut and not below}
    for name in files.ending(".txt"):
        if name not in used and name.rpartition("/")[0] in folders:
            unmapped.append(Unmapped(At(name), name, "there is no .ann of that name"))
    return found, unmapped


def _folder_of_all(names: Sequence[str]) -> str:
    """With its slash; empty where they have none in common."""
    top = commonpath([name.rpartition("/")[0] for name in names])
    return f"{top}/" if top else ""


def _read(files: Files, name: str, most: int) -> str:
    """Raises NotRead, before what is too large is read."""
    if (size := files.size(name)) > most:
        raise NotRead(At(name), too_large(size, most))
    return files.text(name)


def _text(files: Files, name: str) -> _Text:
    """Raises NotRead."""
    whole = _read(files, name, LARGEST + len(BOM.encode()))
    text = whole.removeprefix(BOM)
    breaks = tuple(match.start() - number for number, match in enumerate(re.finditer("\r\n", text)))
    return _Text(text, text != whole, sha256_hex(text), breaks)


def _stem(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[0]


def _text_beside(files: Files, name: str) -> tuple[str, str]:
    """The name of the text, empty where there is none, and the annotator."""
    folder, slash, _ = name.rpartition("/")
    stem = _stem(name)
    if (beside := f"{folder}{slash}{stem}.txt") in files.contents:
        return beside, ""
    above, cut, last = folder.rpartition("/")
    if last == "attributions":
        found = _ANNOTATOR.fullmatch(stem)
        for text, by in ((stem, ""), (found[1], found[2])) if found else ((stem, ""),):
            if (there := f"{above}{cut}text/{text}.txt") in files.contents:
                return there, by
    return "", ""


def _records(files: Files, unmapped: list[Unmapped]) -> dict[str, Record]:
    """What tables of the name `metadata.tsv` say of each text, by PolNeAR's names of their columns."""
    found: dict[str, Record] = {}
    for name in files.names:
        if name.rpartition("/")[2] != "metadata.tsv":
            continue
        try:
            header, *lines = files.text(name).removeprefix(BOM).replace("\r\n", "\n").split("\n")
        except NotRead as error:
            unmapped.append(Unmapped(error.at, name, error.why))
            continue
        columns = header.split("\t")
        for number, line in enumerate(lines, start=2):
            row = dict(zip(columns, line.split("\t"), strict=False))
            if line.strip() and not row.get("filename"):
                unmapped.append(Unmapped(At(name, number), line[:80], "does not say of which file"))
            elif line.strip():
                found.setdefault(row["filename"].removesuffix(".txt"), _record(row))
    return found


def _record(row: dict[str, str]) -> Record:
    said = {name: value.strip() for name, value in row.items() if value.strip() not in ("", "None")}
    authors = said.get("author", "")
    return Record(
        title=said.get("title", ""),
        authors=tuple(author.strip() for author in authors.split(";") if author.strip()),
        outlet=said.get("publisher", ""),
        published=said.get("publication_date", ""),
        url=said.get("url", ""),
        language=said.get("language", ""),
    )


def _places(read: Standoff, given: _Text | None) -> Iterator[tuple[str, Place]]:
    if given is None:
        yield from ((name, Place(span.stretches, span.words)) for name, span in read.spans.items())
        return
    at, text = _reading(read, given), given.text
    for name, span in read.spans.items():
        stretches = tuple((at(start), at(end)) for start, end in span.stretches)
        if span.words is None:
            yield name, Place(stretches, None)
        elif _agrees(span, text, at):
            whole = joined(stretches, text)
            yield name, Place(whole, tuple(text[start:end] for start, end in whole))
        else:
            yield name, Place(span.stretches, span.words)


def astray(place: Place, text: str | None) -> str:
    """What is wrong with a place whose words are nowhere in the text to be found again; empty if nothing."""
    if text is None or (place.quotes and all(words in text for words in place.quotes)):
        return ""
    start, end = place.stretches[0][0], place.stretches[-1][1]
    if end > len(text):
        return f"its place, {start}–{end}, is beyond the text, which has {len(text)} characters"
    return f"its words are not those at {start}–{end}, nor anywhere in the text" if place.quotes else ""


def _reading(read: Standoff, given: _Text) -> Callable[[int], int]:
    """How offsets of the file count in the text: as it is or, where more of the words stand there so, with
    each CR LF as one character, as in programs that read it as text, and with a byte-order mark as one."""
    text, pairs = given.text, given.breaks

    def as_it_is(offset: int) -> int:
        return offset

    def one_break(offset: int) -> int:
        return offset + bisect_left(pairs, offset)

    readings = [as_it_is, one_break] if pairs else [as_it_is]
    if given.had_bom:
        readings += [lambda offset, read=one: read(max(offset - 1, 0)) for one in readings]  # type: ignore[misc]
    if len(readings) == 1:
        return as_it_is
    spans = [span for span in read.spans.values() if span.words is not None]
    return max(readings, key=lambda at: sum(_agrees(span, text, at) for span in spans))


def _agrees(span: TextBound, text: str, at: Callable[[int], int]) -> bool:
    places = [(at(start), at(end)) for start, end in span.stretches]
    words = span.words or ()
    if [end - start for start, end in places] != list(map(len, words)):
        return False
    there = [text[start:end] for start, end in places]
    return there == list(words) or [_BREAK.sub(" ", piece) for piece in there] == list(words)


def joined(stretches: Stretches, text: str) -> Stretches:
    """Stretches with nothing but line breaks between them are one: brat cannot hold them otherwise."""
    whole = [list(stretches[0])]
    for start, end in stretches[1:]:
        if _BREAKS.fullmatch(text, whole[-1][1], start) or whole[-1][1] == start:
            whole[-1][1] = end
        else:
            whole.append([start, end])
    return tuple((start, end) for start, end in whole)


def stretches_of(written: object) -> Stretches | None:
    """`10-40;52-90`, in order and apart."""
    if not isinstance(written, str) or len(written) > _LONGEST_EXTENT:
        return None
    try:
        pairs = [tuple(map(int, stretch.split("-"))) for stretch in written.split(";")]
        found = tuple((start, end) for start, end in pairs)
    except ValueError:
        return None
    flat = [place for pair in found for place in pair]
    return found if flat and flat[0] >= 0 and all(a < b for a, b in pairwise(flat)) else None


def is_whole_of(whole: Stretches, fragments: Stretches, text: str) -> bool:
    """Whether the fragments lie in `whole`, and nothing but blanks and line breaks of it is left out."""
    rest, at = list(fragments), 0
    for start, end in whole:
        place = start
        while at < len(rest) and rest[at][0] < end:
            begin, stop = rest[at]
            if begin < place or stop > end or text[place:begin].strip():
                return False
            place, at = stop, at + 1
        if text[place:end].strip():
            return False
    return at == len(rest)

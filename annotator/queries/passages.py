"""Annotations in the sentences that hold them: the words marked, what stands before and after."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import connection

from annotator.detect.search import Sought, hits

from .texts import N_TEXTS, of_text

NEIGHBOURS = 2  # sentences shown on either side when the reader asks for them

# Only slices leave the database: a text may be a book. Masked sentences are nobody's neighbours.
PASSAGES = """
WITH place AS (
    SELECT a.id, a.extent, a.snapshot_id, min(s.number) AS first, max(s.number) AS last,
           min(s.start) AS start, max(s."end") AS "end"
    FROM annotator_annotation a
    JOIN annotator_annotationsentence l ON l.annotation_id = a.id
    JOIN sources_sentence s ON s.id = l.sentence_id
    WHERE a.id = ANY(%(ids)s)
    GROUP BY a.id
)
SELECT p.id, n.number, {texts}, p.first, p.last, p.start, substr(n.text, p.start + 1, p."end" - p.start),
       ARRAY(SELECT ARRAY[lower(r), upper(r)] FROM unnest(p.extent) r ORDER BY lower(r)),
       {before}, {after}
FROM place p JOIN sources_snapshot n ON n.id = p.snapshot_id
"""
NEIGHBOUR = """
COALESCE((SELECT string_agg(slice, ' ' ORDER BY number) FROM (
    SELECT s.number, substr(n.text, s.start + 1, s."end" - s.start) AS slice
    FROM sources_sentence s JOIN sources_block b ON b.id = s.block_id
    WHERE s.segmentation_id = n.current_segmentation_id AND NOT b.masked AND s.number {beyond}
    ORDER BY s.number {order} LIMIT %(neighbours)s) AS near), '')
"""
SQL = PASSAGES.format(
    texts=N_TEXTS,
    before=NEIGHBOUR.format(beyond="< p.first", order="DESC"),
    after=NEIGHBOUR.format(beyond="> p.last", order="ASC"),
)


@dataclass(frozen=True)
class Part:
    """`marked` words are the annotation's, `found` ones those that were sought."""

    text: str
    marked: bool
    found: bool = False


@dataclass(frozen=True)
class Passage:
    """The sentences `first` to `last` (their numbers) of the article's text number `text`, of `texts`, as
    parts; joined, the parts are the exact slice."""

    text: int
    texts: int
    first: int
    last: int
    parts: tuple[Part, ...]
    before: str
    after: str

    @property
    def place(self) -> str:
        """What follows the article's address to open it there."""
        return f"{self.of_text}#s{self.first}"

    @property
    def of_text(self) -> str:
        """What the address needs besides where the article has several texts."""
        return of_text(self.text, self.texts)

    @property
    def text_named(self) -> int:
        """The number of the text where it has to be named; 0 where the article has one text."""
        return self.text if self.texts > 1 else 0

    @property
    def newer(self) -> int:
        """The number of the article's newest text where this is an old one, else 0."""
        return self.texts if self.texts > self.text else 0

    @property
    def cited(self) -> str:
        """ "sentence 3", "text 1, sentences 3–4"."""
        return f"text {self.text}, {self.sentences}" if self.text_named else self.sentences

    @property
    def sentences(self) -> str:
        return f"sentence {self.first}" if self.first == self.last else f"sentences {self.first}–{self.last}"


def cut(text: str, start: int, stretches: Iterable[tuple[int, int]]) -> tuple[Part, ...]:
    """`text`, which begins at code point `start`, cut where the (ascending) stretches begin and end."""
    parts, done = [], 0
    for low, high in stretches:
        a, b = max(low - start, done), min(high - start, len(text))
        if a >= b:
            continue
        parts += [Part(text[done:a], False), Part(text[a:b], True)]
        done = b
    parts.append(Part(text[done:], False))
    return tuple(part for part in parts if part.text)


def passages(annotation_ids: Iterable[int]) -> dict[int, Passage]:
    """The passage of each annotation by its key, in one query; in none for none."""
    keys = list(annotation_ids)
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(SQL, {"ids": keys, "neighbours": NEIGHBOURS})
        return {
            key: Passage(number, texts, first, last, cut(text, start, stretches), before, after)
            for key, number, texts, first, last, start, text, stretches, before, after in cursor.fetchall()
        }


def found_in(parts: Iterable[Part], sought: Sought) -> tuple[Part, ...]:
    """The parts cut once more where that begins and ends which was sought in them, read as one text."""
    parts = tuple(parts)
    spans = hits("".join(part.text for part in parts), sought)
    if not spans:
        return parts
    pieces: list[Part] = []
    start = 0
    for part in parts:
        for piece in cut(part.text, start, spans):
            pieces.append(replace(part, text=piece.text, found=piece.marked))
        start += len(part.text)
    return tuple(pieces)

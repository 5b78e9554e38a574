"""What was sought, each time it stands somewhere, with the words around it: keyword in context.

Lines are found in the words of claims, where these do not hold it in the sentences around them;
`sentence_lines.py` finds those of every sentence of every article. A line is only ever as wide as is asked
for; texts stay in the database.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from annotator.detect.search import Sought, hits
from annotator.models import Claim
from sources.text.folding import folded

from .texts import N_TEXTS, of_text

MOST_SORTED = 1000
"""Claims or sentences whose lines are put in the order of the words around; of more, the first by place."""
WIDTHS = (40, 80, 160)
"""Code points on either side."""
SIDES = {"right": "words after", "left": "words before"}


@dataclass(frozen=True)
class Line:
    """`match` stands at `start` (code points) of the article's text number `text`, of `texts`, in sentence
    `sentence`. `claim` is the one in whose words, or else in whose sentence it stands; None where there is
    none."""

    article: UUID
    title: str
    language: str
    outlet: str
    published: str
    text: int
    texts: int
    sentence: int
    snapshot: int
    start: int
    before: str = ""
    match: str = ""
    after: str = ""
    claim: UUID | None = None
    direction: str = "ltr"

    @property
    def place(self) -> str:
        return f"{of_text(self.text, self.texts)}#s{self.sentence}"

    def beside(self, side: str) -> tuple[Any, ...]:
        """What lines are sorted by: the words on that side, the nearest first, then the place."""
        words = folded(self.before)[::-1] if side == "left" else folded(self.after)
        return (tuple(words[:12]), self.snapshot, self.start, str(self.claim))


# Of each stretch also the words around it, so that a line at its end is as wide as the others.
OF_CLAIMS = """
SELECT a.uuid, a.title, a.language, coalesce(o.name, ''), a.published, n.number, {texts}, n.id, p.uuid,
       (SELECT s.number FROM sources_sentence s WHERE s.segmentation_id = n.current_segmentation_id
        AND s.start <= p.low ORDER BY s.start DESC LIMIT 1),
       p.low, p.high, greatest(0, p.low - %(width)s),
       substr(n.text, greatest(0, p.low - %(width)s) + 1,
              p.high - greatest(0, p.low - %(width)s) + %(width)s)
FROM ({stretches}) p JOIN sources_snapshot n ON n.id = p.snapshot_id
JOIN sources_article a ON a.id = n.article_id LEFT JOIN sources_publication o ON o.id = a.publication_id
ORDER BY array_position(%(claims)s::bigint[], p.id), p.low
"""
IN_QUOTES = OF_CLAIMS.format(
    texts=N_TEXTS,
    stretches="SELECT c.id, c.uuid, c.snapshot_id, lower(r) AS low, upper(r) AS high"
    " FROM annotator_annotation c CROSS JOIN unnest(c.extent) r WHERE c.id = ANY(%(claims)s)",
)
AROUND = OF_CLAIMS.format(
    texts=N_TEXTS,
    stretches='SELECT c.id, c.uuid, c.snapshot_id, s.start AS low, s."end" AS high'
    " FROM annotator_annotation c JOIN annotator_annotationsentence l ON l.annotation_id = c.id"
    " JOIN sources_sentence s ON s.id = l.sentence_id WHERE c.id = ANY(%(claims)s)",
)


def lines_of_claims(claims: Sequence[int], sought: Sought, width: int, *, quotes_only: bool) -> list[Line]:
    """The lines of those claims (keys) in their order: of a claim whose own words do not hold it, those
    its sentences. One query, or two."""
    found = _read(IN_QUOTES, claims, sought, width)
    if quotes_only:
        return [line for lines in found.values() for line in lines]
    held = set(found)
    by_key = dict(Claim.objects.filter(pk__in=claims).values_list("pk", "uuid"))
    rest = [key for key in claims if by_key.get(key) not in held]
    around = _read(AROUND, rest, sought, width) if rest else {}
    every = {**around, **found}
    return [line for key in claims for line in every.get(by_key.get(key), ())]


def _read(statement: str, claims: Sequence[int], sought: Sought, width: int) -> dict[UUID | None, list[Line]]:
    """By claim; those without a line are left out."""
    found: dict[UUID | None, list[Line]] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement, {"claims": list(claims), "width": width})
        for *record, snapshot, claim, sentence, low, high, first, words in cursor.fetchall():
            line = line_of(record, sentence or 1, snapshot, claim)
            for one in cut_lines(line, low, high, first, words, sought, width):
                found.setdefault(claim, []).append(one)
    return found


def line_of(record: list[Any], sentence: int, snapshot: int, claim: UUID | None = None) -> Line:
    """Without its words yet."""
    article, title, language, outlet, published, text, texts = record
    return Line(article, title, language, outlet, published, text, texts, sentence, snapshot, 0, claim=claim)


def cut_lines(
    line: Line, low: int, high: int, first: int, words: str, sought: Sought, width: int
) -> Iterable[Line]:
    """One line for each time it stands between `low` and `high`; `words` are the text's from `first` on."""
    stretch = words[low - first : high - first]
    found = hits(stretch, sought)
    way = _direction(stretch) if found else ""
    for start, end in found:
        at, to = low - first + start, low - first + end
        yield replace(
            line,
            start=first + at,
            before=_flat(words[max(0, at - width) : at]),
            match=_flat(words[at:to]),
            after=_flat(words[to : to + width]),
            direction=way,
        )


def _direction(words: str) -> str:
    """That of most of its letters: a foreign name at the beginning of a sentence does not turn it."""
    kinds = [unicodedata.bidirectional(c) for c in words]
    return "rtl" if sum(kind in ("R", "AL") for kind in kinds) > kinds.count("L") else "ltr"


def _flat(words: str) -> str:
    return words.replace("\n", " ").replace("\t", " ")


def sorted_beside(lines: Iterable[Line], side: str) -> list[Line]:
    return sorted(lines, key=lambda line: line.beside(side))


def first_keys(claims: QuerySet[Claim]) -> list[int]:
    """Of the claims in their order as many as are sorted by the words around them. One query."""
    return list(claims.values_list("pk", flat=True)[:MOST_SORTED])

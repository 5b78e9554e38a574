"""Words in their context in every sentence of every article, a bounded number of texts at a time."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from annotator.detect.search import Sought, as_tsquery
from annotator.models import Claim
from sources.models import Project, Role

from .claims import Wanted, claims_like
from .concordance import Line, cut_lines, line_of
from .keyset import Order, Slice, day, whole
from .periods import days_of
from .texts import N_TEXTS
from .visibility import seen_by

BY_PLACE = Order(("day", "text", "start"), (day, whole, whole), descending=False)
MOST_TEXTS = 1000
"""Texts that are looked through for one page of sentences, which folds each of their sentences anew."""
LAST = 2**31 - 1
"""A start behind every sentence of a text."""

# The texts that hold all of the words somewhere: only in these are sentences looked at.
TEXTS = """
SELECT day, id FROM (
    SELECT coalesce(a.published_min, '0001-01-01'::date) AS day, n.id
    FROM sources_textwords w JOIN sources_snapshot n ON n.id = w.snapshot_id
    JOIN sources_article a ON a.id = n.article_id LEFT JOIN sources_publication o ON o.id = a.publication_id
    WHERE w.project_id = %s AND w.words @@ %s::tsquery {narrowed}
) found {beyond} ORDER BY day {way}, id {way} LIMIT %s
"""
# Masked sentences are left out here as they are left out of counts.
EVERYWHERE = """
SELECT day, id, start, uuid, title, language, name, published, number, texts, sentence, "end",
       greatest(0, start - %s),
       substr(text, greatest(0, start - %s) + 1, "end" - greatest(0, start - %s) + %s)
FROM (
    SELECT coalesce(a.published_min, '0001-01-01'::date) AS day, n.id, s.start, a.uuid, a.title, a.language,
           coalesce(o.name, '') AS name, a.published, n.number, {texts} AS texts,
           s.number AS sentence, s."end", n.text
    FROM sources_snapshot n
    JOIN sources_article a ON a.id = n.article_id LEFT JOIN sources_publication o ON o.id = a.publication_id
    JOIN sources_sentence s ON s.segmentation_id = n.current_segmentation_id
    JOIN sources_block b ON b.id = s.block_id AND NOT b.masked
    WHERE n.id = ANY(%s)
      AND sourceline_words(substr(n.text, s.start + 1, s."end" - s.start), '') @@ %s::tsquery {narrowed}
) found {beyond} ORDER BY day {way}, id {way}, start {way} LIMIT %s
"""


@dataclass(frozen=True)
class _Asked:
    """Sentences in the order of publication and of the texts, behind or ahead of a place."""

    project: Project
    sought: Sought
    of_texts: tuple[str, list[Any]]
    of_sentences: tuple[str, list[Any]]
    width: int
    place: tuple[Any, ...] | None
    backwards: bool

    def texts(self, beyond: tuple[Any, ...] | None, most: int) -> list[tuple[Any, ...]]:
        """(day, key) of the next texts beyond one, or from the place's own on."""
        narrowed, given = self.of_texts
        sign = "<" if self.backwards else ">"
        place = beyond or (self.place[:2] if self.place else None)
        sign += "" if beyond else "="
        statement = TEXTS.format(
            narrowed=narrowed, beyond=f"WHERE (day, id) {sign} (%s, %s)" if place else "", way=self._way
        )
        terms = as_tsquery(replace(self.sought, without=()))
        return _rows(statement, [self.project.pk, terms, *given, *(place or ()), most])

    def sentences(self, texts: list[int], most: int) -> list[tuple[Any, ...]]:
        narrowed, given = self.of_sentences
        beyond = f"WHERE (day, id, start) {'<' if self.backwards else '>'} (%s, %s, %s)" if self.place else ""
        statement = EVERYWHERE.format(texts=N_TEXTS, narrowed=narrowed, beyond=beyond, way=self._way)
        values = [*[self.width] * 4, texts, as_tsquery(self.sought), *given, *(self.place or ()), most]
        return _rows(statement, values)

    @property
    def _way(self) -> str:
        return "DESC" if self.backwards else "ASC"


def _rows(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def everywhere(
    project: Project,
    wanted: Wanted,
    role: Role | None,
    width: int,
    size: int,
    *,
    after: tuple[Any, ...] | None = None,
    before: tuple[Any, ...] | None = None,
) -> tuple[list[Line], Slice, bool]:
    """The lines of the `size` sentences behind a place or ahead of one, in the order of publication and of
    the texts, that cut, and whether it ends where MOST_TEXTS were looked through. What is wanted of claims
    narrows it to sentences that hold such a claim. Three queries, and two more each time that twice as many
    texts have to be looked through."""
    sought = wanted.sought
    if not sought.terms:
        return [], Slice([], None, None), False
    place, backwards = (before, True) if before else (after, False)
    narrowed = (_of_texts(wanted), _of_sentences(project, wanted, role))
    asked = _Asked(project, sought, *narrowed, width, place, backwards)
    rows: list[tuple[Any, ...]] = []
    last, looked, more_texts, at_once = None, 0, True, min(size + 1, MOST_TEXTS)
    while more_texts and looked < MOST_TEXTS and len(rows) <= size:
        texts = asked.texts(last, at_once + 1)
        more_texts, texts = len(texts) > at_once, texts[:at_once]
        rows += asked.sentences([key for _, key in texts], size + 1 - len(rows)) if texts else []
        last, looked = texts[-1] if texts else last, looked + len(texts)
        at_once = min(2 * at_once, MOST_TEXTS - looked)
    more, rows = len(rows) > size, rows[:size]
    bounded = more_texts and not more
    end = rows[-1][:3] if more else (*last, -1 if backwards else LAST) if bounded and last else None
    rows = rows[::-1] if backwards else rows
    places = [row[:3] for row in rows]
    first = places[0] if places else place
    cut = (
        Slice(places, end, places[-1] if places else place)
        if backwards
        else Slice(places, first if after else None, end)
    )
    return _with_claims(_lines(rows, sought, width), project, role), cut, bounded


def _lines(rows: Iterable[tuple[Any, ...]], sought: Sought, width: int) -> list[Line]:
    lines: list[Line] = []
    for _, snapshot, start, *record, sentence, end, first, words in rows:
        line = line_of(record, sentence, snapshot)
        lines += cut_lines(line, start, end, first, words, sought, width)
    return lines


def _of_texts(wanted: Wanted) -> tuple[str, list[Any]]:
    """Further conditions on texts, and their values."""
    said: list[str] = []
    given: list[Any] = []
    if wanted.article:
        said.append("AND a.uuid = ANY(%s)")
        given.append(list(wanted.article))
    if wanted.outlet:
        said.append("AND o.uuid = ANY(%s)")
        given.append(list(wanted.outlet))
    if periods := [days for one in wanted.period if (days := days_of(one))]:
        within = ["coalesce(a.published_min, '0001-01-01'::date) BETWEEN %s AND %s"] * len(periods)
        said.append(f"AND ({' OR '.join(within)})")
        given += [day for days in periods for day in days]
    return " ".join(said), given


def _of_sentences(project: Project, wanted: Wanted, role: Role | None) -> tuple[str, list[Any]]:
    of_claims = replace(wanted, words="", where="", article=(), outlet=(), period=())
    if of_claims == Wanted():
        return "", []
    claims = claims_like(project, of_claims, role).filter(seen_by(role)).order_by().values("pk")
    sql, values = claims.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    return (
        "AND EXISTS (SELECT FROM annotator_annotationsentence l WHERE l.sentence_id = s.id"
        f" AND l.annotation_id IN ({sql}))"
    ), list(values)


def _with_claims(lines: list[Line], project: Project, role: Role | None) -> list[Line]:
    """Each with the claim in whose words it stands, the shortest of several. One query."""
    snapshots = {line.snapshot for line in lines}
    claims: QuerySet[Claim] = Claim.objects.filter(
        seen_by(role), project=project, withdrawn_at=None, annotation__snapshot__in=snapshots
    )
    stretches: dict[int, list[tuple[int, int, UUID]]] = {}
    rows = claims.order_by("pk").values_list("uuid", "annotation__snapshot", "annotation__extent")
    for uuid, snapshot, extent in rows:
        stretches.setdefault(snapshot, []).extend((low, high, uuid) for low, high in extent.stretches)

    def held(line: Line) -> UUID | None:
        around = [
            (high - low, uuid)
            for low, high, uuid in stretches.get(line.snapshot, ())
            if low <= line.start < high
        ]
        return min(around, key=lambda one: one[0])[1] if around else None

    return [replace(line, claim=held(line)) for line in lines]

"""Everything a release holds, asked once and read in a stream: memory does not grow with the project."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection

from annotator.intents.release import Scope
from annotator.models import Claim, Code, CodebookVersion
from sources.models import Article, Project

from . import dataset_evidence_sql as evidence
from . import dataset_links_sql as links
from . import dataset_sql as claims
from .chains import Station, full_links, in_words, record_links, said_in
from .identities import labels_of_keys
from .moments import at_one_moment
from .scope import claims_in

QUESTIONS = {
    "claims": claims.CLAIMS,
    "claim_speakers": links.CLAIM_SPEAKERS,
    "attributions": links.ATTRIBUTIONS,
    "addressees": links.ADDRESSEES,
    "targets": links.TARGETS,
    "quantities": evidence.QUANTITIES,
    "positions": evidence.POSITIONS,
    "annotations": evidence.ANNOTATIONS,
    "sentences": evidence.SENTENCES_CITED,
    "snapshots": evidence.SNAPSHOTS,
    "articles": evidence.ARTICLES,
    "outlets": evidence.OUTLETS,
    "actors": evidence.ACTORS,
    "actor_names": evidence.NAMES,
    "affiliations": evidence.AFFILIATIONS,
    "events": evidence.EVENTS,
    "event_mentions": evidence.EVENT_MENTIONS,
    "event_participants": evidence.EVENT_PARTICIPANTS,
    "relations": evidence.RELATIONS,
    "reviews": evidence.REVIEWS,
}
COUNTED = {
    "claims": "claim",
    "attributions": "link",
    "annotations": "annotation",
    "sentences": "sentence",
    "articles": "article",
    "actors": "actor",
    "events": "event",
}
"""Tables with a row for each row of what was selected."""
Record = dict[str, Any]
BATCH = 1000
"""Rows that are in memory at a time."""
TEXTS_AHEAD, LETTERS_AHEAD = 100, 1_000_000
"""Texts that are in memory at a time, and code points after which no further one is added."""


class Dataset:
    """What was selected, as it stood at one moment. Valid inside `selected` alone."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._texts: dict[int, str] = {}

    def rows(self, table: str) -> Iterator[Record]:
        """The records of one table in their order, by a cursor of the server. One query."""
        with connection.chunked_cursor() as cursor:
            cursor.cursor.itersize = BATCH
            cursor.execute(QUESTIONS[table])
            rows = iter(cursor)
            first = next(rows, None)  # the columns are known once the first row is here
            names = [column.name for column in cursor.description or ()]
            if first is None:
                return
            yield dict(zip(names, first, strict=True))
            for row in rows:
                yield dict(zip(names, row, strict=True))

    def claims(self) -> Iterator[Record]:
        """The claims, each with `chain` in words; a further query or two for each thousand."""
        rows = self.rows("claims")
        while batch := list(islice(rows, BATCH)):
            stored = full_links(row["key"] for row in batch)
            articles = Article.objects.select_related(
                "publication", "original_publication", "reprint_of__publication"
            ).in_bulk({row["article"] for row in batch})
            for row in batch:
                coded = said_in(row["voice"], stored.get(row["key"], []))
                yield row | {"chain": _chain_words(coded, articles[row["article"]])}

    def text_of(self, snapshot: int) -> str:
        """The text of one of the snapshots. Those that follow it come along, as rows come in their order: a
        query for each hundred, or each million code points. Raises KeyError for one that was not selected."""
        if snapshot not in self._texts:
            with connection.cursor() as cursor:
                cursor.execute(
                    evidence.TEXTS, {"first": snapshot, "most": TEXTS_AHEAD, "letters": LETTERS_AHEAD}
                )
                self._texts = dict(cursor.fetchall())
        return self._texts[snapshot]

    def counts(self) -> dict[str, int]:
        """How many rows those tables have that are known before they are read. One query."""
        asked = ", ".join(f"(SELECT count(*) FROM release_{name})" for name in COUNTED.values())  # noqa: S608  (names from here)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {asked}")
            return dict(zip(COUNTED, cursor.fetchone(), strict=True))

    def latest(self) -> datetime:
        """When something of it was last written."""
        with connection.cursor() as cursor:
            cursor.execute(evidence.LATEST, {"project": self.project.pk})
            found: datetime = cursor.fetchone()[0]
            return found

    def codes(self) -> list[Code]:
        codes = Code.objects.filter(project=self.project).select_related("parent", "merged_into")
        return list(codes.order_by("facet", "position", "key"))

    def codebook_version(self) -> str:
        versions = CodebookVersion.objects.filter(project=self.project).order_by("-number")
        return str(versions.values_list("number", flat=True).first() or "")

    def authors(self) -> list[str]:
        """Who made the claims, by name."""
        people = (
            Claim.objects.extra(where=["annotator_claim.annotation_id IN (SELECT id FROM release_claim)"])
            .filter(annotation__author__isnull=False)
            .values_list("annotation__author__name", "annotation__author__username")
        )
        return sorted({name or username.partition("@")[0] for name, username in people.distinct()})


def _chain_words(chains: Iterable[list[Station]], article: Article) -> str:
    return " | ".join(in_words([*chain, *record_links(article, chain)]) for chain in chains)


def _call_the_anonymous(cursor: Any) -> None:
    cursor.execute(
        "SELECT r.id FROM release_actor r JOIN annotator_actor a ON a.id = r.id WHERE a.naming = 'anonymous'"
    )
    keys = [key for (key,) in cursor.fetchall()]
    for start in range(0, len(keys), BATCH):
        labels = labels_of_keys(keys[start : start + BATCH])
        cursor.executemany(
            "INSERT INTO release_called VALUES (%s, %s)", [(key, one.whole) for key, one in labels.items()]
        )
    cursor.execute("ANALYZE release_called")


@contextmanager
def selected(project: Project, scope: Scope, every_mention: bool = True) -> Iterator[Dataset]:
    """The claims of that scope, and all they stand on, at one moment.

    With `every_mention` also who and what else is named in their articles; without, of mentions only those
    that links, addressees and targets point to, that an event's participants were read from, and of events
    those in the words of a claim.

    Holds one transaction as long as it is open.
    """
    with at_one_moment():
        with connection.cursor() as cursor:
            # A large selection takes longer than a page may, and so does packing what came of it, in which
            # nothing is asked: a million claims for minutes.
            cursor.execute("SET LOCAL statement_timeout = '30min'")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '30min'")
            for name in claims.TEMPORARY:
                cursor.execute(f"DROP TABLE IF EXISTS pg_temp.release_{name}")
            chosen, given = claims_in(project, scope).values("pk").query.sql_with_params()
            cursor.execute(claims.CLAIM.format(chosen=chosen), given)
            for statement in claims.SELECTION:
                cursor.execute(statement, {"project": project.pk, "every_mention": every_mention})
            _call_the_anonymous(cursor)
        yield Dataset(project)

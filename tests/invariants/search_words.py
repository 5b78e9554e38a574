"""Attempts to leave the words that are searched behind those they were read from, or to write them oneself.

An act here returns the rule when the words were found to have followed.
"""

from typing import Any

from sources.models import TextWords
from tests.factories import World

from . import rows
from .attempt import Attempt, adding

FOLLOW = "claim_words_follow"
CLAIMS, TEXTS = "annotator_claimwords", "sources_textwords"


def _found(cursor: Any, claim: int, tsquery: str) -> bool:
    cursor.execute(f"SELECT words @@ %s::tsquery FROM {CLAIMS} WHERE claim_id = %s", [tsquery, claim])
    row = cursor.fetchone()
    return row is not None and row[0]


def _following(table: str, trigger: str, why: str, act: Any) -> Attempt:
    def followed(world: World, cursor: Any) -> str:
        return FOLLOW if act(world, cursor) else ""

    return Attempt(why, FOLLOW, (table, trigger), followed)


def _new(world: World, cursor: Any) -> bool:
    return _found(cursor, rows.another(cursor, world, "annotator_claim", paraphrase="An otter"), "'otter':B")


def _paraphrased(world: World, cursor: Any) -> bool:
    claim = world.here.claim.pk
    cursor.execute("UPDATE annotator_claim SET paraphrase = 'An otter' WHERE annotation_id = %s", [claim])
    return _found(cursor, claim, "'otter':B")


def _quoted(world: World, cursor: Any) -> bool:
    claim = world.here.claim
    start = world.here.snapshot.text.index("We found")
    cursor.execute(
        "UPDATE annotator_annotation SET extent = int4multirange(int4range(%s, %s)), quotes = %s,"
        " suffix = '', version = version + 1 WHERE id = %s",
        [start, start + 8, ["We found"], claim.pk],
    )
    return not _found(cursor, claim.pk, "'crack':A")


def _linked(world: World, cursor: Any) -> bool:
    claim = world.here.claim.pk
    cursor.execute(
        "SELECT project_id, snapshot_id, sentence_id FROM annotator_annotationsentence"
        " WHERE annotation_id = %s",
        [claim],
    )
    link = cursor.fetchone()
    cursor.execute("DELETE FROM annotator_annotationsentence WHERE annotation_id = %s", [claim])
    gone = not _found(cursor, claim, "'brandt':C")
    cursor.execute(
        "INSERT INTO annotator_annotationsentence (annotation_id, project_id, snapshot_id, sentence_id)"
        " VALUES (%s, %s, %s, %s)",
        [claim, *link],
    )
    return gone and _found(cursor, claim, "'brandt':C")


def _recorded(world: World, cursor: Any) -> bool:
    article = world.here.article.pk
    cursor.execute(
        "UPDATE sources_article SET title = 'An otter', published = '1999', published_min = '1999-01-01',"
        " published_max = '1999-12-31', version = version + 1 WHERE id = %s",
        [article],
    )
    cursor.execute(
        f"SELECT count(*) FROM {CLAIMS} WHERE article_id = %s AND published <> '1999-01-01'", [article]
    )
    return cursor.fetchone() == (0,) and _found(cursor, world.here.claim.pk, "'otter':D")


def _captured(world: World, cursor: Any) -> bool:
    text = rows.another(cursor, world, "sources_snapshot")
    cursor.execute(f"SELECT count(*) FROM {TEXTS} WHERE snapshot_id = %s", [text])
    return cursor.fetchone()[0] > 0


def _text(world: World) -> int:
    return TextWords.objects.filter(snapshot=world.here.snapshot).values_list("pk", flat=True)[0]


ATTEMPTS: list[Attempt] = [
    _following("annotator_claim", "claim_words_of_new", "a new claim", _new),
    _following("annotator_claim", "claim_words_of_paraphrases", "another paraphrase", _paraphrased),
    _following("annotator_annotation", "claim_words_of_quotes", "another extent", _quoted),
    _following("annotator_annotationsentence", "claim_words_of_sentences", "a sentence more", _linked),
    _following("annotator_annotationsentence", "claim_words_of_sentences_gone", "a sentence less", _linked),
    _following("sources_article", "claim_words_of_records", "another record", _recorded),
    _following("sources_snapshot", "text_words_kept", "a new text", _captured),
    *(
        adding(rule, table, by="owner", why=rule, **values)
        for rule, table, values in (
            ("annotator_claimwords_pkey", CLAIMS, {"claim_id": lambda w: w.here.claim.pk}),
            ("claim_words_claim_same_project", CLAIMS, {"claim_id": -1}),
            ("claim_words_article_same_project", CLAIMS, {"article_id": lambda w: w.there.article.pk}),
            (
                "claim_words_publication_same_project",
                CLAIMS,
                {"publication_id": lambda w: w.there.article.publication_id},
            ),
            ("sources_textwords_pkey", TEXTS, {"id": _text}),
            ("sources_textwords_part_check", TEXTS, {"part": -1}),
            ("text_words_once", TEXTS, {"part": 0}),
            ("text_words_same_project", TEXTS, {"snapshot_id": lambda w: w.there.snapshot.pk}),
        )
    ),
]

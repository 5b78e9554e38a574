"""Attempts to move an annotation to another text without a record of it, or to record what is not so."""

from typing import Any

from tests.factories import World

from . import rows
from .attempt import Attempt, adding, running

TABLE, ANNOTATION = "annotator_carrying", "annotator_annotation"
TEXT = "Nobody wrote this 🌉."
PLACE = "{[0,6)}"
SETTLED = f"state = 'confirmed', placed = '{PLACE}', version_placed = version + 1"


def _made(**values: Any) -> Any:
    """A carrying of the claim `lone`, and a sentence of the later text for it to stand in."""

    def given(world: World, cursor: Any) -> dict[str, Any]:
        row = rows.another(cursor, world, TABLE, **values)
        cursor.execute(f"SELECT new_snapshot_id, old_snapshot_id FROM {TABLE} WHERE id = %s", [row])
        later, old = cursor.fetchone()
        length = {"snapshot_id": later, "snapshot_length": len(TEXT)}
        span = {"start": 0, "end": len(TEXT)}
        block = rows.another(cursor, world, "sources_block", **length, **span)
        cut = rows.another(cursor, world, "sources_segmentation", snapshot_id=later)
        held = {"segmentation_id": cut, "block_id": block, "number": 1}
        sentence = rows.another(cursor, world, "sources_sentence", **length, **span, **held)
        cursor.execute("UPDATE sources_snapshot SET current_segmentation_id = %s WHERE id = %s", [cut, later])
        return {
            **{"row": row, "later": later, "old": old, "sentence": sentence, "length": len(TEXT)},
            **{"lone": world.here.lone.pk, "place": PLACE, "project": world.here.project.pk},
        }

    return given


LOOSE = "DELETE FROM annotator_annotationsentence WHERE annotation_id = %(lone)s"
MOVE = (
    "UPDATE annotator_annotation SET snapshot_id = %(later)s, snapshot_length = %(length)s,"
    " extent = %(place)s, quotes = ARRAY['Nobody'], prefix = '', suffix = '', sentence_id = %(sentence)s,"
    " version = version + 1 WHERE id = %(lone)s"
)
LINK = (
    "INSERT INTO annotator_annotationsentence (project_id, snapshot_id, annotation_id, sentence_id)"
    " VALUES (%(project)s, %(later)s, %(lone)s, %(sentence)s)"
)
SETTLE = f"UPDATE {TABLE} SET {SETTLED} WHERE id = %(row)s"
NUMBER = (
    "INSERT INTO annotator_quantity (project_id, claim_id, what, qualifier, unit, words)"
    " VALUES (%(project)s, %(lone)s, 'lorries', 'about', '', 'Eighteen')"
)
PARTY = (
    "INSERT INTO annotator_party (project_id, claim_id, position, words)"
    " SELECT %(project)s, %(lone)s, 0, 'Velm'"
)
COLUMNS = (
    "project_id, annotation_key, unit, old_snapshot_id, new_snapshot_id, extent, quotes, version, found,"
    " score, reason, print_only, places, state, same_words, taken_off"
)
NEVER = "carrying_of_what_stands"
STAYS = "annotation_stays_in_its_text"


def _moved(rule: str, *statements: str, table: str, holder: str = "", why: str) -> Attempt:
    return running(rule, table, *statements, given=_made(), holder=holder, why=why)


def _forged(world: World, cursor: Any) -> str:
    """The stamp is the database's: whatever somebody writes there."""
    row = rows.another(cursor, world, TABLE, settled_in="forged")
    cursor.execute(f"SELECT settled_in FROM {TABLE} WHERE id = %s", [row])
    return "carrying_stamped" if cursor.fetchone()[0] != "forged" else ""


def _with_a_hedge(world: World, cursor: Any) -> dict[str, Any]:
    """A hedge stands with the claim that is to move."""
    given = _made()(world, cursor)
    rows.another(
        cursor,
        world,
        "annotator_supportingspan",
        kind="hedge",
        claim_id=given["lone"],
        whose="speaker",
        **dict.fromkeys(("link_id", "source_id", "party_id", "actor_id", "event_id")),
    )
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    return given


def _elsewhere(world: World, cursor: Any) -> dict[str, Any]:
    """A mention of the same actor in another text."""
    here = world.here
    mention = rows.another(cursor, world, "annotator_actormention", snapshot=here.second_snapshot)
    return {"mention": mention, "source": here.source.pk, "party": here.party.pk}


def _named(table: str, more: str = "") -> str:
    actor = "(SELECT actor_id FROM annotator_actormention WHERE annotation_id = %(mention)s)"
    which = "source" if table.endswith("source") else "party"
    return f"UPDATE {table} SET mention_id = %(mention)s, actor_id = {actor}{more} WHERE id = %({which})s"


ATTEMPTS: list[Attempt] = [
    running(
        "claim_moves_whole",
        ANNOTATION,
        *(SETTLE, LOOSE, MOVE, LINK),
        given=_with_a_hedge,
        why="leaves its hedge behind",
    ),
    running(
        "source_in_text_of_claim",
        "annotator_attributionsource",
        _named("annotator_attributionsource"),
        given=_elsewhere,
        why="read from another text",
    ),
    running(
        "party_in_text_of_claim",
        "annotator_party",
        _named("annotator_party"),
        given=_elsewhere,
        why="named in another text",
    ),
    adding(
        "support_in_text_of_claim",
        "annotator_supportingspan",
        snapshot=lambda w: w.here.second_snapshot,
        kind="time",
        link_id=lambda w: w.here.attribution.pk,
        **dict.fromkeys(("claim_id", "source_id", "party_id", "actor_id", "event_id")),
        why="words of another text",
    ),
    adding("carrying_found_known", TABLE, found="lost"),
    adding("carrying_state_known", TABLE, state="lost"),
    adding("carrying_placed_somewhere", TABLE, state="confirmed", why="confirmed, and nowhere"),
    adding("carrying_placed_somewhere", TABLE, placed=PLACE, version_placed=2, why="waiting, and somewhere"),
    adding("annotator_carrying_by_id_d0a5793d_fk_sources_user_id", TABLE, by_id=-1),
    adding("carrying_old_same_project", TABLE, old_snapshot_id=lambda w: w.there.snapshot.pk),
    adding("carrying_new_same_project", TABLE, new_snapshot_id=lambda w: w.there.snapshot.pk),
    adding(NEVER, TABLE, annotation_key=lambda w: w.there.lone.pk, why="another project's"),
    adding(NEVER, TABLE, annotation_key=-1, why="of nothing"),
    adding(NEVER, TABLE, extent="{[0,3)}", why="where it does not stand"),
    adding(NEVER, TABLE, quotes=["Other"], why="of other words"),
    adding(NEVER, TABLE, version=9, why="of another version"),
    adding(NEVER, TABLE, new_snapshot_id=lambda w: w.here.second_snapshot.pk, why="to another article"),
    adding(NEVER, TABLE, new_snapshot_id=lambda w: w.here.snapshot.pk, why="to no later text"),
    running(
        "carrying_pending_once",
        TABLE,
        f"INSERT INTO {TABLE} ({COLUMNS}) SELECT {COLUMNS} FROM {TABLE} WHERE id = %(row)s",
        given=_made(),
        why="waits twice",
    ),
    Attempt("a forged stamp", "carrying_stamped", (TABLE, "carrying_stamped"), _forged),
    *(
        running(
            "carrying_only_settled",
            TABLE,
            f"UPDATE {TABLE} SET {change} WHERE id = %(row)s",
            given=_made(**values),
            by="owner",
            why=change,
        )
        for change, values in (
            ("reason = 'X2'", {}),
            ("proposed = '{[0,3)}'", {}),
            ("found = 'exact', score = 1", {}),
            ("state = 'waiting'", {"state": "replaced"}),
        )
    ),
    running("carrying_kept", TABLE, f"DELETE FROM {TABLE} WHERE id = %(row)s", given=_made(), by="owner"),
    _moved(STAYS, LOOSE, MOVE, LINK, table=ANNOTATION, why="moves with nothing settled"),
    _moved(
        STAYS,
        SETTLE,
        LOOSE,
        MOVE.replace("%(place)s", "'{[0,5)}'").replace("Nobody", "Nobod"),
        LINK,
        table=ANNOTATION,
        why="moves elsewhere than was settled",
    ),
    _moved("carrying_done_as_recorded", SETTLE, table=TABLE, why="settled, and stays where it was"),
    _moved(
        "quantity_words_stand",
        NUMBER,
        SETTLE,
        LOOSE,
        MOVE,
        LINK,
        table=ANNOTATION,
        holder="words_come_along",
        why="leaves the words of its number behind",
    ),
    _moved(
        "party_words_stand",
        PARTY,
        SETTLE,
        LOOSE,
        MOVE,
        LINK,
        table=ANNOTATION,
        holder="words_come_along",
        why="leaves the words for whom it is of behind",
    ),
]

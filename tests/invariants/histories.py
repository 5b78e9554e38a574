"""Changes that must be found in the history, and attempts to get round it.

An act here returns the rule when the change was recorded with its user, act, before and after.
"""

from typing import Any

from tests.factories import World

from . import rows
from .attempt import Attempt, running

SEEN = "history_sees_every_change"
CHANGE = "sources_change"

# Table -> what is changed in one row of it; `version` where the row counts its own.
RECORDED: dict[str, str] = {
    "sources_project": "name = 'X2'",
    "sources_membership": "role = 'annotator'",
    "sources_invitation": "revoked_at = now(), revoked_by_id = made_by_id",
    "sources_acceptance": "at = now() - interval '1 day'",
    "sources_publication": "name = 'X2', version = version + 1",
    "sources_article": "title = 'X2', version = version + 1",
    "sources_intake": "expected = 7",
    "sources_columnmapping": "meaning = '[]', version = version + 1",
    "sources_block": "reason = 'X2', version = version + 1",
    "annotator_code": "name = 'X2', version = version + 1",
    "annotator_codemerge": "undone_at = now()",
    "annotator_annotation": "origin_detail = 'X2', version = version + 1",
    "annotator_supportingspan": "event_id = NULL, claim_id = %(lone)s",
    "annotator_actor": "note = 'X2', version = version + 1",
    "annotator_actoralias": "language = 'ar'",
    "annotator_actoridentifier": "value = 'X2'",
    "annotator_affiliation": "role = 'X2'",
    "annotator_actormerge": "reason = 'X2'",
    "annotator_actorresolution": "undone_at = now()",
    "annotator_actorcomparison": "note = 'X2'",
    "annotator_actormention": "actor_id = %(office)s",
    "annotator_claim": "paraphrase = 'X2'",
    "annotator_claimtopic": "claim_id = %(lone)s",
    "annotator_position": "stand = 'against'",
    "annotator_quantity": "unit = 'X2'",
    "annotator_attribution": "act = 'wants'",
    "annotator_attributionsource": "role_at_time = 'X2'",
    "annotator_party": "words = 'Velm'",
    "annotator_event": "note = 'X2', version = version + 1",
    "annotator_eventmention": "event_id = %(event)s",
    "annotator_eventparticipant": "part = 'X2'",
    "annotator_eventmerge": "undone_at = now()",
    "annotator_eventcomparison": "note = 'X2'",
    "annotator_claimrelation": "note = 'X2'",
    "annotator_review": "reason = 'X2'",
    "annotator_release": "title = 'X2'",
    "annotator_watchterm": "note = 'X2', version = version + 1",
    "annotator_savedsearch": "name = 'X2', version = version + 1",
    "annotator_discussion": "state = 'resolved', turned_at = now(), turned_by_id = opened_by_id",
    "annotator_comment": "text = 'X2', version = version + 1",
    "annotator_commentmention": "user_id = (SELECT m.user_id FROM sources_membership m"
    " WHERE m.project_id = annotator_commentmention.project_id"
    " AND m.user_id <> annotator_commentmention.user_id LIMIT 1)",
    "annotator_batch": "deed = 'X2'",
    "annotator_toldapart": "at = now() - interval '1 day'",
    "annotator_batchrow": "undone_at = now(), version_undone = 3",
    "sources_likelyreprint": "kind = 'same_article', version = version + 1",
    "annotator_carrying": "state = 'left'",
}

# Tables of a project whose changes are not in the history, and why.
NOT_RECORDED = {
    "sources_change": "the history itself",
    "sources_snapshot": "immutable: the row is its own history, but for the segmentation it points to",
    "sources_capture": "immutable: the row is its own history",
    "sources_segmentation": "immutable: the row is its own history",
    "sources_intakeitem": "immutable: the row is its own history",
    "sources_sentence": "immutable: the row is its own history",
    "annotator_codebookversion": "immutable: the row is its own history",
    "sources_textwords": "follows from the text",
    "sources_fingerprint": "follows from the text and the judgement of its blocks, which is recorded",
    "sources_articleaddress": "follows from the record, which is recorded",
    "annotator_claimwords": "follows from claim, text and record, which are recorded",
    **dict.fromkeys(
        ("annotator_heardmark", "annotator_heardin", "annotator_heard", "annotator_workin"),
        "follows from claims, their links, actors and records, which are recorded",
    ),
    "annotator_annotationsentence": "follows from the extent, which is recorded",
}

# What keeps the owner from changing such a row, taken out of the way so that the history can be seen.
IN_THE_WAY = {
    "sources_acceptance": "acceptance_kept",
    "annotator_review": "review_immutable",
    "annotator_actormerge": "merge_only_undone",
    "annotator_batch": "batch_kept",
    "annotator_toldapart": "told_apart_as_it_was_said",
}


def _row(cursor: Any, table: str, pk: int) -> dict[str, Any] | None:
    cursor.execute(f"SELECT to_jsonb(t) FROM {table} t WHERE {rows.key(table)} = %s", [pk])
    found = cursor.fetchone()
    return found[0] if found else None


def _recorded(cursor: Any, world: World, table: str, pk: int, expected: tuple[Any, ...]) -> str:
    """SEEN if this transaction's newest change of the row says who, in which act, what, from what to what."""
    cursor.execute(
        "SELECT user_id, request, operation, before, after FROM sources_change"
        ' WHERE "table" = %s AND row_id = %s'
        " AND transaction = txid_current() ORDER BY id DESC LIMIT 1",
        [table, pk],
    )
    return SEEN if cursor.fetchone() == (world.manager.pk, "try", *expected) else ""


def _fresh(cursor: Any, world: World, table: str, bare: bool = False) -> int:
    alone = {"linked": (), "owned": False} if bare and table == "annotator_annotation" else {}
    return rows.another(cursor, world, table, **alone)


def _inserted(table: str) -> Attempt:
    def act(world: World, cursor: Any) -> str:
        pk = _fresh(cursor, world, table)
        return _recorded(cursor, world, table, pk, ("INSERT", None, _row(cursor, table, pk)))

    return Attempt("a new row", SEEN, (table, "history_insert"), act)


def _updated(table: str, change: str) -> Attempt:
    def act(world: World, cursor: Any) -> str:
        pk = _fresh(cursor, world, table)
        before = _row(cursor, table, pk)
        if table in IN_THE_WAY:
            cursor.execute(f"DROP TRIGGER {IN_THE_WAY[table]} ON {table}")
        given = {"office": world.here.office.pk, "lone": world.here.lone.pk, "row": pk}
        given["event"] = rows.another(cursor, world, "annotator_event")
        cursor.execute(f"UPDATE {table} SET {change} WHERE {rows.key(table)} = %(row)s", given)
        after = _row(cursor, table, pk)
        return _recorded(cursor, world, table, pk, ("UPDATE", before, after))

    return Attempt("a changed row", SEEN, (table, "history_update"), act, "owner")


def _deleted(table: str) -> Attempt:
    """As purging does it, since most rows can be deleted in no other way."""

    def act(world: World, cursor: Any) -> str:
        pk = _fresh(cursor, world, table, bare=True)
        before = _row(cursor, table, pk)
        purged = pk if table == "sources_project" else world.here.project.pk
        cursor.execute("SELECT set_config('sourceline.purge', %s, true)", [str(purged)])
        if table == "annotator_claim":
            cursor.execute("DELETE FROM annotator_claimwords WHERE claim_id = %s", [pk])
        cursor.execute(f"DELETE FROM {table} WHERE {rows.key(table)} = %s", [pk])
        assert _row(cursor, table, pk) is None
        return _recorded(cursor, world, table, pk, ("DELETE", before, None))

    return Attempt("a deleted row", SEEN, (table, "history_delete"), act, "owner")


def _truncated(table: str, rule: str, holder: str) -> Attempt:
    return running(rule, table, f"TRUNCATE {table} CASCADE", holder=holder, by="owner")


WRITTEN: list[Attempt] = [
    *(_inserted(table) for table in RECORDED),
    *(_updated(table, change) for table, change in RECORDED.items()),
    *(_deleted(table) for table in RECORDED),
    *(_truncated(table, SEEN, "history_truncate") for table in RECORDED),
    *(
        _truncated(table, rule, f"{rule}_truncate")
        for table, rule in (
            ("sources_snapshot", "snapshot_kept"),
            ("sources_capture", "capture_immutable"),
            ("sources_segmentation", "segmentation_immutable"),
            ("sources_sentence", "sentence_immutable"),
            ("sources_change", "history_append_only"),
            ("annotator_codebookversion", "codebook_version_immutable"),
            ("annotator_annotationsentence", "annotation_sentences_kept"),
        )
    ),
]


def _owner(statement: str) -> Attempt:
    return running("history_append_only", CHANGE, statement, by="owner")


APPENDED: list[Attempt] = [
    _owner("UPDATE sources_change SET user_id = NULL"),
    _owner(
        "UPDATE sources_change SET at = at - interval '1 day' WHERE id = (SELECT max(id) FROM sources_change)"
    ),
    _owner("DELETE FROM sources_change WHERE id = (SELECT max(id) FROM sources_change)"),
]
ATTEMPTS = WRITTEN + APPENDED

"""Attempts to undo or move judgements behind everybody's back, and to write or lose history."""

from typing import Any

from tests.factories import World

from . import rows
from .attempt import Attempt, adding, running

READY = {"state": "ready", "sha256": "0" * 64, "file_name": "first.zip", "size": 1}
ANONYMOUS = "anonymous_actor_stays_in_its_article"


def _row(table: str, **values: Any) -> Any:
    def given(world: World, cursor: Any) -> dict[str, Any]:
        found = {"row": rows.another(cursor, world, table, **values)}
        return found | {
            name: getattr(world.here, name).pk for name in ("lone", "claim", "anonymous", "office")
        }

    return given


def _version(table: str) -> Attempt:
    noun = table.partition("_")[2]
    return running(
        f"{noun}_version_counts_up",
        table,
        f"UPDATE {table} SET version = version WHERE id = %(row)s",
        given=_row(table),
        why="the same version again",
    )


def _deleted(rule: str, table: str) -> Attempt:
    statement = f"DELETE FROM {table} WHERE id = %(row)s"
    return running(rule, table, statement, given=_row(table), by="owner")


def _claim_and_words_deleted() -> Attempt:
    tables = (
        "annotator_claimwords",
        "annotator_claim",
        "annotator_annotationsentence",
        "annotator_annotation",
    )
    keys = ("claim_id", "annotation_id", "annotation_id", "id")
    return running(
        "claim_withdrawn_not_deleted",
        "annotator_claim",
        *(f"DELETE FROM {t} WHERE {k} = %(row)s" for t, k in zip(tables, keys, strict=True)),
        given=_row("annotator_claim"),
        by="owner",
    )


def _changed(rule: str, table: str, change: str, by: str = "app", **values: Any) -> Attempt:
    statement = f"UPDATE {table} SET {change} WHERE {rows.key(table)} = %(row)s"
    return running(rule, table, statement, given=_row(table, **values), by=by, why=change)


KEPT: list[Attempt] = [
    *(
        _version(table)
        for table in (
            "sources_article",
            "sources_block",
            "annotator_annotation",
            "annotator_actor",
            "annotator_event",
            "annotator_code",
        )
    ),
    _changed("annotation_version_counts_up", "annotator_annotation", "version = version + 2"),
    _deleted("article_kept", "sources_article"),
    _deleted("project_purged_only", "sources_project"),
    _deleted("actor_kept", "annotator_actor"),
    _deleted("event_kept", "annotator_event"),
    _deleted("code_retired_not_deleted", "annotator_code"),
    _deleted("code_merge_kept", "annotator_codemerge"),
    _changed("code_merge_undone_once", "annotator_codemerge", "undone_at = NULL", undone_at="now"),
    _changed("code_merge_undone_once", "annotator_codemerge", "moved = '[]'", by="owner"),
    _deleted("codebook_version_immutable", "annotator_codebookversion"),
    _deleted("review_immutable", "annotator_review"),
    _claim_and_words_deleted(),
    _changed("code_key_immutable", "annotator_code", "key = 'other', version = version + 1"),
    _changed("code_key_immutable", "annotator_code", "facet = 'event_type', version = version + 1"),
    _changed("codebook_version_immutable", "annotator_codebookversion", "content = '[]'", by="owner"),
    _changed("review_immutable", "annotator_review", "decision = 'reopened'", by="owner"),
    _changed("review_immutable", "annotator_review", "claim_version = 7", by="owner"),
    *(
        _changed(rule, "annotator_annotation", f"{change}, version = version + 1")
        for rule, change in (
            ("annotation_stays_itself", "uuid = gen_random_uuid()"),
            ("annotation_stays_itself", "kind = 'claim'"),
            ("annotation_stays_itself", "project_id = 0"),
            ("annotation_stays_in_its_text", "snapshot_id = snapshot_id + 1"),
        )
    ),
    _changed("claim_stays_with_its_annotation", "annotator_claim", "uuid = gen_random_uuid()"),
    _changed("claim_stays_with_its_annotation", "annotator_claim", "annotation_id = %(lone)s"),
    _changed("party_stays_where_it_is", "annotator_party", "attribution_id = NULL, claim_id = %(lone)s"),
    _changed("attribution_stays_with_its_claim", "annotator_attribution", "claim_id = %(claim)s, chain = 7"),
    *(
        _changed("release_ready_frozen", "annotator_release", change, **READY)
        for change in ("title = 'other'", "state = 'queued'", "sha256 = 'other'")
    ),
    running(
        "release_ready_frozen",
        "annotator_release",
        *[
            "UPDATE annotator_release SET downloaded_at = now(), downloaded_by_id = created_by_id"
            " WHERE id = %(row)s"
        ]
        * 2,
        given=lambda w, c: _row("annotator_release", **READY, ready_at="now", created_by_id=w.manager.pk)(
            w, c
        ),
        why="downloaded once more",
    ),
    _changed("project_archived_now", "sources_project", "archived_at = now() - interval '31 days'"),
]


def _moved(rule: str, table: str, change: str, where: str) -> Attempt:
    """A row of the second article, true so far, that now names the anonymous actor of the first."""

    def act(world: World, cursor: Any) -> None:
        pk = WHERE[where](cursor, world, world.here.actor.pk)
        cursor.execute(
            f"UPDATE {table} SET {change} WHERE {rows.key(table)} = %s",
            [world.here.anonymous.pk, pk],
        )

    return Attempt(f"{change} later", rule, (table, "anonymous_stays_update"), act)


def _mention(cursor: Any, world: World, actor: int) -> int:
    return rows.another(
        cursor, world, "annotator_actormention", snapshot=world.here.second_snapshot, actor_id=actor
    )


def _reason(cursor: Any, world: World, actor: int) -> int:
    return rows.another(
        cursor,
        world,
        "annotator_supportingspan",
        kind="reason",
        snapshot=world.here.second_snapshot,
        event_id=None,
        actor_id=actor,
    )


def _source(cursor: Any, world: World, actor: int) -> int:
    link = rows.another(cursor, world, "annotator_attribution", claim_id=world.here.second_claim.pk)
    return rows.another(cursor, world, "annotator_attributionsource", attribution_id=link, actor_id=actor)


def _addressed(cursor: Any, world: World, actor: int) -> int:
    link = rows.another(cursor, world, "annotator_attribution", claim_id=world.here.second_claim.pk)
    return rows.another(cursor, world, "annotator_party", attribution_id=link, actor_id=actor)


def _meant(cursor: Any, world: World, actor: int) -> int:
    claim = world.here.second_claim.pk
    return rows.another(cursor, world, "annotator_party", attribution_id=None, claim_id=claim, actor_id=actor)


WHERE = {"mention": _mention, "reason": _reason, "source": _source, "addressed": _addressed, "meant": _meant}
USES = [
    ("annotator_actormention", "actor_id = %s", "mention"),
    ("annotator_supportingspan", "actor_id = %s", "reason"),
    ("annotator_attributionsource", "actor_id = %s", "source"),
    ("annotator_party", "actor_id = %s", "addressed"),
    ("annotator_party", "actor_id = %s", "meant"),
]


def _strayed(table: str, where: str) -> Attempt:
    def act(world: World, cursor: Any) -> None:
        WHERE[where](cursor, world, world.here.anonymous.pk)

    return Attempt(f"anonymous {where} elsewhere", ANONYMOUS, (table, "anonymous_stays_insert"), act)


def _became_anonymous(where: str) -> Attempt:
    """A named actor of the second article made an anonymous one of the first."""

    def act(world: World, cursor: Any) -> None:
        pk = rows.another(cursor, world, "annotator_actor")
        WHERE[where](cursor, world, pk)
        cursor.execute(
            "UPDATE annotator_actor SET naming = 'anonymous', article_id = %s, version = version + 1"
            " WHERE id = %s",
            [world.here.article.pk, pk],
        )

    return Attempt(
        f"became anonymous elsewhere, {where}", ANONYMOUS, ("annotator_actor", "anonymous_stays_update"), act
    )


SCOPED: list[Attempt] = [
    *(_strayed(table, where) for table, _, where in USES),
    *(_moved(ANONYMOUS, table, change, where) for table, change, where in USES),
    *(_became_anonymous(where) for where in WHERE),
]


def _merged_without_record(world: World, cursor: Any) -> None:
    _point(cursor, rows.agency(world), world.here.office.pk)


def _recorded_without_merging(world: World, cursor: Any) -> None:
    rows.another(cursor, world, "annotator_actormerge", undone_at=None)


def _point(cursor: Any, actor: int, survivor: int | None) -> None:
    cursor.execute(
        "UPDATE annotator_actor SET merged_into_id = %s, version = version + 1 WHERE id = %s",
        [survivor, actor],
    )


def _merged_truly(world: World, cursor: Any, merged: int, survivor: int) -> int:
    """By record and pointer."""
    _point(cursor, merged, survivor)
    values = {"merged_id": merged, "survivor_id": survivor, "undone_at": None}
    return rows.another(cursor, world, "annotator_actormerge", **values)


def _undone_without_unmerging(world: World, cursor: Any) -> None:
    pk = _merged_truly(world, cursor, rows.agency(world), world.here.office.pk)
    cursor.execute("UPDATE annotator_actormerge SET undone_at = now() WHERE id = %s", [pk])


def _chain(world: World, cursor: Any) -> None:
    """B into C, then A into B as if B were still somebody."""
    _merged_truly(world, cursor, world.here.office.pk, world.here.actor.pk)
    _merged_truly(world, cursor, rows.agency(world), world.here.office.pk)


def _circle(world: World, cursor: Any) -> None:
    _merged_truly(world, cursor, world.here.office.pk, world.here.actor.pk)
    _merged_truly(world, cursor, world.here.actor.pk, world.here.office.pk)


def _circle_of_records(world: World, cursor: Any) -> None:
    """Three merged into each other in a ring, all of them shown as a fourth."""
    ring = [rows.another(cursor, world, "annotator_actor") for _ in range(3)]
    for one, other in zip(ring, (*ring[1:], ring[0]), strict=True):
        _point(cursor, one, world.here.actor.pk)
        values = {"merged_id": one, "survivor_id": other, "undone_at": None}
        rows.another(cursor, world, "annotator_actormerge", **values)


def _anonymous_merged(world: World, cursor: Any) -> None:
    _merged_truly(world, cursor, world.here.anonymous.pk, world.here.office.pk)


def _into_anonymous(world: World, cursor: Any) -> None:
    _merged_truly(world, cursor, rows.agency(world), world.here.anonymous.pk)


def _part_circle(world: World, cursor: Any) -> None:
    ends = (world.here.office.pk, world.here.actor.pk, rows.agency(world))
    for one, other in zip(ends, (*ends[1:], ends[0]), strict=True):
        rows.another(cursor, world, "annotator_affiliation", actor_id=one, organisation_id=other)


def _named_after_resolution(world: World, cursor: Any) -> None:
    rows.another(cursor, world, "annotator_actorresolution")
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    cursor.execute(
        "UPDATE annotator_actor SET naming = 'named', version = version + 1 WHERE id = %s",
        [world.here.anonymous.pk],
    )


def _held(rule: str, table: str, holder: str, act: Any) -> Attempt:
    return Attempt(act.__name__, rule, (table, holder), act)


RECORDED, ACTOR, MERGE = "actor_merge_recorded", "annotator_actor", "annotator_actormerge"
RESOLUTION, RESOLVED = "annotator_actorresolution", "resolution_of_an_anonymous"
IDENTITIES: list[Attempt] = [
    _held(RECORDED, ACTOR, "merges_agree", _merged_without_record),
    _held(RECORDED, MERGE, "merges_agree", _recorded_without_merging),
    _held(RECORDED, MERGE, "merges_agree", _undone_without_unmerging),
    _held("actor_merged_into_survivor", ACTOR, "actor_merged_into_survivor", _chain),
    _held("actor_merged_into_survivor", ACTOR, "actor_merged_into_survivor", _circle),
    _held("merges_go_in_no_circle", MERGE, "merges_agree", _circle_of_records),
    _held("actor_anonymous_not_merged", ACTOR, "actor_anonymous_not_merged", _anonymous_merged),
    _held("nobody_merged_into_anonymous", ACTOR, "merges_agree", _into_anonymous),
    _held(
        "affiliation_goes_in_no_circle",
        "annotator_affiliation",
        "affiliation_goes_in_no_circle",
        _part_circle,
    ),
    _held(RESOLVED, ACTOR, "resolutions_agree", _named_after_resolution),
    running(
        RESOLVED,
        RESOLUTION,
        f"UPDATE {RESOLUTION} SET id = id WHERE id = %(row)s",
        holder="resolutions_agree",
        by="owner",
        why="resolving one who is named",
        given=lambda world, cursor: {
            "row": rows.another(cursor, world, RESOLUTION, anonymous_id=world.here.office.pk)
        },
    ),
    *(
        _changed("merge_only_undone", MERGE, change, by="owner")
        for change in ("undone_at = NULL", "reason = 'other'", "at = now() - interval '1 day'")
    ),
    *(
        _changed("resolution_only_undone", RESOLUTION, change, by="owner")
        for change in ("evidence = 'other'", "named_id = %(office)s")
    ),
    _deleted("merge_kept", MERGE),
    _deleted("resolution_kept", RESOLUTION),
]
DOWNLOADS: list[Attempt] = [
    adding("release_downloaded_by_somebody", "annotator_release", downloaded_by_id=lambda w: w.manager.pk),
    *(
        adding(
            "release_downloaded_when_ready",
            "annotator_release",
            why=why,
            downloaded_at="2026-01-01",
            downloaded_by_id=lambda w: w.manager.pk,
            **state,
        )
        for why, state in (
            ("downloaded before there was a file", {"ready_at": "2025-12-31"}),
            ("downloaded before it was ready", READY | {"ready_at": "2026-01-02"}),
            ("downloaded and nobody knows when it was ready", READY),
        )
    ),
]
ATTEMPTS = KEPT + SCOPED + IDENTITIES + DOWNLOADS

"""Rows by raw SQL: for each table one more true row, any of whose columns an attempt may falsify."""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import uuid4

from psycopg.types.json import Jsonb

from annotator.models import Actor, Code
from sources.models import Block, Segmentation, Sentence, Snapshot
from tests.factories import Side, World

Cursor = Any  # Django's, over psycopg's
FILLERS: dict[str, Callable[[], Any]] = {
    "text": str,
    "character varying": str,
    "boolean": bool,
    "integer": lambda: 1,
    "smallint": lambda: 1,
    "bigint": lambda: 1,
    "uuid": lambda: str(uuid4()),
    "jsonb": lambda: Jsonb({}),
    "ARRAY": lambda: "{}",
    "timestamp with time zone": lambda: "now",
    "double precision": lambda: 0.5,
}
OWNERS = {"claim": "annotator_claim", "actor": "annotator_actormention", "event": "annotator_eventmention"}
KEYS = {"annotator_claimwords": "claim_id", "sources_host": "name", "sources_siterules": "site"}
OWNER_KINDS = {table: kind for kind, table in OWNERS.items()} | {"annotator_supportingspan": "time"}
_needed: dict[str, dict[str, str]] = {}


def insert(cursor: Cursor, table: str, /, **values: Any) -> int:
    """Insert the row, filling columns that need a value and got none; its primary key."""
    filled = {c: FILLERS[kind]() for c, kind in needed_columns(cursor, table).items() if c not in values}
    filled |= values
    names = ", ".join(f'"{name}"' for name in filled)
    marks = ", ".join(["%s"] * len(filled))
    cursor.execute(
        f'INSERT INTO "{table}" ({names}) VALUES ({marks}) RETURNING {key(table)}', list(filled.values())
    )
    return cursor.fetchone()[0]


def key(table: str) -> str:
    return "annotation_id" if table in OWNER_KINDS else KEYS.get(table, "id")


def needed_columns(cursor: Cursor, table: str) -> dict[str, str]:
    if table not in _needed:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s"
            " AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'"
            " AND is_generated = 'NEVER'",
            [table],
        )
        _needed[table] = dict(cursor.fetchall())
    return _needed[table]


def existing(cursor: Cursor, table: str, column: str) -> Any:
    cursor.execute(f'SELECT "{column}" FROM "{table}" ORDER BY {key(table)} LIMIT 1')
    return cursor.fetchone()[0]


def code(side: Side, facet: str) -> int:
    return (
        Code.objects.filter(project=side.project, facet=facet).order_by("pk").values_list("pk", flat=True)[0]
    )


def sentence(snapshot: Snapshot, number: int) -> Sentence:
    return Sentence.objects.get(segmentation=snapshot.current_segmentation_id, number=number)


def slice_of(snapshot: Snapshot, start: int, end: int) -> dict[str, Any]:
    return {"extent": f"{{[{start},{end})}}", "quotes": [snapshot.text[start:end]]}


def annotation(
    cursor: Cursor,
    side: Side,
    kind: str = "event",
    *,
    snapshot: Snapshot | None = None,
    linked: tuple[int, ...] = (1,),
    owned: bool = True,
    **values: Any,
) -> int:
    """An annotation of the first four characters (in sentence 1), unless `values` say otherwise."""
    snapshot = snapshot or side.snapshot
    row = {
        "project_id": side.project.pk,
        "snapshot_id": snapshot.pk,
        "snapshot_length": len(snapshot.text),
        "kind": kind,
        **slice_of(snapshot, 0, 4),
        "sentence_id": sentence(snapshot, 1).pk,
        "origin": "human",
        **values,
    }
    pk = insert(cursor, "annotator_annotation", **row)
    for number in linked:
        link(cursor, side, pk, snapshot, sentence_id=sentence(snapshot, number).pk)
    if owned:
        table = OWNERS.get(kind, "annotator_supportingspan")
        insert(cursor, table, **owner_row(side, table), annotation_id=pk)
    return pk


def link(cursor: Cursor, side: Side, annotation_id: int, snapshot: Snapshot, **values: Any) -> int:
    row = {
        "annotation_id": annotation_id,
        "project_id": side.project.pk,
        "snapshot_id": snapshot.pk,
        **values,
    }
    return insert(cursor, "annotator_annotationsentence", **row)


def owner_row(side: Side, table: str) -> dict[str, Any]:
    project = {"project_id": side.project.pk}
    if table == "annotator_claim":
        return project | {
            "type_id": code(side, "claim_type"),
            "quotation_type": "direct",
            "polarity": "asserted",
            "voice": "unknown",
            "basis": "textual",
            "polarity_basis": "textual",
            "said_on_basis": "textual",
            "period_basis": "textual",
            "status": "draft",
            "codebook_version": 1,
        }
    if table == "annotator_actormention":
        return project | {"actor_id": side.actor.pk}
    if table == "annotator_eventmention":
        return project | {"event_id": side.event.pk, "factuality": "happened"}
    return project | {"event_id": side.event.pk}


def another(cursor: Cursor, world: World, table: str, /, **values: Any) -> int:
    """One more row in `table`, true but for `values`; its primary key."""
    side: Side = values.pop("side", world.here)
    if table == "annotator_annotation":
        return annotation(cursor, side, **values)
    if table in OWNER_KINDS and "annotation_id" not in values:
        kind = values.pop("kind", OWNER_KINDS[table])
        snapshot = values.pop("snapshot", None)
        values["annotation_id"] = annotation(cursor, side, kind, snapshot=snapshot, owned=False)
    if table in OWNER_KINDS:
        row = owner_row(side, table)
    elif table in TEXT_ROWS:
        row = TEXT_ROWS[table](cursor, world, side)
    else:
        row = WORD_ROWS[table](world, side)
    if "project_id" in columns_of(table):
        row = {"project_id": side.project.pk, **row}
    pk = insert(cursor, table, **(row | values))
    if table == "annotator_eventmerge" and not {"undone_at", "merged_id"} & set(values):
        cursor.execute(
            "UPDATE annotator_event SET merged_into_id = %s, version = version + 1 WHERE id = %s",
            [row["survivor_id"], row["merged_id"]],
        )
    return pk


@cache
def columns_of(table: str) -> frozenset[str]:
    from django.apps import apps

    model = next(m for m in apps.get_models() if m._meta.db_table == table)
    return frozenset(f.column for f in model._meta.concrete_fields)


def _of_text(snapshot: Snapshot) -> dict[str, Any]:
    return {"snapshot_id": snapshot.pk, "snapshot_length": len(snapshot.text)}


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def gap(snapshot: Snapshot) -> dict[str, int]:
    """The blank between the first two blocks, where no block and no sentence lies."""
    start = snapshot.text.index("\n\n")
    return {"start": start, "end": start + 1}


def _snapshot(cursor: Cursor, world: World, side: Side) -> dict[str, Any]:
    text = "Nobody wrote this 🌉."
    return {
        "article_id": side.article.pk,
        "number": 7,
        "text": text,
        "sha256": digest(text),
    }


def _capture(cursor: Cursor, world: World, side: Side) -> dict[str, Any]:
    bare = another(cursor, world, "sources_snapshot", side=side)
    return {"snapshot_id": bare, "raw": b"raw", "sha256": sha256(b"raw").hexdigest()}


def _sentence(cursor: Cursor, world: World, side: Side) -> dict[str, Any]:
    cut = another(cursor, world, "sources_segmentation", side=side)
    block = Block.objects.filter(snapshot=side.snapshot).order_by("pk")[0]
    return {**_of_text(side.snapshot), "segmentation_id": cut, "block_id": block.pk, "start": 0, "end": 5}


def _block(cursor: Cursor, world: World, side: Side) -> dict[str, Any]:
    return {**_of_text(side.snapshot), **gap(side.snapshot), "position": 99, "role": "paragraph"}


def _segmentation(cursor: Cursor, world: World, side: Side) -> dict[str, Any]:
    version = f"v{Segmentation.objects.count()}"
    return {"snapshot_id": side.snapshot.pk, "segmenter": "another", "segmenter_version": version}


def _link(cursor: Cursor, world: World, side: Side) -> dict[str, Any]:
    """The second sentence of an annotation that touches two and is linked to one."""
    first, third = sentence(side.snapshot, 1), sentence(side.snapshot, 3)
    text = side.snapshot.text
    pk = annotation(
        cursor,
        side,
        extent=f"{{[0,4),[{third.start},{third.start + 3})}}",
        quotes=[text[0:4], text[third.start : third.start + 3]],
        sentence_id=first.pk,
    )
    return {"annotation_id": pk, "snapshot_id": side.snapshot.pk, "sentence_id": third.pk}


def _event_merge(cursor: Cursor, world: World, side: Side) -> dict[str, Any]:
    """Another event is merged into the side's; a merge that was undone leaves it as it was."""
    merged = another(cursor, world, "annotator_event", side=side)
    return {"merged_id": merged, "survivor_id": side.event.pk}


def _event_comparison(cursor: Cursor, world: World, side: Side) -> dict[str, Any]:
    younger = another(cursor, world, "annotator_event", side=side)
    return {"one_id": side.event.pk, "other_id": younger, "sameness": "different"}


def _claim_words(cursor: Cursor, world: World, side: Side) -> dict[str, Any]:
    """Of a claim whose own are taken away first, which the owner alone can."""
    cursor.execute("DELETE FROM annotator_claimwords WHERE claim_id = %s", [side.lone.pk])
    article = {"article_id": side.article.pk, "publication_id": side.article.publication_id}
    return {"claim_id": side.lone.pk, **article, "published": "1999-01-01", "words": "'otter':1"}


def _text_words(cursor: Cursor, world: World, side: Side) -> dict[str, Any]:
    return {"snapshot_id": side.snapshot.pk, "part": 7, "words": "'otter':1"}


def _intake_item(cursor: Cursor, world: World, side: Side) -> dict[str, Any]:
    intake = another(cursor, world, "sources_intake", side=side)
    taken = {"article_id": side.article.pk, "snapshot_id": side.snapshot.pk}
    return {"intake_id": intake, "name": "X", "outcome": "new", **taken}


def _batch_row(cursor: Cursor, world: World, side: Side) -> dict[str, Any]:
    batch = another(cursor, world, "annotator_batch", side=side)
    spans = {"version_before": 1, "version": 2, "first_change": 1, "last_change": 2}
    return {"batch_id": batch, "claim_id": side.claim.pk, **spans}


def _comment(cursor: Cursor, world: World, side: Side) -> dict[str, Any]:
    discussion = another(cursor, world, "annotator_discussion", side=side)
    return {"discussion_id": discussion, "author_id": world.reviewer.pk, "text": "X"}


def _mention(cursor: Cursor, world: World, side: Side) -> dict[str, Any]:
    comment = another(cursor, world, "annotator_comment", side=side)
    return {"comment_id": comment, "user_id": world.manager.pk}


def _carrying(cursor: Cursor, world: World, side: Side) -> dict[str, Any]:
    """Of the claim that has nothing, to a later text of its article."""
    later = another(cursor, world, "sources_snapshot", side=side)
    cursor.execute(
        "SELECT version, quotes, extent::text FROM annotator_annotation WHERE id = %s", [side.lone.pk]
    )
    version, quotes, extent = cursor.fetchone()
    return {
        **{"annotation_key": side.lone.pk, "unit": side.lone.pk, "extent": extent, "quotes": quotes},
        **{"old_snapshot_id": side.snapshot.pk, "new_snapshot_id": later, "version": version},
        **{"found": "moved", "score": 0.5, "state": "waiting"},
    }


TEXT_ROWS: dict[str, Callable[[Cursor, World, Side], dict[str, Any]]] = {
    "sources_snapshot": _snapshot,
    "sources_capture": _capture,
    "sources_block": _block,
    "sources_segmentation": _segmentation,
    "sources_sentence": _sentence,
    "sources_textwords": _text_words,
    "sources_intakeitem": _intake_item,
    "annotator_claimwords": _claim_words,
    "annotator_annotationsentence": _link,
    "annotator_eventmerge": _event_merge,
    "annotator_eventcomparison": _event_comparison,
    "annotator_batchrow": _batch_row,
    "annotator_comment": _comment,
    "annotator_commentmention": _mention,
    "annotator_carrying": _carrying,
}


def _source(world: World, side: Side) -> dict[str, Any]:
    ends = {"attribution_id": side.attribution.pk, "actor_id": side.office.pk}
    return {**ends, "jointly": "one", "basis": "textual"}


def _participant(world: World, side: Side) -> dict[str, Any]:
    return {"event_id": side.event.pk, "actor_id": side.office.pk, "role": "party", "basis": "textual"}


def _merge(world: World, side: Side) -> dict[str, Any]:
    return {"facet": "topic", "gone_id": side.topic.pk, "kept_id": side.spare_topic.pk}


def _agency(side: Side) -> int:
    return Actor.objects.get(project=side.project, name="Nordpost").pk


def agency(world: World) -> int:
    return _agency(world.here)


def _actor_merge(world: World, side: Side) -> dict[str, Any]:
    """One that was taken back: it says nothing about `merged_into`."""
    return {"merged_id": _agency(side), "survivor_id": side.office.pk, "undone_at": "now"}


def _resolution(world: World, side: Side) -> dict[str, Any]:
    ends = {"anonymous_id": side.anonymous.pk, "named_id": side.actor.pk}
    return {**ends, "reason": "X", "evidence": "X"}


def _comparison(world: World, side: Side) -> dict[str, Any]:
    first, second = sorted([side.actor.pk, side.office.pk])
    return {"first_id": first, "second_id": second, "sameness": "different"}


def _relation(world: World, side: Side) -> dict[str, Any]:
    ends = {"claim_id": side.lone.pk, "other_id": side.claim.pk}
    return {**ends, "kind_id": code(side, "relation_kind"), "basis": "textual"}


def _told_apart(world: World, side: Side) -> dict[str, Any]:
    older, younger = sorted([side.claim.pk, side.lone.pk])
    return {"one_id": older, "other_id": younger, "by_id": world.manager.pk}


def _review(world: World, side: Side) -> dict[str, Any]:
    return {"claim_id": side.lone.pk, "decision": "accepted", "reviewer_id": world.reviewer.pk}


WORD_ROWS: dict[str, Callable[[World, Side], dict[str, Any]]] = {
    "sources_user": lambda w, s: {"username": uuid4().hex},
    "sources_project": lambda w, s: {"slug": uuid4().hex, "name": "Another"},
    "sources_membership": lambda w, s: {"user_id": w.stranger.pk, "role": "viewer"},
    "sources_invitation": lambda w, s: {
        "role": "viewer",
        "uses_most": 3,
        "made_by_id": w.manager.pk,
        "token_sha256": uuid4().hex * 2,
        "expires_at": "2099-01-01",
    },
    "sources_acceptance": lambda w, s: {"invitation_id": s.invitation.pk, "user_id": w.stranger.pk},
    "sources_backuptaken": lambda w, s: {"began_at": "2024-01-01", "sha256": uuid4().hex * 2},
    "sources_publication": lambda w, s: {"name": uuid4().hex},
    "sources_article": lambda w, s: {"title": "Another", "language": "en"},
    "sources_intake": lambda w, s: {
        "by_id": w.manager.pk,
        "method": "upload",
        "name": "X",
        "state": "waiting",
    },
    "sources_apitoken": lambda w, s: {
        "user_id": w.manager.pk,
        "name": "X",
        "prefix": "sl_aaaaaaaa",
        "digest": uuid4().hex * 2,
        "scope": "read",
        "one_project": str(uuid4()),
        "created_at": "2029-12-01",
        "expires_at": "2030-01-01",
    },
    "sources_host": lambda w, s: {"name": f"{uuid4().hex}.example"},
    "sources_siterules": lambda w, s: {"site": f"https://{uuid4().hex}.example", "found": "none", "text": ""},
    "sources_columnmapping": lambda w, s: {
        "by_id": w.manager.pk,
        "key": uuid4().hex * 2,
        "names": ["Body"],
        "meaning": "{}",
    },
    "sources_change": lambda w, s: {"table": "sources_project", "operation": "INSERT"},
    "annotator_code": lambda w, s: {"facet": "topic", "key": uuid4().hex, "name": uuid4().hex},
    "annotator_codebookversion": lambda w, s: {"number": 99},
    "annotator_codemerge": _merge,
    "annotator_position": lambda w, s: {"claim_id": s.lone.pk, "concept_id": s.concept.pk, "stand": "for"},
    "annotator_actor": lambda w, s: {"name": "X", "kind_id": code(s, "actor_kind"), "naming": "named"},
    "annotator_actoralias": lambda w, s: {"actor_id": s.actor.pk, "name": "X"},
    "annotator_actoridentifier": lambda w, s: {"actor_id": s.actor.pk, "scheme": "X", "value": "X"},
    "annotator_affiliation": lambda w, s: {
        "actor_id": s.actor.pk,
        "organisation_id": s.office.pk,
        "tie": "part_of",
    },
    "annotator_actormerge": _actor_merge,
    "annotator_actorresolution": _resolution,
    "annotator_actorcomparison": _comparison,
    "annotator_event": lambda w, s: {"label": "X", "type_id": code(s, "event_type")},
    "annotator_eventparticipant": _participant,
    "annotator_claimtopic": lambda w, s: {"claim_id": s.claim.pk, "topic_id": s.spare_topic.pk},
    "annotator_quantity": lambda w, s: {
        "claim_id": s.claim.pk,
        "what": "X",
        "words": "nine days",
        "low": 1,
        "qualifier": "at_least",
    },
    "annotator_attribution": lambda w, s: {
        "claim_id": s.lone.pk,
        "chain": 1,
        "role": "said",
        "act": "says",
        "basis": "stated",
        "said_on_basis": "textual",
    },
    "annotator_attributionsource": _source,
    "annotator_party": lambda w, s: {"attribution_id": s.attribution.pk, "actor_id": _agency(s)},
    "annotator_claimrelation": _relation,
    "annotator_review": _review,
    "annotator_toldapart": _told_apart,
    "sources_likelyreprint": lambda w, s: {
        "article_id": s.second_article.pk,
        "original_id": s.article.pk,
        "kind": "reprint",
        "state": "open",
        "found_by": "X",
    },
    "sources_articleaddress": lambda w, s: {"article_id": s.article.pk, "key": "a" * 64},
    "annotator_release": lambda w, s: {"number": 99, "title": "X", "state": "queued"},
    "annotator_watchterm": lambda w, s: {"words": uuid4().hex},
    "annotator_savedsearch": lambda w, s: {"name": uuid4().hex, "owner_id": w.manager.pk},
    "annotator_discussion": lambda w, s: {
        "claim_id": s.lone.pk,
        "opened_by_id": w.reviewer.pk,
        "state": "open",
    },
    "annotator_batch": lambda w, s: {"deed": "code", "by_id": w.manager.pk},
}

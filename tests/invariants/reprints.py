"""Attempts to falsify what texts are recognised by, and what was said of reprints."""

from typing import Any

from tests.factories import World

from . import rows
from .attempt import Attempt, adding, running

PRINTS, ADDRESSES, LIKELY = "sources_fingerprint", "sources_articleaddress", "sources_likelyreprint"


def _address(world: World, cursor: Any) -> dict[str, Any]:
    return {"row": rows.another(cursor, world, ADDRESSES), "other": world.here.second_article.pk}


def _pair(world: World, cursor: Any) -> dict[str, Any]:
    there = world.there
    return {
        "row": rows.another(cursor, world, LIKELY),
        "project": there.project.pk,
        "one": there.article.pk,
        "other": there.second_article.pk,
    }


def _text(world: World, cursor: Any) -> dict[str, Any]:
    return {"text": world.here.snapshot.pk, "second": world.here.second_snapshot.pk}


COPIED = "INSERT INTO sources_fingerprint (project_id, snapshot_id, recipe, shingles, signature, bands)"
ATTEMPTS: list[Attempt] = [
    running(
        "fingerprint_once_per_snapshot",
        PRINTS,
        f"{COPIED} SELECT project_id, snapshot_id, recipe, shingles, signature, bands FROM {PRINTS}"
        " WHERE snapshot_id = %(text)s",
        given=_text,
    ),
    running(
        "fingerprint_same_project",
        PRINTS,
        f"UPDATE {PRINTS} SET snapshot_id = -1 WHERE snapshot_id = %(text)s",
        given=_text,
    ),
    *(
        running(
            "fingerprint_whole",
            PRINTS,
            f"UPDATE {PRINTS} SET signature = {signature}, bands = {bands} WHERE snapshot_id = %(text)s",
            given=_text,
            why=why,
        )
        for why, signature, bands in (
            ("half a signature", "decode(repeat('00', 256), 'hex')", "'{1}'"),
            ("a signature nobody finds", "decode(repeat('00', 512), 'hex')", "'{}'"),
            ("found by nothing", "''", "'{1}'"),
        )
    ),
    running(
        "sources_fingerprint_shingles_check",
        PRINTS,
        f"UPDATE {PRINTS} SET shingles = -1 WHERE snapshot_id = %(text)s",
        given=_text,
    ),
    running(
        "article_address_once",
        ADDRESSES,
        f"INSERT INTO {ADDRESSES} (project_id, article_id, key)"
        f" SELECT project_id, %(other)s, key FROM {ADDRESSES} WHERE id = %(row)s",
        given=_address,
    ),
    running(
        "article_has_one_address",
        ADDRESSES,
        f"INSERT INTO {ADDRESSES} (project_id, article_id, key)"
        f" SELECT project_id, article_id, repeat('b', 64) FROM {ADDRESSES} WHERE id = %(row)s",
        given=_address,
    ),
    adding("article_address_is_a_key", ADDRESSES, key="https://a.example/"),
    adding("article_address_same_project", ADDRESSES, article_id=lambda w: w.there.article.pk),
    adding("likely_reprint_kind_known", LIKELY, kind="X"),
    adding(
        "likely_reprint_state_known",
        LIKELY,
        state="X",
        decided_by_id=lambda w: w.manager.pk,
        decided_at="now",
    ),
    adding("likely_reprint_of_another", LIKELY, original_id=lambda w: w.here.second_article.pk),
    adding("likely_reprint_similarity_a_share", LIKELY, similarity=1.5),
    adding("likely_reprint_decided_by_somebody", LIKELY, state="refused", why="refused by nobody"),
    adding("likely_reprint_decided_by_somebody", LIKELY, decided_at="now", why="open and decided"),
    adding("likely_reprint_article_same_project", LIKELY, article_id=lambda w: w.there.article.pk),
    adding("likely_reprint_original_same_project", LIKELY, original_id=lambda w: w.there.article.pk),
    adding(
        "sources_likelyreprint_decided_by_id_9f195941_fk_sources_user_id",
        LIKELY,
        state="refused",
        decided_by_id=-1,
        decided_at="now",
    ),
    running(
        "likely_reprint_once",
        LIKELY,
        f"INSERT INTO {LIKELY} (uuid, project_id, article_id, original_id, kind, state, found_by, version)"
        " SELECT gen_random_uuid(), project_id, original_id, article_id, kind, state, found_by, 1"
        f" FROM {LIKELY} WHERE id = %(row)s",
        given=_pair,
        why="the other way round",
    ),
    running(
        "likely_reprint_version_counts_up",
        LIKELY,
        f"UPDATE {LIKELY} SET kind = 'same_article' WHERE id = %(row)s",
        given=_pair,
    ),
    adding("sources_likelyreprint_version_check", LIKELY, version=-1),
    running(
        "sources_likelyreprint_uuid_key",
        LIKELY,
        f"INSERT INTO {LIKELY} (uuid, project_id, article_id, original_id, kind, state, found_by, version)"
        " SELECT uuid, %(project)s, %(one)s, %(other)s, kind, state, found_by, 1"
        f" FROM {LIKELY} WHERE id = %(row)s",
        given=_pair,
    ),
    running(
        "sources_likelyreprint_pkey",
        LIKELY,
        f"INSERT INTO {LIKELY}"
        " (id, uuid, project_id, article_id, original_id, kind, state, found_by, version)"
        " OVERRIDING SYSTEM VALUE SELECT id, gen_random_uuid(), %(project)s, %(one)s, %(other)s, kind,"
        " state, found_by, 1"
        f" FROM {LIKELY} WHERE id = %(row)s",
        given=_pair,
    ),
    running(
        "sources_articleaddress_rule_check",
        ADDRESSES,
        f"UPDATE {ADDRESSES} SET rule = -1 WHERE id = %(row)s",
        given=_address,
    ),
    running(
        "sources_articleaddress_pkey",
        ADDRESSES,
        f"INSERT INTO {ADDRESSES} (id, project_id, article_id, key) OVERRIDING SYSTEM VALUE"
        f" SELECT id, project_id, %(other)s, repeat('b', 64) FROM {ADDRESSES} WHERE id = %(row)s",
        given=_address,
    ),
    running(
        "sources_fingerprint_pkey",
        PRINTS,
        f"DELETE FROM {PRINTS} WHERE snapshot_id = %(second)s",
        f"INSERT INTO {PRINTS} (id, project_id, snapshot_id, recipe, shingles, signature, bands)"
        " OVERRIDING SYSTEM VALUE SELECT id, project_id, %(second)s, recipe, shingles, signature, bands"
        f" FROM {PRINTS} WHERE snapshot_id = %(text)s",
        given=_text,
    ),
    running(
        "likely_reprint_kept", LIKELY, f"DELETE FROM {LIKELY} WHERE id = %(row)s", given=_pair, by="owner"
    ),
]

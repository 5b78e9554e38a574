"""Attempts to change what is counted of speakers and of work behind the back of what is kept of it.

An act here returns the rule when the article was found to be marked: whoever reads counts it again.
"""

from collections.abc import Callable
from typing import Any

from sources.models import Block
from tests.factories import World

from . import rows
from .attempt import Attempt

FOLLOW = "heard_follows"
MARKS, HEARD, HEARD_IN, WORK = (f"annotator_{one}" for one in ("heardmark", "heard", "heardin", "workin"))


def _marked(cursor: Any, article: int) -> bool:
    cursor.execute(f"SELECT count(*) FROM {MARKS} WHERE article_id = %s", [article])
    return cursor.fetchone()[0] > 0


def _following(
    table: str, trigger: str, why: str, act: Callable[[World, Any], None], ready: Any = None
) -> Attempt:
    """`ready` makes what is then changed, before everything is counted."""

    def followed(world: World, cursor: Any) -> str:
        made = ready(world, cursor) if ready else None
        cursor.execute("SELECT sourceline_hear(%s)", [world.here.project.pk])
        assert not _marked(cursor, world.here.article.pk)
        act(world, cursor) if made is None else act(made, cursor)
        return FOLLOW if _marked(cursor, world.here.article.pk) else ""

    return Attempt(why, FOLLOW, (table, trigger), followed)


def _running(table: str, change: str, key: str) -> Callable[[World, Any], None]:
    """Changing the row that the world names so."""

    def act(world: World, cursor: Any) -> None:
        pk = getattr(world.here, key).pk
        cursor.execute(f"UPDATE {table} SET {change} WHERE {rows.key(table)} = %s", [pk])

    return act


def _new_claim(world: World, cursor: Any) -> None:
    rows.another(cursor, world, "annotator_claim")


def _new_source(world: World, cursor: Any) -> None:
    rows.another(cursor, world, "annotator_attributionsource", actor_id=world.here.office.pk)


def _made(table: str) -> Callable[[World, Any], int]:
    return lambda world, cursor: rows.another(cursor, world, table)


def _deleted(table: str) -> Callable[[Any, Any], None]:
    def act(row: Any, cursor: Any) -> None:
        cursor.execute(f"DELETE FROM {table} WHERE id = %s", [row])

    return act


def _renamed_kind(row: Any, cursor: Any) -> None:
    cursor.execute(
        "UPDATE annotator_claimrelation SET kind_id = (SELECT max(id) FROM annotator_code"
        " WHERE facet = 'relation_kind' AND project_id = annotator_claimrelation.project_id) WHERE id = %s",
        [row],
    )


def _judged(world: World, cursor: Any) -> None:
    block = Block.objects.filter(snapshot=world.here.snapshot).order_by("pk").first()
    assert block is not None
    cursor.execute(
        "UPDATE sources_block SET role = 'pull_quote', version = version + 1 WHERE id = %s", [block.pk]
    )


def _merged(world: World, cursor: Any) -> None:
    cursor.execute(
        "UPDATE annotator_actor SET merged_into_id = %s, version = version + 1 WHERE id = %s",
        [world.here.office.pk, world.here.actor.pk],
    )


CHANGES = [
    _following("annotator_claim", "heard_claims", "a new claim", _new_claim),
    _following(
        "annotator_claim",
        "heard_statuses",
        "a withdrawn claim",
        _running("annotator_claim", "withdrawn_at = now()", "lone"),
    ),
    _following(
        "annotator_annotation",
        "heard_quotes",
        "somebody else's claim",
        _running("annotator_annotation", "author_id = NULL, version = version + 1", "lone"),
    ),
    _following(
        "annotator_attribution",
        "heard_links",
        "another place in the chain",
        _running("annotator_attribution", "position = position + 5", "attribution"),
    ),
    _following("annotator_attributionsource", "heard_sources", "somebody more", _new_source),
    _following(
        "annotator_attributionsource",
        "heard_sources_changed",
        "somebody else",
        _running("annotator_attributionsource", "jointly = 'each'", "source"),
    ),
    _following(
        "annotator_attributionsource",
        "heard_sources_gone",
        "somebody less",
        _deleted("annotator_attributionsource"),
        _made("annotator_attributionsource"),
    ),
    _following(
        "annotator_claimrelation",
        "heard_relations",
        "a relation",
        lambda world, cursor: rows.another(cursor, world, "annotator_claimrelation") and None,
    ),
    _following(
        "annotator_claimrelation",
        "heard_relations_changed",
        "a relation of another kind",
        _renamed_kind,
        _made("annotator_claimrelation"),
    ),
    _following(
        "annotator_claimrelation",
        "heard_relations_gone",
        "a relation less",
        _deleted("annotator_claimrelation"),
        _made("annotator_claimrelation"),
    ),
    _following("sources_block", "heard_blocks", "a pull quote", _judged),
    _following(
        "sources_article",
        "heard_records",
        "another day",
        _running(
            "sources_article",
            "published = '1999', published_min = '1999-01-01', published_max = '1999-12-31',"
            " version = version + 1",
            "article",
        ),
    ),
    _following("annotator_actor", "heard_actors", "a merged actor", _merged),
]


def _reprint() -> Attempt:
    """Of the new article alone, which no reader of marks knows yet."""

    def followed(world: World, cursor: Any) -> str:
        pk = rows.another(cursor, world, "sources_article", reprint_of_id=world.here.article.pk)
        return FOLLOW if _marked(cursor, pk) else ""

    return Attempt("a new reprint", FOLLOW, ("sources_article", "heard_reprints"), followed)


ROWS = {
    MARKS: "article_id) VALUES (%(id)s, %(project)s, %(key)s)",
    HEARD_IN: "article_id, actor_id, said, claims, reviewed, passed_on, open_said, open_claims,"
    " open_passed_on, outlet, origin, outlets, published)"
    " VALUES (%(id)s, %(project)s, %(key)s, 7, 1, 1, 0, 0, 0, 0, 0, 1, 1, '{}', '')",
    HEARD: "actor_id, drafts, n_said, n_claims, n_passed_on, n_articles, n_outlets, n_reviewed, n_carried,"
    " n_independent, days, counts)"
    " VALUES (%(id)s, %(project)s, %(key)s, true, 1, 1, 0, 1, 1, 0, 1, 1, '{}', '{}')",
    WORK: "article_id, author, status, claims, again)"
    " VALUES (%(id)s, %(project)s, %(key)s, NULL, 'draft', 1, 0)",
}
"""What the owner could put there, whom alone the rules below hold: the app's role may only read."""
PROJECTS = {
    MARKS: "annotator_heardmark_project_id_916f5646_fk_sources_project_id",
    HEARD_IN: "annotator_heardin_project_id_2c14b75f_fk_sources_project_id",
    HEARD: "annotator_heard_project_id_242a47be_fk_sources_project_id",
    WORK: "annotator_workin_project_id_216099d8_fk_sources_project_id",
}


def _inserting(rule: str, table: str, *made: dict[str, int]) -> Attempt:
    """Rows with the ids and keys given, of a project that is there unless they name another."""

    def act(world: World, cursor: Any) -> None:
        for values in made:
            given = {"project": world.here.project.pk, "key": -7, **values}
            cursor.execute(f"INSERT INTO {table} (id, project_id, {ROWS[table]}", given)

    return Attempt(f"rows {len(made)}", rule, (table, rule), act, "owner")


HELD = [
    *(_inserting(f"{table}_pkey", table, {"id": -1}, {"id": -1, "key": -8}) for table in ROWS),
    *(_inserting(rule, table, {"id": -1, "project": -1}) for table, rule in PROJECTS.items()),
    _inserting("heard_in_once", HEARD_IN, {"id": -1}, {"id": -2}),
    _inserting("heard_once", HEARD, {"id": -1}, {"id": -2}),
    _inserting("work_in_once", WORK, {"id": -1}, {"id": -2}),
]
ATTEMPTS: list[Attempt] = [*CHANGES, _reprint(), *HELD]

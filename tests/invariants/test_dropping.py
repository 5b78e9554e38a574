"""Without any one constraint or trigger, something false gets in: none of them stands there for show."""

import pytest
from django.db import connection

from tests.factories import World

from .attempt import Attempt, Outcome, outcome
from .catalogue import Guard, guards, needed_columns, tables_of_projects
from .test_attempts import ATTEMPTS

# What another rule refuses as well, only later or with a less telling name.
SAID_TWICE = {
    "sources_snapshot_pkey": "text_words_once says it too, of the words that are searched",
    "claim_annotation_same_project": "claim_words_article_same_project says it too, of those words",
    "event_merged_into_survivor": "at commit event_merge_recorded says it too, but only this locks",
    "event_merge_of_two": "says at once what event_merge_recorded says at commit",
    "event_not_merged_with_itself": "says at once what event_merge_recorded says at commit",
    "annotator_attribution_chain_check": "Django's for every positive number; attribution_chain_from_one",
    "annotator_claim_codebook_version_check": "Django's for every positive number; there is no such version",
    "actor_merged_into_survivor": "says at once, and to two at a time, what merges_agree says at commit",
    "carrying_old_same_project": "carrying_of_what_stands says it too, of what stands in that text",
    "carrying_new_same_project": "carrying_of_what_stands says it too: it is another article's",
    **{
        f"support_{owner}_same_project": "support_in_text_of_claim says it too: its text is another project's"
        for owner in ("claim", "link", "source", "party")
    },
    "actor_not_merged_with_itself": "says at once what merges_agree says at commit",
    "annotation_sentence_same_snapshot": "says at once what the link to the sentence says at commit",
    "annotation_sentence_link_same_snapshot": "annotation_sentences_of_one_cut: a cut is of one text",
    "annotation_sentence_link_sentence_same_snapshot": "annotation_sentences_of_one_cut says it too",
}
# Columns that PostgreSQL generates from the primary key: unique because it is. Targets of foreign keys.
GENERATED_FROM_KEY = {
    f"annotation_{owner}_owner_once": "annotator_annotation_pkey"
    for owner in ("claim", "actor", "event", "support")
}


def _target_only(guard: Guard, found: list[Guard]) -> str | None:
    """The primary key that this unique constraint follows from, if it does: it holds the key's columns."""
    if guard.kind != "unique":
        return None
    if guard.name in GENERATED_FROM_KEY:
        return GENERATED_FROM_KEY[guard.name]
    key = next(g for g in found if g.table == guard.table and g.kind == "primary key")
    return key.name if set(key.columns) <= set(guard.columns) else None


def _follows(guard: Guard, found: list[Guard], never_null: set[tuple[str, str]]) -> bool:
    """Whether a plain foreign key to the project follows from a row that this one always hangs on."""
    return guard.columns == ("project_id",) and any(
        g.table == guard.table
        and g.kind == "foreign key"
        and g.target not in ("sources_project", guard.table)
        and "project_id" in g.columns
        and all((g.table, column) in never_null for column in g.columns)
        for g in found
    )


def _fell(attempt: Attempt, before: tuple[str, str], without: Outcome) -> bool:
    """Whether the attempt got through; a truncation that cascades may be refused by another table's guard."""
    return without.rule is None or (
        attempt.act.__name__ == "act" and "TRUNCATE" in attempt.name and without.table != before[0]
    )


@pytest.mark.lengthy
def test_each_guard_alone_keeps_something_out(world: World, as_the_owner: None) -> None:
    with connection.cursor() as cursor:
        found, never_null = guards(cursor), needed_columns(cursor)
    dropped = 0
    idle = []
    for guard in found:
        if _target_only(guard, found) or _follows(guard, found, never_null):
            continue
        # Whatever only repeats a key goes with it, else it would speak in the key's place.
        echoes = [g for g in found if _target_only(g, found) == guard.name and g.table == guard.table]
        drop = "; ".join(g.drop for g in (*echoes, guard))
        attempts = [a for a in ATTEMPTS if a.holder == (guard.table, guard.name)]
        results = []
        for attempt in attempts:
            results.append(outcome(attempt, world, first=drop))
            if _fell(attempt, attempt.holder, results[-1]):
                break
        else:
            if guard.name not in SAID_TWICE:
                idle.append((guard.table, guard.name, [r.rule or r.said for r in results]))
            assert not attempts or {r.rule for r in results} != {guard.name}, guard
        dropped += 1
    assert not idle, "\n".join(map(str, idle))
    assert dropped > 280


@pytest.mark.lengthy
def test_what_is_said_twice_is_refused_by_another_rule(world: World, as_the_owner: None) -> None:
    with connection.cursor() as cursor:
        found = {g.name: g for g in guards(cursor)}
    for name in SAID_TWICE:
        attempts = [a for a in ATTEMPTS if a.rule == name]
        assert attempts
        for attempt in attempts:
            without = outcome(attempt, world, first=found[name].drop)
            assert without.rule not in (None, name), attempt


def test_what_repeats_a_key_is_the_target_of_a_foreign_key(world: World) -> None:
    with connection.cursor() as cursor:
        found, projects = guards(cursor), tables_of_projects(cursor)
    targets = {(g.target, frozenset(g.to_columns)) for g in found if g.kind == "foreign key"}
    echoes = [g for g in found if _target_only(g, found)]
    assert len(echoes) > 10
    for guard in echoes:
        assert (guard.table, frozenset(guard.columns)) in targets, guard
    assert {g.table for g in echoes} <= projects


def test_every_attempt_names_a_guard_that_exists(world: World) -> None:
    with connection.cursor() as cursor:
        known = {(g.table, g.name) for g in guards(cursor)}
    assert {a.holder for a in ATTEMPTS} <= known

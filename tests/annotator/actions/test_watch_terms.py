"""Watching for terms: added once, changed with the version in hand, removed, and never too many."""

from dataclasses import replace

import pytest

from annotator.actions import watch_terms
from annotator.intents.refusal import Refused, Stale
from annotator.intents.watch_term import parse_adding, parse_change
from annotator.models import WatchTerm
from annotator.models.watch_term import MOST_PATTERNS, MOST_TERMS
from annotator.queries.watch_terms import count_hits, may_change, wanted, watched_in
from sources.actions import judge_block
from sources.models import Block, Change, Role
from tests.factories import World, person


@pytest.fixture
def world(small_world_here: World, db: None) -> World:
    return small_world_here


def add(world: World, lines: str, **how: object) -> watch_terms.Added:
    intent = parse_adding({"lines": lines, **how})
    return watch_terms.add(by=world.manager, project=world.here.project, intent=intent)


def change(world: World, term: WatchTerm, version: int, **said: object) -> WatchTerm:
    intent = parse_change({"words": term.words, "version": version, **said})
    return watch_terms.change(by=world.reviewer, term=term, intent=intent)


def test_adding_twice_is_adding_once(world: World) -> None:
    assert [t.words for t in add(world, "crack\nlorr*").made] == ["crack"]
    again = add(world, "crack\nlorr*")
    assert (again.made, again.known) == ([], 2)
    assert WatchTerm.objects.filter(project=world.here.project).count() == 2


def test_the_same_words_are_another_term_as_a_pattern_and_in_another_project(world: World) -> None:
    assert len(add(world, "crack").made) == len(add(world, "crack", is_pattern=True).made) == 1
    intent = parse_adding({"lines": "crack"})
    assert watch_terms.add(by=world.manager, project=world.there.project, intent=intent).made


@pytest.mark.lengthy
def test_there_is_room_for_so_many(world: World) -> None:
    add(world, "\n".join(f"w{n}" for n in range(MOST_TERMS - 1)))
    with pytest.raises(Refused) as refusal:
        add(world, "one more")
    assert (refusal.value.field, refusal.value.rule) == ("lines", "max_terms")
    assert add(world, "w1").known == 1, "what is known needs no room"


@pytest.mark.lengthy
def test_there_is_room_for_so_many_patterns(world: World) -> None:
    term = add(world, "crack").made[0]
    add(world, "\n".join(f"p{n}" for n in range(MOST_PATTERNS)), is_pattern=True)
    with pytest.raises(Refused) as refusal:
        add(world, "one more", is_pattern=True)
    assert refusal.value.rule == "max_patterns"
    with pytest.raises(Refused) as refusal:
        change(world, term, 1, is_pattern=True)
    assert (refusal.value.field, refusal.value.rule) == ("is_pattern", "max_patterns")


def test_a_change_counts_up_and_is_recorded(world: World) -> None:
    term = add(world, "crack").made[0]
    changed = change(world, term, 1, words="crack*", note="damage")
    assert (changed.words, changed.note, changed.version) == ("crack*", "damage", 2)
    recorded = Change.objects.filter(table="annotator_watchterm", row_id=term.pk, operation="UPDATE").get()
    assert recorded.user_id == world.reviewer.pk
    assert (recorded.before["words"], recorded.after["words"]) == ("crack", "crack*")


def test_a_change_of_what_somebody_changed_is_refused(world: World) -> None:
    term = add(world, "crack").made[0]
    change(world, term, 1, note="mine")
    with pytest.raises(Stale) as refusal:
        change(world, term, 1, note="theirs")
    assert refusal.value.current.note == "mine"


def test_a_change_into_what_is_there_is_refused(world: World) -> None:
    term = add(world, "crack").made[0]
    with pytest.raises(Refused) as refusal:
        change(world, term, 1, words="lorr*")
    assert (refusal.value.field, refusal.value.rule) == ("words", "unique")


def test_what_is_removed_stays_in_the_history(world: World) -> None:
    term = add(world, "crack").made[0]
    watch_terms.remove(by=world.manager, term=term)
    watch_terms.remove(by=world.manager, term=term)
    gone = Change.objects.get(table="annotator_watchterm", row_id=term.pk, operation="DELETE")
    assert gone.before["words"] == "crack"


def test_who_may_change_a_term(world: World) -> None:
    project, term = world.here.project, world.here.watch_term
    own = WatchTerm(project=project, words="x", created_by=person("ada"))
    asked = [
        (Role.MANAGER, term),
        (Role.REVIEWER, term),
        (Role.ANNOTATOR, own),
        (Role.VIEWER, own),
        (None, own),
    ]
    told = [may_change(project, role, own.created_by, one) for role, one in asked]
    assert told == [True, False, True, False, False]


# ── where they stand ──────────────────────────────────────────────────────────────────────────────


def test_hits_are_the_texts_words(world: World) -> None:
    add(world, "crack\ncafé\nالجسر", note="damage")
    watched = watched_in(world.here.project, world.here.snapshot.uuid)
    assert watched is not None
    told, text = watched.as_json(), world.here.snapshot.text
    marked = [(text[start:end], told["terms"][place]["words"]) for start, end, place in told["hits"]]
    assert sorted(marked) == sorted(
        [("crack", "crack")] * 3 + [("lorries", "lorr*"), ("Cafe\u0301", "café"), ("الجسر", "الجسر")]
    )
    assert told["hits"] == sorted(told["hits"])
    assert (told["cut"], told["slow"]) == (False, [])


def test_a_masked_part_is_left_out_and_the_tag_says_so(world: World) -> None:
    project, text = world.here.project, world.here.snapshot
    before = watched_in(project, text.uuid)
    assert before is not None and len(before.as_json()["hits"]) == 1
    block = next(b for b in Block.objects.filter(snapshot=text) if "lorries" in text.text[b.start : b.end])
    judge_block(by=world.manager, block=block, role=block.role, masked=True, reason="", version=block.version)
    after = watched_in(project, text.uuid)
    assert after is not None and after.as_json()["hits"] == []
    assert after.tag != before.tag


def test_the_tag_changes_with_the_terms_alone(world: World) -> None:
    project, text = world.here.project, world.here.snapshot.uuid
    tags = [watched_in(project, text).tag for _ in range(2)]
    term = add(world, "crack").made[0]
    tags.append(watched_in(project, text).tag)
    change(world, term, 1, words="crack*")
    tags.append(watched_in(project, text).tag)
    watch_terms.remove(by=world.manager, term=term)
    tags.append(watched_in(project, text).tag)
    assert tags[0] == tags[1] == tags[4]
    assert len(set(tags)) == 3


def test_another_projects_text_is_not_there(world: World) -> None:
    assert watched_in(world.here.project, world.there.snapshot.uuid) is None


def test_counts_hits_and_articles(world: World) -> None:
    terms = [wanted(world.here.watch_term), *parse_adding({"lines": "crack\nnowhere"}).terms]
    counted = count_hits(world.here.project, terms)
    assert (counted.looked, counted.total, counted.whole) == (2, 2, True)
    assert [counted.of(term) for term in terms] == [(1, 1), (3, 1), (0, 0)], (
        "the later text of the other article has no part that is shown"
    )
    assert counted.of(replace(terms[0], words="never asked")) == (0, 0)


def test_counting_stops_when_its_time_is_over(world: World) -> None:
    clock = iter([0.0, 0.5, *[99.0] * 9])
    counted = count_hits(world.here.project, [wanted(world.here.watch_term)], clock=lambda: next(clock))
    assert (counted.looked, counted.total, counted.whole) == (1, 2, False)


def test_counting_takes_the_same_queries_for_one_article_and_for_many(
    world: World, django_assert_num_queries
) -> None:
    for side in (world.here, world.there):
        with django_assert_num_queries(4):
            count_hits(side.project, [wanted(world.here.watch_term)])
    with django_assert_num_queries(4):
        watched_in(world.here.project, world.here.snapshot.uuid).as_json()

"""Identifiers of what was merged lead to its survivor, for whoever may read it, until that is undone."""

from uuid import UUID

import pytest

from annotator.actions import event_merges, identities
from annotator.intents.event_merge import MergeEvents
from annotator.models import Actor
from sources.actions import edit_project
from tests.behind_every_address import SECOND
from tests.factories import World, annotate, merged, new_actor

from .conftest import Cast


@pytest.fixture
def public(complete_world: World) -> World:
    world = complete_world
    edit_project(by=world.manager, project=world.here.project, name="Here", description="", is_public=True)
    return world


@pytest.mark.lengthy
def test_a_merged_speaker(public: World, cast: Cast) -> None:
    here = public.here
    other = annotate(
        public.manager, here.snapshot, "actor", "lorries", **new_actor("The lorries")
    ).mention.actor
    old, new = f"/p/here/speakers/{other.uuid}/", f"/p/here/speakers/{here.actor.uuid}/"
    assert cast.nobody.get(old).status_code == 200
    (merge,) = merged(public.manager, Actor.objects.get(pk=here.actor.pk), other)
    for end in ("", "?show=about", "plot/csv/"):
        answer = cast.nobody.get(old + end)
        assert (answer.status_code, answer["Location"]) == (302, new + end)
    identities.undo_merge(by=public.manager, merge=merge)
    assert cast.nobody.get(old).status_code == 200


@pytest.mark.lengthy
def test_a_merged_event(public: World, cast: Cast) -> None:
    here = public.here
    old, new = f"/p/here/events/{SECOND['here']}/", f"/p/here/events/{here.event.uuid}/"
    assert cast.nobody.get(old).status_code == 200
    merge = event_merges.merge(
        by=public.manager, project=here.project, intent=MergeEvents(here.event.uuid, UUID(SECOND["here"]))
    )
    answer = cast.nobody.get(old + "?x=1")
    assert (answer.status_code, answer["Location"]) == (302, new + "?x=1")
    event_merges.undo(by=public.manager, project=here.project, uuid=merge.uuid)
    assert cast.nobody.get(old).status_code == 200


def test_a_private_project_tells_of_no_merge(complete_world: World, cast: Cast) -> None:
    here = complete_world.here
    other = annotate(
        complete_world.manager, here.snapshot, "actor", "lorries", **new_actor("The lorries")
    ).mention.actor
    merged(complete_world.manager, Actor.objects.get(pk=here.actor.pk), other)
    old = f"/p/here/speakers/{other.uuid}/"
    assert cast.stranger.get(old).status_code == 404
    assert cast.nobody.get(old)["Location"] == f"/sign-in/?next={old}"

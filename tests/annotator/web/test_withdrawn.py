"""A claim that was taken back stands nowhere but on its own page and under its own status."""

import pytest

from annotator.actions import claims
from annotator.queries.claim_cards import relations_of
from annotator.queries.progress import latest
from annotator.queries.speakers import claims_by, everybody_who_speaks, roles_of
from tests.factories import Side, World

from .conftest import Cast


@pytest.fixture
def here(world: World) -> Side:
    """The claim that has a chain, a role, a review and a relation is withdrawn."""
    claims.withdraw(by=world.manager, claim=world.here.claim)
    return world.here


@pytest.mark.lengthy
def test_its_speaker_is_left_without_it(here: Side, cast: Cast) -> None:
    assert list(claims_by(here.actor)) == []
    assert roles_of(here.actor) == []
    assert not everybody_who_speaks(here.project).exists()
    page = cast.viewer.get(f"/p/here/speakers/{here.actor.uuid}/").content.decode()
    assert f"claim-{here.claim.uuid}" not in page
    assert "No claim by Ilse Brandt" in page
    assert f'value="{here.actor.uuid}"' not in cast.viewer.get("/p/here/claims/").content.decode()


def test_what_was_decided_on_it_is_not_news(here: Side) -> None:
    deeds = latest(here.project)
    assert {deed.what for deed in deeds} == {"imported", "claimed"}
    assert here.claim.uuid not in {deed.target for deed in deeds}


@pytest.mark.lengthy
def test_nothing_stands_in_a_relation_to_it(here: Side, cast: Cast) -> None:
    ends = [here.claim.pk, here.second_claim.pk]
    assert [relation.other for relation in relations_of(ends)[here.claim.pk]] == [here.second_claim]
    assert relations_of(ends).get(here.second_claim.pk) is None
    assert relations_of([here.second_claim.pk]) == {}
    page = cast.viewer.get(f"/c/{here.second_claim.uuid}/").content.decode()
    assert str(here.claim.uuid) not in page


def test_brought_back_it_stands_everywhere_again(here: Side, world: World) -> None:
    claims.restore(by=world.manager, claim=here.claim)
    assert list(claims_by(here.actor)) == [here.claim]
    assert [role for role, *_ in roles_of(here.actor)] == ["director"]
    assert here.actor in everybody_who_speaks(here.project)
    assert "disputed" in {deed.what for deed in latest(here.project)}
    assert [relation.other for relation in relations_of([here.second_claim.pk])[here.second_claim.pk]] == [
        here.claim
    ]

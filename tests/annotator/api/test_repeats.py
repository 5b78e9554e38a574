"""Claims that may repeat one another, told apart over the API."""

import pytest
from django.test import Client

from tests.factories import World, claim, stored

from .lists import queries_of

URL = "/api/v1/projects/here/claims/"


@pytest.mark.lengthy
def test_two_are_told_apart_and_that_is_taken_back(manager: Client, world: World) -> None:
    here = world.here
    again = stored(world.manager, here.project, "“We found a crack in spring!” she said.\n", "Kai Radio")
    repeat = claim(world.manager, again, "We found a crack in spring!", status="submitted")
    url, apart = f"{URL}{here.claim.uuid}/repeats/", f"{URL}{here.claim.uuid}/apart/{repeat.uuid}/"
    told = manager.get(url).json()
    (alike,) = told["alike"]
    assert alike["claim"]["uuid"] == str(repeat.uuid)
    before = told["apart"]
    assert alike["claim"]["article"] == str(again.article.uuid) and alike["later"]
    several = queries_of(manager, url)
    for _ in range(2):
        assert manager.put(apart).status_code == 204
    told = manager.get(url).json()
    assert told["alike"] == [] and told["apart"][:-1] == before
    assert told["apart"][-1]["by"] == "Manager"
    assert told["apart"][-1]["claim"]["quotes"] == ["We found a crack in spring!"]
    assert queries_of(manager, url) <= several
    back = f"{URL}{repeat.uuid}/apart/{here.claim.uuid}/"
    for _ in range(2):
        assert manager.delete(back).status_code == 204
    told = manager.get(url).json()
    assert (len(told["alike"]), told["apart"]) == (1, before)


def test_what_is_no_pair_is_refused(manager: Client, world: World) -> None:
    here, there = world.here.claim.uuid, world.there.claim.uuid
    itself = manager.put(f"{URL}{here}/apart/{here}/")
    assert (itself.status_code, itself.json()["errors"][0]["rule"]) == (422, "two_claims")
    assert manager.put(f"{URL}{here}/apart/{there}/").status_code == 404
    assert manager.put(f"{URL}{there}/apart/{here}/").status_code == 404

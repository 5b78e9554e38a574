"""What claims own at all is told by one query, so that the rest is not asked for."""

from typing import Any

import pytest

from annotator.queries.owned import NOTHING, owned
from tests.factories import World, claim


@pytest.fixture
def world(small_world_here: World, db: None) -> World:
    return small_world_here


def test_a_bare_claim_owns_nothing(world: World) -> None:
    bare = claim(world.manager, world.here.snapshot, "a crack")
    assert owned([bare.pk]) == NOTHING


@pytest.mark.parametrize("keys", [[], [-1], [0, 2**62]])
def test_claims_that_are_not_there_own_nothing(world: World, keys: list[int]) -> None:
    assert owned(keys) == NOTHING


def test_each_sort_is_told_where_one_of_the_claims_has_it(
    world: World, django_assert_num_queries: Any
) -> None:
    every = list(world.here.project.claims.values_list("pk", flat=True))
    with django_assert_num_queries(1):
        found = owned(every)
    assert found == {"topics", "positions", "quantities", "words", "links", "targets", "relations", "related"}
    apart = [owned([key]) for key in every]
    assert frozenset().union(*apart) == found

"""Likely repeats once the database knows what many quotes say."""

import pytest
from django.db import connection

from annotator.actions import projects
from annotator.database_roles import as_owner
from annotator.models import Claim
from annotator.queries import likely_repeats as query
from tests.factories import claim, person, stored

TRADE = "The spokesman told reporters on Monday that"


def found(one: Claim) -> list[tuple[Claim, str]]:
    return [(like.other, like.reason) for like in query.likely_repeats([one.pk]).get(one.pk, [])]


@pytest.mark.lengthy
def test_a_phrase_of_the_trade_proposes_nothing(committed_db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query, "COMMON", 4)
    by = person("ben")
    here = projects.open_project(by=by, name="Here", slug="here")
    ends = ("rain came", "nobody paid", "roads close", "boats sank", "rain came!", "", "")
    made = []
    for number, end in enumerate(ends):
        words = f"{TRADE} {end}".strip()
        made.append(claim(by, stored(by, here, f"{words}.\n", f"Outlet {number}"), words))
    rain, unpaid, *_, again, bare, other = made
    assert len(found(unpaid)) == query.MOST, "before anything is known of them, all are compared"
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE annotator_claimwords")
    assert found(unpaid) == []
    assert found(rain) == [(again, "the same words")]
    assert found(bare) == [(other, "the same words")]


@pytest.mark.lengthy
def test_of_very_many_some_are_looked_at(committed_db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query, "LOOKED_AT", 2)
    by = person("ben")
    here = projects.open_project(by=by, name="Here", slug="here")
    every = [claim(by, stored(by, here, f"{TRADE}.\n", f"Outlet {n}"), TRADE) for n in range(4)]
    assert {len(found(one)) for one in every} <= {1, 2}

"""Claims that named whom they were said to: each keeps them, at the link that said it, and can go back."""

from typing import Any

import pytest
from django.core.management import call_command

from annotator.database_roles import as_owner
from annotator.models import Claim, Party
from tests.factories import World, claim, new_actor, span

pytestmark = pytest.mark.slow
BEFORE = "0018_event_factuality"


def _heard() -> list[tuple[str, str, int, str | None, Any]]:
    rows = Party.objects.select_related("attribution__claim", "actor").order_by("pk")
    return [
        (
            str(row.attribution.claim.uuid),
            row.attribution.role,
            row.attribution.position,
            row.actor and row.actor.name,
            row.mention_id,
        )
        for row in rows
    ]


def test_whom_it_was_said_to_goes_to_its_link_and_back(committed_world: World, owner_cursor: Any) -> None:
    here, by = committed_world.here, committed_world.manager
    office = {"actor": str(here.office.uuid)}
    told = {"role": "relayed", "sources": [new_actor("A sister")], "addressees": [office]}
    relayed = claim(
        by, here.snapshot, "a crack", voice="attributed", chains=[[{"sources": [new_actor("X")]}, told]]
    )
    described = {"words": "the agency Nordpost", "span": span(here.snapshot, "the agency Nordpost")}
    unsaid = claim(by, here.snapshot, "anyone was warned", chains=[[{"addressees": [described, office]}]])
    links, spans = here.claim.attributions.count(), here.claim.spans.count()
    with as_owner():
        call_command("migrate", "annotator", BEFORE, verbosity=0)
    asked = (
        "SELECT c.uuid::text, a.name FROM annotator_claim c JOIN annotator_actor a ON a.id = c.addressee_id"
    )
    was = dict(owner_cursor.execute(f"{asked} WHERE c.project_id = %s", [here.project.pk]).fetchall())
    assert was == {str(one.uuid): "Harbour office" for one in (here.claim, relayed, unsaid)}
    left = owner_cursor.execute("SELECT count(*) FROM annotator_attribution WHERE claim_id = %s", [unsaid.pk])
    assert left.fetchone() == (0,), "a link that said nothing but whom it spoke to is none"
    with as_owner():
        call_command("migrate", verbosity=0)
    heard = [row for row in _heard() if row[0] in was]
    assert sorted(heard) == sorted(
        [
            (str(here.claim.uuid), "said", 0, "Harbour office", None),
            # Of a chain that is told on, whoever uttered the words spoke to somebody, as far as is known.
            (str(relayed.uuid), "said", 0, "Harbour office", None),
            (str(unsaid.uuid), "said", 0, "Harbour office", None),
        ]
    )
    assert (here.claim.attributions.count(), here.claim.spans.count()) == (links, spans)
    assert Claim.objects.get(pk=unsaid.pk).attributions.get().sources.count() == 0

"""Projects that were there before the codebook could be edited: they get types of cues, and can go back."""

from typing import Any

import pytest
from django.core.management import call_command

from annotator.database_roles import as_owner
from annotator.models import Claim, Code, CodebookVersion, SupportingSpan
from annotator.queries.codebook import newest_version
from tests.factories import World

BEFORE = "0005_watch_terms"


@pytest.mark.slow
def test_going_back_and_forth_keeps_what_was_coded(committed_world: World, owner_cursor: Any) -> None:
    here = committed_world.here
    before, claims = newest_version(here.project), set(Claim.objects.values_list("uuid", "type__key"))
    with as_owner():
        call_command("migrate", "annotator", BEFORE, verbosity=0)
    facets = {row[0] for row in owner_cursor.execute("SELECT DISTINCT facet FROM annotator_code").fetchall()}
    assert facets == {"claim_type", "topic", "actor_kind", "event_type", "relation_kind"}
    with as_owner():
        call_command("migrate", verbosity=0)
    assert set(Claim.objects.values_list("uuid", "type__key")) == claims
    types = Code.objects.filter(project=here.project, facet="cue_type")
    assert [code.key for code in types.order_by("position")][:2] == ["neutral", "according"]
    assert newest_version(here.project) == before + 1
    content = CodebookVersion.objects.get(project=here.project, number=before + 1).content
    assert len(content["cue_type"]) == 11 and content["concept"] == []
    assert set(SupportingSpan.objects.filter(link__isnull=False).values_list("cue_type", flat=True)) == {None}

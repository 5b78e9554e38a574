"""A claim is saved while what it names is carried to a later text: all of it stands on one."""

from threading import Event as Flag
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.db import connection, transaction

from annotator.actions import carrying
from annotator.models import Annotation, AttributionSource, Claim
from tests.annotator.actions.conftest import Desk
from tests.annotator.actions.test_carrying import FIRST, said_by, taken
from tests.annotator.test_cutting_races import _in_a_thread
from tests.annotator.test_outlet_merge_races import WAITING
from tests.factories import World, annotate, new_actor


@pytest.mark.lengthy
def test_a_claim_that_is_not_stored_yet_goes_along_with_its_speaker(committed_world: World) -> None:
    here = committed_world.here
    by = here.project.created_by
    desk = cast("Desk", SimpleNamespace(by=by, project=here.project))
    first = taken(desk, FIRST)
    who = annotate(by, first, "actor", "Ilse Brandt", **new_actor("Ilse B."))
    later = taken(desk, FIRST.replace("Eighteen", "Nineteen"))
    made, go_on = Flag(), Flag()

    def slowly() -> Any:
        with transaction.atomic():
            claim = said_by(desk, first, "We found a crack", mention=who)
            made.set()
            assert go_on.wait(60)
        return claim

    saving, saved = _in_a_thread(slowly)
    assert made.wait(60)
    carries, carried = _in_a_thread(lambda: carrying.carry(by=by, snapshot=later))
    with connection.cursor() as cursor:
        while carries.is_alive() and cursor.execute(WAITING).fetchone() == (0,):
            carries.join(0.01)
    go_on.set()
    saving.join(60)
    carries.join(60)
    assert isinstance(saved[0], Claim) and not isinstance(carried[0], Exception)
    speaker = AttributionSource.objects.get(attribution__claim=saved[0]).mention_id
    texts = Annotation.objects.filter(pk__in=(saved[0].pk, speaker)).values_list("snapshot", flat=True)
    assert list(texts) == [later.pk, later.pk]

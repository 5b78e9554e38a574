"""Numbers that were there before qualifiers get what their ends tell, and can go back."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command

from annotator.database_roles import as_owner
from annotator.models import Quantity
from tests.factories import World, claim

BEFORE = "0015_code_names_once"
SAID = [
    ("at_least", 9, None),
    ("at_most", None, 9),
    ("exactly", 9, 9),
    ("range", 9, 12),
    ("more_than", 9, None),
    ("about", None, None),
]


@pytest.mark.slow
def test_going_back_and_forth_keeps_the_numbers(committed_world: World, owner_cursor: Any) -> None:
    here = committed_world.here
    Quantity.objects.all().delete()
    numbers = [
        {"what": "days", "words": "w", "qualifier": said, "low": low, "high": high}
        for said, low, high in SAID
    ]
    claim(committed_world.manager, here.snapshot, "nine days", quantities=numbers)
    with as_owner():
        call_command("migrate", "annotator", BEFORE, verbosity=0)
    stored = "SELECT low, high FROM annotator_quantity ORDER BY id"
    assert owner_cursor.execute(stored).fetchall()[-1] == (Decimal(0), None), "of dozens there was some"
    with as_owner():
        call_command("migrate", verbosity=0)
    told = Quantity.objects.order_by("pk").values_list("qualifier", flat=True)
    assert list(told) == ["at_least", "at_most", "exactly", "range", "at_least", "at_least"]

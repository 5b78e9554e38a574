"""Dates are taken as people write them and stored as EDTF."""

from datetime import date
from uuid import uuid4

import pytest

from annotator.intents.refusal import Refused
from annotator.models import Claim, Event

from .conftest import Desk

WRITTEN = [
    ("2 May 2015", "2015-05-02", date(2015, 5, 2), date(2015, 5, 2)),
    ("April 2015", "2015-04", date(2015, 4, 1), date(2015, 4, 30)),
    ("2015-04", "2015-04", date(2015, 4, 1), date(2015, 4, 30)),
    ("since April 2015", "2015-04/..", date(2015, 4, 1), None),
    ("2015-04/", "2015-04/", date(2015, 4, 1), None),
    ("until 2014", "../2014", None, date(2014, 12, 31)),
    ("from 2014 to May 2015", "2014/2015-05", date(2014, 1, 1), date(2015, 5, 31)),
]
Day = date | None


@pytest.mark.parametrize(("written", "edtf", "first", "last"), WRITTEN)
def test_an_events_date_is_read(desk: Desk, written: str, edtf: str, first: Day, last: Day) -> None:
    new = {"uuid": str(uuid4()), "label": "Crack found", "date": written}
    body, uuid = desk.body("event", "crack is found", new_event=new), uuid4()
    saved = desk.put(body, uuid)
    event = Event.objects.get(uuid=new["uuid"])
    assert (event.date, event.date_min, event.date_max) == (edtf, first, last)
    assert desk.put(body, uuid).annotation == saved.annotation, "asked again in the same words"


@pytest.mark.parametrize(("written", "edtf", "first", "last"), WRITTEN)
def test_when_it_was_said_is_read(desk: Desk, written: str, edtf: str, first: Day, last: Day) -> None:
    body, uuid = desk.claim_body("crack is found", said_on=written), uuid4()
    made = desk.put(body, uuid).annotation
    claim = Claim.objects.get(pk=made.pk)
    assert (claim.said_on, claim.said_on_min, claim.said_on_max) == (edtf, first, last)
    assert desk.put(body, uuid).annotation.version == made.version, "asked again in the same words"


def test_what_is_no_date_is_refused_in_words(desk: Desk) -> None:
    new = {"uuid": str(uuid4()), "label": "Crack found", "date": "some day in Aprill"}
    with pytest.raises(Refused) as caught:
        desk.put(desk.body("event", "crack is found", new_event=new))
    assert caught.value.field == "event.new_event.date"
    assert caught.value.message.startswith("“some day in Aprill” cannot be read as a date. Write 2 May 2015")


@pytest.mark.parametrize(("written", "edtf", "first", "last"), WRITTEN)
def test_the_time_it_speaks_of_is_read(desk: Desk, written: str, edtf: str, first: Day, last: Day) -> None:
    body, uuid = desk.claim_body("crack is found", period=written), uuid4()
    made = desk.put(body, uuid).annotation
    claim = Claim.objects.get(pk=made.pk)
    assert (claim.period, claim.period_min, claim.period_max) == (edtf, first, last)
    assert desk.put(body, uuid).annotation.version == made.version, "asked again in the same words"


@pytest.mark.parametrize("written", ["../..", "/", "..", "2014/../..", "../", "since then", "soon/.."])
def test_what_has_no_end_at_all_is_no_date(desk: Desk, written: str) -> None:
    with pytest.raises(Refused) as caught:
        desk.put(desk.claim_body("crack is found", period=written))
    assert (caught.value.field, caught.value.rule) == ("claim.period", "edtf")

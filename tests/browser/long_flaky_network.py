"""A thousand edits over a network that drops every third message, either way, and is gone now and then.

For `script/faults`: it takes too long for every run of the tests.
"""

import random
from collections import Counter

import pytest
from playwright.sync_api import Error, Route, expect

from annotator.models import Claim
from tests.factories import Side

from .conftest import Visitor
from .reading import saved
from .test_reading_endurance import ANNOTATIONS, make_claims

pytestmark = [pytest.mark.browser, pytest.mark.timeout(3600)]
EDITS, AT_A_TIME = 1000, 50
DROPPED = 0.3  # of all requests, half of them after the server did what they ask
PATIENCE = (
    1_800_000  # milliseconds until all is saved: after each message that was lost the room waits a while
)


def test_a_thousand_edits_are_neither_lost_nor_doubled(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    page.on("dialog", lambda dialog: dialog.accept())
    before = set(Claim.objects.values_list("uuid", flat=True))
    standing = Claim.objects.filter(annotation__snapshot=here.snapshot, uuid__in=before, withdrawn_at=None)
    in_text = standing.count()
    chance = random.Random(8)
    told: Counter[str] = Counter()

    def over_the_network(route: Route) -> None:
        lot = chance.random()
        way = "lost" if lot < DROPPED / 2 else "unanswered" if lot < DROPPED else "through"
        told[way] += 1
        try:
            if way == "through":
                route.continue_()
                return
            if way == "unanswered":
                route.fetch()
            route.abort()
        except Error:
            told["cut"] += 1  # the page went offline, or went away, meanwhile

    page.route(ANNOTATIONS, over_the_network)
    for part in range(EDITS // AT_A_TIME):
        page.context.set_offline(part % 5 == 4)
        make_claims(page, here, AT_A_TIME)
        if part % 5 == 4:
            page.context.set_offline(False)
            page.reload()
            visitor.ready()
        page.locator("#room-state").click()
    expect(page.locator("#room-state")).to_have_attribute("data-state", "saved", timeout=PATIENCE)
    made = Claim.objects.exclude(uuid__in=before).select_related("annotation")
    assert made.count() == EDITS
    assert Counter(one.annotation.version for one in made) == {1: EDITS}
    assert told["lost"] > EDITS / 10
    assert told["unanswered"] > EDITS / 10
    page.unroute(ANNOTATIONS)
    page.reload()
    visitor.ready()
    saved(page)
    expect(page.locator("#room-list .mini")).to_have_count(EDITS + in_text)

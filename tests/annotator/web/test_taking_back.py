"""Taking decisions back: one's own at once, another's with a reason; and the claim's own page meanwhile."""

import pytest

from annotator.models import Claim, Review
from tests.factories import World

from .conftest import Cast, seen


def decide(client: object, one: Claim, page: str = "", **fields: str) -> str:
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}"}
    return client.post(f"/c/{one.uuid}/review/", seen(one) | fields, headers=headers).content.decode()


@pytest.mark.lengthy
def test_ones_own_decision_is_undone_and_anothers_reopened_with_a_reason(world: World, cast: Cast) -> None:
    lone = world.here.lone
    own = decide(cast.reviewer, lone, decision="accepted")
    assert "Undo <kbd>" in own
    assert "Reopen" not in own
    others = cast.manager.get(f"/c/{lone.uuid}/").content.decode()
    assert "Undo <kbd>" not in others
    assert "Why is it opened again?" in others
    decide(cast.manager, lone, decision="reopened", reason="The second lorry is missing")
    lone.refresh_from_db()
    assert lone.status == "submitted"
    assert Review.objects.filter(claim=lone).latest("pk").reason == "The second lorry is missing"
    assert "The second lorry is missing" in cast.viewer.get(f"/c/{lone.uuid}/").content.decode()


@pytest.mark.lengthy
def test_the_queue_offers_to_undo_only_what_one_decided_oneself(world: World, cast: Cast) -> None:
    lone = world.here.lone
    decide(cast.reviewer, lone, decision="accepted")
    assert "Undo <kbd>" in cast.reviewer.get(f"/p/here/review/?at={lone.uuid}").content.decode()
    others = cast.manager.get(f"/p/here/review/?at={lone.uuid}").content.decode()
    assert "Undo <kbd>" not in others
    assert "Why is it opened again?" in others


@pytest.mark.lengthy
def test_who_judges_a_claim_of_their_own_is_told_so(world: World, cast: Cast) -> None:
    url = f"/c/{world.here.lone.uuid}/"
    assert "You wrote this claim yourself" in cast.manager.get(url).content.decode()
    assert "You wrote this claim yourself" not in cast.reviewer.get(url).content.decode()


@pytest.mark.lengthy
def test_on_its_own_page_a_claim_gets_its_history_with_the_card(world: World, cast: Cast) -> None:
    lone = world.here.lone
    own = f"/c/{lone.uuid}/"
    swapped = decide(cast.reviewer, lone, page=f"{own}?x=1#claim", decision="accepted")
    assert "permanent page" not in swapped
    for part in ("became", "decisions"):
        assert f'id="{part}"' in swapped
    assert 'decided  <ins dir="auto">accepted</ins>' in swapped
    elsewhere = decide(cast.reviewer, lone, page="/p/here/claims/", decision="reopened")
    assert "permanent page" in elsewhere
    assert 'id="became"' not in elsewhere

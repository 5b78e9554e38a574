"""Drafts: nobody judges them, and who annotates hands them in from any card."""

import pytest

from annotator.models import Annotation, Claim
from tests.factories import World, claim

from .conftest import Cast, seen


@pytest.fixture
def draft(world: World) -> Claim:
    return claim(world.manager, world.here.snapshot, "nine days", status="draft")


def status_of(draft: Claim) -> str:
    return Claim.objects.get(pk=draft.pk).status


@pytest.mark.lengthy
def test_a_draft_is_handed_in_from_desk_and_page(cast: Cast, draft: Claim) -> None:
    for page in ("/p/here/claims/", f"/c/{draft.uuid}/"):
        html = cast.annotator.get(page).content.decode()
        assert html.count(f'action="/c/{draft.uuid}/submit/"') == 1
        assert "/submit/" not in cast.viewer.get(page).content.decode()
        card = cast.reviewer.get(page).content.decode().split(f'id="claim-{draft.uuid}"')[1]
        assert 'name="decision"' not in card.split("</article>")[0]
    sent = {**seen(draft), "next": "/p/here/claims/?status=draft"}
    answer = cast.annotator.post(f"/c/{draft.uuid}/submit/", sent)
    assert answer["Location"] == f"/p/here/claims/?status=draft#claim-{draft.uuid}"
    assert status_of(draft) == "submitted"
    assert Annotation.objects.get(pk=draft.pk).version == 2


@pytest.mark.lengthy
def test_htmx_gets_the_card_back(cast: Cast, draft: Claim) -> None:
    answer = cast.reviewer.post(f"/c/{draft.uuid}/submit/", seen(draft), headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert "pill-submitted" in html
    assert 'value="accepted"' in html
    assert "/submit/" not in html
    assert "<html" not in html


@pytest.mark.lengthy
@pytest.mark.parametrize("htmx", [True, False])
def test_a_draft_that_was_edited_meanwhile_is_shown_first(cast: Cast, draft: Claim, htmx: bool) -> None:
    headers = {"HX-Request": "true"} if htmx else {}
    answer = cast.annotator.post(f"/c/{draft.uuid}/submit/", {"version": "7"}, headers=headers)
    assert answer.status_code == 422
    assert "Somebody edited this draft" in answer.content.decode()
    assert status_of(draft) == "draft"

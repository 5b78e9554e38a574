"""How a claim is cited, over the API, and as a document for other programs."""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from annotator.actions import claims
from annotator.exchange.claim_documents import FORMS
from sources.actions import edit_project
from sources.models import User
from tests.factories import World

from .lists import queries_of

URL = "/api/v1/projects/here/claims/"


@pytest.mark.lengthy
def test_a_claim_is_cited_to_the_sentence_in_a_style(manager: Client, world: World) -> None:
    claim = world.here.claim
    url = f"{URL}{claim.uuid}/citation/"
    told = manager.get(url).json()
    assert told["style"] == "apa" and "Velm Courier" in told["citation"]
    assert told["sentences"] and told["sentences"] in told["citation"]
    assert told["quote"] == "We found a crack"
    assert told["permalink"] == f"http://testserver/c/{claim.uuid}/"
    assert manager.get(url, {"style": "mla"}).json()["citation"] != told["citation"]
    assert manager.get(url, {"style": "rococo"}).status_code == 400
    assert [one["form"] for one in told["documents"]] == list(FORMS)
    assert queries_of(manager, url) <= 22


@pytest.mark.lengthy
def test_it_is_the_document_of_its_permanent_page(manager: Client, world: World) -> None:
    claim = world.here.claim.uuid
    for form in FORMS:
        answer = manager.get(f"{URL}{claim}/documents/{form}/")
        page = manager.get(f"/c/{claim}.{form}")
        assert (answer.content, answer["Content-Type"]) == (page.content, page["Content-Type"])
        assert answer["Content-Disposition"].endswith(f'claim-{claim}.{form}"')
    note = json.loads(manager.get(f"{URL}{claim}/documents/jsonld/").content)
    assert note["id"] == f"http://testserver/c/{claim}/"
    assert manager.get(f"{URL}{claim}/documents/doc/").status_code == 404


@pytest.mark.lengthy
def test_readers_are_told_of_what_was_handed_in_and_that_it_was_withdrawn(
    world: World, client_of: Callable[[User], Client]
) -> None:
    project, stranger = world.here.project, client_of(world.stranger)
    edit_project(by=world.manager, project=project, name="Here", description="", is_public=True)
    draft, public = f"{URL}{world.here.lone.uuid}/citation/", f"{URL}{world.here.claim.uuid}/citation/"
    type(world.here.lone).objects.filter(pk=world.here.lone.pk).update(status="draft")
    assert stranger.get(draft).status_code == 404
    assert stranger.get(public).json()["withdrawn"] == ""
    claims.withdraw(by=world.manager, claim=world.here.claim)
    told = stranger.get(public).json()
    assert told["withdrawn"] and told["citation"].endswith(f"[claim withdrawn on {told['withdrawn']}]")

"""Relating claims on a claim's own page, and what its card says of its depth."""

from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from annotator.models import Claim, ClaimRelation
from tests.factories import World, claim, span


def post(client: Client, world: World, **more: Any) -> Any:
    here = world.here
    body = {"kind": "denies", "other": str(here.claim.uuid), "basis": "textual", "note": "", "address": ""}
    return client.post(reverse("claim_relate", args=[here.lone.uuid]), {**body, **more})


def signed_in(world: World, client: Client) -> Client:
    client.force_login(world.manager)
    return client


def test_a_relation_is_made_and_taken_back_on_the_page(world: World, client: Client) -> None:
    page = signed_in(world, client)
    answer = post(page, world)
    assert answer.status_code == 302, answer.content
    relation = ClaimRelation.objects.get(claim=world.here.lone)
    assert (relation.kind.key, relation.basis, relation.other) == ("denies", "textual", world.here.claim)
    shown = page.get(reverse("claim", args=[world.here.lone.uuid])).content.decode()
    assert "the text says so" in shown
    assert page.post(reverse("claim_unrelate", args=[world.here.lone.uuid, relation.uuid])).status_code == 302
    assert not ClaimRelation.objects.filter(claim=world.here.lone).exists()
    gone = page.post(reverse("claim_unrelate", args=[world.here.lone.uuid, relation.uuid]))
    assert gone.status_code == 404


def test_the_form_takes_a_relation_for_the_analysts_reading_as_the_api_does(
    world: World, client: Client
) -> None:
    url = reverse("claim", args=[world.here.lone.uuid])
    shown = signed_in(world, client).get(url).content.decode()
    assert '<option value="interpretive" selected>' in shown
    assert '<option value="textual">' in shown
    answer = post(client, world, basis="textual", other="").content.decode()
    assert '<option value="textual" selected>' in answer
    assert '<option value="interpretive">' in answer


def test_another_articles_claim_is_named_by_its_address(world: World, client: Client) -> None:
    address = f"https://desk.example/c/{world.here.second_claim.uuid}/"
    assert post(signed_in(world, client), world, other="", address=address).status_code == 302
    assert ClaimRelation.objects.get(claim=world.here.lone).other == world.here.second_claim


def test_what_cannot_be_related_is_said_and_kept_in_the_form(world: World, client: Client) -> None:
    page = signed_in(world, client)
    for more in (
        {"other": ""},
        {"other": "", "address": "somewhere"},
        {"other": str(uuid4())},
        {"other": str(world.there.claim.uuid)},
        {"kind": "no-such"},
    ):
        answer = post(page, world, note="typed words", **more)
        assert answer.status_code == 422
        assert "Not saved" in answer.content.decode()
        assert "typed words" in answer.content.decode()
    assert not ClaimRelation.objects.filter(claim=world.here.lone).exists()
    client.force_login(world.stranger)
    assert post(client, world).status_code == 404


def test_the_card_says_in_words_what_was_coded(world: World, client: Client) -> None:
    here, snapshot = world.here, world.here.snapshot
    words = "The bridge at Velm stays shut for nine days"
    made = claim(
        world.manager,
        snapshot,
        words,
        negated=True,
        translated=False,
        certainty="stays",
        assessment="doubtful",
        assessment_reason="lorries were seen",
        polarity_basis="interpretive",
        polarity_confidence="probable",
        chains=[[{"addressees": [{"actor": str(here.office.uuid)}, {"words": "the whole town"}]}]],
        inside=str(here.claim.uuid),
        hedges=[{**span(snapshot, "the harbour office said"), "whose": "reporter"}],
        glosses=[span(snapshot, "at Velm")],
        quoted=[{**span(snapshot, "shut"), "use": "word"}],
        quantities=[{"what": "days shut", "low": 9, "high": 9, "unit": "days", "words": "nine days"}],
    )
    page = signed_in(world, client).get(reverse("claim", args=[made.uuid])).content.decode()
    for said in (
        *("the reporter’s", "Added by the reporter", "the word itself", "Negated", "doubtful"),
        *("lorries were seen", "interpreted, probable", "Harbour office", "Lies in", "9 days"),
        *("in whose words this lies", "Ilse Brandt", "Translated", "the whole town"),
    ):
        assert said in page, said
    plain = Claim.objects.get(pk=here.lone.pk)
    shown = client.get(reverse("claim", args=[plain.uuid])).content.decode()
    assert 'class="depth"' not in shown

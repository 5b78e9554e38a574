"""Relating claims on a claim's own page, and what its card says of its depth."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotator.actions import claims, relations
from annotator.models import Claim, ClaimRelation
from tests.factories import World, claim, span, stored

from .conftest import Cast


def post(client: Client, world: World, **more: Any) -> Any:
    here = world.here
    body = {"kind": "denies", "other": str(here.claim.uuid), "basis": "textual", "note": ""}
    return client.post(reverse("claim_relate", args=[here.lone.uuid]), {**body, **more})


def signed_in(world: World, client: Client) -> Client:
    client.force_login(world.manager)
    return client


@pytest.mark.lengthy
def test_a_relation_is_made_and_taken_back_on_the_page(world: World, client: Client) -> None:
    page = signed_in(world, client)
    answer = post(page, world)
    assert answer.status_code == 302, answer.content
    relation = ClaimRelation.objects.get(claim=world.here.lone)
    assert (relation.kind.key, relation.basis, relation.other) == ("denies", "textual", world.here.claim)
    shown = page.get(reverse("claim", args=[world.here.lone.uuid])).content.decode()
    assert "The text says so, marked by Manager" in shown
    assert shown.count("<b>denies</b>") == 1, "it is shown once"
    assert reverse("claim_unrelate", args=[world.here.lone.uuid, relation.uuid]) in shown
    assert page.post(reverse("claim_unrelate", args=[world.here.lone.uuid, relation.uuid])).status_code == 302
    assert not ClaimRelation.objects.filter(claim=world.here.lone).exists()
    gone = page.post(reverse("claim_unrelate", args=[world.here.lone.uuid, relation.uuid]))
    assert gone.status_code == 404


@pytest.mark.lengthy
def test_what_cannot_be_related_is_said_with_what_was_typed(world: World, client: Client) -> None:
    page = signed_in(world, client)
    for more in (
        {"other": ""},
        {"other": "somewhere"},
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


@pytest.mark.lengthy
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
        chains=[[{"addressees": [{"actor": str(here.office.uuid)}, {"words": "turned back"}]}]],
        inside=str(here.claim.uuid),
        hedges=[{**span(snapshot, "the harbour office said"), "whose": "reporter"}],
        glosses=[span(snapshot, "at Velm")],
        quoted=[{**span(snapshot, "shut"), "use": "word"}],
        quantities=[{"what": "days shut", "low": 9, "high": 9, "unit": "days", "words": "nine days"}],
    )
    page = signed_in(world, client).get(reverse("claim", args=[made.uuid])).content.decode()
    for said in (
        *("the reporter’s", "Added by the reporter", "the word itself", "Negated", "doubtful"),
        *(
            "lorries were seen",
            "read so by the analyst, who holds it probable",
            "Harbour office",
            "Lies in",
            "9 days",
        ),
        *("in whose words this lies", "Ilse Brandt", "Translated", "turned back"),
    ):
        assert said in page, said
    plain = Claim.objects.get(pk=here.lone.pk)
    shown = client.get(reverse("claim", args=[plain.uuid])).content.decode()
    assert 'class="depth"' not in shown


@pytest.mark.lengthy
def test_two_claims_stand_side_by_side_with_what_is_said_of_them(world: World, client: Client) -> None:
    here = world.here
    address = reverse("claims_beside", args=[here.second_claim.uuid, here.claim.uuid])
    page = signed_in(world, client).get(address).content.decode()
    assert page.index(f'id="claim-{here.second_claim.uuid}"') < page.index(f'id="claim-{here.claim.uuid}"')
    assert "The first claim <b>contradicts</b> the second" in page
    turned = reverse("claims_beside", args=[here.claim.uuid, here.second_claim.uuid])
    assert "The first claim <b>contradicted by</b> the second" in client.get(turned).content.decode()
    for words in ("Kai Radio", "The Velm Courier", "Ilse Brandt", 'name="decision"'):
        assert words in page, words
    for other in (here.second_claim.uuid, world.there.claim.uuid, uuid4()):
        assert client.get(reverse("claims_beside", args=[here.second_claim.uuid, other])).status_code == 404
    # from there one relates, and comes back
    back = {"next": address, "other": str(here.claim.uuid), "kind": "doubts", "basis": "inferential"}
    answer = client.post(reverse("claim_relate", args=[here.second_claim.uuid]), {**back, "note": "June"})
    assert (answer.status_code, answer["Location"]) == (302, address)
    made = ClaimRelation.objects.get(kind__key="doubts", claim=here.second_claim)
    gone = client.post(
        reverse("claim_unrelate", args=[here.second_claim.uuid, made.uuid]), {"next": "//elsewhere.example/"}
    )
    assert gone["Location"].startswith(f"/c/{here.second_claim.uuid}/")


@pytest.mark.lengthy
def test_relations_are_listed_by_kind_with_both_claims_in_their_sentences(
    world: World, client: Client
) -> None:
    here = world.here
    address = reverse("claim_relations", args=["here"])
    relations.relate(
        by=world.manager, claim=here.lone, other=here.claim, kind="supports", note="<b>nine</b> lorries"
    )
    page = signed_in(world, client).get(address).content.decode()
    assert page.count('class="card pair"') == 2
    assert page.index("Eighteen lorries") < page.index("Nobody knew of a crack"), "the latest first"
    assert "&lt;b&gt;nine&lt;/b&gt; lorries" in page
    assert "Contradicts (1)" in page
    only = client.get(address, {"kind": "contradicts"}).content.decode()
    assert "Eighteen lorries turned back</mark>" not in only
    assert only.count('class="card pair"') == 1
    assert client.get(address, {"kind": "\x00nonsense"}).content.decode().count('class="card pair"') == 2
    claims.withdraw(by=world.manager, claim=here.lone)
    assert client.get(address).content.decode().count('class="card pair"') == 1
    client.force_login(world.stranger)
    assert client.get(address).status_code == 404


@pytest.mark.lengthy
def test_a_list_of_pairs_takes_the_same_queries_for_one_as_for_three(world: World, client: Client) -> None:
    here, counts = world.here, []
    page = signed_in(world, client)
    page.get(reverse("claim_relations", args=["here"]))
    for kind in ("supports", "doubts"):
        with CaptureQueriesContext(connection) as captured:
            page.get(reverse("claim_relations", args=["here"]))
        counts.append(len(captured))
        relations.relate(by=world.manager, claim=here.lone, other=here.second_claim, kind=kind)
        relations.relate(by=world.manager, claim=here.lone, other=here.claim, kind=kind)
    assert counts == [counts[0]] * 2


@pytest.mark.lengthy
def test_a_likely_repeat_is_proposed_with_its_reason_and_made_by_hand(world: World, client: Client) -> None:
    here = world.here
    again = stored(
        world.manager, here.project, "“EIGHTEEN lorries turned back!” <b>he</b> said.\n", "Kai Radio"
    )
    repeat = claim(world.manager, again, "EIGHTEEN lorries turned back!")
    page = signed_in(world, client).get(reverse("claim", args=[here.lone.uuid])).content.decode()
    assert 'class="alike"' in page
    assert "the same words" in page
    (form,) = re.findall(
        r'<form method="post" action="([^"]*)">(?:(?!</form>).)*It repeats this one', page, re.S
    )
    assert form == reverse("claim_relate", args=[repeat.uuid]), "what was added later repeats"
    apart = reverse("claims_apart", args=[here.lone.uuid, repeat.uuid])
    assert f'formaction="{apart}">Not a repeat' in page
    assert client.post(apart).status_code == 302
    for one in (here.lone, repeat):
        told = client.get(reverse("claim", args=[one.uuid])).content.decode()
        assert "It repeats this one" not in told and "This one repeats it" not in told
        assert "so says <bdi>Manager</bdi>" in told
    assert client.post(apart, {"do": "take back"}).status_code == 302
    assert client.post(apart.replace(str(repeat.uuid), str(world.there.lone.uuid))).status_code == 404
    assert not ClaimRelation.objects.filter(claim=repeat).exists()
    fields = {
        "kind": "repeats",
        "other": str(here.lone.uuid),
        "basis": "interpretive",
        "note": "The same words",
    }
    assert client.post(form, fields).status_code == 302
    shown = client.get(reverse("claim", args=[here.lone.uuid])).content.decode()
    assert 'class="alike"' not in shown
    assert "repeated by" in shown
    queue = client.get(f"/p/here/review/?at={repeat.uuid}").content.decode()
    assert 'class="alike"' not in queue


@pytest.mark.lengthy
def test_likely_repeats_are_proposed_on_every_list_of_claims(world: World, cast: Cast) -> None:
    here = world.here
    again = stored(
        world.manager, here.project, "“We found a crack in spring!” <b>she</b> said.\n", "Kai Radio"
    )
    repeat = claim(world.manager, again, "We found a crack in spring!")
    proposed = reverse("claims_apart", args=[here.claim.uuid, repeat.uuid])
    speaker = reverse("speaker", args=["here", here.actor.uuid])
    for url in (reverse("claims", args=["here"]), speaker):
        page = cast.annotator.get(url).content.decode()
        assert f'formaction="{proposed}"' in page
        assert f'name="next" value="{url}"' in page, "whoever says so comes back to the list"
        assert 'class="alike"' not in cast.viewer.get(url).content.decode(), "to say so is for annotators"
    claims.withdraw(by=world.manager, claim=here.claim)
    gone = cast.annotator.get(reverse("claims", args=["here"]) + "?status=withdrawn").content.decode()
    assert f'id="claim-{here.claim.uuid}"' in gone
    assert 'class="alike"' not in gone, "what was withdrawn repeats nothing"

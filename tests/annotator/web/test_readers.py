"""Who reads a public project without belonging to it sees what was handed in: no draft, and of what was taken
back no more than its permanent page, which says so. Members see all of it."""

import re
from dataclasses import dataclass

import pytest
from django.test import Client

from annotator.actions import claims, relations
from annotator.models import Claim
from sources.actions import edit_project
from sources.models.history import acting
from tests.factories import World, claim, new_actor, span

from .conftest import Cast

API = "/api/v1/projects/here/"


@dataclass(frozen=True)
class Hidden:
    """A draft with a speaker and a cue of its own, related to a claim that is seen; and a withdrawn claim."""

    draft: Claim
    cue: str
    gone: Claim


@pytest.fixture
def hidden(world: World) -> Hidden:
    here = world.here
    cue = span(here.snapshot, "denies")
    said = {"role": "said", "cues": [cue], "sources": [new_actor("Hans Unheard")]}
    draft = claim(
        world.manager,
        here.snapshot,
        "anyone was warned",
        voice="attributed",
        status="draft",
        paraphrase="not for you",
        chains=[[said]],
    )
    relations.relate(by=world.manager, claim=draft, other=here.second_claim, kind="denies")
    claims.withdraw(by=world.manager, claim=here.lone)
    edit_project(by=world.manager, project=here.project, name="Here", description="", is_public=True)
    return Hidden(draft, cue["uuid"], here.lone)


def pages(world: World) -> list[str]:
    here = world.here
    return [
        *(f"/p/here/{page}" for page in ("", "articles/", "claims/", "claims/?status=draft", "speakers/")),
        *("/p/here/claims/?status=withdrawn", "/p/here/review/", "/p/here/events/", "/p/here/releases/"),
        f"/p/here/articles/{here.article.uuid}/",
        f"/p/here/speakers/{here.actor.uuid}/",
        f"/c/{here.second_claim.uuid}/",
        f"{API}articles/{here.article.uuid}/room/",
        f"{API}texts/{here.snapshot.uuid}/changes/",
    ]


@pytest.mark.lengthy
@pytest.mark.parametrize("who", ["nobody", "stranger"])
def test_no_page_tells_of_a_draft_or_of_what_was_taken_back(
    world: World, cast: Cast, hidden: Hidden, who: str
) -> None:
    told = (str(hidden.draft.uuid), hidden.cue, str(hidden.gone.uuid), "not for you", "Hans Unheard")
    for page in pages(world):
        answer = getattr(cast, who).get(page)
        assert answer.status_code == 200, page
        html = answer.content.decode()
        assert [words for words in told if words in html] == [], page


@pytest.mark.lengthy
def test_members_see_all_of_it(world: World, cast: Cast, hidden: Hidden) -> None:
    assert str(hidden.draft.uuid) in cast.viewer.get("/p/here/claims/?status=draft").content.decode()
    assert str(hidden.gone.uuid) in cast.viewer.get("/p/here/claims/?status=withdrawn").content.decode()
    assert str(hidden.draft.uuid) in cast.viewer.get(f"/c/{world.here.second_claim.uuid}/").content.decode()
    room = cast.viewer.get(f"{API}articles/{world.here.article.uuid}/room/").content.decode()
    assert str(hidden.draft.uuid) in room
    assert "Hans Unheard" in room
    assert "Hans Unheard" in cast.viewer.get("/p/here/speakers/").content.decode()
    assert "</b> marked it" in cast.viewer.get(f"/c/{hidden.draft.uuid}/").content.decode()
    for marked in (hidden.draft.uuid, hidden.cue, hidden.gone.uuid):
        assert cast.viewer.get(f"{API}annotations/{marked}/").status_code == 200


@pytest.mark.lengthy
def test_a_hidden_claim_is_as_one_that_is_not_there(world: World, cast: Cast, hidden: Hidden) -> None:
    missing = "8a6ad7b4-44fb-4d4e-9b1b-7f5b3c1d2e3f"
    assert cast.nobody.get(f"/c/{hidden.gone.uuid}/").status_code == 200  # says that it was withdrawn
    for uuid in (str(hidden.draft.uuid),):
        shut, none = (ask(cast.stranger, f"/c/{one}/") for one in (uuid, missing))
        assert shut == none
        assert shut[0] == 404
        assert cast.nobody.get(f"/c/{uuid}/")["Location"] == f"/sign-in/?next=/c/{uuid}/"
    for uuid in (str(hidden.draft.uuid), str(hidden.gone.uuid)):
        assert cast.stranger.post(f"/c/{uuid}/review/", {"decision": "accepted"}).status_code == 404
        assert cast.stranger.get(f"/c/{uuid}/card/").status_code == 404
    for uuid in (str(hidden.draft.uuid), str(hidden.gone.uuid), hidden.cue):
        assert cast.nobody.get(f"{API}annotations/{uuid}/").status_code == 404
    assert cast.nobody.get(f"{API}annotations/{world.here.claim.uuid}/").status_code == 200


def ask(visitor: Client, url: str) -> tuple[int, str]:
    """The answer without the token that differs each time."""
    answer = visitor.get(url)
    return answer.status_code, re.sub(r"[A-Za-z0-9]{64}", "", answer.content.decode())


def test_names_to_choose_from_are_of_what_is_seen(world: World, cast: Cast, hidden: Hidden) -> None:
    def told(visitor: Client, names: str) -> set[str]:
        found = visitor.get(f"{API}{names}/?q=").json()["results"]
        return {one.get("name") or one["label"] for one in found}

    assert told(cast.viewer, "actors") - told(cast.nobody, "actors") == {"Hans Unheard"}
    assert told(cast.stranger, "actors") == told(cast.nobody, "actors") != set()
    assert told(cast.viewer, "events") == told(cast.nobody, "events") != set()


def test_numbers_count_what_is_seen(world: World, cast: Cast, hidden: Hidden) -> None:
    for who, seen in (("viewer", 3), ("nobody", 2)):
        visitor = getattr(cast, who)
        assert f"<b>{seen}</b><span>claims" in visitor.get("/p/here/").content.decode(), who
        assert f"<span>{seen} claims" in visitor.get("/").content.decode(), who


@pytest.mark.lengthy
def test_a_chain_ends_within_what_is_a_draft(world: World, cast: Cast, hidden: Hidden) -> None:
    claim = world.here.second_claim
    with acting(world.manager):
        Claim.objects.filter(pk=claim.pk).update(inside=hidden.draft.pk)
    second = world.here.second_article.uuid
    rooms = (
        f"/p/here/articles/{second}/",
        f"{API}articles/{second}/room/",
        f"{API}annotations/{claim.uuid}/",
    )
    for page in (f"/c/{claim.uuid}/", f"/c/{claim.uuid}.jsonld", "/p/here/claims/", *rooms):
        told = cast.nobody.get(page).content.decode()
        assert [words for words in ("Hans Unheard", str(hidden.draft.uuid)) if words in told] == [], page
    assert "Hans Unheard" in cast.viewer.get(f"/c/{claim.uuid}/").content.decode()


def test_what_happened_last_in_the_project_is_for_members(world: World, cast: Cast, hidden: Hidden) -> None:
    assert 'id="latest"' in cast.viewer.get("/p/here/").content.decode()
    for visitor in (cast.nobody, cast.stranger):
        assert 'id="latest"' not in visitor.get("/p/here/").content.decode()


def history(visitor: Client, claim: Claim) -> str:
    html = visitor.get(f"/c/{claim.uuid}/").content.decode()
    return html.partition('id="became"')[2].partition("</section>")[0]


@pytest.mark.lengthy
def test_the_history_of_a_claim_names_no_other_that_is_hidden(
    world: World, cast: Cast, hidden: Hidden
) -> None:
    """A draft denies it; it was laid into a draft, and taken out."""
    claim = world.here.second_claim
    relations.relate(by=world.manager, claim=claim, other=world.here.claim, kind="supports")
    for inside in (hidden.draft.pk, None):
        with acting(world.manager):
            Claim.objects.filter(pk=claim.pk).update(inside=inside)
    for visitor in (cast.nobody, cast.stranger):
        told = history(visitor, claim)
        assert "</b> marked it" in told and "supports" in told
        assert "anyone was warned" not in told and "lies in" not in told and "denie" not in told
    assert "lies in" in history(cast.viewer, claim) and "anyone was warned" in history(cast.viewer, claim)


def test_of_its_time_as_a_draft_readers_learn_who_marked_it(world: World, cast: Cast, hidden: Hidden) -> None:
    draft = hidden.draft
    with acting(world.manager):
        Claim.objects.filter(pk=draft.pk).update(paraphrase="still not for you")
    with acting(world.manager):
        Claim.objects.filter(pk=draft.pk).update(paraphrase="for you")
    claims.submit(by=world.manager, claim=draft)
    told = history(cast.nobody, draft)
    assert "</b> marked it" in told and "Submitted" in told
    assert "not for you" not in told
    assert "still not for you" in history(cast.viewer, draft)


@pytest.mark.lengthy
def test_the_act_that_hands_in_tells_nothing_of_the_draft(world: World, cast: Cast, hidden: Hidden) -> None:
    """Edited and handed in at once; later taken back to be a draft, edited, and handed in anew."""
    draft = hidden.draft
    acts = (("submitted", "meant for you"), ("draft", "once more not"), ("draft", "nor this"))
    for status, paraphrase in acts:
        with acting(world.manager):
            Claim.objects.filter(pk=draft.pk).update(status=status, paraphrase=paraphrase)
    with acting(world.manager):
        draft.topic_links.all().delete()
        Claim.objects.filter(pk=draft.pk).update(status="accepted", paraphrase="seen")
    with acting(world.manager):
        Claim.objects.filter(pk=draft.pk).update(paraphrase="seen and changed")
    for visitor in (cast.nobody, cast.stranger):
        told = history(visitor, draft)
        assert told.count("</b> marked it") == 1
        assert "Submitted" in told and "Accepted" in told and "seen and changed" in told
        assert [words for words in ("not for you", "once more not", "nor this") if words in told] == []
    assert "once more not" in history(cast.viewer, draft)

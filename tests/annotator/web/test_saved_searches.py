"""Searches that are kept: whose they are, who may change them, what opening one finds."""

from html import unescape
from re import search as find

import pytest

from annotator.actions import saved_searches
from annotator.intents.refusal import Refused
from annotator.intents.saved_search import SaveSearch, parse_saving
from annotator.models import SavedSearch
from sources.actions import edit_project
from sources.models import Change
from tests.factories import World

from .conftest import Cast

PAGE = "/p/here/searches/"


def keep(cast: Cast, who: str, name: str, search: str = "status=disputed", **more: str):
    return getattr(cast, who).post(PAGE, {"name": name, "search": search, **more})


@pytest.mark.lengthy
def test_a_search_is_kept_from_the_desk_and_opened_again(world: World, cast: Cast) -> None:
    desk = cast.annotator.get("/p/here/claims/?after=x&q=crack&nonsense=1&status=disputed").content.decode()
    link = find(r'href="(/p/here/searches/\?search=[^"]*)"', desk)
    assert link
    page = cast.annotator.get(unescape(link[1]))
    assert "words: crack; status: Disputed" in page.content.decode()
    assert page.context["form"].initial["search"] == "q=crack&status=disputed"
    assert keep(cast, "annotator", "Disputed cracks", "status=disputed&q=crack&after=x").status_code == 302
    kept = SavedSearch.objects.get(name="Disputed cracks")
    assert (kept.search, kept.shared, kept.owner.username) == ("q=crack&status=disputed", False, "annotator")
    listed = cast.annotator.get(PAGE).content.decode()
    assert '<a href="/p/here/claims/?q=crack&amp;status=disputed" dir="auto">Disputed cracks</a>' in listed
    found = cast.annotator.get(f"/p/here/claims/?{kept.search}").context["cards"]
    assert [card.claim for card in found] == [world.here.claim]
    (change,) = Change.objects.filter(table="annotator_savedsearch", row_id=kept.pk)
    assert (change.operation, change.user_id) == ("INSERT", kept.owner_id)


def test_an_own_search_is_nobody_elses_and_a_shared_one_everybodys(world: World, cast: Cast) -> None:
    keep(cast, "annotator", "Mine")
    keep(cast, "annotator", "Ours", shared="on")
    uuids = {one.name: one.uuid for one in SavedSearch.objects.filter(project=world.here.project)}
    for who in ("viewer", "reviewer", "manager"):
        listed = getattr(cast, who).get(PAGE).content.decode()
        assert "Ours" in listed
        assert "Mine" not in listed
        assert getattr(cast, who).get(f"{PAGE}{uuids['Mine']}/").status_code == (
            403 if who == "viewer" else 404
        )
    assert cast.reviewer.get(f"{PAGE}{uuids['Ours']}/").status_code == 403
    assert cast.manager.get(f"{PAGE}{uuids['Ours']}/").status_code == 200
    assert cast.annotator.get(f"{PAGE}{uuids['Mine']}/").status_code == 200
    assert cast.stranger.get(PAGE).status_code == 404


def test_viewers_and_readers_keep_none(world: World, cast: Cast) -> None:
    assert keep(cast, "viewer", "X").status_code == 403
    edit_project(by=world.manager, project=world.here.project, name="Here", description="", is_public=True)
    assert cast.stranger.get(PAGE).status_code == 403
    assert "Keep this search" not in cast.stranger.get("/p/here/claims/?q=crack").content.decode()
    assert not SavedSearch.objects.filter(name="X").exists()


def test_renaming_sharing_and_removing(world: World, cast: Cast) -> None:
    kept = world.here.saved_search
    address = f"{PAGE}{kept.uuid}/"
    assert cast.manager.post(address, {"name": "Rifts", "version": 1}).status_code == 302
    kept.refresh_from_db()
    assert (kept.name, kept.shared, kept.version) == ("Rifts", False, 2)
    late = cast.manager.post(address, {"name": "Chasms", "version": 1, "shared": "on"})
    assert late.status_code == 409
    assert "it now is “<bdi>Rifts</bdi>”" in late.content.decode()
    assert 'value="Chasms"' in late.content.decode()
    assert cast.manager.post(address, {"do": "remove"}).status_code == 302
    assert not SavedSearch.objects.filter(pk=kept.pk).exists()
    assert Change.objects.filter(table="annotator_savedsearch", row_id=kept.pk, operation="DELETE").exists()


@pytest.mark.parametrize("name", ["", "   ", "a\nb\x00", "x" * 101, "\u202ex", "Cracks"])
def test_names_that_are_refused(world: World, cast: Cast, name: str) -> None:
    answer = keep(cast, "manager", name, "q=<b>")
    assert answer.status_code == 422
    assert "Nothing was saved yet" in answer.content.decode()
    assert SavedSearch.objects.filter(project=world.here.project).count() == 1
    assert "<b>" not in answer.content.decode().split("Keep this search")[1].split("<b>Nothing")[0]


def test_no_more_than_so_many(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_searches, "MOST_SEARCHES", 2)
    mine = {"by": world.manager, "project": world.here.project}
    saved_searches.save(**mine, intent=SaveSearch("A", "q=a"))
    with pytest.raises(Refused, match="at most 2"):
        saved_searches.save(**mine, intent=SaveSearch("B", "q=b"))


@pytest.mark.parametrize(
    "body",
    [
        {"name": "A", "search": "q=a\nb"},
        {"name": "A", "search": "q=" + "x" * 4000},
        {"name": "A", "search": 7},
        {"name": "A", "search": "q=a", "shared": "yes"},
        {"name": "A", "owner": 1},
        [],
    ],
    ids=["two lines", "too long", "a number", "a word", "another's", "a list"],
)
def test_hostile_bodies_are_refused(body: object) -> None:
    with pytest.raises(Refused):
        parse_saving(body)


@pytest.mark.lengthy
def test_hostile_searches_are_shown_as_what_they_ask_for(world: World, cast: Cast) -> None:
    for odd in ("%00", "q=%00", "status=x&speaker=y", "q=" + "x" * 9000, "?", "&&&", "period=99999"):
        assert cast.manager.get(PAGE, {"search": odd}).status_code == 200, odd
        assert cast.manager.post(PAGE, {"search": odd, "name": odd[:9]}).status_code in (302, 422), odd
    assert cast.manager.get(PAGE).status_code == 200

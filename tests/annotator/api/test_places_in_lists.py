"""`next` and `previous` of a list over the API name a place in that list alone."""

from urllib.parse import parse_qs, urlsplit

from django.test import Client

from tests.factories import World


def after(client: Client, url: str) -> str:
    (place,) = parse_qs(urlsplit(client.get(url).json()["next"]).query)["after"]
    return place


def test_a_place_is_none_in_another_list_project_or_question(world: World, manager: Client) -> None:
    here = "/api/v1/projects/here/"
    place = after(manager, f"{here}actors/?limit=1&kind=organisation&kind=person")
    same = manager.get(f"{here}actors/", {"kind": ["person", "organisation"], "limit": 2, "after": place})
    assert same.status_code == 200 and same.json()["results"]
    for url, asked in (
        (f"{here}actors/", {}),
        (f"{here}actors/", {"kind": ["person"]}),
        (f"{here}claims/", {"kind": ["person", "organisation"]}),
        (f"{here}events/", {}),
        ("/api/v1/projects/there/actors/", {"kind": ["person", "organisation"]}),
    ):
        for name, said in (("after", place), ("before", place), ("after", place.partition(".")[0])):
            refused = manager.get(url, {**asked, name: said})
            assert refused.status_code == 400, (url, asked, name)
            (error,) = refused.json()["errors"]
            assert (error["field"], error["rule"]) == (name, "cursor")

"""Outlets over the API."""

from typing import Any

from django.test import Client

from sources.models import Publication
from tests.factories import Side, World

from .lists import costs_the_same, refuses_strange_parameters, walked

URL = "/api/v1/projects/here/outlets/"


def put(client: Client, outlet: Publication, at: int | None, **said: Any) -> Any:
    headers = {} if at is None else {"If-Match": f'"{at}"'}
    return client.put(f"{URL}{outlet.uuid}/", said, content_type="application/json", headers=headers)


def courier(here: Side) -> Publication:
    return Publication.objects.get(project=here.project, name="The Velm Courier")


def test_those_that_stand_are_told_by_name(manager: Client, here: Side) -> None:
    told = walked(manager, URL, limit=1)
    names = list(here.project.publications.filter(merged_into=None).values_list("name", flat=True))
    assert [one["name"] for one in told] == sorted(names)
    assert next(one for one in told if one["name"] == "The Velm Courier")["articles"] >= 1
    (found,) = manager.get(URL, {"q": "courier"}).json()["results"]
    assert found["uuid"] == str(courier(here).uuid)
    refuses_strange_parameters(manager, URL)


def test_the_list_costs_the_same(manager: Client, world: World) -> None:
    def more() -> None:
        project = world.here.project
        Publication.objects.bulk_create(Publication(project=project, name=f"Paper {n}") for n in range(20))

    costs_the_same(manager, URL, more)


def test_one_is_corrected_as_it_was_read(manager: Client, here: Side) -> None:
    outlet = courier(here)
    known = manager.get(f"{URL}{outlet.uuid}/")
    version = known.json()["version"]
    assert manager.get(f"{URL}{outlet.uuid}/", headers={"If-None-Match": known["ETag"]}).status_code == 304
    assert put(manager, outlet, None, name="X").status_code == 428
    answer = put(manager, outlet, version, name="Velm Courier", domains=["courier.example"], country="gb")
    assert answer.status_code == 200
    assert (answer.json()["country"], answer.json()["version"]) == ("GB", version + 1)
    for at in (version, version + 1):  # where the answer got lost, too
        again = put(manager, outlet, at, name="Velm Courier", domains=["courier.example"], country="gb")
        assert (again.status_code, again.json()["version"]) == (200, version + 1)
    stale = put(manager, outlet, version, name="X")
    assert (stale.status_code, stale.json()["current"]["name"]) == (412, "Velm Courier")
    assert put(manager, outlet, version + 1, name="X", country="Syria").status_code == 400
    assert put(manager, outlet, version + 1, name="X", version=3).json()["errors"][0]["rule"] == "known_field"

"""Outlets merged, taken apart again and deleted over the API."""

from typing import Any
from uuid import uuid4

from django.test import Client

from sources.models import Publication
from tests.factories import Side, World, stored

from .lists import costs_the_same, refuses_strange_parameters

URL = "/api/v1/projects/here/outlets/"


def two(here: Side) -> tuple[Publication, Publication]:
    gone, kept = Publication.objects.filter(project=here.project, merged_into=None).order_by("-pk")[:2]
    return gone, kept


def merge(client: Client, from_: Publication, into: Publication, **more: Any) -> Any:
    said = {
        "gone": str(from_.uuid),
        "kept": str(into.uuid),
        "gone_version": from_.version,
        "kept_version": into.version,
        "reason": "Renamed",
    }
    return client.post(f"{URL}merges/", said | more, content_type="application/json")


def test_two_are_one_are_told_so_and_are_taken_apart(manager: Client, here: Side) -> None:
    gone, kept = two(here)
    done = merge(manager, gone, kept)
    assert (done.status_code, done.json()["uuid"]) == (200, str(kept.uuid))
    assert gone.name in done.json()["aliases"]
    assert done["ETag"] == f'"{kept.version + 1}"'
    assert manager.get(f"{URL}{gone.uuid}/").json()["merged_into"] == str(kept.uuid)
    (merged,) = manager.get(f"{URL}{kept.uuid}/merged/").json()["results"]
    assert (merged["uuid"], merged["merged_into"]) == (str(gone.uuid), str(kept.uuid))
    again = merge(manager, gone, kept)
    assert (again.status_code, again.json()["current"]["uuid"]) == (412, str(gone.uuid))
    for _ in range(2):
        freed = manager.post(f"{URL}{gone.uuid}/unmerge/")
        assert (freed.status_code, freed.json()["merged_into"]) == (200, None)
    assert manager.get(f"{URL}{kept.uuid}/merged/").json()["results"] == []


def test_what_cannot_be_merged_is_refused(manager: Client, world: World) -> None:
    gone, kept = two(world.here)
    for more, code, field, rule in (
        ({"gone": str(kept.uuid)}, 400, "kept", "two_outlets"),
        ({"gone": "x"}, 400, "gone", "uuid"),
        ({"gone": str(world.there.article.publication.uuid)}, 422, "", "exists"),
        ({"gone": str(uuid4())}, 422, "", "exists"),
        ({"why": "x"}, 400, "why", "known_field"),
    ):
        answer = merge(manager, gone, kept, **more)
        (error,) = answer.json()["errors"]
        assert (answer.status_code, error["field"], error["rule"]) == (code, field, rule)


def test_the_list_of_the_merged_keeps_to_its_manners(manager: Client, here: Side) -> None:
    _, kept = two(here)
    url = f"{URL}{kept.uuid}/merged/"
    refuses_strange_parameters(manager, url)

    def more() -> None:
        made = [Publication(project=here.project, name=f"P{n}", merged_into=kept) for n in range(20)]
        Publication.objects.bulk_create(made)

    costs_the_same(manager, url, more)


def test_one_that_nothing_names_is_deleted_as_it_was_read(manager: Client, world: World) -> None:
    named = stored(world.manager, world.here.project, "A text.\n", "Kai Radio").article.publication
    bare = Publication.objects.create(project=world.here.project, name="Nobody’s")

    def delete(outlet: Publication, at: int | None) -> Any:
        headers = {} if at is None else {"If-Match": f'"{at}"'}
        return manager.delete(f"{URL}{outlet.uuid}/", headers=headers)

    assert delete(bare, None).status_code == 428
    assert delete(bare, bare.version + 1).status_code == 412
    refused = delete(named, named.version)
    assert (refused.status_code, refused.json()["errors"][0]["rule"]) == (422, "named")
    assert "articles" in refused.json()["detail"]
    assert delete(bare, bare.version).status_code == 204
    assert not Publication.objects.filter(pk=bare.pk).exists()

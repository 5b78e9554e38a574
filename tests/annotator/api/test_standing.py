"""A project archived, opened again, exported whole and purged over the API."""

from collections.abc import Callable
from typing import Any

from django.db.models import F
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from annotator.actions.releases import note_download
from annotator.models import Release
from sources.models import Project, User
from tests.factories import World

from .lists import refuses_strange_parameters
from .test_tokens import program, secret_of

URL = "/api/v1/projects/here/"


def state(client: Client, seen: str | None = "", **said: Any) -> Any:
    """With the version that stands now, unless another is `seen`, or none."""
    tag = client.get(URL).headers.get("ETag") if seen == "" else seen
    headers = {"If-Match": tag} if tag else {}
    return client.put(f"{URL}state/", said, content_type="application/json", headers=headers)


def post(client: Client, tail: str, **said: Any) -> Any:
    return client.post(f"{URL}{tail}/", said, content_type="application/json")


def test_it_is_archived_read_exported_and_opened_again(manager: Client, world: World) -> None:
    for _ in range(2):
        done = state(manager, archived=True)
        assert (done.status_code, bool(done.json()["archived_at"])) == (200, True)
    assert manager.get(URL)["ETag"] == done["ETag"]
    assert post(manager, "articles", text="x").status_code == 403
    made = post(manager, "export")
    assert made.status_code == 201
    release = Release.objects.latest("pk")
    assert made["Location"].endswith(f"{URL}releases/{release.number}/")
    assert made.json()["release"]["with_texts"] and "draft" in made.json()["release"]["statuses"]
    assert state(manager, archived=False).json()["archived_at"] is None
    assert post(manager, "articles").status_code == 400


def test_whoever_saw_another_state_of_it_is_told_how_it_stands(manager: Client, world: World) -> None:
    seen = manager.get(URL)["ETag"]
    assert state(manager, seen=None, archived=True).status_code == 428
    Project.objects.filter(slug="here").update(description="Changed meanwhile.")
    late = state(manager, seen=seen, archived=True)
    assert (late.status_code, late.json()["current"]["version"]) == (412, manager.get(URL).json()["version"])
    assert state(manager, archived=True).status_code == 200
    for again in (None, seen):
        assert state(manager, seen=again, archived=True).status_code == 200
        assert state(manager, seen=again, archived=False).status_code == (412 if again else 428)
    assert Project.objects.get(slug="here").archived_at is not None


def test_an_export_counts_once_it_was_downloaded(manager: Client, world: World) -> None:
    state(manager, archived=True)
    number = post(manager, "export").json()["release"]["number"]
    made = Release.objects.filter(project=world.here.project, number=number)
    ready = {"state": "ready", "file_name": "a.zip", "size": 1, "sha256": "0" * 64}
    made.update(ready_at=F("created_at"), **ready)
    assert manager.get(f"{URL}purge/").json()["exported"] is None
    note_download(by=world.manager, release=made.get())
    told = manager.get(f"{URL}purge/").json()["exported"]
    assert (told["kind"], told["number"], told["downloaded_by"]) == ("release", number, "Manager")
    assert told["downloaded_at"]


def test_what_a_purge_lacks_is_told(manager: Client, world: World) -> None:
    def refused(slug: str) -> str:
        answer = post(manager, "purge", slug=slug)
        assert answer.status_code == 422
        return str(answer.json()["errors"][0]["rule"])

    assert (refused("there"), refused("here")) == ("typed", "archived")
    assert manager.get(f"{URL}purge/").json() == {"archived_at": None, "due_at": None, "exported": None}
    state(manager, archived=True)
    told = manager.get(f"{URL}purge/").json()
    assert (told["archived_at"] < told["due_at"], told["exported"]) == (True, None)
    assert refused("here") == "grace"
    assert post(manager, "purge").json()["errors"][0]["field"] == "slug"
    assert not ProcrastinateJob.objects.filter(task_name="projects.purge").exists()
    assert Project.objects.filter(slug="here").exists()


def test_managers_alone_do_and_with_a_token_for_it(
    world: World, client_of: Callable[[User], Client], manager: Client
) -> None:
    state(manager, archived=True)
    for client, code in (
        (client_of(world.reviewer), 403),
        (client_of(world.stranger), 404),
        (program(secret_of(world.manager, "review")), 403),
        (Client(), 401),
    ):
        said = [
            state(client, archived=False).status_code,
            post(client, "purge", slug="here").status_code,
            post(client, "export").status_code,
            client.get(f"{URL}purge/").status_code,
        ]
        assert said == [code] * 4
    assert state(program(secret_of(world.manager)), archived=False).status_code == 200


def test_what_says_no_state_is_refused(manager: Client, world: World) -> None:
    for said, rule in (({}, "required"), ({"archived": "yes"}, "boolean"), ({"open": True}, "known_field")):
        answer = state(manager, **said)
        assert (answer.status_code, answer.json()["errors"][0]["rule"]) == (400, rule)
    world.here.project.intakes.create(by=world.manager, method="upload", name="x", state="waiting")
    busy = state(manager, archived=True)
    assert (busy.status_code, busy.json()["errors"][0]["rule"]) == (422, "busy")
    assert manager.get(f"{URL}purge/?limit=1").status_code == 400
    refuses_strange_parameters(manager, f"{URL}history/")

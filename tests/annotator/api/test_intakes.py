"""Files and addresses handed over to a worker through the API."""

from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from annotator.actions.intakes import run
from sources.models import Article, Intake
from tests.factories import Side, World

from .lists import costs_the_same, refuses_strange_parameters, walked
from .test_tokens import program, secret_of

URL = "/api/v1/projects/here/intakes/"


@pytest.fixture(autouse=True)
def _kept_elsewhere(tmp_path: Any, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


def upload(client: Client, *names: str) -> Any:
    texts = [SimpleUploadedFile(name, f"Weir {name}\n\nIt opened at noon.\n".encode()) for name in names]
    return client.post(URL, {"files": texts})


@pytest.mark.lengthy
def test_files_are_taken_in_by_a_worker_and_told_of(world: World, here: Side) -> None:
    client = program(secret_of(world.manager, "write"))
    answer = upload(client, "a.txt", "b.txt")
    assert answer.status_code == 202, answer.content
    assert answer.json()["state"] == "waiting"
    place = answer["Location"]
    run(Intake.objects.get(uuid=answer.json()["uuid"]))
    told = client.get(place).json()
    assert (told["state"], told["counts"], told["stuck"]) == ("done", {"new": 2}, False)
    lines = walked(client, f"{place}lines/", limit=1)
    assert [line["name"] for line in lines] == ["a.txt", "b.txt"]
    assert Article.objects.get(uuid=lines[0]["article"]).project == here.project
    assert client.get(f"{place}lines/", {"outcome": "refused"}).json()["results"] == []


def test_addresses_are_handed_over(manager: Client, here: Side) -> None:
    two = ["https://courier.example/a", "https://courier.example/b"]
    answer = manager.post(URL, {"addresses": two}, content_type="application/json")
    assert (answer.status_code, answer.json()["expected"]) == (202, 2)
    assert Intake.objects.get(uuid=UUID(answer.json()["uuid"])).options["addresses"] == two


@pytest.mark.parametrize(
    ("said", "field", "rule"),
    [
        ({}, "addresses", "required"),
        ({"addresses": []}, "addresses", "required"),
        ({"addresses": "https://a.example/"}, "addresses", "list"),
        ({"addresses": ["x" * 2001]}, "addresses.0", "max_length"),
        ({"addresses": ["https://a.example/"] * 501}, "addresses", "max_items"),
        ({"files": ["a"]}, "files", "known_field"),
    ],
)
def test_what_hands_nothing_over_is_refused(
    manager: Client, here: Side, said: dict[str, Any], field: str, rule: str
) -> None:
    answer = manager.post(URL, said, content_type="application/json")
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert (error["field"], error["rule"]) == (field, rule)


def test_too_many_files_are_refused_whole(manager: Client, here: Side, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    before = Intake.objects.count()
    answer = upload(manager, "a.txt", "b.txt", "c.txt")
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")
    assert Intake.objects.count() == before


def test_only_a_good_token_may_send_much(world: World, here: Side, settings: Any) -> None:
    settings.LARGEST_REQUEST = 1000
    large = SimpleUploadedFile("a.txt", b"Weir\n\n" + b"It opened at noon. " * 200)
    for secret, code in ((secret_of(world.manager), 202), ("sl_" + "x" * 43, 413)):
        large.seek(0)
        assert program(secret).post(URL, {"files": [large]}).status_code == code


@pytest.mark.lengthy
def test_lists(manager: Client, world: World) -> None:
    refuses_strange_parameters(manager, URL)
    refuses_strange_parameters(manager, f"{URL}{world.here.intake.uuid}/lines/")

    def more() -> None:
        for n in range(20):
            Intake.objects.create(
                project=world.here.project, by=world.manager, method="upload", name=f"{n}.txt"
            )

    costs_the_same(manager, URL, more)

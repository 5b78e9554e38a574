"""Annotations of other tools taken in over the API, and told line by line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from annotator.exchange.receiving import parcels
from annotator.jobs.imports import take_in_annotations
from annotator.models import Annotation, Code
from sources.models import User
from tests.factories import World

from .lists import refuses_strange_parameters, walked
from .test_tokens import program, secret_of

URL = "/api/v1/projects/here/annotations/imports/"
CHOSEN = {
    "format": "w3c",
    "meanings": "crack = claim:fact\r\n\r\nrumour=claim:rumour",
    "voice": "agentless",
    "quotation_type": "reported",
}


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def notes(world: World, *quotes: str, label: str = "crack") -> bytes:
    body = {"type": "TextualBody", "purpose": "tagging", "value": label}
    state = {"sha256": world.here.snapshot.sha256}
    made = [
        {
            "type": "Annotation",
            "id": f"urn:x:{n}",
            "body": body,
            "target": {
                "state": state,
                "source": "urn:x",
                "selector": {"type": "TextQuoteSelector", "exact": one},
            },
        }
        for n, one in enumerate(quotes)
    ]
    return json.dumps(made, indent=1).encode()


def send(client: Client, raw: bytes | None, name: str = "notes.jsonld", **changed: Any) -> Any:
    file = {} if raw is None else {"file": SimpleUploadedFile(name, raw)}
    return client.post(URL, {**CHOSEN, **file, **changed})


@pytest.mark.lengthy
def test_little_is_taken_in_at_once_and_told_line_by_line(manager: Client, world: World) -> None:
    before = Annotation.objects.filter(project=world.here.project).count()
    answer = send(manager, notes(world, "An engineer who asked", "<b>snow</b>", "<b>rain</b>", "hail"))
    assert answer.status_code == 202
    told = answer.json()["imported"]
    assert (told["state"], told["counts"]["stored"], told["counts"]["refused"]) == ("done", 1, 3)
    assert told["lines"] == {"refused": 3, "changed": 0, "moved": 0, "unmapped": 0}
    assert Annotation.objects.filter(project=world.here.project).count() == before + 1
    read = manager.get(answer["Location"])
    assert read.json() == answer.json()
    assert manager.get(answer["Location"], headers={"If-None-Match": read["ETag"]}).status_code == 304
    url = f"{URL}{told['uuid']}/lines/"
    lines = walked(manager, url, limit=2)
    assert [one["list"] for one in lines] == ["refused"] * 3
    assert lines[0]["file"] == "notes.jsonld" and lines[0]["line"] > 1 and "snow" in str(lines)
    assert walked(manager, url, limit=1, list="refused") == lines
    assert walked(manager, url, limit=1, list="moved") == []
    refuses_strange_parameters(manager, url)
    assert manager.get(url, {"list": "all"}).status_code == 400
    again = send(manager, notes(world, "An engineer who asked")).json()["imported"]
    assert (again["counts"]["stored"], again["counts"]["known"]) == (0, 1)


def test_much_is_handed_to_a_worker(manager: Client, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcels, "AT_ONCE", 0)
    answer = send(manager, notes(world, "An engineer who asked"))
    told = answer.json()["imported"]
    assert (told["state"], told["counts"], told["lines"]) == ("waiting", None, None)
    assert manager.get(f"{URL}{told['uuid']}/lines/").json()["results"] == []
    take_in_annotations(**ProcrastinateJob.objects.get(task_name=parcels.TAKE).args)
    assert manager.get(answer["Location"]).json()["imported"]["counts"]["stored"] == 1


@pytest.mark.parametrize(
    ("raw", "changed", "code", "field", "rule"),
    [
        (None, {}, 400, "file", "required"),
        (b"x", {"file": "x"}, 400, "file", "required"),
        (b"{}", {}, 422, "file", "not_read"),
        (b"{}", {"format": "word"}, 400, "format", "choice"),
        (b"{}", {"meanings": "crack = fact"}, 400, "meanings", "choice"),
        (b"{}", {"voice": "loud"}, 400, "voice", "choice"),
        (b"{}", {"actor_kind": "dragon"}, 400, "actor_kind", "exists"),
        (b"{}", {"create_codes": "on"}, 400, "create_codes", "choice"),
        (b"{}", {"colour": "red"}, 400, "colour", "known_field"),
    ],
)
def test_what_cannot_be_read_is_refused(
    manager: Client, raw: bytes | None, changed: Any, code: int, field: str, rule: str
) -> None:
    answer = send(manager, None if "file" in changed else raw, **changed)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["field"], error["rule"]) == (code, field, rule)


@pytest.mark.lengthy
def test_codes_are_made_for_managers_alone(
    manager: Client, world: World, client_of: Callable[[User], Client]
) -> None:
    rumour = Code.objects.filter(project=world.here.project, key="rumour")
    raw = notes(world, "An engineer who asked", label="rumour")
    for client in (client_of(world.reviewer), program(secret_of(world.manager, "review"))):
        assert send(client, raw, create_codes="true").status_code == 403
    assert not rumour.exists()
    told = send(manager, raw, create_codes="true").json()["imported"]
    assert (told["counts"]["codes"], rumour.exists()) == (1, True)

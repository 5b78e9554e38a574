"""Annotations made elsewhere, by page: taken in at once or by a worker, and told line by line."""

import json
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from annotator.exchange.receiving import parcels
from annotator.jobs.imports import take_in_annotations
from annotator.models import Annotation, Code
from sources.models import Project
from tests.factories import BRIDGE, World

from .conftest import Cast

URL = "/p/here/articles/import/annotations/"
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
    selectors = [{"type": "TextQuoteSelector", "exact": quote} for quote in quotes]
    source = {"state": {"sha256": world.here.snapshot.sha256}, "source": "urn:x"}
    body = {"type": "TextualBody", "purpose": "tagging", "value": label}
    made = [
        {"type": "Annotation", "id": f"urn:x:{n}", "body": body, "target": {**source, "selector": one}}
        for n, one in enumerate(selectors)
    ]
    return json.dumps(made, indent=1).encode()


def send(client: Client, raw: bytes, name: str = "notes.jsonld", **changed: Any) -> Any:
    return client.post(URL, {**CHOSEN, "file": SimpleUploadedFile(name, raw), **changed})


def said(answer: Any) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def test_little_is_taken_in_at_once_and_told(world: World, cast: Cast) -> None:
    before = Annotation.objects.filter(project=world.here.project).count()
    answer = send(cast.annotator, notes(world, "An engineer who asked", "<b>snow</b>"))
    assert answer.status_code == 302
    page = cast.annotator.get(answer.url)
    told = said(page)
    assert "1 text already there, 1 annotation stored, 1 refused." in told
    raw = notes(world, "An engineer who asked", "<b>snow</b>").decode().split("\n")
    line = [number for number, one in enumerate(raw, start=1) if one == " {"][1]
    assert f"<code>notes.jsonld:{line}</code>" in told
    assert "&lt;b&gt;snow&lt;/b&gt;" in page.content.decode()
    kept = Annotation.objects.filter(project=world.here.project)
    assert kept.count() == before + 1
    assert kept.get(origin="import").origin_detail == "w3c: notes.jsonld"
    assert kept.get(origin="import").author.username == "annotator"
    again = cast.annotator.get(send(cast.annotator, notes(world, "An engineer who asked")).url)
    assert "1 text already there, 1 already there." in said(again)


def test_much_is_handed_to_a_worker(world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcels, "AT_ONCE", 0)
    answer = send(cast.annotator, notes(world, "An engineer who asked"))
    waiting = cast.annotator.get(answer.url, headers={"HX-Request": "true"})
    assert 'hx-trigger="every 2s"' in waiting.content.decode()
    assert "Waiting for its turn" in said(waiting)
    job = ProcrastinateJob.objects.get(task_name=parcels.TAKE)
    assert job.lock == f"import {world.here.project.uuid}"
    take_in_annotations(**job.args)
    take_in_annotations(**job.args)
    done = cast.annotator.get(answer.url, headers={"HX-Request": "true"}).content.decode()
    assert "1 annotation stored." in done
    assert "hx-trigger" not in done
    (folder,) = (parcels._folder(world.here.project)).iterdir()
    assert {one.name for one in folder.iterdir()} == {"asked.json", "report.json"}


def test_a_large_file_is_read_by_the_worker(
    world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parcels, "SMALL", 3)
    answer = send(cast.annotator, b"not JSON")
    job = ProcrastinateJob.objects.get(task_name=parcels.TAKE)
    take_in_annotations(**job.args)
    assert "notes.jsonld:1" in said(cast.annotator.get(answer.url))
    assert "is no JSON" in said(cast.annotator.get(answer.url))


def test_an_import_of_a_project_that_went_does_nothing(world: World) -> None:
    take_in_annotations(project_id=0, uuid=str(world.here.claim.uuid))
    take_in_annotations(project_id=world.here.project.pk, uuid=str(world.here.claim.uuid))


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"file": ""}, "This field is required"),
        ({"file": SimpleUploadedFile("a.jsonld", b"{}")}, "holds no annotation"),
        ({"file": SimpleUploadedFile("a.jsonld", b"[" * 5000)}, "nested more than 64 deep"),
        ({"file": SimpleUploadedFile("a.zip", b"PK\x03\x04 no zip")}, "is no ZIP that can be read"),
        ({"file": SimpleUploadedFile("a.txt", b"Rain"), "format": "sourceline"}, "one bagit.txt"),
        ({"format": "word"}, "Select a valid choice"),
        ({"meanings": "crack = fact"}, "“fact” is none of"),
        ({"voice": "loud"}, "Select a valid choice"),
        ({"actor_kind": "dragon"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(
    world: World, cast: Cast, changed: dict[str, Any], error: str
) -> None:
    if upload := changed.get("file"):
        upload.seek(0)
    before = Annotation.objects.count()
    answer = send(cast.annotator, notes(world, "crack"), **changed)
    assert answer.status_code == 422
    assert error in said(answer)
    assert Annotation.objects.count() == before


@pytest.mark.lengthy
def test_codes_are_made_for_whoever_may_make_them(world: World, cast: Cast) -> None:
    rumour = Code.objects.filter(project=world.here.project, key="rumour")
    raw = notes(world, "An engineer who asked", label="rumour")
    for client, made in ((cast.annotator, False), (cast.manager, True)):
        assert ("create_codes" in said(client.get(URL))) is made
        report = said(client.get(send(client, raw, create_codes="on").url))
        assert rumour.exists() is made
        assert ("1 annotation stored" in report) is made
        assert ("is not in the codebook" in report) is not made


def test_another_projects_upload_is_not_there(world: World, cast: Cast) -> None:
    there = Project.objects.get(slug="there")
    asked = parcels.Asked("a.json", "w3c", (), {}, False, world.manager.pk)
    parcel = parcels.keep(there, asked, b"[]")
    assert cast.manager.get(f"{URL}{parcel.uuid}/").status_code == 404
    assert cast.manager.get(f"{URL}{world.here.claim.uuid}/").status_code == 404


def test_a_name_of_a_file_leads_nowhere(world: World, cast: Cast) -> None:
    answer = send(cast.annotator, notes(world, "An engineer who asked"), name="../../<i>\u202ex.jsonld")
    page = cast.annotator.get(answer.url).content.decode()
    assert "<i>" not in page
    assert "\u202e" not in page
    assert BRIDGE.count("An engineer who asked") == 1

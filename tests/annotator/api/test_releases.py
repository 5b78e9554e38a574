"""Releases over the API: asked for, built, downloaded, compared, and a dataset checked."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from annotator.exchange.release_file import build, path_of
from annotator.models import Claim, Release
from annotator.queries.releases import release_numbered
from sources.actions import set_member
from sources.models import Project, Role, User
from tests.factories import Side, World, person

from .lists import costs_the_same, refuses_strange_parameters, walked

URL = "/api/v1/projects/here/releases/"
ASKED = {"title": "Spring", "statuses": ["submitted", "disputed"], "licence": "CC BY 4.0"}


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def post(client: Client, url: str, value: Any) -> Any:
    return client.post(url, value, content_type="application/json")


def built(client: Client, project: Project, **more: Any) -> Release:
    number = post(client, URL, ASKED | more).json()["release"]["number"]
    made = release_numbered(project, number, Role.MANAGER)
    assert made is not None
    build(made)
    return made


@pytest.mark.lengthy
def test_asked_for_built_and_downloaded(
    client_of: Callable[[User], Client], world: World, here: Side
) -> None:
    reviewer = client_of(world.reviewer)
    counted = post(reviewer, f"{URL}count/", ASKED).json()
    assert counted == {"claims": 3, "articles": 2}
    answer = post(reviewer, URL, ASKED)
    assert answer.status_code == 201, answer.content
    told = answer.json()["release"]
    assert (told["state"], told["file"], told["statuses"]) == ("queued", None, ["submitted", "disputed"])
    assert told["site"] == "http://testserver/"
    made = release_numbered(here.project, told["number"], Role.MANAGER)
    assert made is not None
    args = {"release_id": made.pk, "request_id": answer["X-Request-ID"]}
    job = ProcrastinateJob.objects.filter(task_name="releases.build", args=args)
    assert job.count() == 1
    where = answer["Location"]
    assert reviewer.get(f"{where}download/").status_code == 404

    build(made)
    now = reviewer.get(where).json()["release"]
    assert (now["state"], now["progress"]) == ("ready", None)
    file = reviewer.get(f"{where}download/", headers={"Accept": "application/zip"})
    raw = b"".join(file.streaming_content)
    assert len(raw) == now["file"]["size"] and zipfile.is_zipfile(io.BytesIO(raw))
    assert file["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert reviewer.get(f"{where}workbook/").status_code == 200
    assert walked(reviewer, URL, limit=1)[0] == {k: v for k, v in now.items() if k != "progress"}


@pytest.mark.parametrize(
    ("sent", "code", "field"),
    [
        ({"statuses": ["x"]}, 400, "statuses"),
        ({"statuses": []}, 400, "statuses"),
        ({"statuses": "accepted"}, 400, "statuses"),
        ({"speakers": [{}]}, 400, "speakers"),
        ({"title": {"a": 1}}, 400, "title"),
        ({"title": "x" * 201}, 400, "title"),
        ({"with_texts": "yes"}, 400, "with_texts"),
        ({"site": "ftp://x"}, 400, "site"),
        ({"more": 1}, 400, "more"),
        ([], 400, ""),
        ({"published_from": "never"}, 422, "published_from"),
        ({"topics": ["nonsense"], "statuses": ["disputed"]}, 422, "topics"),
        ({"statuses": ["draft"]}, 422, "statuses"),
    ],
)
def test_what_is_none_is_refused(
    client_of: Callable[[User], Client], world: World, sent: Any, code: int, field: str
) -> None:
    before = Release.objects.count()
    answer = post(client_of(world.reviewer), URL, sent)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (code, field)
    assert Release.objects.count() == before


@pytest.mark.lengthy
def test_who_may(client_of: Callable[[User], Client], manager: Client, world: World, here: Side) -> None:
    annotator = person("annotator")
    set_member(by=world.manager, project=here.project, user=annotator, role=Role.ANNOTATOR)
    made = built(manager, here.project)
    mine, outside = client_of(annotator), client_of(world.stranger)
    for url in (URL, f"{URL}count/"):
        assert post(mine, url, ASKED).status_code == 403
        assert post(Client(), url, ASKED).status_code == 401
    missing = outside.get(URL.replace("here", "nowhere"))
    for tail in ("", "1/", f"{made.number}/download/", f"{made.number}/changes/"):
        answer = outside.get(f"{URL}{tail}")
        assert (answer.status_code, answer.content) == (404, missing.content)
    for tail in ("99/", "99999999999/", "99/download/", "99/changes/", "1/download/"):
        answer = manager.get(f"{URL}{tail}")
        assert (answer.status_code, answer.content) == (404, missing.content), tail
    Project.objects.filter(pk=here.project.pk).update(is_public=True)
    assert Client().get(f"{URL}{made.number}/download/").status_code == 200
    assert post(Client(), f"{URL}{made.number}/changes/", {}).status_code == 401


def test_the_list(manager: Client, world: World, here: Side) -> None:
    def more() -> None:
        for number in range(2, 22):
            Release.objects.create(
                project=here.project, number=number, title="T", created_by=world.manager, state="failed"
            )

    refuses_strange_parameters(manager, URL)
    costs_the_same(manager, URL, more)


@pytest.mark.lengthy
def test_what_changed_between_two(manager: Client, here: Side) -> None:
    first = built(manager, here.project)
    assert manager.get(f"{URL}{first.number}/changes/").status_code == 404, "nothing was ready before it"
    Claim.objects.filter(pk=here.claim.pk).update(paraphrase="anew")
    second = built(manager, here.project)
    url = f"{URL}{second.number}/changes/"
    assert manager.get(f"{url}download/").status_code == 404
    told = manager.get(url).json()
    assert (told["state"], told["old"], told["new"]) == ("found", first.number, second.number)
    assert {one["table"]: one["changed"] for one in told["tables"]}["claims"] == 1
    file = json.loads(b"".join(manager.get(f"{url}download/").streaming_content))
    assert [one["key"] for one in file["differences"] if one["table"] == "claims"] == [str(here.claim.uuid)]
    turned = manager.get(f"{URL}{first.number}/changes/", {"since": second.number}).json()
    assert (turned["old"], turned["new"]) == (second.number, first.number)
    for since, code in (("x", 400), (str(second.number), 400), ("99", 404), ("1", 404)):
        assert manager.get(url, {"since": since}).status_code == code, since


@pytest.mark.lengthy
def test_a_dataset_is_checked_and_known_again(manager: Client, here: Side) -> None:
    made = built(manager, here.project)

    def sent(raw: bytes) -> Any:
        return manager.post("/api/v1/verify/", raw, content_type="application/zip")

    told = sent(path_of(made).read_bytes())
    assert told.status_code == 200, told.content
    found = told.json()
    assert (found["ok"], found["same"], found["citations"]) == (True, True, found["held"])
    assert found["known"] == f"http://testserver{URL}{made.number}/"
    assert not found["problems"] and not found["contradicted"]
    none = sent(b"no zip at all")
    assert (none.status_code, none.json()["ok"], none.json()["known"]) == (200, False, None)
    assert none.json()["problems"][0]["words"]
    assert Client().post("/api/v1/verify/", b"", content_type="application/zip").status_code == 401
    assert manager.post("/api/v1/verify/", "{}", content_type="application/json").status_code == 415

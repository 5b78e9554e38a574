"""What a text was read from: saved byte for byte by members, shown by nothing, told with its digest."""

from hashlib import sha256

import pytest
from django.test import Client

from annotator.attachments import raw_name
from sources.actions import RawFile, edit_project, import_article
from sources.intake.page import read_page
from sources.models import Project, Snapshot
from tests.factories import World

from .conftest import Cast

HOSTILE = (
    "<!doctype html><html><head><meta charset=windows-1252><title>Weir opened</title>"
    "<script>fetch('/account/tokens/')</script></head><body><article><h1>Weir opened</h1>"
    '<p onclick="alert(1)">The weir was opened at noon, the mayor said, and hundreds came to see it.</p>'
    "<p>Nobody had expected the water to rise behind it so soon, said the engineer of the gates.</p>"
    "<p>In the café beside the weir the talk was of the ferry, which cannot pass it before the spring.</p>"
    "</article></body></html>\r\n"
).encode("cp1252")
NAME = '../"weir\r\nSet-Cookie: a=b".html'
DIGEST = sha256(HOSTILE).hexdigest()
FORMS = "/p/{}/texts/{}/raw/", "/api/v1/projects/{}/texts/{}/raw/"


@pytest.fixture
def text(world: World) -> Snapshot:
    raw = RawFile(HOSTILE, "text/html", NAME)
    return import_article(
        by=world.manager, project=world.here.project, read=read_page(HOSTILE, "a.html"), raw=raw
    ).snapshot


@pytest.mark.parametrize("form", FORMS)
def test_its_bytes_are_saved_and_never_shown(cast: Cast, text: Snapshot, form: str) -> None:
    url = form.format("here", text.uuid)
    for client in (cast.viewer, cast.manager):
        answer = client.get(url, headers={"Accept": "text/html,*/*;q=0.8"})
        assert (answer.status_code, answer.content) == (200, HOSTILE)
    told = answer.headers
    assert told["Content-Type"] == "application/octet-stream"
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Content-Security-Policy"] == "sandbox; default-src 'none'"
    name = f"raw-{DIGEST[:12]}-weir-Set-Cookie-a-b-.html"
    assert told["Content-Disposition"] == f'attachment; filename="{name}"'
    assert (told["ETag"], told["Cache-Control"]) == (f'"{DIGEST}"', "private, no-cache")
    again = cast.viewer.get(url, headers={"If-None-Match": f'"{DIGEST}"'})
    assert (again.status_code, again.content) == (304, b"")
    assert cast.viewer.get(url, headers={"If-None-Match": '"another"'}).content == HOSTILE


@pytest.mark.parametrize("form", FORMS)
def test_it_is_for_members_of_its_project(cast: Cast, world: World, text: Snapshot, form: str) -> None:
    edit_project(by=world.manager, project=world.here.project, name="Here", description="", is_public=True)
    outside: tuple[Client, ...] = (cast.nobody, cast.stranger)
    assert [one.get(form.format("here", text.uuid)).status_code for one in outside] in (
        [302, 403],
        [401, 403],
    )
    there: Project = world.there.project
    assert cast.manager.get(form.format(there.slug, text.uuid)).status_code == 404
    assert cast.manager.get(form.format("here", world.there.snapshot.uuid)).status_code == 404


def test_the_record_and_the_api_name_it(cast: Cast, text: Snapshot) -> None:
    html = cast.annotator.get(f"/p/here/articles/{text.article.uuid}/edit/").content.decode()
    assert f'href="{FORMS[0].format("here", text.uuid)}"' in html
    assert f"SHA-256 {DIGEST}<" in html and f"{len(HOSTILE)}\xa0bytes" in html and "<script>fetch" not in html
    (told,) = cast.viewer.get(f"/api/v1/projects/here/articles/{text.article.uuid}/texts/").json()["results"]
    assert (told["raw_sha256"], told["raw_size"]) == (DIGEST, len(HOSTILE))


@pytest.mark.parametrize(
    ("called", "name"),
    [("", "raw-aaaaaaaaaaaa"), ("...", "raw-aaaaaaaaaaaa"), ("Fähre 1.pdf", "raw-aaaaaaaaaaaa-F-hre-1.pdf")],
)
def test_whatever_it_was_called_its_name_is_safe(called: str, name: str) -> None:
    assert raw_name("a" * 64, called) == name

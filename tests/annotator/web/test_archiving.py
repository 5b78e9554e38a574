"""A project is archived, opened again, exported whole and purged, by its managers alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection
from procrastinate.contrib.django.models import ProcrastinateJob

from annotator.actions.archiving import full_export_of, purge, request_full_export
from annotator.actions.releases import mark_ready
from annotator.exchange.release_file import path_of
from annotator.exchange.taken_away import noted
from annotator.jobs.projects import purge_project
from annotator.models import Release, WatchTerm
from annotator.queries.project_json import state_of
from sources.actions import create_project, edit_project, invitation_of, invite
from sources.models import BackupTaken, Change, Project, User
from tests.factories import World, stored

from .conftest import Cast, seen

SETTINGS, ARCHIVE, PURGE = "/p/here/settings/", "/p/here/settings/archive/", "/p/here/settings/purge/"


@pytest.fixture
def archived(world: World, cast: Cast) -> Project:
    assert cast.manager.post(ARCHIVE, {"do": "archive"})["Location"] == f"{SETTINGS}#archive"
    world.here.project.refresh_from_db()
    return world.here.project


@pytest.mark.lengthy
def test_what_is_archived_is_read_and_not_changed_and_says_so(
    cast: Cast, world: World, archived: Project
) -> None:
    for client in (cast.manager, cast.annotator, cast.viewer):
        for page in ("", "articles/", "claims/", "speakers/", "events/", "review/", "releases/", "members/"):
            answer = client.get(f"/p/here/{page}")
            assert answer.status_code == 200, page
            assert "it can be read, nothing can be changed" in answer.content.decode(), page
    lone = world.here.lone.uuid
    for path, fields in (
        (f"/c/{lone}/review/", {"decision": "accepted"}),
        (SETTINGS, {"name": "Other"}),
        ("/p/here/members/", {"username": "viewer", "role": "manager"}),
        ("/p/here/members/invite/", {"role": "viewer"}),
        ("/p/here/articles/import/", {"text": "A text."}),
        ("/p/here/outlets/", {}),
    ):
        answer = cast.manager.post(path, fields)
        assert answer.status_code in (403, 405), path
        if answer.status_code == 403:
            assert "is archived: it can be read, and nothing in it can be changed." in answer.content.decode()
    api = cast.manager.put(
        f"/api/v1/projects/here/annotations/{lone}/", "{}", content_type="application/json"
    )
    assert api.status_code in (403, 404, 405)


@contextmanager
def archived_right_before(statement: str) -> Iterator[None]:
    """Somebody archives the project when the door is passed already, and nothing was written yet."""

    def first(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(statement):
            execute(
                "UPDATE sources_project SET archived_at = now() WHERE slug = %s", ["here"], False, context
            )
        return execute(sql, params, many, context)

    with connection.execute_wrapper(first):
        yield


def test_who_writes_while_it_is_archived_is_told_so_on_a_page_and_over_the_api(
    cast: Cast, world: World
) -> None:
    lone, terms = world.here.lone, WatchTerm.objects.count()
    with archived_right_before('INSERT INTO "annotator_review"'):
        answer = cast.reviewer.post(f"/c/{lone.uuid}/review/", seen(lone) | {"decision": "accepted"})
    said = "This project was archived meanwhile: it can be read, and nothing in it can be changed."
    assert answer.status_code == 403 and said in answer.content.decode()
    lone.refresh_from_db()
    assert lone.status == "submitted" and not Project.objects.get(slug="here").archived_at
    with archived_right_before('INSERT INTO "annotator_watchterm"'):
        answer = cast.annotator.post(
            "/api/v1/projects/here/watch-terms/", {"lines": "quay wall"}, content_type="application/json"
        )
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert said in answer.json()["detail"] and WatchTerm.objects.count() == terms


def test_people_still_leave_and_nobody_comes_in(cast: Cast, world: World) -> None:
    made = invite(by=world.manager, project=world.here.project, role="viewer")
    cast.manager.post(ARCHIVE, {"do": "archive"})
    assert cast.stranger.post(f"/invitations/{made.token}/").status_code == 404
    assert cast.viewer.post("/p/here/members/remove/", {"username": "viewer"})["Location"] == "/"
    assert cast.viewer.get("/p/here/").status_code == 404
    cast.manager.post(ARCHIVE, {"do": "open"})
    assert invitation_of(made.token) == made.invitation


def test_only_managers_archive_and_open(cast: Cast, world: World) -> None:
    for do in ("archive", "open", "export"):
        assert cast.reviewer.post(ARCHIVE, {"do": do}).status_code == 403
    assert cast.reviewer.post(PURGE, {"slug": "here"}).status_code == 403
    cast.manager.post(ARCHIVE, {"do": "archive"})
    assert cast.reviewer.post(ARCHIVE, {"do": "open"}).status_code == 403
    assert "Open it again" not in cast.reviewer.get(SETTINGS).content.decode()
    assert "Open it again" in cast.manager.get(SETTINGS).content.decode()
    cast.manager.post(ARCHIVE, {"do": "open"})
    world.here.project.refresh_from_db()
    said = {"name": "Open again", "description": "", "version": state_of(world.here.project)}
    answer = cast.manager.post(SETTINGS, said)
    assert answer.status_code == 302
    operations = Change.objects.filter(table="sources_project", row_id=world.here.project.pk)
    assert [bool(one.after["archived_at"]) for one in operations.order_by("pk")][1:] == [True, False, False]


def test_nothing_is_archived_while_articles_are_taken_in(cast: Cast, world: World) -> None:
    world.here.project.intakes.create(by=world.manager, method="upload", name="x", state="waiting")
    html = cast.manager.post(ARCHIVE, {"do": "archive"}, follow=True).content.decode()
    assert "articles are being taken in: wait until that is over" in html
    assert Project.objects.get(slug="here").archived_at is None


def test_it_is_exported_whole_while_archived(cast: Cast, archived: Project) -> None:
    answer = cast.manager.post(ARCHIVE, {"do": "export"})
    made = Release.objects.latest("pk")
    assert answer["Location"] == f"/p/here/releases/{made.number}/"
    assert made.filter["with_texts"] and "draft" in made.filter["statuses"]
    assert "has not been exported whole" in cast.manager.get(SETTINGS).content.decode()
    assert f"Release {made.number}</a> is being made" in cast.manager.get(SETTINGS).content.decode()


FILE = bytes(range(256)) * 1024


@pytest.fixture
def whole(world: World, archived: Project, settings, tmp_path: Path) -> Release:
    """A release of everything that is ready, and nobody has downloaded."""
    settings.DATA_DIR = tmp_path
    made = request_full_export(by=world.manager, project=archived, site="")
    mark_ready(made, file_name="a.zip", size=len(FILE), sha256=sha256(FILE).hexdigest(), counts={})
    path_of(made).parent.mkdir(parents=True)
    path_of(made).write_bytes(FILE)
    return made


@pytest.mark.parametrize("door", ["/p/here/", "/api/v1/projects/here/"])
def test_a_release_counts_once_its_file_was_downloaded_whole(cast: Cast, whole: Release, door: str) -> None:
    def told() -> str:
        return cast.manager.get(SETTINGS).content.decode()

    viewer = User.objects.get(username="viewer")
    address = f"{door}releases/{whole.number}/download/"
    assert "holds all claims with their texts; its file goes with the project" in told()
    assert "lacks articles without claims, withdrawn claims, discussions and the history" in told()
    cast.viewer.head(address)
    broken_off = noted(iter([FILE, b""]), whole, viewer, "")
    assert next(broken_off) == FILE, "and the rest never asked for"
    broken_off.close()
    assert full_export_of(whole.project) is None

    answer = cast.viewer.get(address)
    assert b"".join(answer) == FILE and answer["Content-Length"] == str(len(FILE))
    whole.refresh_from_db()
    assert whole.downloaded_by == viewer and whole.downloaded_at
    change = Change.objects.filter(table="annotator_release").latest("pk")
    assert (change.user_id, change.request_id) == (viewer.pk, answer["X-Request-ID"])
    exported = full_export_of(whole.project)
    assert exported and exported["downloaded_by"] == viewer
    assert "It was exported whole on" in told() and f"by {viewer}." in told()
    assert b"".join(cast.manager.get(address)) == FILE, "a second time, which is not noted"
    whole.refresh_from_db()
    assert whole.downloaded_by == viewer


def test_a_file_that_is_not_what_its_release_says_is_no_export(cast: Cast, whole: Release) -> None:
    path_of(whole).write_bytes(FILE[:-1])
    b"".join(cast.viewer.get(f"/p/here/releases/{whole.number}/download/"))
    assert full_export_of(whole.project) is None


def test_readers_of_a_public_project_see_no_release_with_drafts(cast: Cast, world: World) -> None:
    edit_project(by=world.manager, project=world.here.project, name="Here", description="", is_public=True)
    made = request_full_export(by=world.manager, project=world.here.project, site="")
    for path in (f"/p/here/releases/{made.number}/", f"/p/here/releases/{made.number}/download/"):
        assert cast.nobody.get(path).status_code == cast.stranger.get(path).status_code == 404
    assert made.title not in cast.nobody.get("/p/here/releases/").content.decode()
    assert cast.viewer.get(f"/p/here/releases/{made.number}/").status_code == 200


@pytest.mark.parametrize(("typed", "said"), [("there", "type here to say"), ("here", "30 days after")])
def test_it_is_not_purged_before_its_time_nor_by_another_name(
    cast: Cast, archived: Project, typed: str, said: str
) -> None:
    assert said in cast.manager.post(PURGE, {"slug": typed}, follow=True).content.decode()
    assert not ProcrastinateJob.objects.filter(task_name="projects.purge").exists()


def test_what_is_worked_on_is_not_purged(cast: Cast) -> None:
    assert "archive it first" in cast.manager.post(PURGE, {"slug": "here"}, follow=True).content.decode()


@pytest.mark.lengthy
def test_it_is_purged_by_a_job_with_its_files_also_where_that_was_killed(
    committed_world: World, owner_cursor, settings, tmp_path: Path
) -> None:
    from .conftest import browser_of

    settings.DATA_DIR = tmp_path
    world, manager = committed_world, browser_of(committed_world.manager)
    here, there = world.here.project, world.there.project
    files = [
        tmp_path / place / str(project.uuid) / "deep" / "file"
        for place in ("releases", "imports", "intakes")
        for project in (here, there)
    ]
    for file in files:
        file.parent.mkdir(parents=True)
        file.write_bytes(b"x")
    manager.post(ARCHIVE, {"do": "archive"})
    owner_cursor.execute("ALTER TABLE sources_project DISABLE TRIGGER project_archived_now")
    owner_cursor.execute(
        "UPDATE sources_project SET archived_at = now() - interval '31 days' WHERE id = %s", [here.pk]
    )
    owner_cursor.execute("ALTER TABLE sources_project ENABLE ALWAYS TRIGGER project_archived_now")
    refused = manager.post(PURGE, {"slug": "here"}, follow=True).content.decode()
    assert "no whole export of it was taken away since it was archived" in refused
    with pytest.raises(IntegrityError):
        purge(here.pk, here.uuid, world.manager.pk)
    assert all(file.exists() for file in files), "nothing is swept before the rows are gone"
    began = Project.objects.get(pk=here.pk).archived_at
    BackupTaken.objects.create(began_at=began, sha256="0" * 64, size=1)
    assert "Delete “Here” for good" in manager.get(SETTINGS).content.decode()
    asked = manager.post(PURGE, {"slug": "here"})
    assert asked["Location"] == "/"
    (job,) = ProcrastinateJob.objects.filter(task_name="projects.purge")
    purge_project(**job.args)
    assert manager.get("/p/here/").status_code == 404
    assert [file.exists() for file in files] == [False, True] * 3
    files[0].parent.mkdir(parents=True)
    purge_project(**job.args)
    assert not files[0].parent.exists()
    (told,) = Change.objects.filter(project_id=here.pk)
    assert (told.operation, told.request_id) == ("PURGE", asked["X-Request-ID"])
    assert manager.get("/p/there/").status_code == 200


def test_pages_of_an_archived_project_do_not_talk_of_what_could_be_done(
    cast: Cast, world: World, archived: Project
) -> None:
    queue = cast.manager.get("/p/here/review/").content.decode()
    assert "nothing is decided until you open it again" in queue and "role of a reviewer" not in queue
    overview = cast.manager.get("/p/here/").content.decode()
    assert "press <kbd>" not in overview and "Open the queue" not in overview


def test_an_archived_project_without_a_claim_is_offered_no_release(cast: Cast, world: World) -> None:
    bare = create_project(by=world.manager, name="Bare", slug="bare")
    text = create_project(by=world.manager, name="Text", slug="text")
    stored(world.manager, text, "A bridge is shut")
    for slug in ("bare", "text"):
        cast.manager.post(f"/p/{slug}/settings/archive/", {"do": "archive"})
    html = cast.manager.get("/p/text/settings/").content.decode()
    assert "Make a release of everything" not in html and "A release holds" not in html
    assert "a backup of the installation" in html
    assert "there is nothing to take away first" in cast.manager.get("/p/bare/settings/").content.decode()
    assert not bare.claims.exists() and not text.claims.exists()

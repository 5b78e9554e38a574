"""With little room on the disk nothing is taken in, nothing is lost, and it goes on by itself."""

import io
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from procrastinate.contrib.django.models import ProcrastinateJob

from annotator.actions import intakes
from annotator.actions.intakes import Upload
from annotator.api.problems import handler
from annotator.queries.intakes import lines
from sources.actions.disk_room import NoRoom, free_bytes, require_room
from sources.models import Intake, Project
from tests.factories import World

from .conftest import Cast

PAGE = "/p/here/articles/import/"
STORY = "Weir gives way\n\nThe weir gave way at dawn, said the mayor.\n"


@pytest.fixture(autouse=True)
def data_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "not" / "made" / "yet"


def fill(settings: Any) -> None:
    """The disk as it is has a little less than is to stay free."""
    settings.LEAST_FREE = free_bytes() + 10**12


def empty(settings: Any) -> None:
    settings.LEAST_FREE = 0


def test_what_is_free_is_what_the_file_system_says(tmp_path: Path, settings: Any) -> None:
    told = os.statvfs(tmp_path)
    assert abs(free_bytes() - told.f_bavail * told.f_frsize) < 10**9
    settings.LEAST_FREE = free_bytes() // 2
    require_room()
    with pytest.raises(NoRoom, match=r"GB free, and .* have to stay free"):
        require_room(free_bytes())


def test_an_api_tells_it_as_a_problem(settings: Any) -> None:
    fill(settings)
    answer = handler(NoRoom(5 * 1024**2), {})
    assert answer is not None
    assert (answer.status_code, answer["Retry-After"]) == (507, "60")
    assert answer.data["title"] == "There is no room on the disk" and "5 MB free" in answer.data["detail"]


def test_the_api_takes_nothing_in(cast: Cast, settings: Any) -> None:
    fill(settings)
    here = "/api/v1/projects/here"
    sent = [
        (f"{here}/intakes/", {"addresses": ["https://tide.example/weir"]}),
        (f"{here}/articles/", {"text": STORY}),
    ]
    for url, body in sent:
        answer = cast.annotator.post(url, body, content_type="application/json")
        assert (answer.status_code, answer["Retry-After"]) == (507, "60"), url
    empty(settings)
    answers = [cast.annotator.post(url, body, content_type="application/json") for url, body in sent]
    assert [answer.status_code for answer in answers] == [202, 201]


@pytest.mark.lengthy
def test_pages_refuse_and_keep_what_was_typed(cast: Cast, settings: Any) -> None:
    fill(settings)
    address = "https://tide.example/weir"
    sent: list[tuple[dict[str, Any], str]] = [
        ({"step": "addresses", "addresses": address}, address),
        ({"step": "store", "text": STORY, "title": "Typed title", "language": "en"}, "Typed title"),
        ({"step": "files", "files": [SimpleUploadedFile("a.txt", STORY.encode())]}, 'name="files"'),
    ]
    for form, stays in sent:
        answer = cast.annotator.post(PAGE, form)
        shown = answer.content.decode()
        assert answer.status_code == 507, form
        assert "have to stay free" in shown and stays in shown
    large = SimpleUploadedFile("large.txt", bytes(3 * 1024 * 1024))
    answer = cast.annotator.post(PAGE, {"step": "files", "files": [large]})
    assert (answer.status_code, answer["Retry-After"]) == (507, "60")
    assert "There is no room on the disk" in answer.content.decode()
    assert cast.annotator.post("/p/here/articles/import/annotations/", {"format": "x"}).status_code == 507
    assert cast.annotator.get(PAGE).status_code == 200
    assert not Intake.objects.filter(project__slug="here", method="addresses").exists()
    assert cast.annotator.post(PAGE, {"step": "read", "text": STORY}).status_code == 200  # stores nothing
    empty(settings)
    assert cast.annotator.post(PAGE, sent[0][0]).status_code == 302


def test_a_disk_that_fills_up_while_files_are_written_leaves_none_lying(
    cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The page says so where that is found out in the middle of an upload."""
    monkeypatch.setattr("annotator.web.views.intake.has_room", lambda: True)  # as it was when it began
    fill(settings)
    files = [SimpleUploadedFile("a.txt", STORY.encode())]
    answer = cast.annotator.post(PAGE, {"step": "files", "files": files})
    assert answer.status_code == 507
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def waiting_jobs(intake: Intake) -> list[bool]:
    jobs = ProcrastinateJob.objects.filter(lock=f"intake {intake.uuid}", status="todo").order_by("pk")
    return [job.scheduled_at is not None for job in jobs]


def test_a_worker_waits_and_goes_on_by_itself(
    small_world_here: World, db: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sources.actions.intakes.TOGETHER", 1)
    project: Project = small_world_here.here.project
    uploads = [Upload(f"{n}.txt", [f"{n} {STORY}".encode()]) for n in range(3)]
    intake = intakes.begin(by=small_world_here.manager, project=project, uploads=uploads)
    fill(settings)
    intakes.run(intake)
    intake.refresh_from_db()
    assert (intake.state, len(lines(intake)), waiting_jobs(intake)) == ("waiting", 0, [False, True])
    empty(settings)

    def filling(imported: Any) -> None:
        fill(settings)

    with monkeypatch.context() as patch:
        patch.setattr(intakes, "stored", filling)
        intakes.run(intake)
    assert (intake.state, len(lines(intake)), waiting_jobs(intake)) == ("running", 1, [False, True, True])
    empty(settings)
    intakes.run(intake)
    assert (intake.state, [line.outcome for line in lines(intake)]) == ("done", ["new"] * 3)


def test_the_page_of_an_intake_says_why_it_waits(cast: Cast, world: World, settings: Any) -> None:
    upload = Upload("a.txt", [STORY.encode()])
    intake = intakes.begin(by=world.manager, project=world.here.project, uploads=[upload])
    fill(settings)
    assert "disk is nearly full" in cast.annotator.get(f"{PAGE}{intake.uuid}/").content.decode()
    empty(settings)
    assert "disk is nearly full" not in cast.annotator.get(f"{PAGE}{intake.uuid}/").content.decode()


def test_the_command_says_so_and_can_be_run_again(
    small_world_here: World, db: None, settings: Any, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    fill(settings)
    with pytest.raises(CommandError, match=r"have to stay free.*run it again"):
        call_command("import_articles", str(tmp_path / "a.txt"), project="here")
    empty(settings)
    out = io.StringIO()
    call_command("import_articles", str(tmp_path / "a.txt"), project="here", stdout=out)
    assert out.getvalue() == "1 of 1 taken in. 1 new.\n"

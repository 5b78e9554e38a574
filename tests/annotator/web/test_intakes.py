"""The page of what becomes of articles that were handed over: how far, a line for each, and all as CSV."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from annotator.actions import intakes
from annotator.actions.intakes import Upload
from sources.models import Article, Intake, IntakeItem, Project
from tests.factories import World, claim, stored
from tests.reprinted import AGENCY, REPRINTS

from .conftest import Cast

HTMX = {"HX-Request": "true"}


@pytest.fixture
def intake(world: World, settings: Any, tmp_path: Any) -> Intake:
    """Handed over and not begun: two new, one empty, one that a spreadsheet would run."""
    settings.DATA_DIR = tmp_path
    texts = ["Ferry stays\n\nIt stayed.", "Title: =cmd|' /C calc'!A0\n\nIt ran.", ""]
    uploads = [Upload(f"{n}.txt", [text.encode()]) for n, text in enumerate(texts)]
    made = intakes.begin(by=world.manager, project=world.here.project, uploads=uploads)
    made.refresh_from_db()
    return made


def address(intake: Intake, more: str = "") -> str:
    return f"/p/here/articles/import/{intake.uuid}/{more}"


def seconds_later(monkeypatch: pytest.MonkeyPatch, intake: Intake, seconds: int) -> None:
    """For the page, whatever the clock says."""
    moment = intake.created_at + timedelta(seconds=seconds)
    monkeypatch.setattr("annotator.queries.intakes.timezone.now", lambda: moment)


def test_until_it_is_over_the_page_asks_again_and_says_what_changed(
    cast: Cast, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds_later(monkeypatch, intake, 1)
    page = cast.annotator.get(address(intake)).content.decode()
    assert 'hx-trigger="load delay:400ms"' in page and "Waiting for its turn" in page
    assert page.count('role="status" id="said"') == 1
    told = cast.annotator.get(address(intake), headers=HTMX | {"X-Said": "waiting"}).content.decode()
    assert told.lstrip().startswith("<section") and "hx-swap-oob" not in told
    intakes.run(intake)
    told = cast.annotator.get(address(intake), headers=HTMX | {"X-Said": "waiting"}).content.decode()
    assert "2 of 3 taken in." in told and "hx-get" not in told
    assert '<p id="said" hx-swap-oob="innerHTML">2 of 3 taken in. 2 new, 1 refused.' in told


def test_lines_are_chosen_by_outcome(cast: Cast, intake: Intake) -> None:
    intakes.run(intake)
    refused = cast.annotator.get(address(intake, "?outcome=refused")).content.decode()
    name = "<bdi>{}.txt</bdi>"
    assert name.format(2) in refused and name.format(0) not in refused and "The file is empty" in refused
    none = cast.annotator.get(address(intake, "?outcome=changed")).content.decode()
    assert "None of them ended so." in none
    assert name.format(0) in cast.annotator.get(address(intake, "?outcome=x%00")).content.decode()


def test_the_report_as_a_file_holds_no_formula(cast: Cast, intake: Intake) -> None:
    intakes.run(intake)
    answer = cast.annotator.get(address(intake, "report.csv"))
    assert answer["Content-Disposition"].startswith("attachment; ")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert [row["outcome"] for row in rows] == ["new", "new", "refused"]
    assert rows[1]["title"].startswith("'=cmd") and rows[2]["why"] == "the file is empty"
    assert rows[0]["missing"] == "outlet; date; address; author"
    assert rows[0]["article_id"] == str(Article.objects.get(title="Ferry stays").uuid)


def test_somebody_stops_it(cast: Cast, intake: Intake) -> None:
    assert cast.viewer.post(address(intake)).status_code == 403
    assert cast.annotator.post(address(intake))["Location"] == address(intake)
    assert "Stopped. 0 of them were looked at" in cast.annotator.get(address(intake)).content.decode()
    intakes.run(intake)
    assert not IntakeItem.objects.filter(intake=intake).exists()
    assert not [path for path in (settings.DATA_DIR / "intakes").rglob("*") if path.is_file()]


def test_that_no_worker_answers_is_said(cast: Cast, intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds_later(monkeypatch, intake, 1)
    assert "No worker answers" not in cast.annotator.get(address(intake)).content.decode()
    seconds_later(monkeypatch, intake, 10)
    assert "No worker answers" in cast.annotator.get(address(intake)).content.decode()


@pytest.mark.lengthy
def test_what_workers_gave_up_on_is_gone_on_with(cast: Cast, intake: Intake) -> None:
    assert "Go on" not in cast.annotator.get(address(intake)).content.decode()
    jobs = ProcrastinateJob.objects.filter(lock=f"intake {intake.uuid}")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE lock = %s", [jobs.get().lock])
    assert "failed again and again" in cast.annotator.get(address(intake)).content.decode()
    for _ in range(2):
        assert cast.annotator.post(address(intake), {"again": "yes"}).status_code == 302
    assert sorted(jobs.values_list("status", flat=True)) == ["failed", "todo"]
    intakes.run(intake)
    assert "2 of 3 taken in." in cast.annotator.get(address(intake)).content.decode()


def test_what_was_added_lately_is_listed(cast: Cast, intake: Intake) -> None:
    intakes.run(intake)
    page = cast.annotator.get("/p/here/articles/import/").content.decode()
    assert f'href="{address(intake)}"' in page and "2 new, 1 refused" in page


@pytest.mark.lengthy
def test_a_page_of_lines_takes_as_many_queries_however_many_there_are(
    cast: Cast, here: Project, intake: Intake
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert cast.annotator.get(address(intake)).status_code == 200
        return len(queries)

    intakes.run(intake)
    few = asked()
    article = Article.objects.filter(project=here).exclude(publication=None).first()
    assert article is not None
    told = {"notes": [], "missing": ["date"], "read_off": {}}
    IntakeItem.objects.bulk_create(
        IntakeItem(
            project=here,
            intake=intake,
            position=3 + number,
            name=f"{number}.txt",
            outcome="known",
            article=article,
            snapshot=article.snapshots.first(),
            told=told,
        )
        for number in range(70)
    )
    assert asked() == few
    assert "1–50 of 73" in cast.annotator.get(address(intake)).content.decode()


def take_in(world: World, text: str) -> str:
    made = intakes.begin(
        by=world.manager, project=world.here.project, uploads=[Upload("a.txt", [text.encode()])]
    )
    made.refresh_from_db()
    intakes.run(made)
    return address(made)


@pytest.mark.lengthy
def test_of_a_changed_text_it_says_what_came_along_and_what_its_page_says_now(
    cast: Cast, world: World, settings: Any, tmp_path: Any
) -> None:
    settings.DATA_DIR = tmp_path
    head = "Title: {} sailors missing\nURL: https://tide.example/9\n\n"
    head += "The ferry left the port on Monday morning, said the harbour office late at night.\n"
    first = take_in(world, head.format("Twelve") + "\nNobody was hurt in the storm, she said.")
    article = Article.objects.get(title="Twelve sailors missing")
    assert "came along" not in cast.annotator.get(first).content.decode()
    for words in ("left the port on Monday", "Nobody was hurt in"):
        claim(world.manager, article.snapshots.get(), words)
    report = take_in(world, head.format("Fifteen <b>"))
    shown = cast.annotator.get(report).content.decode()
    base = f"/p/here/articles/{article.uuid}/"
    assert "1 annotation came along, 1 annotation waits: " in shown and f'href="{base}carry/"' in shown
    assert f'href="{base}compare/?text=1&amp;with=2"' in shown
    assert "its page now says “Fifteen &lt;b&gt; sailors missing”." in shown


@pytest.mark.lengthy
def test_a_likely_reprint_is_proposed_in_the_report_and_in_its_room(
    cast: Cast, world: World, settings: Any, tmp_path: Any
) -> None:
    settings.DATA_DIR = tmp_path
    original = stored(world.manager, world.here.project, AGENCY, "Nordpost").article
    report = take_in(world, f"Outlet: Kai\n\n{REPRINTS['cut, edited and added to']}")
    line = IntakeItem.objects.latest("pk")
    assert line.article is not None
    room = f"/p/here/articles/{line.article.uuid}/"
    compare = f"{room}compare/{original.uuid}/"
    for page in (report, room):
        shown = cast.annotator.get(page).content.decode()
        assert "Likely a reprint of" in shown and f'<a href="{compare}">compare</a>' in shown
    other = cast.annotator.get(f"/p/here/articles/{original.uuid}/").content.decode()
    assert "Likely reprinted in" in other and f'<a href="{compare}">compare</a>' in other
    assert compare not in cast.viewer.get(room).content.decode()
    cast.annotator.post(compare, {"do": "not"})
    assert "Likely a reprint" not in cast.annotator.get(report).content.decode()


def test_a_large_archive_is_written_to_the_disk_as_it_comes(
    cast: Cast, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not small is never held whole: the upload lies on the disk, and is copied by its chunks."""
    seen: list[type] = []
    begin = intakes.begin

    def begun(**how: Any) -> Intake:
        seen.extend(type(one.chunks.gi_frame.f_locals["self"]) for one in how["uploads"])
        return begin(**how)

    monkeypatch.setattr(intakes, "begin", begun)
    large = SimpleUploadedFile("large.zip", b"PK" + bytes(3 * 1024 * 1024))
    answer = cast.annotator.post("/p/here/articles/import/", {"step": "files", "files": [large]})
    assert (answer.status_code, seen) == (302, [TemporaryUploadedFile])
    made = Intake.objects.get(name="large.zip")
    intakes.run(made)
    assert "is no ZIP" in IntakeItem.objects.get(intake=made).told["why"]


@pytest.mark.lengthy
def test_what_may_not_go_on_says_why_on_its_page_and_in_its_report(
    cast: Cast, world: World, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Project.objects.filter(pk=world.here.project.pk)
    intakes.run(take_one(intake, monkeypatch))
    here.update(archived_at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded'")
    shown = cast.annotator.get(address(intake)).content.decode()
    assert "This does not go on:</b> the project is archived." in shown
    assert "hx-get" not in shown and 'id="again"' not in shown and 'id="stop"' not in shown
    report = b"".join(cast.annotator.get(address(intake, "report.csv")).streaming_content).decode()
    *_, last = csv.DictReader(io.StringIO(report))
    assert (last["outcome"], last["why"]) == ("waiting", "the project is archived")
    assert cast.annotator.post(address(intake), {"again": "yes"}).status_code == 403
    assert cast.viewer.get(address(intake)).content.decode().count("the project is archived") >= 1
    here.update(archived_at=None)
    assert 'id="again"' in cast.annotator.get(address(intake)).content.decode()
    cast.annotator.post(address(intake), {"again": "yes"})
    while not intake.ended:
        intakes.run(intake)
    report = b"".join(cast.annotator.get(address(intake, "report.csv")).streaming_content).decode()
    assert "archived" not in report
    assert "2 of 3 taken in." in cast.annotator.get(address(intake)).content.decode()


def take_one(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> Intake:
    """Handed on after its first item, as in a turn that is over."""
    monkeypatch.setattr("sources.actions.intakes.TOGETHER", 1)
    monkeypatch.setattr(intakes, "TURN", 0.0)
    monkeypatch.setattr(intakes, "_others_wait", lambda: True)
    return intake


def test_the_page_says_what_happened_where_nothing_was_new(cast: Cast, world: World, intake: Intake) -> None:
    intakes.run(intake)
    uploads = [Upload(f"{n}.txt", [b"Ferry stays\n\nIt stayed."]) for n in range(3)]
    again = intakes.begin(by=world.manager, project=world.here.project, uploads=uploads)
    intakes.run(again)
    shown = cast.annotator.get(address(again)).content.decode()
    assert "<b>All 3 were already here.</b></p>" in shown and "3 of 3" not in shown
    assert "This very text, from the same outlet or address" in shown


def test_what_is_asked_says_until_when_it_is_kept(cast: Cast, world: World, intake: Intake) -> None:
    upload = Upload("a.txt", [b"Ferry stays."])
    asked = intakes.begin(by=world.manager, project=world.here.project, uploads=[upload], asking=True)
    asked.refresh_from_db()
    until = asked.created_at + timedelta(days=30)
    said = f"kept until {until.day} {until:%b %Y}"
    assert said in cast.annotator.get(address(asked)).content.decode()
    here = Project.objects.filter(pk=world.here.project.pk)
    here.update(archived_at=timezone.now())
    shown = cast.annotator.get(address(asked)).content.decode()
    assert "kept as long as the project is archived" in shown
    assert said not in shown and "Say what the columns mean" not in shown
    here.update(archived_at=None)
    Intake.objects.filter(pk=asked.pk).update(options=asked.options | {"unanswered": True})
    intakes.stop(by=world.manager, intake=Intake.objects.get(pk=asked.pk))
    assert "nobody said within 30 days" in cast.annotator.get(address(asked)).content.decode()


@pytest.mark.lengthy
def test_a_viewer_reads_what_became_of_it_and_is_offered_nothing_to_do(
    cast: Cast, world: World, intake: Intake
) -> None:
    asked = intakes.begin(
        by=world.manager,
        project=world.here.project,
        uploads=[Upload("a.txt", [b"Ferry stays."])],
        asking=True,
    )
    waiting = cast.viewer.get(address(asked)).content.decode()
    assert "Its files are kept until" in waiting and "Say what the columns mean" not in waiting
    intakes.run(intake)
    shown = cast.viewer.get(address(intake)).content.decode()
    assert "2 of 3 taken in." in shown and "Refused" in shown
    main = shown[shown.index("<main") : shown.index("</main>")]
    for offered in ("<form", "<button", "/edit/", '/articles/import/"', "/carry/"):
        assert offered not in main
        assert offered != "/edit/" or offered in cast.annotator.get(address(intake)).content.decode()
    report = b"".join(cast.viewer.get(address(intake, "report.csv")).streaming_content).decode()
    told = cast.viewer.get(f"/api/v1/projects/here/intakes/{intake.uuid}/lines/").json()["results"]
    rows = list(csv.DictReader(io.StringIO(report)))
    assert [row["outcome"] for row in rows] == [line["outcome"] for line in told] == ["new", "new", "refused"]


def test_refused_addresses_are_tried_again(cast: Cast, world: World, intake: Intake) -> None:
    options = {"addresses": [f"https://tide.example/{n}" for n in range(3)], "outlet": "The Tide"}
    about: dict[str, Any] = {"project": world.here.project, "by": world.manager}
    listed = Intake.objects.create(
        **about, method="addresses", name="three", options=options, state="running", expected=3
    )
    for n in (2, 0):
        line = {"name": f"{n}", "address": f"https://tide.example/{n}", "told": {"why": "too often"}}
        IntakeItem.objects.create(
            project=world.here.project, intake=listed, position=n, outcome="refused", **line
        )
    assert 'id="refused"' not in cast.annotator.get(address(listed)).content.decode()
    intakes.stop(by=world.manager, intake=listed)
    assert "Try the 2 refused again" in cast.annotator.get(address(listed)).content.decode()
    sent = cast.annotator.post(address(listed), {"refused": "yes"})
    made = Intake.objects.latest("pk")
    assert (sent.status_code, sent["Location"]) == (302, address(made))
    assert made.options["addresses"] == ["https://tide.example/0", "https://tide.example/2"]
    assert made.options["outlet"] == "The Tide"
    many = Intake.objects.count()
    for _ in range(2):
        assert cast.annotator.post(address(listed), {"refused": "yes"})["Location"] == address(made)
    assert Intake.objects.count() == many
    shown = cast.annotator.get(address(listed)).content.decode()
    assert 'id="refused"' not in shown and f'id="tried-again" href="{address(made)}"' in shown


@pytest.mark.lengthy
def test_of_a_second_try_that_was_stopped_the_rest_is_tried(cast: Cast, world: World, intake: Intake) -> None:
    about: dict[str, Any] = {"project": world.here.project, "by": world.manager, "method": "addresses"}
    options = {"addresses": [f"https://tide.example/{n}" for n in range(3)]}
    listed = Intake.objects.create(**about, name="three", options=options, state="running")
    refused(listed, 0, 1, 2)
    intakes.stop(by=world.manager, intake=listed)
    cast.annotator.post(address(listed), {"refused": "yes"})
    second = Intake.objects.latest("pk")
    refused(second, 1)
    intakes.stop(by=world.manager, intake=second)
    assert "Try the rest again" in cast.annotator.get(address(listed)).content.decode()
    for _ in range(2):
        cast.annotator.post(address(listed), {"refused": "yes"})
    third = Intake.objects.latest("pk")
    assert Intake.objects.filter(method="addresses").count() == 3
    assert third.options["addresses"] == ["https://tide.example/0", "https://tide.example/2"]
    assert "Try the 1 refused again" in cast.annotator.get(address(second)).content.decode()


def refused(intake: Intake, *positions: int) -> None:
    for n in positions:
        line = {"name": f"{n}", "address": intake.options["addresses"][n], "told": {"why": "too often"}}
        IntakeItem.objects.create(
            project=intake.project, intake=intake, position=n, outcome="refused", **line
        )

"""`import_articles` on archives and tables; each run leaves its report, and what was killed is run again."""

import csv
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.utils import timezone

from annotator.actions.intakes import stop
from annotator.queries import intakes as query
from annotator.queries.intakes import lines
from sources.models import Article, ColumnMapping, Intake, Project, Snapshot, User

from .test_import_articles import STORY, imported, shelf  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db
ROWS = [
    {"Kop": "Ferry stays", "Tekst": "The ferry stayed in port on Monday.", "Dag": "03/04/2025"},
    {"Kop": "Tram stops", "Tekst": "The tram stopped. Nobody was hurt.", "Dag": "never"},
]


def archive(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, raw in members.items():
            made.writestr(name, raw)
    return path


def table(rows: list[dict[str, str]]) -> bytes:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue().encode()


@pytest.mark.lengthy
def test_an_archive_comes_in_member_by_member_and_leaves_its_report(shelf: Project, tmp_path: Path) -> None:  # noqa: F811
    members = {
        "a.txt": STORY.encode(),
        "deep/b.md": b"# Tram stops\n\nThe tram stopped.",
        "c.txt": b"",
        "../out.txt": b"out",
        "d.jsonl": json.dumps({"text": "The weir holds. It held.", "title": "Weir holds"}).encode(),
    }
    file = archive(tmp_path / "all.zip", members)
    (tmp_path / "e.txt").write_text(STORY, encoding="utf-8")
    status, out, err = imported(file, tmp_path / "e.txt", columns=["text=text", "title=title"])
    assert (status, out[-1]) == (1, "3 of 6 taken in. 3 new, 1 already here, 2 refused.")
    assert err[0] == "refused: c.txt: the file is empty" and err[1].startswith("refused: ../out.txt: ")
    assert set(Article.objects.values_list("title", flat=True)) == {
        "Ferry stays in port",
        "Tram stops",
        "Weir holds",
    }
    intake = Intake.objects.get()
    assert (intake.method, intake.state, intake.expected) == ("command", "done", 6)
    assert [one.outcome for one in lines(intake)] == ["new", "new", "refused", "refused", "new", "known"]
    row = Snapshot.objects.get(article__title="Weir holds")
    assert (row.method, row.captures.get().media_type) == ("file", "application/json")


@pytest.mark.lengthy
def test_a_table_needs_to_be_told_what_its_columns_hold(shelf: Project, tmp_path: Path) -> None:  # noqa: F811
    file = tmp_path / "t.csv"
    file.write_bytes(table(ROWS))
    status, out, err = imported(file)
    assert (status, out) == (1, ["It was refused."])
    assert "nobody has said yet what its columns mean" in err[0]
    meant = ["text=Tekst", "title=Kop", "published=Dag"]
    status, out, err = imported(file, columns=meant, dates="day")
    assert out[-1] == "1 of 2 taken in. 1 new, 1 refused." and status == 1
    assert err[0].startswith(f"refused: {file}, row 3") and "never" in err[0]
    assert (Article.objects.get().title, Article.objects.get().published) == ("Ferry stays", "2025-04-03")
    other = tmp_path / "other.csv"
    other.write_bytes(table([ROWS[0] | {"Kop": "Ferry sails", "Tekst": "It sailed on Tuesday."}]))
    status, out, err = imported(other)
    assert (status, out[-1]) == (0, "1 of 1 taken in. 1 new.") and ColumnMapping.objects.get().names == list(
        ROWS[0]
    )
    other.write_bytes(table([ROWS[0] | {"Tekst": "It sailed on Friday."}]))
    assert imported(other, dates="month")[1][-1] == "1 of 1 taken in. 1 new."
    assert Article.objects.latest("pk").published == "2025-03-04"
    for wrong in (["text"], ["text=Tekst", "colour=Dag"], ["title=Kop"]):
        with pytest.raises(CommandError, match="--columns"):
            imported(file, columns=wrong)


def test_a_run_that_was_killed_is_run_again(
    shelf: Project,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(STORY.replace("port", f"port {number}"), encoding="utf-8")
    monkeypatch.setattr("sources.actions.intakes.TOGETHER", 2)
    from sources.actions import intakes

    stored, calls = intakes._store_batch, []

    def killed(*args: Any) -> None:
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        stored(*args)

    monkeypatch.setattr(intakes, "_store_batch", killed)
    with pytest.raises(KeyboardInterrupt):
        imported(tmp_path)
    broken = Intake.objects.get()
    assert (broken.state, query.standing(broken).done) == ("stopped", 2)
    monkeypatch.setattr(intakes, "_store_batch", stored)
    assert imported(tmp_path)[1][-1] == "2 of 4 taken in. 2 new, 2 already here."


def test_one_that_left_no_word_is_said_to_have_stopped(
    shelf: Project,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    left = {"project": shelf, "by": User.objects.get(username="ana"), "method": "command", "state": "running"}
    mine, other = (Intake.objects.create(name=name, **left) for name in (str(tmp_path), "elsewhere"))
    imported(tmp_path)
    mine.refresh_from_db()
    assert mine.state == "running", "it may be at work still"
    later = timezone.now() + timedelta(minutes=3)
    monkeypatch.setattr("annotator.queries.intakes.timezone.now", lambda: later)
    imported(tmp_path)
    for one in (mine, other):
        one.refresh_from_db()
    assert (mine.state, other.state) == ("stopped", "running")


def test_what_somebody_stops_from_the_page_stops(
    shelf: Project,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    from annotator.management.commands import import_articles

    def begun(**how: Any) -> Intake:
        made = made_before(**how)
        stop(by=made.by, intake=Intake.objects.get(pk=made.pk))
        return made

    made_before = import_articles.command
    monkeypatch.setattr(import_articles, "command", begun)
    with pytest.raises(CommandError, match="Somebody stopped it"):
        imported(tmp_path)
    assert not Article.objects.exists()

"""Files that are handed over and taken in: each thing once, with its line, and nothing kept afterwards."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from annotator.actions import intakes
from annotator.actions.intakes import Upload
from annotator.queries.intakes import lines, nobody_works, recent, standing
from sources.actions import reading_ahead as reading_ahead_module
from sources.actions.imports import import_articles
from sources.actions.intakes import begin_taking, take_in
from sources.actions.kept_files import KeptElsewhere
from sources.actions.reading_ahead import AHEAD, Options, reading_ahead
from sources.intake.items import Item
from sources.intake.plain import read_plain
from sources.models import Article, Intake, IntakeItem, Project, Publication, Snapshot
from tests.factories import World

STORY = "Ferry {n} stays in port\n\nThe ferry stayed in port on Monday. Nobody was hurt on pier {n}.\n"


@pytest.fixture
def project(small_world_here: World, db: None, settings: Any, tmp_path: Path) -> Project:
    settings.DATA_DIR = tmp_path
    return small_world_here.here.project


def begun(world: World, *texts: str | bytes, **how: Any) -> Intake:
    raws = [text.encode() if isinstance(text, str) else text for text in texts]
    uploads = [Upload(f"{n}.txt", [raw[:7], raw[7:]]) for n, raw in enumerate(raws)]
    return intakes.begin(by=world.manager, project=world.here.project, uploads=uploads, **how)


def left(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "intakes").rglob("*") if path.is_file()]


def outcomes(intake: Intake) -> list[tuple[int, str, str]]:
    return [(one.position, one.name, one.outcome) for one in lines(intake)]


def test_each_file_has_its_line_and_none_is_kept(
    small_world_here: World, project: Project, tmp_path: Path
) -> None:
    texts = [STORY.format(n=n) for n in (1, 2)]
    intake = begun(small_world_here, *texts, "", texts[0], f"Outlet: Kai Radio\n\n{texts[1]}")
    assert len(left(tmp_path)) == 5
    intakes.run(intake)
    assert (intake.state, intake.expected) == ("done", 5)
    assert outcomes(intake) == [
        (0, "0.txt", "new"),
        (1, "1.txt", "new"),
        (2, "2.txt", "refused"),
        (3, "3.txt", "known"),
        (4, "4.txt", "known"),
    ]
    assert standing(intake).in_words == "2 new, 2 already here, 1 refused"
    assert IntakeItem.objects.get(intake=intake, position=2).told == {"why": "the file is empty", "where": ""}
    assert IntakeItem.objects.get(intake=intake, position=0).told["missing"] == [
        "outlet",
        "date",
        "address",
        "author",
    ]
    assert left(tmp_path) == []
    assert recent(project)[0].intake == intake


def test_options_hold_for_those_that_say_nothing(small_world_here: World, project: Project) -> None:
    texts = [STORY.format(n=1), f"Outlet: Kai Radio\n\n{STORY.format(n=2)}"]
    intakes.run(begun(small_world_here, *texts, options=Options(outlet="The Tide", language="cy")))
    made = Article.objects.filter(project=project, language="cy").order_by("pk")
    assert [one.publication.name for one in made] == ["The Tide", "Kai Radio"]


def test_a_declared_encoding_is_taken_at_its_word(small_world_here: World, project: Project) -> None:
    raw = "Füße im Fluß\n\nDas Wasser stieg über die Straße.\n".encode("cp1252")
    intakes.run(begun(small_world_here, raw, options=Options(encoding="cp1252")))
    assert Snapshot.objects.filter(project=project, text__contains="Füße im Fluß").exists()


def test_what_is_asked_waits_for_an_answer(small_world_here: World, project: Project, tmp_path: Path) -> None:
    intake = begun(small_world_here, STORY.format(n=1), asking=True)
    assert (intake.state, len(left(tmp_path))) == ("asking", 1)
    for outlet in ("The Tide", "Other"):
        intakes.go_on(by=small_world_here.manager, intake=intake, options=Options(outlet=outlet))
    assert intake.state == "waiting"
    intakes.run(intake)
    assert Article.objects.get(project=project, intake_items__intake=intake).publication.name == "The Tide"
    dropped = begun(small_world_here, STORY.format(n=2), asking=True)
    intakes.stop(by=small_world_here.manager, intake=dropped)
    assert (dropped.state, left(tmp_path)) == ("stopped", [])


def test_stopped_in_the_middle_what_is_in_stays(
    small_world_here: World, project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sources.actions.intakes.TOGETHER", 2)
    intake = begun(small_world_here, *(STORY.format(n=n) for n in range(7)))

    def stop_after_three(imported: Any) -> None:
        if "pier 2" in imported.snapshot.text:
            Intake.objects.filter(pk=intake.pk)  # the worker has its own: somebody else stops it
            intakes.stop(by=small_world_here.reviewer, intake=Intake.objects.get(pk=intake.pk))

    monkeypatch.setattr(intakes, "stored", stop_after_three)
    intakes.run(intake)
    intake.refresh_from_db()
    assert (intake.state, standing(intake).done, left(tmp_path)) == ("stopped", 4, [])
    assert Article.objects.filter(intake_items__intake=intake).count() == 4
    intakes.run(intake)
    assert standing(intake).done == 4


@pytest.mark.lengthy
def test_an_intake_lets_others_go_first_and_goes_on(
    small_world_here: World, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sources.actions.intakes.TOGETHER", 2)
    monkeypatch.setattr(intakes, "TURN", 0.0)
    intake = begun(small_world_here, *(STORY.format(n=n) for n in range(5)))
    begun(small_world_here, "Another one waits.")
    turns = 0
    while not intake.ended:
        intakes.run(intake)
        turns += 1
    assert turns == 3
    assert [position for position, _, outcome in outcomes(intake) if outcome == "new"] == list(range(5))


def test_a_reader_that_breaks_refuses_its_item_alone(
    small_world_here: World, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking(document: bytes, name: str, **how: Any) -> Any:
        if name == "1.txt":
            raise RecursionError("too deep\nfor it")
        return read(document, name, **how)

    from sources.actions import reading_ahead as module

    read = module.read
    monkeypatch.setattr(module, "read", breaking)
    intake = begun(small_world_here, *(STORY.format(n=n) for n in range(3)))
    intakes.run(intake)
    assert [outcome for _, _, outcome in outcomes(intake)] == ["new", "refused", "new"]
    told = IntakeItem.objects.get(intake=intake, position=1).told
    assert told["why"] == "its reader failed (RecursionError: too deep\\nfor it)"


def test_what_belongs_to_storing_is_taken_back_with_it(
    small_world_here: World, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stored(imported: Any) -> None:
        Publication.objects.create(project=project, name=f"Told of {imported.snapshot.text[:7]}")
        if "pier 1" in imported.snapshot.text:
            raise ValueError("this one not")

    monkeypatch.setattr(intakes, "stored", stored)
    intake = begun(small_world_here, *(STORY.format(n=n) for n in range(3)))
    intakes.run(intake)
    assert [outcome for _, _, outcome in outcomes(intake)] == ["new", "refused", "new"]
    named = Publication.objects.filter(project=project, name__startswith="Told of").order_by("pk")
    assert [one.name for one in named] == ["Told of Ferry 0", "Told of Ferry 2"]
    assert not Snapshot.objects.filter(project=project, text__contains="pier 1").exists()


def test_who_is_ended_by_the_database_begins_again(
    small_world_here: World, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    def waits_for_each_other(**act: Any) -> Any:
        tries.append([one.raw.file_name for one in act["incoming"]])
        if len(tries) == 1:
            raise OperationalError("deadlock detected")
        return import_articles(**act)

    monkeypatch.setattr("sources.actions.intakes.import_articles", waits_for_each_other)
    intake = begun(small_world_here, *(STORY.format(n=n) for n in range(3)))
    intakes.run(intake)
    assert tries == [["0.txt", "1.txt", "2.txt"], ["0.txt"], ["1.txt"], ["2.txt"]]
    assert [outcome for _, _, outcome in outcomes(intake)] == ["new"] * 3


@pytest.mark.lengthy
def test_two_at_once_share_the_work(small_world_here: World, project: Project) -> None:
    """The second begins where the first was when it looked, and looks again before it stores."""
    intake = begun(small_world_here, *(STORY.format(n=n) for n in range(4)))
    other = Intake.objects.get(pk=intake.pk)

    def items(position: int) -> Iterator[Item]:
        for number in range(position, 4):
            if number == 3:
                intakes.run(other)
            yield Item(number, f"{number}.txt", document=STORY.format(n=number).encode())

    assert take_in(intake, items)
    assert outcomes(intake) == [(n, f"{n}.txt", "new") for n in range(4)]


def test_no_more_is_read_ahead_than_is_allowed(small_world_here: World, project: Project) -> None:
    taken = 0

    def items() -> Iterator[tuple[int, Item]]:
        nonlocal taken
        for number in range(AHEAD * 3):
            taken += 1
            yield number, Item(number, "a.txt", document=b"x")

    stored = 0
    for _ in reading_ahead(items(), Options()):
        stored += 1
        assert taken <= stored + AHEAD
    assert stored == AHEAD * 3


def test_a_silent_queue_is_told(small_world_here: World, project: Project) -> None:
    intake = begun(small_world_here, STORY.format(n=1))
    intake.created_at = timezone.now()
    assert not nobody_works(intake)
    with connection.cursor() as cursor:
        cursor.execute("SELECT now() - interval '10 seconds'")
        (intake.created_at,) = cursor.fetchone()
        assert nobody_works(intake)
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    assert not nobody_works(intake)


def test_a_worker_with_another_data_folder_ends_nothing(
    small_world_here: World, project: Project, settings: Any, tmp_path: Path
) -> None:
    intake = begun(small_world_here, STORY.format(n=1))
    settings.DATA_DIR = tmp_path / "another"
    with pytest.raises(KeptElsewhere, match="have to share one"):
        intakes.run(intake)
    intake.refresh_from_db()
    assert (intake.state, outcomes(intake)) == ("waiting", [])
    settings.DATA_DIR = tmp_path
    intakes.run(intake)
    assert (intake.state, len(outcomes(intake)), left(tmp_path)) == ("done", 1, [])
    settings.DATA_DIR = tmp_path / "another"
    intakes.run(intake)  # what is over needs no files


def test_what_nobody_takes_in_any_more_is_not_kept_once_it_is_stopped(
    small_world_here: World, project: Project, tmp_path: Path
) -> None:
    intake = begun(small_world_here, STORY.format(n=1))
    ProcrastinateJob.objects.filter(lock=f"intake {intake.uuid}")._raw_delete(using="default")
    intakes.stop(by=small_world_here.manager, intake=intake)
    assert left(tmp_path) == []


def test_rows_weigh_what_is_kept_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_ahead_module, "BYTES_AHEAD", 1000)
    article, taken = read_plain(STORY.encode()), []

    def rows() -> Iterator[tuple[int, Item]]:
        for n in range(9):
            taken.append(n)
            yield n, Item(n, f"row {n}", read=article, raw=b"x" * 600)

    going = reading_ahead(rows(), Options())
    next(going)
    assert taken == [0, 1]
    going.close()


def test_what_it_holds_is_counted_once(
    small_world_here: World, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake = begun(small_world_here, STORY.format(n=1))
    begin_taking(intake)
    monkeypatch.setattr("sources.actions.intakes.count_in", None)
    intakes.run(intake)
    assert (intake.state, intake.expected) == ("done", 1)

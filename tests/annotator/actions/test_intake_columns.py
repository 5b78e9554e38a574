"""Tables that are handed over: asked about once, and read so ever after."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from annotator.actions import intakes
from annotator.actions.intakes import Upload
from annotator.queries.intakes import lines
from sources.actions.column_mappings import (
    forget,
    letters_of,
    mappings_of,
    remember,
    remembered,
    tables_kept,
)
from sources.actions.reading_ahead import Options
from sources.intake.columns import BadColumns, Columns, key_of
from sources.models import Article, Capture, ColumnMapping, Intake, Project
from tests.factories import World

TABLE = "Headline,Body,Mood\nWeir gives way,The weir at Kai gave way at dawn.,grim\nNo text,,\n"
NAMES = ("Headline", "Body", "Mood")
MEANT = Columns({"text": "Body", "title": "Headline"}, outlet="The Tide", language="cy")


@pytest.fixture(autouse=True)
def project(settings: Any, tmp_path: Path, small_world_here: World, db: None) -> Project:
    """Nothing is remembered yet."""
    settings.DATA_DIR = tmp_path
    ColumnMapping.objects.all().delete()
    return small_world_here.here.project


def handed(world: World, raw: str | bytes = TABLE, name: str = "t.csv", **how: Any) -> Intake:
    upload = Upload(name, [raw.encode() if isinstance(raw, str) else raw])
    return intakes.begin(by=world.manager, project=world.here.project, uploads=[upload], **how)


def outcomes(intake: Intake) -> list[tuple[str, str]]:
    return [(one.name, one.outcome) for one in lines(intake)]


def test_unknown_columns_are_asked_about_and_then_taken_in(small_world_here: World, project: Project) -> None:
    intake = handed(small_world_here)
    assert (intake.state, intake.options.get("columns")) == ("asking", None)
    assert intakes.say_columns(by=small_world_here.manager, intake=intake, names=NAMES, columns=MEANT)
    assert intake.state == "waiting"
    intakes.run(intake)
    assert outcomes(intake) == [("t.csv, row 2", "new"), ("t.csv, row 3", "refused")]
    assert lines(intake)[1].told["where"] == "row 3, column 'Body'"
    article = Article.objects.get(project=project, title="Weir gives way")
    assert (str(article.publication), article.language) == ("The Tide", "cy")
    kept = Capture.objects.get(snapshot__article=article)
    assert kept.media_type == "application/json"
    assert json.loads(bytes(kept.raw)) == dict(zip(NAMES, TABLE.split("\n")[1].split(","), strict=True))


def test_the_same_columns_are_taken_without_asking_in_this_project_alone(
    small_world_here: World, project: Project
) -> None:
    remember(by=small_world_here.manager, project=project, names=NAMES, columns=MEANT)
    turned = "Body,Mood,Headline\nThe weir at Kai was mended.,mild,Weir mended\n"
    intake = handed(small_world_here, turned, "other.tsv")
    assert (intake.state, list(intake.options["columns"])) == ("waiting", [key_of(NAMES)])
    assert [mapping.names for mapping in mappings_of(intake)] == [list(NAMES)]
    intakes.run(intake)
    assert outcomes(intake) == [("other.tsv, row 2", "new")]
    assert handed(small_world_here, TABLE.replace("Mood", "Tone")).state == "asking"
    assert remembered(small_world_here.there.project, [key_of(NAMES)]) == {}


def test_each_kind_of_table_in_an_archive_is_asked_about(small_world_here: World) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.csv", TABLE.replace("at dawn", "at night"))
        archive.writestr("b.jsonl", '{"content": "The ford at Kai is open again."}\n')
        archive.writestr("c.txt", "The mill at Kai\n\nThe mill turns again.\n")
    intake = handed(small_world_here, out.getvalue(), "all.zip")
    assert intake.state == "asking"
    say = {"by": small_world_here.manager, "intake": intake}
    assert not intakes.say_columns(**say, names=NAMES, columns=MEANT)
    assert intakes.say_columns(**say, names=["content"], columns=Columns({"text": "content"}))
    intakes.run(intake)
    assert [outcome for _, outcome in outcomes(intake)] == ["new", "refused", "new", "new"]


def test_a_declared_encoding_holds_for_tables(small_world_here: World, project: Project) -> None:
    remember(by=small_world_here.manager, project=project, names=["Body"], columns=Columns({"text": "Body"}))
    raw = "Body\nŘeka je klidná.\n".encode("cp1250")
    intake = handed(small_world_here, raw, options=Options(encoding="cp1250"))
    intakes.run(intake)
    assert lines(intake)[0].snapshot.text == "Řeka je klidná."


def test_what_waits_for_the_same_answer_goes_on_with_it(small_world_here: World) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.csv", TABLE.replace("dawn", "dusk"))
    first, alike = handed(small_world_here), handed(small_world_here, out.getvalue(), "alike.zip")
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("b.csv", "Other\nA story.\n")
    more = handed(small_world_here, out.getvalue(), "more.zip")
    nothing = handed(small_world_here, "A story.", "a.txt", asking=True)
    assert {one.state for one in (first, alike, more, nothing)} == {"asking"}
    intakes.say_columns(by=small_world_here.manager, intake=first, names=NAMES, columns=MEANT)
    for one in (alike, more, nothing):
        one.refresh_from_db()
    assert [one.state for one in (first, alike, more, nothing)] == ["waiting", "waiting", "asking", "asking"]
    intakes.run(alike)
    assert outcomes(alike) == [("a.csv, row 2", "new"), ("a.csv, row 3", "refused")]


def test_guessed_letters_are_asked_about_once_and_told_of_every_row(
    small_world_here: World, project: Project
) -> None:
    names = ["Text", "Titel"]
    remember(by=small_world_here.manager, project=project, names=names, columns=Columns({"text": "Text"}))
    guessed = "Text,Titel\nDie Fähre fährt früh über den Fluß.,a\n".encode("cp1252")
    told = handed(small_world_here, guessed, options=Options(encoding="cp1252"))
    assert told.state == "waiting"
    intake = handed(small_world_here, guessed)
    assert (intake.state, list(intake.options["columns"])) == ("asking", [key_of(names)])
    assert not intakes.go_on_if_answered(by=small_world_here.manager, intake=intake)
    with tables_kept(intake) as tables:
        (table,) = tables
        letters = letters_of(table)
    say = {"by": small_world_here.manager, "intake": intake, "columns": Columns({"text": "Text"})}
    assert intakes.say_columns(**say, names=names, letters=letters)
    intakes.run(intake)
    assert lines(intake)[0].told["notes"] == [
        "the encoding was guessed as Windows-1252: check the letters",
    ]
    assert Capture.objects.get(snapshot=lines(intake)[0].snapshot).encoding == "cp1252"


def test_letters_that_were_said_to_be_right_are_not_asked_about_again(
    small_world_here: World, project: Project
) -> None:
    """They hold for tables with the same columns that do not show their own encoding, and for no others."""
    meant = Columns({"text": "Text"}, encoding="cp1250")
    remember(by=small_world_here.manager, project=project, names=["Text", "Titel"], columns=meant)
    words = "Žluťoučký kůň běžel {} přes řeku a nikdo neví kam zmizel. Říčka byla tichá."
    story = f"Text,Titel\n{words},a\n"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("in.csv", story.format("včera").encode("cp1250"))
        archive.writestr("own.csv", story.format("dnes"))  # UTF-8, which shows
    plain = handed(small_world_here, story.format("zítra").encode("cp1250"))
    packed = handed(small_world_here, out.getvalue(), "all.zip")
    for intake in (plain, packed):
        assert intake.state == "waiting"
        intakes.run(intake)
    note = "read as Windows-1250, as was said of tables with these columns"
    assert [line.told["notes"] for line in (*lines(plain), *lines(packed))] == [[note], [note], []]
    texts = [line.snapshot.text for line in (*lines(plain), *lines(packed))]
    assert texts == [words.format(when) for when in ("zítra", "včera", "dnes")]
    # 0x81, a letter of Windows-1251, is none of Windows-1250: that is asked about as before.
    other = "Text,Titel\nМинистр сказал Ѓорче что река поднялась ночью и затопила дорогу.,a\n"
    assert handed(small_world_here, other.encode("cp1251")).state == "asking"


def test_a_table_that_cannot_be_read_asks_nothing_and_says_why(small_world_here: World) -> None:
    intake = handed(small_world_here, "Body,Body\na,b\n")
    assert intake.state == "waiting"
    intakes.run(intake)
    assert lines(intake)[0].told["why"] == "two of its columns are called 'Body'"


def test_what_is_remembered_can_be_said_anew_and_forgotten(small_world_here: World, project: Project) -> None:
    first = remember(by=small_world_here.manager, project=project, names=NAMES, columns=MEANT)
    other = Columns({"text": "Mood"})
    second = remember(by=small_world_here.reviewer, project=project, names=NAMES[::-1], columns=other)
    assert (second.pk, second.version, second.by) == (first.pk, 2, small_world_here.reviewer)
    assert remembered(project, [key_of(NAMES)]) == {key_of(NAMES): other}
    with pytest.raises(BadColumns):
        remember(by=small_world_here.manager, project=project, names=NAMES, columns=Columns({"text": "x"}))
    for _ in range(2):
        forget(by=small_world_here.manager, mapping=second)
    assert remembered(project, [key_of(NAMES)]) == {}


def test_what_can_no_longer_be_understood_is_asked_again(small_world_here: World, project: Project) -> None:
    made = remember(by=small_world_here.manager, project=project, names=NAMES, columns=MEANT)
    ColumnMapping.objects.filter(pk=made.pk).update(meaning={"fields": {"mood": "Mood"}}, version=2)
    assert handed(small_world_here).state == "asking"


@pytest.mark.parametrize("name", ["t.csv", "t.jsonl"])
def test_an_archive_with_a_damaged_table_is_one_refused_line(
    small_world_here: World, project: Project, name: str
) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("a.txt", "Weir gives way\n\nThe weir gave way at dawn.")
        opened.writestr(name, TABLE if name == "t.csv" else '{"Headline": "A", "Body": "B"}\n')
    raw = bytearray(out.getvalue())
    at = raw.index(name.encode()) + len(name)
    raw[at : at + 9] = b"\xff" * 9
    intake = handed(small_world_here, bytes(raw), "a.zip")
    intakes.run(intake)
    assert (intake.state, intake.expected, outcomes(intake)) == ("done", 1, [("a.zip", "refused")])

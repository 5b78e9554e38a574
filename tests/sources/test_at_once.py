"""Which operations of a migration are carried out together."""

from django.db import migrations, models

from sources.models.at_once import AtOnce, grouped


def made(name: str) -> migrations.CreateModel:
    return migrations.CreateModel(name, [("id", models.BigAutoField(primary_key=True))])


def added(model: str) -> migrations.AddField:
    return migrations.AddField(model, "size", models.IntegerField(null=True))


def told(*operations: object) -> list[list[str]]:
    return [
        [each.describe() for each in (one.operations if isinstance(one, AtOnce) else [one])]
        for one in grouped(operations)
    ]


def test_all_that_do_not_touch_each_other() -> None:
    assert told(made("Cup"), made("Pot"), added("jug"), added("can")) == [
        ["Create model Cup", "Create model Pot", "Add field size to jug", "Add field size to can"]
    ]


def test_what_changes_a_model_just_made_comes_after_it() -> None:
    assert told(made("Cup"), added("Cup"), made("Pot"), added("cup"), added("pot")) == [
        ["Create model Cup"],
        ["Add field size to Cup", "Create model Pot", "Add field size to cup"],
        ["Add field size to pot"],
    ]


def test_sql_and_python_keep_their_place() -> None:
    fill = migrations.RunSQL("UPDATE jug SET size = 1")
    assert told(added("jug"), made("Cup"), fill, made("Pot"), made("Can")) == [
        ["Add field size to jug", "Create model Cup"],
        ["Raw SQL operation"],
        ["Create model Pot", "Create model Can"],
    ]

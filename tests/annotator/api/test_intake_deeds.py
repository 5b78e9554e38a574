"""Intakes stopped, gone on with and tried again; what they ask of columns; an article taken again."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.test import Client

from annotator.actions import intakes
from sources.actions.column_mappings import remember
from sources.intake.columns import Columns
from sources.models import Article, ColumnMapping, Intake
from tests.factories import World

from .lists import costs_the_same, refuses_strange_parameters

URL = "/api/v1/projects/here/"
TABLE = """Überschrift;Volltext;Datum;Stimmung
Das Wehr gibt nach;"<p>Das Wehr am Kai gab nach.</p><p>Niemand kam zu Schaden.</p>";03/04/2025;ernst
Ohne Text;;13.04.2025;
Noch eine;Die Mühle mahlt.;05/04/2025;
"""
NAMES = ["Überschrift", "Volltext", "Datum", "Stimmung"]
MEANT = {"text": "Volltext", "title": "Überschrift", "published": "Datum"}


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Path, world: World) -> None:
    settings.DATA_DIR = tmp_path
    ColumnMapping.objects.filter(project=world.here.project).delete()


def post(client: Client, tail: str, said: Any = None) -> Any:
    return client.post(f"{URL}{tail}/", said or {}, content_type="application/json")


def handed(client: Client) -> str:
    files = [SimpleUploadedFile("artikel.csv", TABLE.encode("cp1252"))]
    told = client.post(f"{URL}intakes/", {"files": files}).json()
    assert told["state"] == "asking"
    return f"intakes/{told['uuid']}"


@pytest.mark.lengthy
def test_what_is_asked_of_columns_is_read_and_answered(manager: Client, world: World) -> None:
    asked = f"{handed(manager)}/columns"
    told = manager.get(f"{URL}{asked}/").json()
    assert (told["table"]["names"], told["table"]["encoding"]) == (NAMES, "cp1252")
    assert told["table"]["guessed"] and told["table"]["looked_at"] == 3
    assert told["proposed"]["columns"] == MEANT and told["proposed"]["order"] == "day"
    assert told["rows"][0]["cells"]["Stimmung"] == "ernst"
    assert [one["where"] for one in told["faults"]] == ["row 3, column 'Volltext'"]
    assert [one["html"] for one in told["columns"]] == [False, True, False, False]
    strange = manager.get(f"{URL}{asked}/", {"encoding": "cp1251"}).json()
    assert strange["table"]["names"][0] != "Überschrift"
    for said, field, rule in (
        ({"names": NAMES[1:], "columns": MEANT}, "names", "as_shown"),
        ({"names": NAMES, "columns": {"title": "Datum"}}, "columns.text", "columns"),
        ({"names": NAMES, "columns": {"text": "Leitung"}}, "columns.text", "columns"),
        ({"names": NAMES, "columns": MEANT, "language": "?"}, "language", "columns"),
    ):
        refused = post(manager, asked, said)
        (error,) = refused.json()["errors"]
        assert (refused.status_code, error["field"], error["rule"]) == (422, field, rule)
    for said, field in (({}, "columns"), ({"names": NAMES, "columns": {"colour": "x"}}, "columns.colour")):
        refused = post(manager, asked, said)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, field)
    answer = {"names": NAMES, "columns": MEANT, "order": "day", "outlet": "Kai-Bote", "language": "de"}
    done = post(manager, asked, answer).json()
    assert (done["over"], done["intake"]["state"]) == (True, "waiting")
    intakes.run(Intake.objects.get(uuid=done["intake"]["uuid"]))
    article = Article.objects.get(project=world.here.project, title="Das Wehr gibt nach")
    assert (article.published, str(article.publication), article.language) == ("2025-04-03", "Kai-Bote", "de")
    assert manager.get(f"{URL}{asked}/").json()["table"] is None
    assert post(manager, asked, answer).json()["over"] is True


@pytest.mark.lengthy
def test_an_encoding_that_was_looked_at_is_what_it_is_read_as(manager: Client) -> None:
    asked = f"{handed(manager)}/columns"
    told = manager.get(f"{URL}{asked}/", {"encoding": "cp1250"}).json()
    said = {"names": told["table"]["names"], "columns": told["proposed"]["columns"], "encoding": "cp1250"}
    assert post(manager, asked, said).json()["over"] is True
    mapping = ColumnMapping.objects.get(names__contains=["Volltext"])
    assert mapping.meaning["encoding"] == "cp1250"
    assert manager.get(f"{URL}{asked}/", {"encoding": "klingon"}).status_code == 400


@pytest.mark.lengthy
def test_what_is_remembered_of_columns_is_said_anew_and_forgotten(manager: Client, world: World) -> None:
    project, meant = world.here.project, Columns({"text": "Volltext"})
    remember(by=world.manager, project=project, names=NAMES, columns=meant)
    (listed,) = manager.get(f"{URL}columns/").json()["results"]
    assert (listed["names"], listed["meant"]["columns"]) == (NAMES, {"text": "Volltext"})
    url = f"{URL}columns/{listed['uuid']}/"
    assert manager.get(url).json() == listed

    def put(seen: str | None = '"1"', **said: Any) -> Any:
        headers = {"If-Match": seen} if seen else {}
        return manager.put(url, {"columns": MEANT} | said, content_type="application/json", headers=headers)

    assert put(seen=None, order="day").status_code == 428
    done = put(order="day", outlet="Kai-Bote")
    assert put(seen=None, order="day", outlet="Kai-Bote").json() == done.json()
    late = put(order="month")
    assert (late.status_code, late.json()["current"]) == (412, done.json())
    assert (done.status_code, done["ETag"], done.json()["meant"]["order"]) == (200, '"2"', "day")
    for said, code, field in (
        ({"columns": {"text": "Leitung"}}, 422, "columns.text"),
        ({"encoding": "klingon"}, 422, "encoding"),
        ({"names": NAMES}, 400, "names"),
    ):
        refused = put(**said)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (code, field)
    gone = [manager.delete(url, headers=seen).status_code for seen in ({}, {"If-Match": '"1"'})]
    assert gone == [428, 412]
    assert [manager.delete(url, headers={"If-Match": '"2"'}).status_code for _ in range(2)] == [204, 404]
    refuses_strange_parameters(manager, f"{URL}columns/")

    def more() -> None:
        for n in range(20):
            remember(by=world.manager, project=project, names=[*NAMES, str(n)], columns=meant)

    costs_the_same(manager, f"{URL}columns/", more)


def test_one_is_stopped_and_what_was_refused_is_tried_again(manager: Client, world: World) -> None:
    where = handed(manager)
    for _ in range(2):
        stopped = post(manager, f"{where}/deeds", {"do": "stop"})
        assert (stopped.status_code, stopped.json()["state"]) == (202, "stopped")
        assert stopped["Location"].endswith(f"{URL}{where}/")
    nothing = post(manager, f"{where}/deeds", {"do": "retry"})
    assert (nothing.status_code, nothing.json()["errors"][0]["rule"]) == (422, "nothing_refused")
    assert post(manager, f"{where}/deeds", {"do": "go_on"}).json()["state"] == "stopped"
    assert post(manager, f"{where}/deeds", {"do": "dance"}).status_code == 400
    ended = intakes.begin_addresses(
        by=world.manager, project=world.here.project, addresses=["https://courier.example/none"]
    )
    ended.items.create(
        project=world.here.project,
        position=0,
        name="none",
        address="https://courier.example/none",
        outcome="refused",
        told={"why": "404"},
    )
    Intake.objects.filter(pk=ended.pk).update(state="done", finished_at=ended.created_at)
    tried = post(manager, f"intakes/{ended.uuid}/deeds", {"do": "retry"})
    assert tried.status_code == 202 and tried.json()["uuid"] != str(ended.uuid)
    assert tried.json()["expected"] == 1


def placed(article: Article, url: str) -> None:
    Article.objects.filter(pk=article.pk).update(url=url, version=F("version") + 1)


def test_an_article_is_taken_again_from_its_address(manager: Client, world: World) -> None:
    article = world.here.article
    placed(article, "https://courier.example/bridge")
    answer = post(manager, f"articles/{article.uuid}/again")
    assert (answer.status_code, answer.json()["method"]) == (202, "addresses")
    made = Intake.objects.get(uuid=answer.json()["uuid"])
    assert made.options["article"] == str(article.uuid) and made.options["again"] is True
    assert answer["Location"].endswith(f"{URL}intakes/{made.uuid}/")
    placed(article, "")
    refused = post(manager, f"articles/{article.uuid}/again")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "url")

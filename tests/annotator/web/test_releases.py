"""Asking for a release, waiting for it, taking it away."""

import io
import json
import re
import subprocess
import sys
import zipfile
from html import unescape
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import F
from openpyxl import load_workbook
from procrastinate.contrib.django.models import ProcrastinateJob

from annotator.exchange.contents import contents
from annotator.exchange.progress import Teller
from annotator.exchange.release_file import build, path_of, workbook_of
from annotator.exchange.tables import TABLES
from annotator.intents.site import kept_out, parse_site
from annotator.models import Release, Status
from annotator.queries.releases import release_numbered
from annotator.templatetags.releases import CHIEF, OTHERS, chief, others
from sources.models import Article, Role
from tests.factories import World

from .conftest import Cast

URL = "/p/here/releases/"
ASKED = {
    "title": "Spring",
    "statuses": ["submitted", "disputed"],
    "licence": "CC BY 4.0",
    "notes": "As it is.\r\nAnd no more.",
}


@pytest.fixture
def data(settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.mark.lengthy
def test_a_release_is_asked_for_built_and_downloaded(world: World, cast: Cast, data: Path) -> None:
    answer = cast.reviewer.post(URL, ASKED)
    made = Release.objects.get(project=world.here.project, title="Spring")
    assert answer["Location"] == f"{URL}{made.number}/"
    assert (
        ProcrastinateJob.objects.filter(
            task_name="releases.build",
            args={"release_id": made.pk, "request_id": answer["X-Request-ID"]},
        ).count()
        == 1
    )
    waiting = cast.viewer.get(answer["Location"]).content.decode()
    assert 'hx-trigger="every 2s"' in waiting
    assert "Waiting for its turn" in waiting
    assert "<progress" not in waiting  # nobody knows how far it is
    assert cast.viewer.get(f"{URL}{made.number}/download/").status_code == 404

    build(release_numbered(world.here.project, made.number, Role.VIEWER))
    made.refresh_from_db()
    part = cast.viewer.get(answer["Location"], headers={"HX-Request": "true"}).content.decode()
    assert made.sha256 in part
    assert "hx-trigger" not in part
    assert "<html" not in part

    file = cast.viewer.get(f"{URL}{made.number}/download/")
    assert file["Content-Disposition"] == f'attachment; filename="{made.file_name}"'
    assert file["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert file["X-Content-Type-Options"] == "nosniff"
    with zipfile.ZipFile(io.BytesIO(b"".join(file.streaming_content))) as bag:
        bag.extractall(data / "unpacked")
    page = cast.viewer.get(answer["Location"]).content.decode()
    shown = re.search(r'<code id="verify">python (\S+)</code>', page)[1]
    command = [sys.executable, "-B", shown]  # as the page says it, where the ZIP was unpacked
    checked = subprocess.run(command, cwd=data / "unpacked", capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "all of it holds" in checked.stdout


def test_nothing_to_publish_is_said_beside_the_choice(cast: Cast) -> None:
    for statuses, said in (
        (["accepted"], "No claim of this project is accepted."),
        ([], "Choose at least one."),
    ):
        answer = cast.reviewer.post(URL, ASKED | {"statuses": statuses})
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert cast.reviewer.post(URL, ASKED | {"statuses": ["accepted", "burnt"]}).status_code == 422


def test_the_form_counts_before_it_builds_and_keeps_what_was_chosen(world: World, cast: Cast) -> None:
    speaker = str(world.here.actor.uuid)
    assert (
        "No claim meets"
        in cast.reviewer.get(f"{URL}count/", ASKED | {"published_to": "2025"}).content.decode()
    )
    Article.objects.filter(pk=world.here.article.pk).update(
        published="2020", published_min="2020-01-01", published_max="2020-12-31", version=F("version") + 1
    )
    asked = {"statuses": list(Status.values), "speakers": [speaker], "published_from": "2020"}
    counted = cast.reviewer.get(f"{URL}count/", asked).content.decode()
    assert re.sub(r"<.*?>", "", counted).strip().startswith("Takes 1 claim of 1 article.")
    page = cast.reviewer.post(URL, asked | {"count": "yes", "title": "Kept"}).content.decode()
    assert "Takes" in page  # without scripts the button counts
    assert 'value="Kept"' in page
    assert re.search(rf'<option value="{speaker}" selected', page)
    assert not Release.objects.filter(title="Kept").exists()
    none = cast.reviewer.get(f"{URL}count/", asked | {"published_from": "2021"}).content.decode()
    assert "No claim meets all of this." in none
    cast.reviewer.post(URL, asked | {"title": "Narrow"})
    made = Release.objects.get(title="Narrow")
    assert made.filter["speakers"] == [{"id": speaker, "name": world.here.actor.name}]
    assert made.filter["published"]["first_day"] == "2020-01-01"
    page = cast.viewer.get(f"{URL}{made.number}/").content.decode()
    assert '<dd dir="auto">from 2020-01-01</dd>' in page
    assert "Claims that none of the speakers asked for says or passes on." in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"speakers": ["01990000-0000-7000-8000-00000000dead"]}, "is none of this project’s speakers."),
        ({"speakers": ["<b>nobody"]}, "“&lt;b&gt;nobody” is not the identifier of a speaker."),
        ({"topics": ["no-such-topic"]}, "“no-such-topic” is none of this project’s topics."),
        ({"topics": ["x\x01"]}, "Contains control characters."),
        ({"published_from": "soon"}, "This is not a date that can be read."),
        ({"published_from": "2025", "published_to": "2024"}, "The period ends before it begins."),
        ({"speakers": ["x"] * 101}, "at most 100 are allowed"),
    ],
)
def test_what_cannot_be_chosen_is_refused_beside_its_field(cast: Cast, wrong: dict, said: str) -> None:
    answer = cast.reviewer.post(URL, ASKED | wrong)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert said in cast.reviewer.get(f"{URL}count/", ASKED | wrong).content.decode()
    assert not Release.objects.filter(title="Spring").exists()


def test_the_count_names_the_field_that_is_at_fault(cast: Cast) -> None:
    counted = cast.reviewer.get(f"{URL}count/", ASKED | {"published_from": "soon"}).content.decode()
    assert "<b>Published from:</b> This is not a date that can be read." in counted


def test_only_reviewers_count(cast: Cast) -> None:
    assert cast.annotator.get(f"{URL}count/", ASKED).status_code == 403
    assert cast.stranger.get(f"{URL}count/", ASKED).status_code == 404


def test_another_projects_speaker_and_topic_are_nobody_here(world: World, cast: Cast) -> None:
    foreign = {"speakers": [str(world.there.actor.uuid)]}
    answer = cast.reviewer.post(URL, ASKED | foreign)
    assert "none of this project’s speakers" in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("annotator", 403), ("viewer", 403), ("stranger", 404), ("nobody", 302)]
)
def test_only_reviewers_publish(world: World, cast: Cast, who: str, status: int) -> None:
    assert getattr(cast, who).post(URL, ASKED).status_code == status
    assert not Release.objects.filter(title="Spring").exists()


@pytest.mark.lengthy
def test_the_workbook_lies_beside_it_and_the_page_says_what_is_inside(
    world: World, cast: Cast, data: Path
) -> None:
    with connection.cursor() as cursor:  # while the workbook is written the database is asked nothing
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout TO 0")
    where = cast.reviewer.post(URL, ASKED)["Location"]
    made = Release.objects.get(project=world.here.project, title="Spring")
    assert cast.viewer.get(f"{where}workbook/").status_code == 404
    build(made)
    answer = cast.viewer.get(f"{where}workbook/")
    assert answer["Content-Disposition"] == 'attachment; filename="here-release-2.xlsx"'
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.sheetnames == [*(table.name for table in TABLES), "about"]
    assert sorted(path.name for path in path_of(made).parent.iterdir()) == [
        "here-release-2.xlsx",
        "here-release-2.zip",
    ]
    page = cast.viewer.get(where).content.decode()
    assert f"{where}workbook/" in page
    with zipfile.ZipFile(path_of(made)) as archive:
        sizes = {one.filename.partition("/data/")[2]: one.file_size for one in archive.infolist()}
    parts = {part.name: part for part in contents(path_of(made))}
    assert parts["*.csv"].number == parts["parquet/*.parquet"].number == len(TABLES)
    assert sum(part.size for part in parts.values()) == sum(sizes[name] for name in sizes if name)
    assert all(part.about and f"<code>{part.name}</code>" in page for part in parts.values())
    workbook_of(made).unlink()
    assert f"{where}workbook/" not in cast.viewer.get(where).content.decode()
    assert cast.viewer.get(f"{where}workbook/").status_code == 404
    path_of(made).write_bytes(b"damaged on the disk")
    assert cast.viewer.get(where).status_code == 200
    path_of(made).unlink()
    assert cast.viewer.get(where).status_code == 200


@pytest.mark.lengthy
def test_a_download_is_closed_to_strangers(world: World, cast: Cast, data: Path) -> None:
    cast.reviewer.post(URL, ASKED)
    made = Release.objects.get(title="Spring")
    build(made)
    assert cast.stranger.get(f"{URL}{made.number}/download/").status_code == 404
    assert cast.nobody.get(f"{URL}{made.number}/download/").status_code == 302


def test_a_release_that_failed_says_which_rows(world: World, cast: Cast) -> None:
    broken = {"state": "failed", "problems": ["claim 7: <b>the quote</b> is not there"]}
    Release.objects.filter(pk=world.here.release.pk).update(**broken)
    html = cast.viewer.get(f"{URL}1/").content.decode()
    assert "This release was not made." in html
    assert "&lt;b&gt;the quote" in html


def test_how_far_a_build_is(world: World, cast: Cast, data: Path) -> None:
    Release.objects.filter(pk=world.here.release.pk).update(state="building")
    folder = data / "releases" / str(world.here.project.uuid)
    folder.mkdir(parents=True)
    nothing = cast.viewer.get(f"{URL}1/").content.decode()
    assert "Being built" in nothing
    assert "<progress" not in nothing
    Teller(folder / "release-1.progress").begin("tables", 4000)
    for headers in ({}, {"HX-Request": "true"}):  # by reloading the page too
        page = cast.viewer.get(f"{URL}1/", headers=headers).content.decode()
        assert '<progress max="100" value="40" aria-labelledby="stage">40 %</progress>' in page
        assert '<b id="stage">Writing the tables</b>' in page
        assert "Step 3 of 5: 0 of 4,000 rows" in page
        assert 'hx-trigger="every 2s"' in page


def test_numbers_beyond_reach_are_not_found(cast: Cast) -> None:
    for number in (99, 2**40):
        assert cast.viewer.get(f"{URL}{number}/").status_code == 404


def test_tables_are_named_in_plain_words_with_the_claims_first() -> None:
    counts = {"quantities": 1, "claim_speakers": 2, "articles": 1, "claims": 3, "new_things": 4}
    assert chief(counts) == [("claims", 3), ("article", 1)]
    assert others(counts) == [
        ("speakers of those links", 2),
        ("number given in a claim", 1),
        ("new things", 4),
    ]


def test_every_table_of_the_dataset_has_plain_words() -> None:
    assert CHIEF.keys() | OTHERS.keys() == {table.name for table in TABLES}


@pytest.mark.lengthy
def test_a_ready_release_says_how_to_cite_it(world: World, cast: Cast, data: Path) -> None:
    cast.reviewer.post(URL, ASKED)
    made = Release.objects.get(title="Spring")
    assert "Cite this dataset" not in cast.viewer.get(f"{URL}{made.number}/").content.decode()
    build(made)
    page = cast.viewer.get(f"{URL}{made.number}/").content.decode()
    address = f"http://testserver{URL}{made.number}/"
    person = str(world.here.claim.annotation.author)
    year, project = made.created_at.year, world.here.project.name
    apa = f"{person}. ({year}). Spring (Version {made.number}) [Dataset]. {project}. {address}"
    text = unescape(page)
    assert re.search(r'id="cite-apa"[^>]*>([^<]*)<', text)[1] == apa
    (item,) = json.loads(re.search(r'id="cite-csl"[^>]*>([^<]*)<', text)[1])
    assert (item["URL"], item["note"]) == (address, f"SHA-256 {made.sha256}")
    for key in ("apa", "chicago", "bibtex", "csl"):
        assert f'data-copy="cite-{key}"' in page
    path_of(made).unlink()  # lost from the data folder: the project stands where authors would
    lost = unescape(cast.viewer.get(f"{URL}{made.number}/").content.decode())
    assert f"{project}. ({year}). Spring" in lost


def test_an_address_that_nobody_else_can_open_is_told_and_another_taken(world: World, cast: Cast) -> None:
    page = cast.reviewer.get(URL, headers={"Host": "127.0.0.1:8177"}).content.decode()
    told = re.sub(r"<.*?>", "", page)
    assert "Permanent links will begin with http://127.0.0.1:8177/, which nobody else can open." in told
    assert 'value="http://127.0.0.1:8177/"' in page
    cast.reviewer.post(URL, ASKED | {"title": "Near"}, headers={"Host": "localhost:8177"})
    near = Release.objects.get(title="Near")
    assert near.filter["site"] == "http://localhost:8177/"
    assert "nobody else can open" in cast.viewer.get(f"{URL}{near.number}/").content.decode()
    cast.reviewer.post(URL, ASKED | {"title": "Far", "site": "https://desk.example"})
    far = Release.objects.get(title="Far")
    assert far.filter["site"] == "https://desk.example/"
    page = cast.viewer.get(f"{URL}{far.number}/").content.decode()
    assert "https://desk.example/" in page
    assert "can open." not in page


@pytest.mark.parametrize(
    "site",
    [
        *("desk.example", "javascript:alert(1)", "ftp://desk.example", "https://", "https://desk.example/p/"),
        *(
            "https://desk.example/?a",
            "https://desk.example/#a",
            "https://desk.example?",
            "https://me@desk.example",
        ),
        *(
            "https://me:pw@desk.example",
            "https://desk.example:x",
            "https://desk.example:99999",
            "https://[::1",
        ),
        *(
            "https://de sk.example",
            "https://desk.example\\@evil.example",
            "https://désk.example",
            "//desk.example",
        ),
    ],
)
def test_an_address_with_more_than_a_host_is_refused(cast: Cast, site: str) -> None:
    assert cast.reviewer.post(URL, ASKED | {"site": site}).status_code == 422
    assert not Release.objects.filter(title="Spring").exists()


@pytest.mark.parametrize(
    ("site", "who"),
    [
        *(
            (f"http://{host}/", "nobody else")
            for host in ("localhost", "a.localhost:8", "127.9.9.9", "[::1]:8000", "0.0.0.0")
        ),
        *(
            (f"http://{host}/", "nobody outside your network")
            for host in (
                "10.1.2.3",
                "192.168.0.9:8000",
                "172.16.0.1",
                "169.254.1.1",
                "[fe80::1]",
                "desk",
                "desk.local",
            )
        ),
        *((site, "") for site in ("https://desk.example/", "https://8.8.8.8/", "")),
    ],
)
def test_who_cannot_open_an_address(site: str, who: str) -> None:
    assert parse_site(site) == site
    assert kept_out(site) == who

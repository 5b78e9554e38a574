"""What changed between two releases, as a page and as files."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from procrastinate.contrib.django.models import ProcrastinateJob

from annotator.actions.releases import request_release
from annotator.embedded_postgres import Server
from annotator.exchange import difference_file
from annotator.exchange.difference_file import found_at
from annotator.exchange.release_file import build, path_of
from annotator.intents.release import AskedScope
from annotator.jobs.releases import compare_releases
from annotator.models import Claim, Release, Status
from annotator.templatetags.releases import passages
from tests.databases import Filled, Visits, filled
from tests.factories import World

from .conftest import Cast, SignedIn

URL = "/p/here/releases/"


def released(world: World) -> Release:
    made = request_release(
        by=world.manager,
        project=world.here.project,
        scope=AskedScope(statuses=tuple(s for s in Status.values if s != Status.DRAFT)),
    )
    build(made)
    return made


@dataclass(frozen=True)
class Two:
    """Releases 2 and 3 of the small world, committed, and their files; the first one has none."""

    signed_in: SignedIn
    first: Release
    second: Release
    files: Path


@pytest.fixture(scope="module")
def two_database(
    signed_in_database: Filled,
    django_db_blocker: Any,
    embedded_server: Server,
    tmp_path_factory: pytest.TempPathFactory,
) -> Filled:
    """Built once: writing two releases takes longer than most of what is asked of them."""
    files = tmp_path_factory.mktemp("two")

    def fill() -> Two:
        signed_in = signed_in_database.content()
        here = signed_in.world.here
        with override_settings(DATA_DIR=files):
            Release.objects.filter(pk=here.release.pk).update(state="failed")
            first = released(signed_in.world)
            with transaction.atomic():
                Claim.objects.filter(pk=here.claim.pk).update(paraphrase="<b>said</b> anew")
                Claim.objects.filter(pk=here.lone.pk).update(withdrawn_at="2031-03-04T00:00Z")
            return Two(signed_in, first, released(signed_in.world), files)

    with django_db_blocker.unblock():
        return filled(embedded_server, "two_releases", fill, of=signed_in_database.template)


@pytest.fixture
def two_here(two_database: Filled, django_db_blocker: Any, visits: Visits) -> Iterator[Two]:
    with django_db_blocker.unblock(), visits.to(two_database.shared):
        yield two_database.content()


@pytest.fixture
def signed_in_here(two_here: Two) -> SignedIn:
    return two_here.signed_in


@pytest.fixture
def two(two_here: Two, db: None, settings: Any, tmp_path: Path) -> tuple[Release, Release]:
    """Releases 2 and 3. A claim changed between them, one went."""
    settings.DATA_DIR = tmp_path / "data"
    copytree(two_here.files, settings.DATA_DIR)
    return two_here.first, two_here.second


@pytest.mark.lengthy
def test_the_page_tells_what_changed_since_the_one_before(world: World, cast: Cast, two) -> None:
    first, second = two
    assert f"{URL}3/changes/" in cast.viewer.get(f"{URL}3/").content.decode()
    page = unescape(cast.viewer.get(f"{URL}3/changes/").content.decode())
    assert '<option value="2" selected>' in page
    assert str(world.here.claim.uuid) in page
    assert str(world.here.lone.uuid) in page
    raw = cast.viewer.get(f"{URL}3/changes/?table=claims&what=changed").content.decode()
    assert '<ins dir="auto">&lt;b&gt;said&lt;/b&gt; anew</ins>' in raw
    assert str(world.here.lone.uuid) not in raw
    gone = cast.viewer.get(f"{URL}3/changes/?table=claims&what=removed").content.decode()
    assert f'<a href="/c/{world.here.lone.uuid}/"' in gone
    marked = cast.viewer.get(f"{URL}3/changes/?table=annotations&what=removed").content.decode()
    assert "[&quot;" not in marked and '["' not in marked
    turned = cast.viewer.get(f"{URL}2/changes/?since=3&table=claims&what=added").content.decode()
    assert str(world.here.lone.uuid) in turned
    assert found_at(first, second).is_file()
    told = b"".join(cast.viewer.get(f"{URL}3/changes/json/?since=2").streaming_content)
    changes = [one for one in json.loads(told)["differences"] if one["key"] == str(world.here.claim.uuid)]
    assert changes[0]["changes"]["paraphrase"]["after"] == "<b>said</b> anew"
    answer = cast.viewer.get(f"{URL}3/changes/csv/")
    assert answer["Content-Disposition"] == 'attachment; filename="here-release-3-since-2.csv"'
    assert b"<b>said</b> anew" in b"".join(answer.streaming_content)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ('["told"]', "told"),
        ('["told", "us"]', "told … us"),
        ('["told', '["told'),
        ('["told", 5]', '["told", 5]'),
        ("[1, 2]", "[1, 2]"),
        ('["' + "[" * 9, '["' + "[" * 9),
        ("", ""),
    ],
)
def test_passages_are_told_as_words(value: str, told: str) -> None:
    assert passages(value) == told


@pytest.mark.parametrize(
    "address",
    ["3/changes/?since=99", "3/changes/?since=x", "3/changes/?since=3", "3/changes/?since=1", "1/changes/",
     "99/changes/", "3/changes/html/?since=2", "3/changes/csv/?since=2", "3/changes/csv/?since=²"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(cast: Cast, two, address: str) -> None:
    assert cast.viewer.get(URL + address).status_code == 404


def test_strangers_learn_nothing(cast: Cast, two) -> None:
    for address in ("3/changes/", "3/changes/csv/"):
        assert cast.stranger.get(URL + address).status_code == 404
        assert cast.nobody.get(URL + address).status_code == 302


@pytest.mark.parametrize("how", ["missing", "damaged"])
def test_a_file_that_is_gone_or_damaged_is_said(cast: Cast, two, how: str) -> None:
    path = path_of(two[0])
    path.unlink()
    if how == "damaged":
        path.write_bytes(b"PK nothing")
    answer = cast.viewer.get(f"{URL}3/changes/")
    assert answer.status_code == 422
    assert "These two cannot be compared." in answer.content.decode()
    assert "here-release-2.zip" in answer.content.decode()
    assert str(path.parent) not in answer.content.decode()


def test_large_ones_are_compared_by_a_job(cast: Cast, two, monkeypatch) -> None:
    monkeypatch.setattr(difference_file, "AT_ONCE", 1)
    for _ in range(2):
        page = cast.viewer.get(f"{URL}3/changes/").content.decode()
        assert 'hx-trigger="every 2s"' in page
        assert "Comparing every row of both" in page
    (job,) = ProcrastinateJob.objects.filter(task_name="releases.compare")
    path = path_of(two[0])
    whole = path.read_bytes()
    path.write_bytes(b"PK nothing")
    compare_releases(**job.args)
    assert "cannot be compared" in cast.viewer.get(f"{URL}3/changes/").content.decode()
    path.write_bytes(whole)
    compare_releases(**job.args)  # nobody has asked for it since
    assert "cannot be compared" in cast.viewer.get(f"{URL}3/changes/").content.decode()
    assert cast.viewer.post(f"{URL}3/changes/?since=2")["Location"] == f"{URL}3/changes/?since=2"
    compare_releases(**job.args)
    part = cast.viewer.get(f"{URL}3/changes/", headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in part
    assert "<html" not in part
    assert "<ins" in part


@pytest.mark.lengthy
def test_a_file_out_of_reach_is_tried_again_with_patience(world: World, cast: Cast, two, monkeypatch) -> None:
    monkeypatch.setattr(difference_file, "AT_ONCE", 1)
    page = f"{URL}3/changes/"
    path = path_of(two[0])
    away = path.rename(path.with_suffix(".away"))
    asked = ProcrastinateJob.objects.filter(task_name="releases.compare")
    for tries in range(1, difference_file.TRIES + 1):
        cast.viewer.get(page)
        assert asked.count() == 1
        compare_releases(two[0].pk, two[1].pk)
        compare_releases(two[0].pk, two[1].pk)  # asked for twice, tried once
        asked._raw_delete(asked.db)
        told = cast.viewer.get(page).content.decode()
        assert "here-release-2.zip cannot be read now (FileNotFoundError" in told
        assert str(path.parent) not in told
        assert not asked.exists()
        assert ("Try again" in told, "every 2s" in told) == (tries == 3, tries < 3)
        monkeypatch.setattr(difference_file.time, "time", lambda tries=tries: 4e9 + tries * 100)
    away.rename(path)
    type(world.here.project).objects.filter(pk=world.here.project.pk).update(is_public=True)
    assert "Try again" not in cast.stranger.get(page).content.decode()
    assert cast.stranger.post(page).status_code == 403
    assert cast.viewer.post(page).status_code == 302
    assert "The last try" not in cast.viewer.get(page).content.decode()
    compare_releases(two[0].pk, two[1].pk)
    assert "<ins" in cast.stranger.get(page).content.decode()


def test_what_was_found_is_kept_for_these_files_whatever_their_numbers(cast: Cast, two) -> None:
    first, second = two
    cast.viewer.get(f"{URL}3/changes/")
    assert found_at(first, second).is_file()
    other = Release(project=second.project, number=3, file_name=second.file_name, sha256="0" * 64)
    assert not found_at(first, other).is_file()


def test_readers_of_a_public_project_start_no_job(world: World, cast: Cast, two, monkeypatch) -> None:
    monkeypatch.setattr(difference_file, "AT_ONCE", 1)
    type(world.here.project).objects.filter(pk=world.here.project.pk).update(is_public=True)
    assert "A member of the project can." in cast.stranger.get(f"{URL}3/changes/").content.decode()
    assert not ProcrastinateJob.objects.filter(task_name="releases.compare").exists()

"""What changed between two releases, as a page and as files."""

import json
from html import unescape
from pathlib import Path

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from annotator.actions.releases import request_release
from annotator.exchange import difference_file
from annotator.exchange.difference_file import found_at
from annotator.exchange.release_file import build, path_of
from annotator.intents.release import AskedScope
from annotator.jobs.releases import compare_releases
from annotator.models import Claim, Release, Status
from annotator.templatetags.releases import passages
from tests.factories import World

from .conftest import Cast

URL = "/p/here/releases/"


def released(world: World) -> Release:
    made = request_release(
        by=world.manager, project=world.here.project, scope=AskedScope(statuses=tuple(Status.values))
    )
    build(made)
    return made


@pytest.fixture
def two(world: World, settings, tmp_path: Path) -> tuple[Release, Release]:
    """Releases 2 and 3; the first one of the world has no file. A claim changed between them, one went."""
    settings.DATA_DIR = tmp_path
    Release.objects.filter(pk=world.here.release.pk).update(state="failed")
    first = released(world)
    Claim.objects.filter(pk=world.here.claim.pk).update(paraphrase="<b>said</b> anew")
    Claim.objects.filter(pk=world.here.lone.pk).update(withdrawn_at="2031-03-04T00:00Z")
    return first, released(world)


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


def test_the_first_one_waits_for_a_choice_and_the_only_one_for_another(
    world: World, cast: Cast, settings, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    Release.objects.filter(pk=world.here.release.pk).update(state="failed")
    released(world)
    assert "Nothing to compare with" in cast.viewer.get(f"{URL}2/changes/").content.decode()
    released(world)
    assert "Choose a release" in cast.viewer.get(f"{URL}2/changes/").content.decode()
    assert "Nothing changed" in cast.viewer.get(f"{URL}3/changes/").content.decode()


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

"""The page about how texts are cut: what a later segmenter would change, and letting it."""

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from annotator.jobs.segmentations import renew_sentences
from sources.models import Segmentation
from sources.text.segment import SEGMENTER, VERSION
from tests.cutting import use_segmenter
from tests.factories import World

from .conftest import Cast

PAGE = "/p/here/settings/sentences/"


def words_of(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_where_nothing_is_to_do_the_page_says_so(world: World, cast: Cast) -> None:
    page = words_of(cast.manager, PAGE)
    assert f"{SEGMENTER} {VERSION}" in page
    assert "Nothing to do" in page
    assert "Cut the texts again" not in page
    assert "the segmenter that is here" in words_of(cast.manager, "/p/here/settings/")


def test_a_manager_lets_texts_be_cut_again(world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = cast.manager
    use_segmenter(monkeypatch, "99")
    assert "2 texts were cut into sentences by an earlier segmenter" in words_of(client, "/p/here/settings/")
    page = words_of(client, PAGE)
    assert "new sentences in <strong" in page
    assert ", of 2 texts." in page
    for said in ("The texts are being cut again.", "The texts are waiting to be cut again already."):
        assert said in client.post(PAGE, follow=True).content.decode()
    job = ProcrastinateJob.objects.get(task_name="segmentations.renew")
    renew_sentences(**job.args)
    assert Segmentation.objects.filter(segmenter_version="99").count() == 2
    assert "Nothing to do" in words_of(client, PAGE)


def test_others_read_it_only(world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    use_segmenter(monkeypatch, "99")
    client = cast.reviewer
    assert "Cut the texts again" not in words_of(client, PAGE)
    assert client.post(PAGE).status_code == 403
    assert cast.stranger.get(PAGE).status_code == 404


def test_a_segmenter_that_cuts_alike_says_so(
    world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sources.actions.segmentations.VERSION", "99")
    assert "No sentence would be cut otherwise in 2 texts." in words_of(cast.manager, PAGE)


def test_of_many_texts_the_first_are_looked_at(
    world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_segmenter(monkeypatch, "99")
    monkeypatch.setattr("annotator.web.views.segmentations.MOST_LOOKED", 1)
    assert "of the first 1 of 2 texts." in words_of(cast.manager, PAGE)


@pytest.mark.parametrize("gone", ["project", "user"])
def test_a_job_about_what_is_gone_does_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, gone: str
) -> None:
    use_segmenter(monkeypatch, "99")
    told = {"project_id": world.here.project.pk, "user_id": world.manager.pk, f"{gone}_id": 0}
    renew_sentences(**told)
    assert not Segmentation.objects.filter(segmenter_version="99").exists()

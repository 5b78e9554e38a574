"""How texts are cut into sentences, over the API."""

from collections.abc import Callable

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from annotator.jobs.segmentations import renew_sentences
from sources.models import User
from sources.text.segment import SEGMENTER, VERSION
from tests.cutting import use_segmenter
from tests.factories import World

from .lists import queries_of

URL = "/api/v1/projects/here/sentences/"


def test_where_nothing_is_to_do_it_says_so(manager: Client) -> None:
    here = {"segmenter": f"{SEGMENTER} {VERSION}", "cut_before": [], "otherwise": None}
    assert manager.get(URL).json() == here
    assert manager.get(URL, {"look": "maybe"}).status_code == 400
    assert queries_of(manager, URL) <= 4


def test_a_manager_lets_texts_be_cut_again(
    manager: Client, world: World, client_of: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    use_segmenter(monkeypatch, "99")
    reviewer = client_of(world.reviewer)
    told = reviewer.get(URL, {"look": "true"}).json()
    assert told["cut_before"] == [{"segmenter": SEGMENTER, "version": VERSION, "texts": 2}]
    assert told["otherwise"]["texts"] == 2 and told["otherwise"]["sentences"] > 0
    assert reviewer.post(URL).status_code == 403
    for waiting in (False, True):
        answer = manager.post(URL)
        assert (answer.status_code, answer.json()) == (202, {"waiting_already": waiting})
    renew_sentences(**ProcrastinateJob.objects.get(task_name="segmentations.renew").args)
    assert manager.get(URL).json()["cut_before"] == []

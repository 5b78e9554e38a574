"""`fingerprint`: texts from before wordings were stored get theirs, once."""

import pytest
from django.core.management import CommandError, call_command

from sources.models import Fingerprint, LikelyReprint
from tests.factories import World, stored
from tests.reprinted import AGENCY, REPRINTS

pytestmark = pytest.mark.django_db


def told(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    call_command("fingerprint", *options)
    return capsys.readouterr().out


def test_older_texts_are_fingerprinted_and_compared_once(
    small_world_here: World, capsys: pytest.CaptureFixture[str]
) -> None:
    here = small_world_here.here.project
    stored(small_world_here.manager, here, AGENCY, "Nordpost")
    Fingerprint.objects.all().update(recipe="older")
    stored(small_world_here.manager, here, REPRINTS["half of it cut"], "Kai Radio")
    assert not LikelyReprint.objects.exists()
    assert told(capsys, "--project", "here") == "here: 4 texts, 1 likely reprints\n"
    assert told(capsys, "--project", "here") == "here: 0 texts, 0 likely reprints\n"
    assert told(capsys).splitlines()[1].startswith("there: 3 texts")


def test_a_project_that_is_not_there_is_said_so(db: None) -> None:
    with pytest.raises(CommandError, match="no project 'nowhere'"):
        call_command("fingerprint", "--project", "nowhere")

"""What a text's changes tell together was so together, whatever is written while they are read."""

from typing import Any

import psycopg
import pytest
from django.test import Client

from annotator.api.views import changes
from annotator.models import Annotation
from tests.factories import World


@pytest.mark.lengthy
def test_no_version_is_told_with_words_of_the_next(
    committed_world: World, owner_cursor: psycopg.Cursor, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = committed_world.here
    lone = here.lone.annotation
    original = changes.changes_json

    def while_somebody_writes(*asked: Any) -> dict:
        assert Annotation.objects.get(pk=lone.pk).version == lone.version  # the first question
        owner_cursor.execute(
            "UPDATE annotator_annotation SET version = version + 1, updated_at = now() WHERE id = %s",
            [lone.pk],
        )
        return original(*asked)

    monkeypatch.setattr(changes, "changes_json", while_somebody_writes)
    client = Client()
    client.force_login(committed_world.manager)
    answer = client.get(f"/api/v1/projects/{here.project.slug}/texts/{here.snapshot.uuid}/changes/")
    told = {one["uuid"]: one["version"] for one in answer.json()["annotations"]}
    assert told[str(lone.uuid)] == lone.version
    assert Annotation.objects.get(pk=lone.pk).version == lone.version + 1

"""Another text at a known address hides nothing: what was marked is shown on the text it was marked in."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from annotator.actions import projects
from annotator.actions.carrying import carry
from annotator.actions.claims import withdraw
from annotator.intents.event import EventContent, NewEvent
from annotator.models import Claim
from annotator.queries.reading import room_of
from sources.actions import Imported, RawFile, import_article
from sources.intake.plain import read_plain
from sources.models import Project, User
from tests.factories import annotate, claim, person

FIRST = "Ferry stays\n\nThe ferry stayed in port. Nobody was hurt, she said."
SECOND = "Ferry stays\n\nThe harbour was shut first. The ferry stayed in port. One sailor was hurt, she said."

LONG = "Ferry stays in port\n\nThe ferry stayed in port on Monday, the harbour office said late at night."

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    return person("ana")


@pytest.fixture
def project(by: User) -> Project:
    return projects.open_project(by=by, name="Quay", slug="quay")


def take(by: User, project: Project, text: str) -> Imported:
    raw = f"URL: https://tide.example/ferry\n\n{text}".encode()
    return import_article(by=by, project=project, read=read_plain(raw), raw=RawFile(raw))


def page(by: User, address: str) -> str:
    client = Client()
    client.force_login(by)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_unmarked_article_opens_at_its_latest_text(by: User, project: Project) -> None:
    article = take(by, project, FIRST).article
    take(by, project, SECOND)
    room = room_of(project, article.uuid)
    assert (room.snapshot.text, list(room.texts)) == (SECOND, [1, 2])


@pytest.mark.lengthy
def test_a_marked_text_is_not_hidden_by_a_later_one(by: User, project: Project) -> None:
    first = take(by, project, FIRST)
    made = claim(by, first.snapshot, "Nobody was hurt")
    take(by, project, SECOND)
    assert room_of(project, first.article.uuid).snapshot == first.snapshot
    address = reverse("article", args=["quay", first.article.uuid])
    shown = page(by, address)
    assert str(made.uuid) in shown
    assert "text 1 <small>(1 claim)" in shown and "text 2 <small>(0 claims)" in shown
    assert "This is text 1 of 2" in shown and "text 2 is newer, with no claim yet" in shown
    newer = page(by, f"{address}?text=2")
    assert "One sailor was hurt" in newer
    assert str(made.uuid) not in newer


@pytest.mark.lengthy
def test_a_text_on_which_one_claim_was_left_hides_none_that_came_along(by: User, project: Project) -> None:
    first = take(by, project, f"{LONG}\n\nNobody was hurt in the storm, she said.")
    left, came = (claim(by, first.snapshot, words) for words in ("Nobody was hurt", "stayed in port"))
    second = take(by, project, LONG)
    carry(by=by, snapshot=second.snapshot)
    address = reverse("article", args=["quay", first.article.uuid])
    assert room_of(project, first.article.uuid).snapshot == second.snapshot
    shown = page(by, address)
    assert "text 1 <small>(1 claim)" in shown and "text 2 <small>(1 claim)" in shown
    assert "This is text" not in shown
    older = page(by, f"{address}?text=1")
    assert 'This is text 1 of 2; <a href="?text=2">1 claim stands on text 2</a>.' in older
    number = left.annotation.sentence.number
    old, new = (page(by, reverse("claim", args=[one.uuid])) for one in (left, came))
    assert f'href="{address}?text=1#s{number}"' in old and f"[text 1, sentence {number}]" in old
    assert f'stands on text 1 of its article; <a href="{address}?text=2">text 2 is here</a>' in old
    assert "stands on text" not in new and "[text 2, sentence " in new
    withdraw(by=by, claim=Claim.objects.get(pk=came.pk))
    assert room_of(project, first.article.uuid).snapshot == first.snapshot


@pytest.mark.lengthy
def test_links_open_the_text_that_was_marked(by: User, project: Project) -> None:
    first, second = take(by, project, FIRST), take(by, project, SECOND)
    on_first = claim(by, first.snapshot, "Nobody was hurt")
    on_second = claim(by, second.snapshot, "One sailor was hurt")
    new = NewEvent(uuid4(), EventContent("Accident", "other"))
    happened = {"new_event": {"uuid": str(new.uuid), "label": new.content.label, "type": new.content.type}}
    annotate(by, second.snapshot, "event", "The harbour was shut", **happened)
    address = reverse("article", args=["quay", first.article.uuid])
    number = on_first.annotation.sentence.number
    assert f'href="{address}?text=1#s{number}"' in page(by, reverse("claim", args=[on_first.uuid]))
    number = on_second.annotation.sentence.number
    assert f'href="{address}?text=2#s{number}"' in page(by, reverse("claim", args=[on_second.uuid]))
    assert f'href="{address}?text=2#s2"' in page(by, reverse("event", args=["quay", new.uuid]))
    assert Claim.objects.count() == 2


@pytest.mark.lengthy
@pytest.mark.parametrize("text", ["3", "0", "-1", "x", "1 ", "٢", "1" * 500, "\x00"])
def test_a_text_that_is_not_there_is_not_found(by: User, project: Project, text: str) -> None:
    article = take(by, project, FIRST).article
    client = Client()
    client.force_login(by)
    address = reverse("article", args=["quay", article.uuid])
    assert client.get(address, {"text": text}).status_code == 404
    assert (
        client.get(f"/api/v1/projects/quay/articles/{article.uuid}/room/", {"text": text}).status_code == 404
    )
    assert client.get(address, {"text": "1"}).status_code == 200


@pytest.mark.lengthy
def test_one_text_is_not_talked_about(by: User, project: Project) -> None:
    article = take(by, project, FIRST).article
    assert "different texts" not in page(by, reverse("article", args=["quay", article.uuid]))

"""Events over the API: the list, and one made under a UUID of the client's making."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from annotator.models import Event
from tests.factories import Side, World, annotate

from .lists import costs_the_same, refuses_strange_parameters, walked

URL = "/api/v1/projects/here/events/"
NEW = {"label": "Bridge mended", "type": "other", "date": "2024-06"}


def put(client: Client, uuid: Any, value: Any, version: int | None = None) -> Any:
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return client.put(f"{URL}{uuid}/", value, content_type="application/json", headers=headers)


def mention(world: World, label: str) -> None:
    said = {"new_event": {"uuid": str(uuid4()), "label": label, "type": "other", "place": "Velm"}}
    annotate(world.manager, world.here.snapshot, "event", "a crack", **said)


@pytest.mark.lengthy
def test_the_list_and_what_narrows_it(manager: Client, world: World, here: Side) -> None:
    mention(world, "Crack mended at last")
    told = walked(manager, URL, limit=1)
    assert [one["label"] for one in told] == ["Crack found", "Crack mended at last"]
    assert (told[0]["mentions"], told[0]["articles"]) == (1, 1)

    def labels(**asked: Any) -> list[str]:
        return [one["label"] for one in manager.get(URL, asked).json()["results"]]

    assert labels(words="mended") == labels(place="velm") == ["Crack mended at last"]
    assert labels(participant=here.actor.uuid) == ["Crack found"]
    assert labels(article=here.second_article.uuid) == []
    assert labels(**{"from": "2024-05-20", "to": "2024-05-21"}) == ["Crack found"]
    assert labels(**{"as": "denied"}) == []
    assert labels(q="crack found")[0] == "Crack found"
    refuses_strange_parameters(manager, URL)
    for query in ("from=x", "to=2024-99-99", "as=x", "participant=x"):
        assert manager.get(f"{URL}?{query}").status_code == 400, query


@pytest.mark.lengthy
def test_twenty_cost_what_two_cost(manager: Client, world: World) -> None:
    costs_the_same(
        manager, URL, lambda: [mention(world, f"Crack {number}") for number in range(20)], words="Crack "
    )


def test_made_once_and_changed_by_version(manager: Client, here: Side) -> None:
    uuid = uuid4()
    sent = NEW | {"participants": [{"actor": str(here.office.uuid), "role": "actor"}]}
    made = put(manager, uuid, sent)
    assert made.status_code == 201, made.content
    assert made.json()["event"]["participants"][0]["name"] == "Harbour office"
    again = put(manager, uuid, sent)
    assert (again.status_code, again.json()) == (200, made.json())
    assert put(manager, uuid, NEW | {"place": "Velm"}).status_code == 428
    assert put(manager, uuid, NEW | {"place": "Velm"}, 1).json()["event"]["version"] == 2
    assert put(manager, uuid4(), NEW, 1).status_code == 412


@pytest.mark.parametrize(
    ("sent", "code", "field"),
    [
        ({"label": ""}, 400, "label"),
        ({"label": {}}, 400, "label"),
        ({"date": "sometime soon"}, 422, "date"),
        ({"type": "nonsense"}, 422, "type"),
        ({"participants": [{"actor": "x"}]}, 400, "participants.0.actor"),
        ({"participants": [{"actor": str(uuid4())}]}, 422, "participants.0.actor"),
        ({"snapshot": str(uuid4())}, 422, "snapshot"),
    ],
)
def test_what_is_none_makes_nothing(manager: Client, here: Side, sent: Any, code: int, field: str) -> None:
    before = Event.objects.count()
    answer = put(manager, uuid4(), NEW | sent)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (code, field), answer.content
    assert Event.objects.count() == before

"""Links, topics, positions, quantities and dates of one claim, changed by themselves and nothing else."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.test import Client

from annotator.actions import claims
from annotator.models import Claim
from sources.actions import set_member
from sources.models import Role, User
from tests.factories import Side, World, person, span

BASE = "/api/v1/projects/here/claims/"


def at(claim: Claim, part: str) -> str:
    return f"{BASE}{claim.uuid}/{part}/"


def put(client: Client, url: str, value: Any, version: int | None = None, method: str = "put") -> Any:
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return getattr(client, method)(url, value, content_type="application/json", headers=headers)


def whole(client: Client, claim: Claim) -> dict[str, Any]:
    told: dict[str, Any] = client.get(f"{BASE}{claim.uuid}/").json()["claim"]
    return told


def content(client: Client, claim: Claim, but: str) -> dict[str, Any]:
    """The claim without what was to change, and without its status, which any change may change."""
    told = deepcopy(whole(client, claim)["claim"])
    return {name: value for name, value in told.items() if name not in (but, "status")}


@pytest.mark.lengthy
@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("topics", {"topics": ["ferry"]}),
        ("topics", {"topics": []}),
        ("positions", {"positions": [{"concept": "bridge-safe", "stand": "for"}]}),
        ("quantities", {"quantities": [{"what": "lorries", "low": 18, "words": "Eighteen"}]}),
        ("quantities", {}),
    ],
)
def test_one_part_is_replaced_and_the_rest_stays(
    manager: Client, here: Side, part: str, value: dict[str, Any]
) -> None:
    before, url = content(manager, here.claim, part), at(here.claim, part)
    version = manager.get(url).json()["version"]
    answer = put(manager, url, value, version)
    assert answer.status_code == 200, answer.content
    told = answer.json()[part]
    assert len(told) == len(value.get(part, []))
    for one, sent in zip(told, value.get(part, []), strict=True):
        assert one == sent or {k: str(v) if k == "low" else v for k, v in sent.items()}.items() <= one.items()
    assert content(manager, here.claim, part) == before
    again = put(manager, url, value, version)
    assert (again.status_code, again.json()) == (200, answer.json()), "asking twice is asking once"
    assert whole(manager, here.claim)["claim"]["status"] == "submitted", "it is to be judged again"


@pytest.mark.lengthy
def test_dates_come_and_go_together(manager: Client, here: Side) -> None:
    url = at(here.claim, "dates")
    told = manager.get(url).json()
    assert told["time_span"]["quotes"] == ["nine days"]
    sent = {"said_on": "2024-05-03", "said_on_basis": "inferential", "period": "2024", "time_span": None}
    answer = put(manager, url, sent, told["version"])
    assert answer.status_code == 200, answer.content
    now = answer.json()
    assert (now["said_on"], now["said_on_basis"], now["period"]) == ("2024-05-03", "inferential", "2024")
    assert "time_span" not in now
    assert put(manager, url, {}, now["version"]).json().keys() == {"claim", "version"}


@pytest.mark.lengthy
def test_links_are_told_changed_added_and_taken_out(manager: Client, here: Side) -> None:
    url = at(here.claim, "attributions")
    told = manager.get(url).json()
    assert [(one["chain"], one["position"], one["role"]) for one in told["results"]] == [
        (0, 0, "said"),
        (0, 1, "relayed"),
    ]
    first = manager.get(f"{url}0/0/").json()
    assert first == {"attribution": told["results"][0], "version": told["version"]}
    (cue,) = first["attribution"]["cues"]
    assert cue["quotes"] == ["told the agency"] and cue["cue_type"] == "neutral"

    act = put(manager, f"{url}0/0/", {"act": "thinks"}, told["version"], "patch")
    assert act.status_code == 200, act.content
    assert act.json()["attribution"] == first["attribution"] | {"act": "thinks"}

    further = {"role": "reported", "sources": [{"actor": str(here.office.uuid)}]}
    added = put(manager, f"{url}0/2/", further, act.json()["version"])
    assert (added.status_code, added.json()["attribution"]["sources"][0]["name"]) == (201, "Harbour office")
    repeated = put(manager, f"{url}0/2/", further, act.json()["version"])
    assert (repeated.status_code, repeated.json()) == (200, added.json())
    other = put(manager, f"{url}1/0/", {"cues": [span(here.snapshot, "denies")]}, added.json()["version"])
    assert other.status_code == 201, other.content
    gone = manager.delete(f"{url}0/1/", headers={"If-Match": f'"{other.json()["version"]}"'})
    assert gone.status_code == 204
    left = manager.get(url).json()["results"]
    assert [(one["chain"], one["position"], one["role"]) for one in left] == [
        (0, 0, "said"),
        (0, 1, "reported"),
        (1, 0, "said"),
    ]


@pytest.mark.lengthy
@pytest.mark.parametrize(
    ("tail", "sent", "code", "field"),
    [
        ("0/0", {"role": "x"}, 400, "role"),
        ("0/0", {"more": 1}, 400, "more"),
        ("0/0", {}, 400, ""),
        ("0/0", [], 400, ""),
        ("0/0", {"sources": [{"actor": "x"}]}, 400, "sources.0.actor"),
        ("0/0", {"sources": [{"actor": "THERE"}]}, 422, "sources.0.actor"),
        ("0/1", {"sources": [{"actor": "HERE"}], "quotation_type": "direct"}, 422, "quotation_type"),
    ],
)
def test_what_is_no_link(manager: Client, world: World, tail: str, sent: Any, code: int, field: str) -> None:
    named = {"THERE": str(world.there.actor.uuid), "HERE": str(world.here.office.uuid)}
    if isinstance(sent, dict) and "sources" in sent:
        sent = sent | {"sources": [{"actor": named.get(one["actor"], "x")} for one in sent["sources"]]}
    url = f"{at(world.here.claim, 'attributions')}{tail}/"
    before = whole(manager, world.here.claim)
    answer = put(manager, url, sent, before["version"])
    assert answer.status_code == code, answer.content
    assert answer.json()["errors"][0]["field"] == field
    assert whole(manager, world.here.claim) == before


@pytest.mark.lengthy
def test_versions_are_asked_for_and_held_to(manager: Client, here: Side) -> None:
    url, sent = at(here.claim, "topics"), {"topics": ["ferry"]}
    version = manager.get(url).json()["version"]
    assert put(manager, url, sent).status_code == 428
    for other in (version + 1, version - 1 or 99):
        answer = put(manager, url, sent, other)
        assert (answer.status_code, answer.json()["current"]["version"]) == (412, version)
    assert manager.delete(f"{at(here.claim, 'attributions')}0/1/").status_code == 428
    assert put(manager, f"{at(here.claim, 'attributions')}5/0/", {"cues": []}, version).status_code == 400
    link = {"sources": [{"actor": str(here.office.uuid)}]}
    for tail in ("5/0", "0/9", "99999999999999999999/0"):
        url = f"{at(here.claim, 'attributions')}{tail}/"
        assert put(manager, url, link, version).status_code == 404
        assert put(manager, url, {"act": "thinks"}, version, "patch").status_code == 404
        assert manager.get(url).status_code == 404
        assert manager.delete(url, headers={"If-Match": f'"{version}"'}).status_code == 404


def test_of_a_withdrawn_claim_nothing_is_changed(manager: Client, world: World, here: Side) -> None:
    claims.withdraw(by=world.manager, claim=here.claim)
    url = at(here.claim, "topics")
    answer = put(manager, url, {"topics": []}, manager.get(url).json()["version"])
    assert (answer.status_code, answer.json()["errors"][0]["rule"]) == (422, "not_withdrawn")


@pytest.mark.lengthy
def test_who_may(client_of: Callable[[User], Client], world: World, here: Side) -> None:
    viewer = person("viewer")
    set_member(by=world.manager, project=here.project, user=viewer, role=Role.VIEWER)
    looking, outside = client_of(viewer), client_of(world.stranger)
    for part, sent in (("topics", {"topics": []}), ("attributions/0/0", {"act": "thinks"})):
        url = at(here.claim, part)
        assert looking.get(url).status_code == 200
        assert put(looking, url, sent, 1).status_code == 403
        assert put(Client(), url, sent, 1).status_code == 401
        missing = outside.get(url.replace("here", "nowhere"))
        for answer in (outside.get(url), put(outside, url, {"nonsense": 1}, 1)):
            assert (answer.status_code, answer.content) == (404, missing.content)


@pytest.mark.parametrize(
    "raw", [b'{"topics": ["\\ud800"]}', b'{"topics": "x"}', b'{"topics": {"a": 1}}', b"7"]
)
def test_hostile(manager: Client, here: Side, raw: bytes) -> None:
    headers = {"If-Match": '"1"'}
    url = at(here.claim, "topics")
    answer = manager.put(url, raw, content_type="application/json", headers=headers)
    assert 400 <= answer.status_code < 500
    assert "topics" in str(answer.json()) or "object" in str(answer.json())

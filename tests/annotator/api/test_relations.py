"""Claims about claims through the API: said once, told to whom may see both, taken back."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from annotator.actions import claims
from annotator.models import Claim, ClaimRelation
from sources.actions import set_member
from sources.models import Change, Role, User
from tests.factories import Side, World, person


def at(side: Side, uuid: Any = None) -> str:
    base = f"/api/v1/projects/{side.project.slug}/relations/"
    return f"{base}{uuid}/" if uuid else base


def denial(side: Side, **more: Any) -> dict[str, Any]:
    ends = {"claim": str(side.lone.uuid), "other": str(side.claim.uuid)}
    return {**ends, "kind": "denies", "basis": "textual", "note": "“the claim has been denied”", **more}


def put(client: Client, url: str, body: Any) -> Any:
    return client.put(url, body, content_type="application/json")


def test_a_denial_is_stored_told_from_both_ends_and_taken_back(manager: Client, here: Side) -> None:
    uuid = uuid4()
    answer = put(manager, at(here, uuid), denial(here))
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert told == {"uuid": str(uuid), "author": "Manager", **denial(here)}
    for end in (here.lone, here.claim):
        listed = manager.get(at(here), {"claim": str(end.uuid)}).json()["results"]
        assert told in listed
    assert manager.get(at(here, uuid)).json() == told
    made = Change.objects.filter(table="annotator_claimrelation").latest("pk")
    assert (made.operation, made.after["uuid"]) == ("INSERT", str(uuid))
    assert manager.delete(at(here, uuid)).status_code == 204
    assert manager.delete(at(here, uuid)).status_code == 404
    assert not ClaimRelation.objects.filter(uuid=uuid).exists()


def test_asking_twice_is_asking_once(manager: Client, here: Side) -> None:
    uuid = uuid4()
    codes = [put(manager, at(here, uuid), denial(here)).status_code for _ in range(2)]
    assert codes == [201, 200]
    again = put(manager, at(here, uuid4()), denial(here))
    assert (again.status_code, again.json()["uuid"]) == (200, str(uuid))
    assert ClaimRelation.objects.filter(claim=here.lone).count() == 1


@pytest.mark.parametrize(
    ("change", "field", "rule", "code"),
    [
        ({"kind": "no-such"}, "kind", None, 422),
        ({"kind": ""}, "kind", "required", 400),
        ({"basis": "guess"}, "basis", "choice", 400),
        ({"other": "x"}, "other", "uuid", 400),
        ({"other": str(uuid4())}, "other", "exists", 422),
        ({"other": "ITSELF"}, "other", "two_claims", 422),
        ({"other": "THERE"}, "other", "exists", 422),
        ({"note": "x" * 2001}, "note", "max_length", 400),
        ({"more": 1}, "more", "known_field", 400),
    ],
)
def test_what_is_none_is_refused(
    manager: Client, world: World, change: dict[str, Any], field: str, rule: str | None, code: int
) -> None:
    here = world.here
    named = {"ITSELF": str(here.lone.uuid), "THERE": str(world.there.claim.uuid)}
    body = denial(here, **{key: named.get(value, value) for key, value in change.items()})
    answer = put(manager, at(here, uuid4()), body)
    assert answer.status_code == code, answer.content
    (error,) = answer.json()["errors"]
    assert error["field"] == field
    assert rule is None or error["rule"] == rule
    assert not ClaimRelation.objects.filter(claim=here.lone).exists()


def test_another_basis_needs_the_first_taken_back(manager: Client, here: Side) -> None:
    uuid = uuid4()
    put(manager, at(here, uuid), denial(here))
    for target in (uuid, uuid4()):
        answer = put(manager, at(here, target), denial(here, basis="inferential"))
        assert (answer.status_code, answer.json()["errors"][0]["rule"]) == (422, "relation_once")
    answer = put(manager, at(here, uuid), denial(here, kind="doubts"))
    assert answer.json()["errors"][0]["rule"] == "immutable"
    taken = put(manager, at(here, uuid), denial(here, claim=str(here.second_claim.uuid)))
    assert taken.status_code == 409


def test_withdrawn_claims_stand_in_no_relation(manager: Client, world: World, here: Side) -> None:
    uuid = uuid4()
    put(manager, at(here, uuid), denial(here))
    claims.withdraw(by=world.manager, claim=here.claim)
    assert manager.get(at(here, uuid)).status_code == 404
    answer = put(manager, at(here, uuid4()), denial(here, kind="doubts"))
    assert answer.json()["errors"][0]["rule"] == "not_withdrawn"


def test_who_may(client_of: Callable[[User], Client], manager: Client, world: World, here: Side) -> None:
    uuid = uuid4()
    put(manager, at(here, uuid), denial(here))
    viewer = person("viewer")
    set_member(by=world.manager, project=here.project, user=viewer, role=Role.VIEWER)
    looking, outside = client_of(viewer), client_of(world.stranger)
    assert looking.get(at(here, uuid)).status_code == 200
    assert put(looking, at(here, uuid4()), denial(here)).status_code == 403
    assert looking.delete(at(here, uuid)).status_code == 403
    for answer in (outside.get(at(here, uuid)), put(outside, at(here, uuid4()), denial(here))):
        assert answer.status_code == 404
    assert manager.delete(at(world.there, uuid)).status_code == 404
    assert manager.get(at(here), {"claim": "nonsense"}).status_code == 400
    assert Claim.objects.get(pk=here.lone.pk).annotation.version == 1, "a relation is no edit of the claim"

"""What reading operations answer is what the description of the API says that they answer."""

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from annotator.api.description import described
from tests.factories import Side, unmentioned

ASKED: dict[str, dict[str, str]] = {
    "actors/merges/": {"actor": "office"},
    "actors/compare/": {"actor": "office"},
    "events/merges/": {"event": "event"},
    "events/compare/": {"event": "event"},
}
"""What some addresses ask for, each the UUID of a thing of the world."""
ALSO = {
    "codes/merges/": {"facet": "topic"},
    "codes/compare/": {"facet": "topic", "gone": "bridge", "kept": "ferry"},
    "codes/": {"facet": "topic", "q": "Bridge"},
    "discussions/": {"show": "open"},
}
READ_AT_LEAST = 40
"""Operations that answer with something of this world."""


def uuid_in(path: str, here: Side) -> str:
    """Of the thing that the address is about, by what stands before its UUID."""
    before = path.partition("{uuid}")[0].rstrip("/").rpartition("/")[2]
    things: dict[str, Any] = {
        "articles": here.article,
        "texts": here.snapshot,
        "watch-terms": here.watch_term,
        "annotations": here.claim,
        "claims": here.claim,
        "actors": here.anonymous if "resolutions" in path else here.actor,
        "events": here.event,
        "codes": here.topic,
        "batches": here.batch,
        "searches": here.saved_search,
        "relations": here.relation,
    }
    return str(things[before].uuid) if before in things else ""


def address(path: str, here: Side) -> str | None:
    """The address that reads something; None where this world has no such thing."""
    uuid = uuid_in(path, here)
    given = {"slug": "here", "uuid": uuid, "review": str(here.review.uuid)}
    given |= {"chain": "0", "position": "0", "number": "1"}
    names = re.findall(r"{(\w+)}", path)
    if any(not given.get(name) for name in names):
        return None
    found = path
    for name in names:
        found = found.replace(f"{{{name}}}", given[name])
    tail = path.removeprefix("/api/v1/projects/{slug}/")
    asked: list[tuple[str, str]] = list(ALSO.get(tail, {}).items())
    for name, thing in ASKED.get(tail, {}).items():
        asked.append((name, str(getattr(here, thing).uuid)))
        if tail.endswith("compare/"):
            other = here.actor if thing == "office" else here.event_merge.survivor
            asked.append((name, str(other.uuid)))
    return f"{found}?{urlencode(asked)}" if asked else found


@pytest.mark.lengthy
def test_every_answer_fits_its_shape(manager: Client, world: Any, here: Side) -> None:
    unmentioned(world.manager, here.project, "Nobody speaks of it")
    document, wrong, read = described(), [], 0
    for path, operations in document["paths"].items():
        url = address(path, here) if "get" in operations else None
        if url is None:
            continue
        answer = manager.get(url)
        if answer.status_code != 200 or answer["Content-Type"] != "application/json":
            continue
        read += 1
        shape = operations["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        validator = Draft202012Validator({**shape, "components": document["components"]})
        wrong += [
            f"{path} {'/'.join(map(str, error.absolute_path))}: {error.message[:120]}"
            for error in validator.iter_errors(answer.json())
        ]
    assert wrong == []
    assert read >= READ_AT_LEAST

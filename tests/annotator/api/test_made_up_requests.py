"""What schemathesis makes up from the description breaks nothing, and every answer is as described."""

from collections import Counter
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import connection
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CHECKS

from annotator.api.description import described
from tests.factories import Side, World

from .test_tokens import secret_of

CHECKED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)

OF_THE_OTHER = ("/api/v1/projects/{slug}/state/", "/api/v1/projects/{slug}/purge/")
"""What would close this project to all that is asked after it is asked of another one."""


@schemathesis.serializer("application/zip")
def as_it_is(context: Any, value: Any) -> Any:
    """What is made up for the body of a file is sent as that."""
    return bytes(getattr(value, "data", None) or str(value).encode())


def known(side: Side, path: str, name: str) -> Any:
    """What is there under a parameter of an address: of a made-up one there is next to nothing to tell."""
    if name in ("uuid", "actor", "unit", "other"):
        word = path.split("{" + name + "}")[0].rstrip("/").rpartition("/")[2]
        things: dict[str, Any] = {
            "articles": side.article,
            "texts": side.snapshot,
            "annotations": side.claim.annotation,
            "claims": side.claim.annotation,
            "codes": side.topic,
            "events": side.event,
            "actors": side.actor,
            "relations": side.relation,
            "watch-terms": side.watch_term,
            "intakes": side.intake,
            "outlets": side.article.publication,
            "discussions": side.comment.discussion,
            "searches": side.saved_search,
            "batches": side.batch,
            "apart": side.lone.annotation,
            "reprints": side.second_article,
            "carrying": side.claim.annotation,
            "invitations": side.invitation,
        }
        return str(things[word].uuid) if word in things else None
    fixed: dict[str, Any] = {
        "slug": side.project.slug,
        "number": 1,
        "position": 0,
        "comment": str(side.comment.uuid),
        "username": "reviewer",
        "form": "bib",
    }
    return fixed.get(name)


def run(world: World, examples: int) -> Counter[str]:
    """How often each operation was asked, by its identifier."""
    asked: Counter[str] = Counter()
    # Its WSGI client says that it takes what is compressed, and does not unpack it.
    headers = {"Authorization": f"Bearer {secret_of(world.manager)}", "Accept-Encoding": "identity"}
    api = schemathesis.openapi.from_dict(described())
    api.app = get_wsgi_application()
    checks = CHECKS.get_by_names(list(CHECKED))
    assert len(checks) == len(CHECKED)
    for found in api.get_all_operations():
        operation = found.ok()
        if not operation.definition.raw.get("summary"):
            continue
        names = [one["name"] for one in operation.definition.raw.get("parameters", []) if one["in"] == "path"]
        side = world.there if operation.path in OF_THE_OTHER else world.here
        places = {name: value for name in names if (value := known(side, operation.path, name))}

        @given(case=operation.as_strategy(path_parameters=places))
        @settings(
            max_examples=examples,
            derandomize=True,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def ask(case: Any) -> None:
            asked[case.operation.definition.raw["operationId"]] += 1
            answer = case.call(headers=headers)
            case.validate_response(answer, checks=checks)

        ask()
    return asked


def operations() -> set[str]:
    """Those that say what they take and give, which test_description.py asks of all."""
    told = described()["paths"].values()
    return {one["operationId"] for methods in told for one in methods.values() if one.get("summary")}


@pytest.mark.slow
def test_nothing_made_up_breaks_anything(committed_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    # Each request would open a connection of its own, which costs the server more than most answers.
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", None)
    asked = run(committed_world, 4)
    assert set(asked) == operations()
    assert len(asked) > 60

"""The description of the API: valid, complete, and quiet while it is made."""

import copy
import re
from collections import Counter
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.test import Client
from openapi_spec_validator import OpenAPIV31SpecValidator

from annotator.api.description import described, undescribed


@pytest.mark.lengthy
def test_it_is_made_without_a_warning() -> None:
    out, err = StringIO(), StringIO()
    call_command(
        "spectacular", "--fail-on-warn", "--validate", "--format", "openapi-json", stdout=out, stderr=err
    )
    assert err.getvalue() == ""


@pytest.mark.lengthy
def test_it_is_openapi_as_its_own_schema_has_it() -> None:
    told = copy.deepcopy(described())
    assert told["openapi"] == "3.1.0"
    assert list(OpenAPIV31SpecValidator(told).iter_errors()) == []
    del told["info"]["title"]
    assert list(OpenAPIV31SpecValidator(told).iter_errors()), "the validator sees what is wrong"


def test_every_operation_says_what_it_takes_and_gives() -> None:
    assert undescribed() == set()


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    return [(m, p, one) for p, all_ in described()["paths"].items() for m, one in all_.items()]


def test_what_a_shape_says_is_said_of_it_and_of_hardly_another() -> None:
    shapes = described()["components"]["schemas"].values()
    said = Counter(one["description"] for one in shapes if "description" in one)
    assert [words for words, times in said.items() if times > 5] == []
    assert len(said) > 30


def test_every_operation_has_a_name_of_its_own_and_its_refusals() -> None:
    found = operations()
    assert len({one["operationId"] for _, _, one in found}) == len(found) > 50
    for method, path, one in found:
        refused = one["responses"]["default"]["content"]
        assert list(refused) == ["application/problem+json"], (method, path)


@pytest.mark.django_db
def test_the_root_points_to_it() -> None:
    told = Client().get("/api/v1/").json()
    assert told["schema"] == "http://testserver/api/v1/schema/"
    assert told["reference"] == "http://testserver/api/"
    assert Client().get(told["reference"]).status_code == 200


def filled(path: str) -> str:
    """With something of the right form in each place, whether or not it is there."""
    said = {"slug": "here", "number": "1", "position": "0", "chain": "0", "form": "bib"}
    return re.sub(r"{(\w+)}", lambda found: said.get(found[1], str(UUID(int=1))), path)


@pytest.mark.django_db
def test_no_question_passes_over_a_parameter_that_it_does_not_know() -> None:
    client, passed = Client(), []
    for method, path, _ in operations():
        if method != "get":
            continue
        answer = client.generic(method.upper(), f"{filled(path)}?nonsense=1")
        errors = answer.json().get("errors") or [{}]
        if (answer.status_code, errors[0].get("rule")) != (400, "known_parameter"):
            passed.append(f"{method} {path}: {answer.status_code}")
    assert passed == []


@pytest.mark.django_db
def test_anybody_may_read_it_and_reads_it_once() -> None:
    client = Client()
    answer = client.get("/api/v1/schema/")
    assert answer.status_code == 200
    assert answer.json() == described()
    again = client.get("/api/v1/schema/", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/api/v1/schema/?format=yaml").status_code == 400

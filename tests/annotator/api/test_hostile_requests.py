"""Whatever is sent, the answer is a problem document of the 400s, and nothing is stored."""

import json

import pytest
from django.db import DataError
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.api.parsing import DEEPEST, LARGEST_BODY, read_json
from annotator.api.problems import Problem, handler
from annotator.models import Annotation, Quantity
from tests.factories import Side
from tests.growth import growth

from .conftest import address, claim_body

RAW = {
    "nothing": b"",
    "no JSON": b"{extent:",
    "a list": b"[]",
    "a number": b"1e999",
    "not a number": b'{"kind": NaN}',
    "bytes that are no UTF-8": b'{"kind": "\xff"}',
    "NUL": b'{"kind": "claim\\u0000"}',
    "half a character": b'{"kind": "\\ud83d"}',
    "half a character as a key": b'{"\\udc00": 1}',
    "brackets without end": b"[" * 100_000,
    "deep objects": b'{"a":' * 5000 + b"1" + b"}" * 5000,
    "a huge number": b'{"extent": [[0, ' + b"9" * 5000 + b"]]}",
    "a field twice": b'{"kind": "claim", "kind": "actor"}',
}


@pytest.mark.parametrize("raw", RAW.values(), ids=RAW)
def test_malformed(manager: Client, here: Side, raw: bytes) -> None:
    before = Annotation.objects.count()
    answer = manager.put(address(here), raw, content_type="application/json")
    assert 400 <= answer.status_code < 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code
    assert "sys." not in answer.json()["detail"]
    assert Annotation.objects.count() == before


def test_depth_is_counted_outside_strings(manager: Client, here: Side) -> None:
    sent = claim_body(here, "a crack", paraphrase="[" * 500 + '\\"{')
    assert manager.put(address(here), sent, content_type="application/json").status_code == 201
    deep = json.loads("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))
    answer = manager.put(address(here), {"extent": deep}, content_type="application/json")
    assert answer.status_code == 400 and str(DEEPEST) in answer.json()["detail"]


@pytest.mark.lengthy
@pytest.mark.parametrize("piece", ['\\"', '"', "\\", '"\\', "[]", '""'], ids=lambda piece: f"many {piece}")
@pytest.mark.parametrize("opening", ["", '["'])
def test_what_is_no_json_takes_no_longer_than_it_is_long(opening: str, piece: str) -> None:
    def refuse(times: int) -> None:
        with pytest.raises(Problem):
            read_json((opening + piece * times).encode())

    assert growth(refuse) < 8


def test_too_large(manager: Client, here: Side) -> None:
    answer = manager.put(address(here), b'"' + b"a" * LARGEST_BODY + b'"', content_type="application/json")
    assert answer.status_code == 413


def test_a_field_that_is_sent_twice_is_named() -> None:
    with pytest.raises(Problem) as refused:
        read_json(b'{"claim": {"type": "fact", "topics": [], "type": "figure"}}')
    assert refused.value.said == 'The body is not JSON: "type" stands twice in one object'


def test_another_media_type_is_told_which_one_is_read(manager: Client, here: Side) -> None:
    imports = "/api/v1/projects/here/annotations/imports/"
    text = manager.put(address(here), "kind=claim", content_type="text/plain")
    sent = manager.post(imports, {}, content_type="application/json")
    assert text.status_code == sent.status_code == 415
    assert text.json()["detail"].endswith("Send application/json.")
    assert sent.json()["detail"].endswith("Send multipart/form-data.")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_what_is_sent_without_the_last_slash_is_not_led_to_be_read(manager: Client, method: str) -> None:
    """A client would go on with GET, be told 200, and nothing would be stored."""
    url = "/api/v1/projects/here/articles"
    answer = manager.generic(method.upper(), url, "{}", content_type="application/json")
    assert answer.status_code == 404
    assert answer.json()["detail"] == "Addresses here end with a slash."
    assert manager.get(url)["Location"] == f"{url}/"


def test_what_is_said_to_be_allowed_is(manager: Client) -> None:
    answer = manager.options("/api/v1/projects/here/articles/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, POST, HEAD")


@pytest.mark.lengthy
def test_a_zero_no_column_takes_as_it_is_written(manager: Client, here: Side) -> None:
    said = {"what": "cracks", "words": "a crack", "low": "0E-999999999", "high": "-0E+999999999"}
    answer = manager.put(
        address(here), claim_body(here, "a crack", quantities=[said]), content_type="application/json"
    )
    assert answer.status_code == 201
    assert Quantity.objects.filter(what="cracks", low=0, high=0).exists()


def test_what_no_column_takes_is_a_refusal_that_does_not_show_the_store() -> None:
    answer = handler(DataError("numeric field overflow in some_table"), {})
    assert answer is not None and answer.status_code == 422
    assert "some_table" not in str(answer.data)


@pytest.mark.parametrize(
    "version", ["3", "*", '"0"', '"-1"', '"x"', 'w/"3"', "W/3", '"1", "2"', '"99999999999999999999"']
)
def test_a_version_that_is_none(manager: Client, here: Side, version: str) -> None:
    answer = manager.delete(address(here, here.lone.uuid), headers={"If-Match": version})
    assert answer.status_code == 400


@pytest.mark.parametrize("query", ["%00", "%ed%a0%bd", "%27%3b--", "%25%25", "a" * 5000])
def test_searches(manager: Client, here: Side, query: str) -> None:
    for what in ("actors", "events"):
        answer = manager.get(f"/api/v1/projects/here/{what}/?q={query}&article=x")
        assert answer.status_code in (200, 400)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@pytest.mark.lengthy
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(field=st.sampled_from(["snapshot", "kind", "extent", "quotes", "claim"]), value=json_values)
def test_any_value_in_any_field(manager: Client, here: Side, field: str, value: object) -> None:
    sent = json.dumps(claim_body(here, "a crack") | {field: value})
    answer = manager.put(address(here), sent, content_type="application/json")
    assert 400 <= answer.status_code < 500, answer.content


@pytest.mark.lengthy
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    field=st.sampled_from(
        ["type", "paraphrase", "voice", "topics", "chains", "quantities", "time_span", "said_on"]
    ),
    value=json_values,
)
def test_any_value_in_any_field_of_a_claim(manager: Client, here: Side, field: str, value: object) -> None:
    sent = json.dumps(claim_body(here, "a crack", **{field: value}))
    answer = manager.put(address(here), sent, content_type="application/json")
    assert answer.status_code == 201 or 400 <= answer.status_code < 500, answer.content

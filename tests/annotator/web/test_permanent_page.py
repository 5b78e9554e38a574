"""The permanent page of a claim: who may read it, in which forms, and what its headers tell."""

import json
import re
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from jsonschema import Draft202012Validator

from annotator.actions import claims
from annotator.exchange.claim_documents import FORMS
from annotator.models import Claim, Status
from sources.actions import edit_project
from sources.models import User
from tests.annotator.exchange.test_csl_schema import accepted
from tests.factories import World

from .conftest import Cast

MISSING = UUID("8a6ad7b4-44fb-4d4e-9b1b-7f5b3c1d2e3f")
ACCEPTS = ["*/*", "text/html", "application/ld+json", "application/x-bibtex", "image/png"]


def opened(world: World, is_public: bool = True) -> World:
    project = world.here.project
    edit_project(by=world.manager, project=project, name="Here", description="", is_public=is_public)
    return world


@pytest.fixture
def public(world: World) -> World:
    return opened(world)


def page(visitor: Client, claim: Claim, **headers: str) -> HttpResponse:
    return visitor.get(f"/c/{claim.uuid}/", headers=headers)


def links(answer: HttpResponse) -> dict[str, str]:
    """By relation and type, where the Link header leads."""
    found = re.findall(r'<([^>]+)>; rel="([^"]+)"(?:; type="([^"]+)")?', answer["Link"])
    return {
        f"{relation} {kind}".strip(): url for url, relations, kind in found for relation in relations.split()
    }


def test_anybody_reads_a_public_project_s_claim_whole(public: World, cast: Cast) -> None:
    html = page(cast.nobody, public.here.claim).content.decode()
    for told in (
        "<mark>We found a crack</mark>",
        "Ilse Brandt",
        "relayed by",
        'id="citation"',
        'id="became"',
        "</b> marked it",
        'id="decisions"',
    ):
        assert told in html, told


@pytest.mark.lengthy
def test_nothing_on_it_leads_a_reader_to_a_wall(public: World, cast: Cast) -> None:
    html = page(cast.nobody, public.here.claim).content.decode()
    main = html.partition("<main")[2]
    assert '<form method="post"' not in main
    assert "/sign-in/" not in main
    for address in set(re.findall(r'href="(/[^"#?]*)', html)):
        if address.startswith("/static/") or address == "/sign-in/":
            continue
        answer = cast.nobody.get(address)
        assert answer.status_code == 200, address


@pytest.mark.lengthy
@pytest.mark.parametrize("accept", ACCEPTS)
def test_a_private_claim_is_told_to_nobody_in_any_form(world: World, cast: Cast, accept: str) -> None:
    """Answers are the same, to the header, as where nothing is."""
    for end in ("/", *(f".{form}" for form in FORMS), ".pdf"):
        for visitor in (cast.nobody, cast.stranger):
            there, gone = (
                visitor.get(f"/c/{uuid}{end}", headers={"Accept": accept})
                for uuid in (world.here.claim.uuid, MISSING)
            )
            assert told(there, world.here.claim.uuid) == told(gone, MISSING), end
            asks_to_sign_in = visitor is cast.nobody and end == "/" and accept in ("*/*", "text/html")
            assert there.status_code == (302 if asks_to_sign_in else 404), (end, accept)
            assert not {"Link", "ETag", "Content-Location", "X-Robots-Tag"} & set(there.headers)


def told(answer: HttpResponse, uuid: UUID) -> tuple[int, dict[str, str], str]:
    headers = {name: value.replace(str(uuid), "") for name, value in answer.headers.items()}
    headers.pop("Set-Cookie", None)
    headers.pop("Content-Length", None)
    headers.pop("X-Request-ID")
    body = re.sub(r"[A-Za-z0-9]{64}", "", answer.content.decode()).replace(str(uuid), "")
    return answer.status_code, headers, body


@pytest.mark.lengthy
@pytest.mark.parametrize("form", FORMS)
def test_each_form_by_what_is_asked_for_and_by_its_address(public: World, cast: Cast, form: str) -> None:
    claim = public.here.claim
    asked = page(cast.nobody, claim, Accept=FORMS[form].bare_type)
    plain = cast.nobody.get(f"/c/{claim.uuid}.{form}", headers={"Accept": "text/html"})
    assert asked.content == plain.content
    assert asked["Content-Type"] == plain["Content-Type"] == FORMS[form].content_type
    assert asked["Content-Location"] == f"/c/{claim.uuid}.{form}"
    assert {"Accept", "Cookie"} <= {name.strip() for name in asked["Vary"].split(",")}
    head = cast.nobody.head(f"/c/{claim.uuid}/", headers={"Accept": FORMS[form].bare_type})
    assert (head.status_code, head.content, head["Link"]) == (200, b"", asked["Link"])


def test_json_is_the_annotation_too(public: World, cast: Cast) -> None:
    answer = page(cast.nobody, public.here.claim, Accept="application/json")
    assert answer["Content-Type"] == "application/json"
    assert json.loads(answer.content)["type"] == "Annotation"


def test_what_nobody_has_is_not_acceptable(public: World, cast: Cast) -> None:
    answer = page(cast.nobody, public.here.claim, Accept="image/png")
    assert answer.status_code == 406
    assert f"/c/{public.here.claim.uuid}.jsonld" in answer.content.decode()
    assert cast.nobody.get(f"/c/{public.here.claim.uuid}.pdf").status_code == 404
    assert cast.stranger.get(f"/c/{public.here.claim.uuid}.pdf").status_code == 404


@pytest.mark.lengthy
def test_the_links_of_the_header_and_of_the_page(public: World, cast: Cast) -> None:
    claim = public.here.claim
    answer = page(cast.nobody, claim)
    told, html = links(answer), answer.content.decode()
    here = f"http://testserver/c/{claim.uuid}/"
    assert told["cite-as"] == told["canonical text/html"] == here
    assert f'<link rel="canonical" href="{here}">' in html
    for form in FORMS.values():
        address = told[f"alternate {form.bare_type}"]
        assert address == told[f"describedby {form.bare_type}"] == f"{here[:-1]}.{form.key}"
        assert cast.nobody.get(address).status_code == 200
        assert f'<link rel="alternate" type="{form.bare_type}" href="/c/{claim.uuid}.{form.key}"' in html


@pytest.mark.lengthy
def test_what_may_be_kept(public: World, cast: Cast) -> None:
    claim = public.here.claim
    for accept in ("text/html", "application/ld+json"):
        assert page(cast.nobody, claim, Accept=accept)["Cache-Control"] == "no-cache"
        assert page(cast.viewer, claim, Accept=accept)["Cache-Control"] == "private, no-store"
    opened(public, is_public=False)
    for accept in ("text/html", "application/ld+json", "image/png"):
        assert page(cast.viewer, claim, Accept=accept)["Cache-Control"] == "private, no-store"


def test_csl_json_is_what_csl_allows(public: World, cast: Cast) -> None:
    (one,) = json.loads(
        page(cast.nobody, public.here.claim, Accept="application/vnd.citationstyles.csl+json").content
    )
    assert accepted(one)
    assert one["locator"] == "sentence 4"
    assert one["annote"].startswith("“We found a crack” (said by Ilse Brandt")
    words = {"type": "string"}
    dates = {
        "type": "object",
        "properties": {"date-parts": {}, "season": {}, "circa": {}},
        "additionalProperties": False,
    }
    named = dict.fromkeys(
        ("id", "type", "title", "container-title", "URL", "language", "annote", "locator"), words
    )
    known = {
        **named,
        "archive_location": words,
        "section": words,
        "status": words,
        "author": {"type": "array"},
    }
    schema = {
        "type": "object",
        "properties": {**known, "issued": dates, "accessed": dates},
        "additionalProperties": False,
    }
    Draft202012Validator(schema).validate(one)


@pytest.mark.lengthy
def test_a_withdrawn_claim_says_so_by_whom_and_when(public: World, cast: Cast) -> None:
    claim = public.here.claim
    claims.withdraw(by=public.reviewer, claim=claim)
    claim.refresh_from_db()
    day = claim.withdrawn_at.date().isoformat()
    for visitor in (cast.nobody, cast.viewer):
        answer = page(visitor, claim)
        html = answer.content.decode()
        assert answer.status_code == 200
        assert f'This claim was withdrawn by {public.reviewer} on <time datetime="{day}' in html
        assert "<mark>We found a crack</mark>" in html
        assert "Edited since" not in html  # withdrawing it is none
        assert html.count(f"claim withdrawn on {day}") == 4  # the citation, and three forms with it
        assert f"The claim, withdrawn on {day}]" in html
        assert answer["X-Robots-Tag"] == "noindex"
    made = json.loads(cast.nobody.get(f"/c/{claim.uuid}.jsonld").content)
    assert f"withdrawn:{day}" in [body.get("value") for body in made["body"]]
    (item,) = json.loads(cast.nobody.get(f"/c/{claim.uuid}.csl.json").content)
    assert item["status"] == "withdrawn" and item["annote"].startswith(f"Withdrawn on {day}: ")
    assert f"Withdrawn on {day}" in cast.nobody.get(f"/c/{claim.uuid}.bib").content.decode()
    assert f"Withdrawn on {day}" in cast.nobody.get(f"/c/{claim.uuid}.ris").content.decode()
    claims.restore(by=public.manager, claim=claim)
    assert "was withdrawn" not in page(cast.nobody, claim).content.decode()


def test_a_draft_that_was_withdrawn_was_never_public(public: World, cast: Cast) -> None:
    claim = public.here.lone
    Claim.objects.filter(pk=claim.pk).update(status=Status.DRAFT)
    claims.withdraw(by=public.manager, claim=claim)
    assert page(cast.stranger, claim).status_code == 404
    assert cast.nobody.get(f"/c/{claim.uuid}.jsonld").status_code == 404


@pytest.mark.lengthy
def test_no_address_of_a_member_is_told(public: World, cast: Cast) -> None:
    """Not where it is what they sign in with either, and nobody has given a name."""
    User.objects.filter(pk__in=[public.manager.pk, public.reviewer.pk]).update(name="")
    User.objects.filter(pk=public.manager.pk).update(username="mara@mail.example", email="mara@mail.example")
    User.objects.filter(pk=public.reviewer.pk).update(username="ruth@mail.example")
    here = public.here
    for address in (
        f"/c/{here.claim.uuid}/",
        *(f"/c/{here.claim.uuid}.{form}" for form in FORMS),
        *(f"/p/here/{part}" for part in ("", "claims/", "overview/", "articles/", "codebook/", "releases/")),
        f"/p/here/articles/{here.article.uuid}/",
        f"/p/here/speakers/{here.actor.uuid}/",
        f"/p/here/events/{here.event.uuid}/",
        f"/api/v1/projects/here/articles/{here.article.uuid}/room/",
    ):
        assert "@mail.example" not in cast.nobody.get(address).content.decode(), address
    known, unknown = (
        re.sub(r"[A-Za-z0-9]{64}", "", cast.nobody.get(f"/p/here/claims/?annotator={name}").content.decode())
        for name in ("mara@mail.example", "nina@mail.example")
    )
    assert re.sub("mara(@|%40)", r"nina\1", known) == unknown
    html = page(cast.nobody, here.claim).content.decode()
    assert "mara" in html and "ruth" in html

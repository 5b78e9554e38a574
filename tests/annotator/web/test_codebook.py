"""The pages of the codebook: who may do what, what they say first, and that nothing is overwritten."""

import json
from typing import Any

import pytest
from django.test import Client

from annotator.actions import codes
from annotator.intents.codebook import parse_edit
from annotator.models import Claim, ClaimTopic, Code, CodebookVersion, CodeMerge
from annotator.queries.codebook import newest_version
from sources.models import Project
from tests.factories import World, claim

from .conftest import Cast

BOOK = "/p/here/codebook/"


def code(here: Project, key: str, facet: str = "claim_type") -> Code:
    return Code.objects.get(project=here, facet=facet, key=key)


def page(here: Project, key: str, facet: str = "claim_type") -> str:
    return f"{BOOK}{code(here, key, facet).uuid}/"


def sent(code_: Code, **more: Any) -> dict[str, Any]:
    return {"name": code_.name, "definition": code_.definition, "version": code_.version, **more}


@pytest.mark.lengthy
def test_only_a_manager_changes_anything(here: Project, cast: Cast) -> None:
    fact, before = code(here, "fact"), newest_version(here)
    url, merge = page(here, "fact"), CodeMerge.objects.get(project=here)
    for who in ("reviewer", "annotator", "viewer"):
        client: Client = getattr(cast, who)
        assert client.get(url).status_code == 200
        assert "Retire" not in client.get(url).content.decode()
        for address, body in (
            (BOOK, {"name": "X"}),
            (url, sent(fact, name="X")),
            (url, {"act": "retire", "version": 1}),
            (f"{url}merge/", {"into": code(here, "figure").uuid, "gone": 1, "kept": 1}),
            (f"{BOOK}merges/{merge.uuid}/undo/", {"act": "undo"}),
            (f"{BOOK}import/", {"text": "{}"}),
        ):
            assert client.post(address, body).status_code == 403, (who, address)
    assert newest_version(here) == before


def test_a_code_is_added_and_its_colour_told(here: Project, cast: Cast) -> None:
    body = {"name": "Rumour", "definition": "Nobody stands for it.", "colour": "#ffff00", "shortcut": "r"}
    answer = cast.manager.post(f"{BOOK}?facet=claim_type", body, follow=True)
    assert "#ffff00 cannot be told from the page by day and by night, so it was made #8c8c00." in answer.text
    made = code(here, "rumour")
    assert (made.colour, made.shortcut) == ("#8c8c00", "r")
    assert 'fill="#8c8c00"' in answer.text


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "X", "colour": "javascript:alert(1)"}, "colour"),
        ({"name": "X", "shortcut": "<"}, "shortcut"),
        ({"name": "X", "key": "../x"}, "key"),
        ({"name": "X", "key": "fact"}, "key"),
        ({"name": "x" * 101}, "name"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    here: Project, cast: Cast, body: dict[str, str], field: str
) -> None:
    before = newest_version(here)
    answer = cast.manager.post(f"{BOOK}?facet=claim_type", body)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert newest_version(here) == before


def test_script_in_every_field_is_text(here: Project, cast: Cast) -> None:
    evil = '"><script>alert(1)</script>'
    cast.manager.post(f"{BOOK}?facet=topic", {"name": evil, "definition": evil, "examples": evil})
    url = f"{BOOK}{Code.objects.get(project=here, facet='topic', name=evil).uuid}/"
    for address in (f"{BOOK}?facet=topic", url, f"{url}merge/", f"{page(here, 'bridge', 'topic')}merge/"):
        assert "<script>alert" not in cast.manager.get(address).text
    assert cast.manager.get(f"{BOOK}file/")["Content-Disposition"].startswith("attachment")


@pytest.mark.lengthy
def test_the_page_of_a_code_says_what_it_touches_with_a_link(world: World, here: Project, cast: Cast) -> None:
    cited = {one.uuid for one in Claim.objects.filter(project=here, type__key="fact")}
    html = cast.manager.get(page(here, "fact")).text
    assert f"{len(cited)} claims" in html
    listed = cast.manager.get(f"/p/here/claims/?code={code(here, 'fact').uuid}")
    assert {card.claim.uuid for card in listed.context["cards"]} == cited
    for facet, key, wanted in (
        ("topic", "bridge", world.here.claim),
        ("concept", "bridge-safe", world.here.claim),
        ("cue_type", "neutral", world.here.claim),
        ("actor_kind", "organisation", world.here.claim),
        ("event_type", "other", world.here.claim),
        ("relation_kind", "contradicts", world.here.second_claim),
    ):
        found = cast.viewer.get(f"/p/here/claims/?code={code(here, key, facet).uuid}").context["cards"]
        assert [card.claim for card in found] == [wanted], facet


def test_another_projects_code_is_not_found(world: World, cast: Cast) -> None:
    foreign = world.there.topic.uuid
    for address in (f"{BOOK}{foreign}/", f"{BOOK}{foreign}/merge/"):
        assert cast.manager.get(address).status_code == 404
    assert cast.manager.get(f"/p/here/claims/?code={foreign}").context["cards"] == []
    answer = cast.manager.get(f"{page_of(world)}merge/?into={foreign}")
    assert answer.status_code == 200 and answer.context["preview"] is None


def page_of(world: World) -> str:
    return f"{BOOK}{world.here.topic.uuid}/"


def test_a_form_that_is_out_of_date_keeps_what_was_typed(world: World, here: Project, cast: Cast) -> None:
    seen = code(here, "fact")
    intent = parse_edit({"name": "Statement", "version": seen.version}, "claim_type")
    codes.edit(by=world.manager, project=here, uuid=seen.uuid, intent=intent)
    url = page(here, "fact")
    answer = cast.manager.post(url, sent(seen, name="Assertion"))
    assert answer.status_code == 422
    assert "Somebody changed this code" in answer.text and 'value="Assertion"' in answer.text
    assert code(here, "fact").name == "Statement"
    again = sent(seen, name="Assertion", version=answer.context["code"].version)
    assert cast.manager.post(url, again).status_code == 302
    assert cast.manager.post(url, {"act": "retire", "version": seen.version}).status_code == 422
    assert cast.manager.post(url, {"act": "retire"}).status_code == 422
    assert cast.manager.post(url, {"act": "explode", "version": 3}).status_code == 422


@pytest.mark.lengthy
def test_retired_and_brought_back_by_button(here: Project, cast: Cast) -> None:
    url, fact = page(here, "fact"), code(here, "fact")
    cast.manager.post(url, {"act": "retire", "version": fact.version})
    listed = cast.viewer.get(f"{BOOK}?facet=claim_type").text
    assert "No longer offered" in listed and "Fact" in listed.split("No longer offered")[1]
    assert "Fact" in cast.viewer.get("/p/here/claims/").text, "what was coded stays readable"
    headed = '<h2 id="rest">Offer it {}</h2>'
    assert headed.format("again") in cast.manager.get(url).text
    cast.manager.post(url, {"act": "back", "version": fact.version + 1})
    assert headed.format("no longer") in cast.manager.get(url).text
    assert code(here, "fact").retired_at is None


def test_a_merge_is_shown_first_then_done_then_taken_back(world: World, here: Project, cast: Cast) -> None:
    gone, kept = code(here, "bridge", "topic"), code(here, "ferry", "topic")
    claim(world.manager, world.here.snapshot, "a crack", topics=["bridge", "ferry"])
    url = f"{page(here, 'bridge', 'topic')}merge/"
    shown = cast.manager.get(f"{url}?into={kept.uuid}")
    preview = shown.context["preview"]
    assert (preview.gone.times, preview.double, preview.moving, preview.under) == (2, 1, 1, 1)
    assert ClaimTopic.objects.filter(topic=gone).count() == 2, "a look changes nothing"
    stale = {"into": kept.uuid, "gone": gone.version, "kept": kept.version + 1}
    assert cast.manager.post(url, stale).status_code == 422
    cast.manager.post(url, {**stale, "kept": kept.version})
    assert ClaimTopic.objects.filter(topic=gone).count() == 0
    merge = CodeMerge.objects.get(gone=gone)
    assert str(merge.uuid) in cast.manager.get(f"{BOOK}?facet=topic").text
    undo = f"{BOOK}merges/{merge.uuid}/undo/"
    assert cast.manager.post(undo, {}).status_code == 422
    assert cast.manager.post(undo, {"act": "undo"}).status_code == 302
    assert ClaimTopic.objects.filter(topic=gone).count() == 2


def listed(cast: Cast, made: str) -> set[Claim]:
    return {card.claim for card in cast.viewer.get(f"/p/here/claims/?made={made}").context["cards"]}


@pytest.mark.lengthy
def test_the_desk_lists_claims_judged_by_a_code_that_changed_since(
    world: World, here: Project, cast: Cast
) -> None:
    before = set(Claim.objects.filter(project=here))
    number = newest_version(here)
    assert listed(cast, "older") == set()
    judged = {world.here.claim}
    cast.manager.post(page(here, "bridge", "topic"), sent(world.here.topic, name="The bridge"))
    new = claim(world.manager, world.here.snapshot, "a crack")
    assert listed(cast, "older") == judged
    assert listed(cast, str(number + 1)) == {new}
    assert listed(cast, str(number)) == before
    told = cast.viewer.get(f"/c/{world.here.claim.uuid}/").text
    assert "since changed" in told and f"The bridge</a> (v{number + 1})" in told
    quiet = cast.viewer.get(f"/c/{world.here.lone.uuid}/").text
    assert "since changed" not in quiet and f"v{number}" in quiet


@pytest.mark.lengthy
def test_the_desk_finds_claims_by_concept_and_stand(world: World, cast: Cast) -> None:
    for query, found in (
        ("concept=bridge-safe", 1),
        ("concept=bridge-safe&stand=against", 1),
        ("concept=bridge-safe&stand=for", 0),
        ("stand=against", 1),
        ("stand=sideways", 3),
        ("concept=%00", 3),
    ):
        answer = cast.viewer.get(f"/p/here/claims/?{query}")
        assert len(answer.context["cards"]) == found, query
    assert "The bridge is safe" in cast.viewer.get(f"/c/{world.here.claim.uuid}/").text


def test_a_file_is_saved_read_shown_and_done(here: Project, cast: Cast) -> None:
    saved = json.loads(cast.viewer.get(f"{BOOK}file/").content)
    assert saved["version"] == newest_version(here)
    same = cast.manager.post(f"{BOOK}import/", {"text": json.dumps(saved)})
    assert "nothing that the codebook does not say already" in same.text
    saved["codes"]["topic"] = [
        {"key": "cracks", "name": "Cracks and holes"},
        {"key": "new", "name": "New", "parent": "cracks"},
    ]
    text = json.dumps(saved)
    before = newest_version(here)
    shown = cast.manager.post(f"{BOOK}import/", {"text": text, "missing": "retire"})
    assert shown.context["plan"].told == "1 new, 1 changed, 2 retired"
    assert "topic · cracks" in shown.text
    assert newest_version(here) == before
    apply = {"text": text, "missing": "retire", "act": "apply", "version": before}
    late = cast.manager.post(f"{BOOK}import/", {**apply, "version": before - 1})
    assert late.status_code == 422 and "Somebody changed the codebook meanwhile" in late.text
    assert cast.manager.post(f"{BOOK}import/", apply).status_code == 302
    assert CodebookVersion.objects.filter(project=here).count() == before + 1
    assert code(here, "new", "topic").parent == code(here, "cracks", "topic")
    assert code(here, "cracks", "topic").parent is None
    assert code(here, "bridge", "topic").retired_at is not None
    assert ClaimTopic.objects.filter(topic__key="bridge", project=here).count() == 1


@pytest.mark.lengthy
def test_files_that_are_none_change_nothing_and_say_where(here: Project, cast: Cast) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    before = newest_version(here)
    for raw, said in (
        (b"\xff\xfe", "is not UTF-8"),
        (b'{"format":\n]', "Line 2, column 1"),
        (b"[" * 500_000, "nested more than"),
        (b" " * (1024 * 1024 + 1), "more than 1024 kB"),
        (b'{"codes": {}, "codes": {}}', "codes: stands twice"),
    ):
        upload = {"file": SimpleUploadedFile("book.json", raw)}
        answer = cast.manager.post(f"{BOOK}import/", upload)
        assert answer.status_code == 422 and said in answer.text, said
    assert cast.manager.post(f"{BOOK}import/", {}).status_code == 422
    assert newest_version(here) == before


@pytest.mark.lengthy
@pytest.mark.parametrize("extra", [1, 3])
def test_the_lists_take_a_fixed_number_of_queries(
    world: World, here: Project, cast: Cast, queries: Any, extra: int
) -> None:
    for i in range(extra):
        cast.manager.post(f"{BOOK}?facet=topic", {"name": f"More {i}", "parent": "bridge"})
    assert queries(cast.manager, f"{BOOK}?facet=topic") == 10
    assert queries(cast.manager, page(here, "bridge", "topic")) == 10

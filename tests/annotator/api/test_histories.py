"""What became of one thing, over the API; and the lists of what members say, relate and watch for."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from annotator.actions import relations, watch_terms
from annotator.intents.watch_term import parse_adding
from annotator.models import Code
from sources.models import Project, User
from tests.factories import Side, World, claim, said

from .lists import costs_the_same, refuses_strange_parameters, walked

BASE = "/api/v1/projects/here/"


@pytest.mark.lengthy
def test_who_changed_what_the_latest_first(manager: Client, here: Side) -> None:
    url = f"{BASE}claims/{here.claim.uuid}/"
    other = Code.objects.filter(project=here.project, facet="claim_type").exclude(key="fact")[0]
    sent, headers = {"type": other.key}, {"If-Match": '"1"'}
    assert manager.patch(url, sent, content_type="application/json", headers=headers).status_code == 200
    told = manager.get(f"{url}history/").json()["results"]
    assert told[-1]["made"] and told[-1]["who"] == "Manager"
    types = [one for one in told[0]["changes"] if one["what"] == "type"]
    assert types and types[0]["before"] != types[0]["after"]
    owned = (("actors", here.actor), ("events", here.event), ("outlets", here.article.publication))
    for kind, thing in (*owned, ("articles", here.article), ("codebook/codes", here.topic)):
        assert manager.get(f"{BASE}{kind}/{thing.uuid}/history/").json()["results"][-1]["made"], kind
    assert manager.get(f"{url}history/?more=1").status_code == 400


def test_whose_history_is_told_to_whom(
    manager: Client, client_of: Callable[[User], Client], world: World, here: Side
) -> None:
    draft = claim(world.manager, here.snapshot, "a crack", status="draft")
    there = world.there
    outside = client_of(world.stranger)
    for kind, mine, theirs in (
        ("claims", here.claim, there.claim),
        ("actors", here.actor, there.actor),
        ("events", here.event, there.event),
        ("outlets", here.article.publication, there.article.publication),
        ("articles", here.article, there.article),
        ("codebook/codes", here.topic, there.topic),
    ):
        missing = manager.get(f"{BASE}{kind}/{uuid4()}/history/")
        foreign = manager.get(f"{BASE}{kind}/{theirs.uuid}/history/")
        assert (foreign.status_code, foreign.content) == (404, missing.content)
        assert outside.get(f"{BASE}{kind}/{mine.uuid}/history/").status_code == 404
    Project.objects.filter(pk=here.project.pk).update(is_public=True)
    reader = Client()
    assert reader.get(f"{BASE}claims/{here.claim.uuid}/history/").json()["results"]
    assert reader.get(f"{BASE}claims/{draft.uuid}/history/").status_code == 404
    assert reader.get(f"{BASE}actors/{here.actor.uuid}/history/").status_code == 401


@pytest.mark.lengthy
def test_the_list_of_relations(manager: Client, world: World, here: Side) -> None:
    url = f"{BASE}relations/"
    told = walked(manager, url)
    assert [one["uuid"] for one in told] == [str(here.relation.uuid)]
    assert manager.get(url, {"claim": str(here.lone.uuid)}).json()["results"] == []
    assert manager.get(url, {"kind": ["contradicts", "denies"]}).json()["results"] == told
    refuses_strange_parameters(manager, url)

    def more() -> None:
        for _ in range(20):
            other = claim(world.manager, here.snapshot, "a crack")
            relations.relate(by=world.manager, claim=here.lone, other=other, kind="denies")

    costs_the_same(manager, url, more)


@pytest.mark.lengthy
def test_the_list_of_discussions(manager: Client, world: World, here: Side) -> None:
    url = f"{BASE}discussions/"
    (told,) = walked(manager, url)
    assert told["comments"][0]["uuid"] == str(here.comment.uuid)
    assert manager.get(url, {"kind": "claim", "about": str(here.claim.uuid)}).json()["results"] == [told]
    assert manager.get(url, {"show": "resolved"}).json()["results"] == []
    for query in ("kind=x&about=x", "kind=claim", f"about={uuid4()}", "show=x"):
        assert manager.get(f"{url}?{query}").status_code == 400, query
    refuses_strange_parameters(manager, url)
    costs_the_same(manager, url, lambda: [said(world.manager, here.office, "So?") for _ in range(20)])


def test_watch_terms_are_listed_read_and_changed(manager: Client, world: World, here: Side) -> None:
    url = f"{BASE}watch-terms/"
    (told,) = walked(manager, url)
    one = f"{url}{here.watch_term.uuid}/"
    answer = manager.get(one)
    assert answer.json() == {"watch_term": told}
    assert manager.get(one, headers={"If-None-Match": answer["ETag"]}).status_code == 304

    def change(version: int) -> int:
        sent = {"words": "ferr*", "note": "boats"}
        answer = manager.put(one, sent, content_type="application/json", headers={"If-Match": f'"{version}"'})
        return answer.status_code

    assert (change(2), change(1), manager.get(one).json()["watch_term"]["words"]) == (412, 200, "ferr*")
    foreign = manager.get(f"{url}{world.there.watch_term.uuid}/")
    assert (foreign.status_code, foreign.content) == (404, manager.get(f"{url}{uuid4()}/").content)
    refuses_strange_parameters(manager, url)

    def more() -> None:
        lines = "\n".join(f"word{number}" for number in range(20))
        watch_terms.add(by=world.manager, project=here.project, intent=parse_adding({"lines": lines}))

    costs_the_same(manager, url, more)


def test_an_articles_history_tells_its_record_its_parts_and_its_reprints(
    manager: Client, world: World, here: Side
) -> None:
    url, block = f"{BASE}articles/{here.article.uuid}/", f"{BASE}texts/{here.snapshot.uuid}/blocks/0/"
    tags = {one: manager.get(one)["ETag"] for one in (url, block)}
    sent = {"content_type": "application/json"}
    said = {"section": "Front", "published": "2025-03"}
    assert manager.patch(url, said, headers={"If-Match": tags[url]}, **sent).status_code == 200
    judged = {"role": "boilerplate", "masked": True}
    assert manager.put(block, judged, headers={"If-Match": tags[block]}, **sent).status_code == 200
    parts, record, made = manager.get(f"{url}history/").json()["results"]
    assert made["made"] == "took it in"
    assert {(one["what"], one["after"]) for one in record["changes"]} == {
        ("section", "Front"),
        ("published", "Mar 2025"),
    }
    assert {one["what"] for one in parts["changes"]} >= {"kind of part", "masked"}
    page = manager.get(f"/p/here/articles/{here.article.uuid}/edit/").content.decode()
    assert "What became of the record" in page
    assert "kind of part" in page


def test_a_codes_history_tells_its_changes_and_merges_on_its_page_and_to_programs(
    manager: Client, world: World, here: Side
) -> None:
    code = here.spare_topic  # into which another was merged
    url = f"{BASE}codebook/codes/{code.uuid}/"
    read = manager.get(url)
    body = {"name": "Weirs", "definition": "Of weirs."}
    sent = {"content_type": "application/json", "headers": {"If-Match": read["ETag"]}}
    assert manager.put(url, body, **sent).status_code == 200
    told = manager.get(f"{url}history/").json()["results"]
    assert told[-1]["made"] == "added it to the codebook"
    changed = {one["what"]: (one["before"], one["after"]) for one in told[0]["changes"]}
    assert (changed["name"], changed["definition"][1]) == ((code.name, "Weirs"), "Of weirs.")
    (merged,) = [one for deed in told for one in deed["changes"] if one["verb"] == "merged it with"]
    assert merged["after"] == here.gone_topic.name
    page = f"/p/here/codebook/{code.uuid}/"
    assert "Of weirs." in manager.get(page).content.decode().split("What became of the record")[1]
    Project.objects.filter(pk=here.project.pk).update(is_public=True)
    assert "What became of the record" not in Client().get(page).content.decode()

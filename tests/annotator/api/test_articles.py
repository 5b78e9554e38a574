"""Articles over the API: found, taken in, corrected; their texts, sentences and parts."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client

from annotator.actions import claims
from sources.models import Article, Block, Publication, Sentence, Snapshot, User
from tests.factories import Side, World, stored

from .lists import costs_the_same, queries_of, refuses_strange_parameters, walked

URL = "/api/v1/projects/here/articles/"
TEXTS = "/api/v1/projects/here/texts/"
NEWS = "Weir opened\n\nThe weir was opened at noon, the mayor said.\n"


def post(client: Client, **said: Any) -> Any:
    return client.post(URL, said, content_type="application/json")


def patch(client: Client, article: Article, version: int | None = 1, **said: Any) -> Any:
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return client.patch(f"{URL}{article.uuid}/", said, content_type="application/json", headers=headers)


def more_articles(world: World) -> None:
    for n in range(20):
        stored(world.manager, world.here.project, f"Title {n}\n\nBody of number {n} is here.\n")


def test_all_are_told_in_either_order(manager: Client, here: Side) -> None:
    for order in ("added", "published"):
        told = walked(manager, URL, limit=1, order=order)
        assert {one["uuid"] for one in told} == {
            str(uuid) for uuid in here.project.articles.values_list("uuid", flat=True)
        }
    alone = manager.get(f"{URL}{here.article.uuid}/").json()
    assert alone in told
    assert alone["outlet"]["name"] == "The Velm Courier"
    assert alone["sentences"] > 3


def test_narrowed(manager: Client, here: Side) -> None:
    def found(**asked: object) -> set[str]:
        return {one["uuid"] for one in manager.get(URL, asked).json()["results"]}

    first, second = str(here.article.uuid), str(here.second_article.uuid)
    assert found(q="ferries") == {second}
    assert found(q='"Ilse Brandt" -ferries') == {first}
    assert found(only="without") == found() - {first, second}
    outlet = Publication.objects.get(project=here.project, name="The Velm Courier")
    assert first in found(outlet=outlet.uuid)
    assert found(language="ar") == set()


@pytest.mark.parametrize(
    ("query", "field"),
    [("only=nothing", "only"), ("order=pk", "order"), ("outlet=1", "outlet"), ("project=2", "project")],
)
def test_what_is_no_filter_is_named(manager: Client, here: Side, query: str, field: str) -> None:
    answer = manager.get(f"{URL}?{query}")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)


@pytest.mark.lengthy
def test_parameters(manager: Client, here: Side) -> None:
    lists = (URL, f"{URL}{here.article.uuid}/texts/")
    for url in (*lists, f"{TEXTS}{here.snapshot.uuid}/sentences/", f"{TEXTS}{here.snapshot.uuid}/blocks/"):
        refuses_strange_parameters(manager, url)


@pytest.mark.lengthy
def test_the_list_costs_the_same(manager: Client, world: World) -> None:
    costs_the_same(manager, URL, lambda: more_articles(world))


def test_a_text_is_taken_in_once(manager: Client, here: Side) -> None:
    record = {"outlet": "Kai Radio", "published": "14 March 2025", "authors": ["Ada Oduya"], "section": "A4"}
    answer = post(manager, text=NEWS, **record)
    assert answer.status_code == 201
    told = answer.json()
    assert told["outcome"] == "new"
    article = told["article"]
    assert (article["title"], article["published"], article["authors"]) == (
        "Weir opened",
        "2025-03-14",
        ["Ada Oduya"],
    )
    assert article["outlet"]["name"] == "Kai Radio"
    text = Snapshot.objects.get(uuid=told["text"]["uuid"])
    assert text.sha256 == sha256(text.text.encode()).hexdigest() == told["text"]["sha256"]
    again = post(manager, text=NEWS, **record)
    assert (again.status_code, again.json()["outcome"]) == (200, "known")
    assert again.json()["article"] == article
    assert post(manager, text=NEWS, outlet="The Upland Post").json()["outcome"] == "reprint"


@pytest.mark.parametrize(
    ("said", "code", "field", "rule"),
    [
        ({}, 400, "text", "required"),
        ({"text": " \n"}, 400, "text", "required"),
        ({"text": 3}, 400, "text", "required"),
        ({"text": NEWS, "project": 2}, 400, "project", "known_field"),
        ({"text": NEWS, "published": "some day"}, 422, "published", "edtf"),
        ({"text": NEWS, "language": "e"}, 400, "language", "language"),
        ({"text": NEWS, "url": "javascript:alert(1)"}, 400, "url", "scheme"),
        ({"text": NEWS, "url": "https://u:p@kai.example/"}, 400, "url", "account"),
        ({"text": NEWS, "accessed": "0001-01-01"}, 400, "accessed", "date"),
        ({"text": NEWS, "accessed": "2999-01-01"}, 422, "accessed", "date"),
        ({"text": NEWS, "authors": "Ada"}, 400, "authors", "list"),
        ({"text": NEWS, "authors": ["x"] * 51}, 400, "authors", "max_items"),
    ],
)
def test_what_is_no_article_is_refused(
    manager: Client, here: Side, said: dict[str, Any], code: int, field: str, rule: str
) -> None:
    answer = post(manager, **said)
    assert answer.status_code == code, answer.content
    (error,) = answer.json()["errors"]
    assert (error["field"], error["rule"]) == (field, rule)
    assert not Article.objects.filter(title="Weir opened").exists()


def test_what_was_taken_in_is_corrected_by_its_etag(manager: Client, here: Side) -> None:
    taken = post(manager, text=NEWS)
    assert taken["Location"].endswith(f"{URL}{taken.json()['article']['uuid']}/")
    read = manager.get(taken["Location"])
    assert (read["ETag"], read.json()) == (taken["ETag"], taken.json()["article"])
    sent = {"content_type": "application/json", "headers": {"If-Match": taken["ETag"]}}
    assert manager.patch(taken["Location"], {"section": "Front"}, **sent).status_code == 200
    assert manager.patch(taken["Location"], {"section": "Back"}, **sent).status_code == 412
    assert post(manager, text=NEWS)["ETag"] != taken["ETag"]


def test_a_record_is_corrected_in_part(manager: Client, here: Side) -> None:
    before = manager.get(f"{URL}{here.article.uuid}/").json()
    answer = patch(manager, here.article, before["version"], section="Front", published="2025-03")
    assert answer.status_code == 200
    changed = {"section": "Front", "published": "2025-03", "published_min": "2025-03-01"}
    changed |= {"published_max": "2025-03-31", "version": before["version"] + 1}
    told = answer.json()
    assert {**before, **changed, "lacks": told["lacks"]} == told
    assert answer["ETag"].startswith(f'"{told["version"]}-')
    assert patch(manager, here.article, None, section="X").status_code == 428
    stale = patch(manager, here.article, before["version"], section="X")
    assert (stale.status_code, stale.json()["current"]) == (412, {"version": told["version"]})
    assert patch(manager, here.article, told["version"]).status_code == 400
    assert patch(manager, here.article, told["version"], title="").status_code == 400


def test_a_compressed_records_tag_is_what_a_correction_is_based_on(manager: Client, here: Side) -> None:
    url = f"{URL}{here.article.uuid}/"
    read = manager.get(url, headers={"Accept-Encoding": "gzip"})
    assert (read["Content-Encoding"], read["ETag"][:2]) == ("gzip", "W/")
    sent = {"content_type": "application/json", "headers": {"If-Match": read["ETag"]}}
    assert manager.patch(url, {"section": "Front"}, **sent).status_code == 200
    assert manager.patch(url, {"section": "Back"}, **sent).status_code == 412


def test_a_record_is_told_again_when_its_claims_are_other_ones(
    manager: Client, world: World, here: Side
) -> None:
    url = f"{URL}{here.article.uuid}/"
    known = {"If-None-Match": manager.get(url)["ETag"]}
    assert manager.get(url, headers=known).status_code == 304
    claims.withdraw(by=world.manager, claim=here.lone)
    assert manager.get(url, headers=known).status_code == 200


def test_two_articles_are_not_put_at_one_address(manager: Client, here: Side) -> None:
    url = "https://courier.example/bridge"
    first, second = (manager.get(f"{URL}{one.uuid}/").json() for one in (here.article, here.second_article))
    assert patch(manager, here.article, first["version"], url=url).status_code == 200
    answer = patch(manager, here.second_article, second["version"], url=url)
    assert answer.status_code == 409
    assert str(here.article.uuid) in answer.json()["detail"]


def test_who_may_take_in_and_correct(world: World, here: Side, client_of: Callable[[User], Client]) -> None:
    for client, code in ((client_of(world.stranger), 404), (Client(), 401)):
        assert post(client, text=NEWS).status_code == code
        assert patch(client, here.article, 1, section="X").status_code == code
        assert client.get(URL).status_code == code


def test_another_projects_article_is_as_one_that_is_not(manager: Client, world: World) -> None:
    there, nowhere = world.there.article, "00000000-0000-4000-8000-000000000000"
    assert manager.get(f"{URL}{there.uuid}/").content == manager.get(f"{URL}{nowhere}/").content
    assert manager.get(f"{TEXTS}{world.there.snapshot.uuid}/").status_code == 404


def test_a_text_proves_itself_and_is_told_once(manager: Client, here: Side) -> None:
    answer = manager.get(f"{TEXTS}{here.snapshot.uuid}/")
    told = answer.json()
    assert sha256(told["text"].encode()).hexdigest() == told["sha256"] == here.snapshot.sha256
    assert (told["length"], told["article"]) == (len(here.snapshot.text), str(here.article.uuid))
    again = manager.get(f"{TEXTS}{here.snapshot.uuid}/", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    (listed,) = manager.get(f"{URL}{here.article.uuid}/texts/").json()["results"]
    raw = {key: listed.pop(key) for key in ("file_name", "raw_sha256", "raw_size")}
    assert raw["raw_sha256"] == here.snapshot.captures.get().sha256
    assert listed == {key: told[key] for key in listed}


def test_sentences_are_the_texts_own_slices(manager: Client, here: Side) -> None:
    text = here.snapshot.text
    told = walked(manager, f"{TEXTS}{here.snapshot.uuid}/sentences/", limit=3)
    assert [one["text"] for one in told] == [text[one["start"] : one["end"]] for one in told]
    assert len(told) == Sentence.objects.filter(segmentation=here.snapshot.current_segmentation).count()
    parts = {one["position"]: one for one in walked(manager, f"{TEXTS}{here.snapshot.uuid}/blocks/")}
    assert len(parts) == Block.objects.filter(snapshot=here.snapshot).count()
    for one in told:
        part = parts[one["block"]]
        assert part["start"] <= one["start"] < one["end"] <= part["end"]
        assert part["masked"] == one["masked"]


def test_sentences_and_parts_cost_the_same(manager: Client, world: World) -> None:
    short = stored(world.manager, world.here.project, "One is here.\n\nTwo is here.\n")
    long = stored(world.manager, world.here.project, "\n\n".join(f"Sentence {n} is here." for n in range(30)))
    for what in ("sentences", "blocks"):
        few, many = (queries_of(manager, f"{TEXTS}{one.uuid}/{what}/", limit=200) for one in (short, long))
        assert few == many


def test_words_are_found_in_claims_and_articles(manager: Client, here: Side) -> None:
    told = manager.get("/api/v1/projects/here/search/", {"q": "crack"}).json()
    assert {one["article"]["uuid"] for one in told["articles"]} >= {str(here.article.uuid)}
    assert all("crack" in one["around"] for one in told["articles"])
    assert {one["kind"] for one in told["claims"]} == {"claim"}
    assert manager.get("/api/v1/projects/here/search/").status_code == 400
    assert manager.get("/api/v1/projects/here/search/", {"q": "!?"}).json()["note"]


def test_the_codebook_is_told_whole_and_once(manager: Client, here: Side) -> None:
    answer = manager.get("/api/v1/projects/here/codebook/")
    topics = {one["key"]: one for one in answer.json()["codes"]["topic"]}
    assert topics[here.gone_topic.key]["merged_into"] == here.spare_topic.key
    again = manager.get("/api/v1/projects/here/codebook/", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304

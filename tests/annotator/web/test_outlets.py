"""Outlets on their pages: the list, one with its articles and names, its record, merging."""

import pytest
from django.urls import reverse

from annotator.models import Actor
from sources.actions import edit_article, publication_named
from sources.models import Article, Publication
from tests.factories import World

from .conftest import Cast


@pytest.fixture
def courier(world: World) -> Publication:
    return world.here.article.publication


@pytest.fixture
def wire(world: World) -> Publication:
    made = publication_named(by=world.manager, project=world.here.project, name="Harbour Wire")
    assert made is not None
    return made


def at(name: str, one: Publication, query: str = "") -> str:
    return reverse(name, args=["here", one.uuid]) + query


def sent(one: Publication, **more: str) -> dict[str, str]:
    return {"name": one.name, "version": str(one.version)} | more


@pytest.mark.lengthy
def test_the_list_counts_and_is_searched(
    cast: Cast, world: World, courier: Publication, wire: Publication
) -> None:
    edit_article(
        by=world.manager,
        article=world.here.second_article,
        version=world.here.second_article.version,
        values={},
        outlet=courier.name,
        original_outlet="Harbour Wire",
    )
    html = cast.viewer.get("/p/here/outlets/").content.decode()
    assert f'href="{at("outlet", courier)}"' in html and f'href="{at("outlet", wire)}"' in html
    html = cast.viewer.get("/p/here/outlets/?q=HARBOUR&sort=taken").content.decode()
    assert "1 outlet with “HARBOUR”" in html and courier.name not in html
    assert 'data-label="Taken over by others" class="number">1<' in html
    for odd in ("q=%00", "q=" + "x" * 5000, "sort=password", "page=٣", "q=%25_"):
        assert cast.viewer.get(f"/p/here/outlets/?{odd}").status_code == 200
    assert "No outlet like “xyzzy”" in cast.viewer.get("/p/here/outlets/?q=xyzzy").content.decode()


def test_an_outlets_page_tells_what_is_its_and_what_was_taken_from_it(
    cast: Cast, world: World, courier: Publication, wire: Publication
) -> None:
    second, actor = world.here.second_article, world.here.actor
    edit_article(
        by=world.manager,
        article=second,
        version=second.version,
        values={},
        outlet="Harbour Wire",
        original_outlet=courier.name,
    )
    Actor.objects.filter(pk=actor.pk).update(publication=courier, version=actor.version + 1)
    html = cast.viewer.get(at("outlet", courier)).content.decode()
    assert world.here.article.title in html and second.title in html and "Taken over by others" in html
    assert f'<a href="{reverse("speaker", args=["here", actor.uuid])}"' in html
    assert "Add the name" not in html and ">Edit<" not in html


def test_a_record_is_corrected_and_its_history_told(cast: Cast, courier: Publication) -> None:
    typed = sent(
        courier,
        aliases="Courier Online\r\n\r\n The Velm Daily ",
        domains="https://www.velm.example/x\nvelm.example",
        issn="issn 02613077",
        issn_l="0261-3077",
        wikidata="https://www.wikidata.org/wiki/Q42",
        country="gb",
        language="en-GB",
        is_agency="on",
    )
    answer = cast.annotator.post(at("outlet_edit", courier), typed)
    assert answer["Location"] == at("outlet", courier)
    courier.refresh_from_db()
    assert (courier.aliases, courier.domains) == (["Courier Online", "The Velm Daily"], ["velm.example"])
    assert (courier.issn, courier.issn_l, courier.wikidata) == ("0261-3077", "0261-3077", "Q42")
    assert (courier.country, courier.language, courier.is_agency, courier.version) == ("GB", "en-GB", True, 2)
    html = cast.annotator.get(at("outlet", courier)).content.decode()
    assert "What became of the record" in html and "A news agency" in html
    twice = cast.annotator.post(at("outlet_edit", courier), typed)
    assert twice["Location"] == at("outlet", courier)
    assert cast.annotator.post(at("outlet_edit", courier), typed | {"country": "ie"}).status_code == 409
    courier.refresh_from_db()
    assert (courier.country, courier.version) == ("GB", 2)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "required"),
        ("name", "harbour WIRE", "Is what “Harbour Wire” is called."),
        ("name", "a\x00b", "Null characters"),
        ("aliases", "Velm\nHarbour Wire", "“Harbour Wire” is what “Harbour Wire” is called."),
        ("aliases", "Velm\na\u202eb", "reorder text"),
        ("aliases", "x" * 10_000, "at most 200"),
        ("aliases", "\n".join(f"Velm {n}" for n in range(101)), "at most 100"),
        ("domains", "javascript:alert(1)", "must be the name of a site"),
        ("domains", "velm", "must be the name of a site"),
        ("issn", "٠٢٦١-٣٠٧٧", "Must be eight digits"),
        ("issn", "0261-3078", "mistyped"),
        ("issn_l", "x" * 10_000, "at most 40"),
        ("wikidata", "javascript:alert(1)", "Q and digits"),
        ("country", "1!", "two letters"),
        ("language", "<script>", "language tag"),
        ("version", "", "reload"),
    ],
)
def test_what_an_outlet_cannot_be_is_said_at_its_field(
    cast: Cast, courier: Publication, wire: Publication, field: str, value: str, said: str
) -> None:
    answer = cast.annotator.post(at("outlet_edit", courier), sent(courier, **{field: value}))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert said.lower() in html.lower() and "<script>alert" not in html
    courier.refresh_from_db()
    assert courier.version == 1


@pytest.mark.lengthy
def test_proposed_names_and_sites_are_added_with_one_key(
    cast: Cast, world: World, courier: Publication
) -> None:
    article = world.here.article
    url = "https://www.velm.example/news/1"
    edit_article(
        by=world.manager, article=article, version=article.version, values={"url": url}, outlet=courier.name
    )
    assert 'name="domain" value="velm.example"' in cast.annotator.get(at("outlet", courier)).content.decode()
    cast.annotator.post(at("outlet_add", courier), {"domain": "velm.example"})
    cast.annotator.post(at("outlet_add", courier), {"alias": "Velm Online"})
    courier.refresh_from_db()
    assert (courier.domains, courier.aliases) == (["velm.example"], ["Velm Online"])
    for bad in (
        {"alias": "a\u202eb"},
        {"alias": "x" * 10_000},
        {"domain": "javascript:x"},
        {"domain": "\x00"},
    ):
        html = cast.annotator.post(at("outlet_add", courier), bad, follow=True).content.decode()
        assert "Not added: it " in html


@pytest.mark.lengthy
def test_two_are_merged_on_the_page_and_taken_apart_there(
    cast: Cast, world: World, courier: Publication, wire: Publication
) -> None:
    found = cast.annotator.get(at("outlet_merge", courier, "?q=wire")).content.decode()
    assert f'href="?with={wire.uuid}"' in found
    html = cast.annotator.get(at("outlet_merge", wire, f"?with={courier.uuid}")).content.decode()
    assert "Merge into “<bdi>Harbour Wire</bdi>”" in html
    said = {
        "gone": str(courier.uuid),
        "kept": str(wire.uuid),
        "gone_version": str(courier.version),
        "kept_version": str(wire.version),
        "reason": "<b>one</b>",
    }
    answer = cast.annotator.post(at("outlet_merge", wire), said)
    assert answer["Location"] == at("outlet", wire)
    assert cast.viewer.get(at("outlet", courier))["Location"] == at("outlet", wire)
    assert Article.objects.get(pk=world.here.article.pk).publication == wire
    html = cast.annotator.get(at("outlet", wire)).content.decode()
    assert "merged <bdi>The Velm Courier</bdi> into <bdi>Harbour Wire</bdi>" in html
    assert "Take apart again" in html and "&lt;b&gt;one&lt;/b&gt;" in html
    assert cast.annotator.post(at("outlet_merge", wire), said).status_code == 409
    answer = cast.annotator.post(at("outlet_unmerge", courier))
    assert answer["Location"] == at("outlet", courier)
    assert Article.objects.get(pk=world.here.article.pk).publication == courier
    for one in (wire, courier):
        html = cast.annotator.get(at("outlet", one)).content.decode()
        assert "took <bdi>The Velm Courier</bdi> apart from <bdi>Harbour Wire</bdi> again" in html


def test_what_cannot_be_merged_is_refused_in_words(
    cast: Cast, world: World, courier: Publication, wire: Publication
) -> None:
    there = world.there.article.publication
    versions = {"gone_version": "1", "kept_version": "1"}
    for gone in (wire.uuid, there.uuid, "x", "\x00"):
        answer = cast.annotator.post(
            at("outlet_merge", wire), {"gone": str(gone), "kept": str(wire.uuid)} | versions
        )
        assert answer.status_code == 422 and "Not merged." in answer.content.decode()
    html = cast.annotator.get(at("outlet_merge", wire, f"?with={there.uuid}")).content.decode()
    assert there.name not in html or "Another name of the same" in html


def test_a_name_of_another_leads_to_merging_the_two(
    cast: Cast, courier: Publication, wire: Publication
) -> None:
    for told in ({"name": "harbour wire"}, {"aliases": "The Kai\nHarbour Wire"}):
        html = cast.annotator.post(at("outlet_edit", courier), sent(courier, **told)).content.decode()
        assert f'href="{at("outlet_merge", courier, f"?with={wire.uuid}")}"' in html
    assert "?with=" not in cast.annotator.get(at("outlet_edit", courier)).content.decode()


@pytest.mark.lengthy
def test_a_manager_deletes_what_nothing_names_and_the_list_says_so(
    cast: Cast, courier: Publication, wire: Publication
) -> None:
    edit = cast.manager.get(at("outlet_edit", wire)).content.decode()
    assert "Delete the outlet" in edit and "No article and no actor names it" in edit
    assert "Delete" not in cast.annotator.get(at("outlet_edit", wire)).content.decode()
    edit = cast.manager.get(at("outlet_edit", courier)).content.decode()
    assert "It cannot be deleted: it is named by " in edit and "Delete the outlet</button>" not in edit
    sure = {"version": str(wire.version), "sure": "on"}
    assert cast.annotator.post(at("outlet_delete", wire), sure).status_code == 403
    for sent, said in (
        ({"version": str(wire.version)}, "say that you are sure"),
        (sure | {"version": "7"}, "changed meanwhile"),
        (sure | {"version": "x"}, "Not deleted"),
    ):
        html = cast.manager.post(at("outlet_delete", wire), sent, follow=True).content.decode()
        assert said in html and Publication.objects.filter(pk=wire.pk).exists()
    html = cast.manager.post(at("outlet_delete", courier), sure, follow=True).content.decode()
    assert "Not deleted: it is named by " in html
    html = cast.manager.post(at("outlet_delete", wire), sure, follow=True).content.decode()
    assert not Publication.objects.filter(pk=wire.pk).exists()
    assert "“Harbour Wire” is deleted" in html and "deleted <bdi>Harbour Wire</bdi>" in html
    assert cast.manager.get(at("outlet", wire)).status_code == 404
    assert "deleted <bdi>Harbour Wire</bdi>" not in cast.nobody.get("/p/here/outlets/").content.decode()

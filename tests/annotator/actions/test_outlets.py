"""Outlets: corrected, merged and taken apart again; what a page's name and address mean."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from annotator.actions import outlets
from annotator.intents.outlet import MergeOutlets, parse_outlet
from annotator.intents.refusal import Refused, Stale
from annotator.models import Actor
from annotator.queries import outlets as query
from annotator.queries.histories import history_of
from sources.actions import Imported, RawFile, import_article, publication_named
from sources.intake.article import BY_HAND
from sources.intake.page import read_page
from sources.intake.plain import read_plain
from sources.models import Article, Change, Project, Publication, User
from tests.factories import World

pytestmark = pytest.mark.django_db
STORY = "<p>The ferry stayed in port on Monday, the harbour master said, and {n} people waited there.</p>"


@pytest.fixture
def world(small_world_here: World) -> World:
    return small_world_here


@pytest.fixture
def here(world: World) -> Project:
    return world.here.project


@pytest.fixture
def by(world: World) -> User:
    return world.manager


def outlet(here: Project, by: User, name: str, **values: Any) -> Publication:
    made = publication_named(by=by, project=here, name=name)
    return record(by, made, **values) if values else made


def record(by: User, one: Publication, **values: Any) -> Publication:
    said = {"name": one.name, "version": one.version} | values
    return outlets.correct(by=by, outlet=one, record=parse_outlet(said))


def page(here: Project, by: User, n: int, url: str = "", name: str = "", **more: Any) -> Imported:
    head = f'<meta property="og:site_name" content="{name}">' if name else ""
    head += f'<link rel="canonical" href="{url}">' if url else ""
    raw = f"<html><head>{head}</head><body><h1>Ferry {n}</h1>{STORY.format(n=n)}</body></html>".encode()
    read = replace(read_page(raw, "f.html"), **more)
    return import_article(by=by, project=here, read=read, raw=RawFile(raw, "text/html"))


@pytest.mark.lengthy
def test_a_page_makes_an_outlet_with_its_domain(here: Project, by: User) -> None:
    made = page(here, by, 1, "https://www.news.thetide.co.uk/1", "The Tide").article.publication
    assert (made.name, made.domains, made.aliases) == ("The Tide", ["thetide.co.uk"], [])
    archived = page(here, by, 2, "https://archive.ph/x", "The Sluice").article.publication
    shown = page(here, by, 3, "https://uk.news.yahoo.com/x.html", "The Lock").article.publication
    assert (archived.domains, shown.domains) == ([], [])


@pytest.mark.lengthy
def test_another_name_on_a_known_site_is_proposed_and_no_second_outlet(here: Project, by: User) -> None:
    tide = page(here, by, 1, "https://thetide.co.uk/1", "The Tide").article.publication
    taken = page(here, by, 2, "https://sport.thetide.co.uk/2", "Tide Online")
    assert taken.article.publication == tide
    cleaning = taken.snapshot.cleaning
    assert cleaning["read_off"]["outlet"] == "its address, which is on thetide.co.uk"
    assert cleaning["told"]["outlet"][1] == ["Tide Online", "Open Graph"]
    (proposed,) = query.names_proposed(tide)
    assert (proposed.value, proposed.articles, proposed.of) == ("Tide Online", 1, None)
    tide = outlets.add_alias(by=by, outlet=tide, alias="Tide Online")
    assert tide.aliases == ["Tide Online"] and query.names_proposed(tide) == []
    assert outlets.add_alias(by=by, outlet=tide, alias="TIDE ONLINE").version == tide.version
    assert not Publication.objects.filter(project=here, name="Tide Online").exists()


@pytest.mark.lengthy
def test_a_page_that_names_nobody_has_the_outlet_of_its_address(here: Project, by: User) -> None:
    tide = outlet(here, by, "The Tide", domains=["thetide.example"])
    sport = outlet(here, by, "Tide Sport", domains=["sport.thetide.example"])
    assert page(here, by, 1, "https://thetide.example/1").article.publication == tide
    assert page(here, by, 2, "https://sport.thetide.example/2").article.publication == sport
    assert query.names_proposed(tide) == [], "a site’s name is no name"
    assert page(here, by, 3, "https://notthetide.example/3").article.publication not in (tide, sport)
    text = read_plain(f"URL: https://thetide.example/4\n\n{STORY.format(n=4)}".encode(), "a.txt")
    taken = import_article(by=by, project=here, read=text, raw=RawFile(b"x"))
    assert taken.article.publication == tide


@pytest.mark.lengthy
def test_what_somebody_says_goes_before_the_address(here: Project, by: User) -> None:
    outlet(here, by, "The Tide", domains=["thetide.example"])
    header = f"Outlet: Harbour Wire\nURL: https://thetide.example/5\n\n{STORY.format(n=5)}".encode()
    taken = import_article(by=by, project=here, read=read_plain(header, "a.txt"), raw=RawFile(header))
    assert taken.article.publication.name == "Harbour Wire" and taken.article.publication.domains == []
    typed = page(
        here, by, 6, "https://thetide.example/6", outlet="Harbour Post", read_off={"outlet": BY_HAND}
    )
    assert typed.article.publication.name == "Harbour Post" and typed.article.publication.domains == []
    nobody = page(here, by, 7, "https://thetide.example/7", outlet=None, read_off={"outlet": BY_HAND})
    assert nobody.article.publication is None


@pytest.mark.lengthy
def test_sites_of_its_articles_are_proposed(here: Project, by: User) -> None:
    tide = outlet(here, by, "The Tide", domains=["thetide.example"])
    other = outlet(here, by, "The Sluice", domains=["sluice.example"])
    for n, url in enumerate(("https://tide.example/1", "https://archive.ph/2", "https://sluice.example/3")):
        page(here, by, n, url, outlet="The Tide", read_off={"outlet": BY_HAND})
    page(here, by, 9, "https://m.thetide.example/4")
    found = {one.value: (one.articles, one.of) for one in query.sites_proposed(tide)}
    assert found == {"tide.example": (1, None), "sluice.example": (1, other)}
    assert outlets.add_domain(by=by, outlet=tide, domain="tide.example").domains[-1] == "tide.example"
    with pytest.raises(Refused):
        outlets.add_domain(by=by, outlet=tide, domain="sluice.example")


def test_known_spellings_of_an_agency_are_offered_and_not_forced(here: Project, by: User) -> None:
    agency = outlet(here, by, "The Associated Press")
    short = outlet(here, by, "AP")
    assert agency != short
    offered = {one.value: one.of for one in query.names_proposed(agency)}
    assert offered["AP"] == short and offered["Associated Press"] is None
    assert query.names_proposed(outlet(here, by, "The Apple Press")) == []


def test_a_record_is_corrected_once_and_for_whoever_saw_it(here: Project, by: User) -> None:
    tide = outlet(here, by, "The Tide")
    said = {
        "aliases": ["Tide Online"],
        "domains": ["thetide.example"],
        "issn": "0261-3077",
        "wikidata": "Q42",
    }
    now = record(by, tide, **said, is_agency=True)
    assert (now.version, now.issn, now.is_agency) == (2, "0261-3077", True)
    with pytest.raises(Stale):
        record(by, tide, name="Mine")
    assert publication_named(by=by, project=here, name="tide ONLINE") == tide
    made = [line.what for line in history_of(now)[0].lines]
    assert {"also called", "sites", "ISSN", "Wikidata", "news agency"} <= set(made)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": "the sluice"}, "name"),
        ({"name": "SLUICE ONLINE"}, "name"),
        ({"aliases": ["Tide", "The Sluice"]}, "aliases.1"),
        ({"aliases": ["sluice online"]}, "aliases.0"),
        ({"domains": ["tide.example", "sluice.example"]}, "domains.1"),
    ],
)
def test_what_is_anothers_is_refused_with_whose_it_is(
    here: Project, by: User, said: dict[str, Any], field: str
) -> None:
    outlet(here, by, "The Sluice", aliases=["Sluice Online"], domains=["sluice.example"])
    with pytest.raises(Refused) as error:
        record(by, outlet(here, by, "The Tide"), **said)
    assert error.value.field == field and "The Sluice" in error.value.message


def test_the_database_refuses_it_from_whoever_does_not_ask(here: Project, by: User) -> None:
    outlet(here, by, "The Sluice", aliases=["Sluice Online"])
    with pytest.raises(IntegrityError, match="publication_called_once"), transaction.atomic():
        Publication.objects.create(project=here, name="SLUICE ONLINE")


def merged(here: Project, by: User, gone: Publication, kept: Publication) -> Publication:
    for one in (gone, kept):
        one.refresh_from_db()
    intent = MergeOutlets(gone.uuid, kept.uuid, (gone.version, kept.version), "one paper")
    return outlets.merge(by=by, project=here, intent=intent)


@pytest.mark.lengthy
def test_two_are_one_and_apart_again_with_all_that_was_theirs(here: Project, by: User, world: World) -> None:
    tide = outlet(here, by, "The Tide", domains=["thetide.example"], issn="0261-3077")
    online = outlet(here, by, "Tide Online", aliases=["TO"], domains=["to.example"], wikidata="Q42")
    mine, theirs = (
        page(here, by, n, f"https://{s}.example/{n}").article for n, s in ((1, "thetide"), (2, "to"))
    )
    reprint = page(here, by, 3, original_outlet="Tide Online").article
    speaker = world.here.actor
    Actor.objects.filter(pk=speaker.pk).update(publication=online, version=speaker.version + 1)
    kept = merged(here, by, online, tide)
    assert (kept.aliases, kept.domains) == (["Tide Online", "TO"], ["thetide.example", "to.example"])
    assert (kept.issn, kept.wikidata) == ("0261-3077", "Q42")
    assert {a.publication for a in Article.objects.filter(pk__in=[mine.pk, theirs.pk])} == {tide}
    assert Article.objects.get(pk=reprint.pk).original_publication == tide
    assert Actor.objects.get(pk=speaker.pk).publication == tide
    assert publication_named(by=by, project=here, name="tide online") == tide
    assert [one.name for one in query.outlets_like(here, "tide")] == ["The Tide"]
    outlets.add_alias(by=by, outlet=tide, alias="Tide Weekly")

    online.refresh_from_db()
    back = outlets.undo_merge(by=by, outlet=online)
    tide.refresh_from_db()
    assert (back.merged_into, tide.aliases, tide.domains) == (None, ["Tide Weekly"], ["thetide.example"])
    assert (tide.issn, tide.wikidata, back.wikidata) == ("0261-3077", "", "Q42")
    assert Article.objects.get(pk=theirs.pk).publication == back
    assert Article.objects.get(pk=mine.pk).publication == tide
    assert Article.objects.get(pk=reprint.pk).original_publication == back
    assert Actor.objects.get(pk=speaker.pk).publication == back
    assert publication_named(by=by, project=here, name="TO") == back
    assert outlets.undo_merge(by=by, outlet=back).version == back.version, "once"


@pytest.mark.lengthy
def test_what_the_one_had_from_the_other_is_its_own_until_they_are_two_again(here: Project, by: User) -> None:
    kept, gone = outlet(here, by, "The Tide"), outlet(here, by, "Tide Agency", is_agency=True)
    for n, (its, origin) in enumerate(((kept, gone), (gone, kept), (gone, gone), (gone, None))):
        taken = page(here, by, n, outlet=its.name, read_off={"outlet": BY_HAND}).article
        Article.objects.filter(pk=taken.pk).update(original_publication=origin, version=F("version") + 1)

    def told() -> list[tuple[int, int | None]]:
        found = Article.objects.filter(publication__in=(kept, gone)).order_by("pk")
        return list(found.values_list("publication", "original_publication"))

    before = told()
    intent = MergeOutlets(gone.uuid, kept.uuid, (gone.version, kept.version), "the same house")
    assert outlets.merge(by=by, project=here, intent=intent).is_agency
    assert told() == [(kept.pk, None), (kept.pk, None), (kept.pk, kept.pk), (kept.pk, None)]
    outlets.undo_merge(by=by, outlet=gone)
    kept.refresh_from_db()
    assert (kept.is_agency, told()) == (False, before)


@pytest.mark.lengthy
def test_what_came_after_a_merge_stays_where_it_was_put(here: Project, by: User) -> None:
    tide, online = outlet(here, by, "The Tide"), outlet(here, by, "Tide Online")
    merged(here, by, online, tide)
    later = page(here, by, 5, outlet="Tide Online", read_off={"outlet": BY_HAND}).article
    assert later.publication == tide
    outlets.undo_merge(by=by, outlet=Publication.objects.get(pk=online.pk))
    assert Article.objects.get(pk=later.pk).publication == tide


def test_a_merge_that_another_stands_on_is_not_taken_back_first(here: Project, by: User) -> None:
    one, two, three = (outlet(here, by, name) for name in ("One", "Two", "Three"))
    merged(here, by, one, two)
    with pytest.raises(Refused, match="already"):
        merged(here, by, one, three)
    merged(here, by, two, three)
    assert publication_named(by=by, project=here, name="one") == three
    with pytest.raises(Refused, match="first take back"):
        outlets.undo_merge(by=by, outlet=Publication.objects.get(pk=one.pk))
    outlets.undo_merge(by=by, outlet=Publication.objects.get(pk=two.pk))
    outlets.undo_merge(by=by, outlet=Publication.objects.get(pk=one.pk))
    assert {o.merged_into_id for o in Publication.objects.filter(pk__in=[one.pk, two.pk, three.pk])} == {None}


def test_a_name_that_another_took_meanwhile_keeps_two_together(here: Project, by: User) -> None:
    tide, online = outlet(here, by, "The Tide"), outlet(here, by, "Tide Online")
    kept = merged(here, by, online, tide)
    record(by, kept, aliases=[])
    outlet(here, by, "Tide Online")
    with pytest.raises(Refused, match="is what"):
        outlets.undo_merge(by=by, outlet=Publication.objects.get(pk=online.pk))


def test_a_merge_of_what_was_changed_or_is_not_here_is_refused(here: Project, by: User, world: World) -> None:
    tide, online = outlet(here, by, "The Tide"), outlet(here, by, "Tide Online")
    seen = MergeOutlets(online.uuid, tide.uuid, (online.version, tide.version), "")
    record(by, tide, country="GB")
    with pytest.raises(Stale):
        outlets.merge(by=by, project=here, intent=seen)
    with pytest.raises(Publication.DoesNotExist):
        outlets.merge(by=by, project=world.there.project, intent=seen)


@pytest.mark.lengthy
def test_lists_take_a_fixed_number_of_queries(
    here: Project, by: User, django_assert_num_queries: Any
) -> None:
    for n in range(4):
        tide = page(here, by, n, f"https://tide{n}.example/1", f"Tide {n}").article.publication
    with django_assert_num_queries(1):
        assert len(query.outlets_like(here, "tide")) == 4
    with django_assert_num_queries(2):
        query.names_proposed(tide)
    Publication.objects.filter(pk=tide.pk).update(domains=[], version=tide.version + 1)
    tide.refresh_from_db()
    with django_assert_num_queries(2):
        assert len(query.sites_proposed(tide)) == 1


def merges_told(one: Publication) -> list[tuple[str, str, str, bool]]:
    found = [deed.merge for deed in history_of(one) if deed.merge]
    return [(merge.one, merge.into, merge.because, merge.undone) for merge in found]


def test_merging_and_taking_apart_are_acts_of_their_own_on_both_sides(
    here: Project, by: User, django_assert_max_num_queries: Any
) -> None:
    tide, online, weekly = (outlet(here, by, name) for name in ("The Tide", "Tide Online", "Tide Weekly"))
    together = ("Tide Online", "The Tide", "one paper", False)
    merged(here, by, online, tide)
    tide.refresh_from_db()
    assert merges_told(tide) == [together]
    (deed,) = [deed for deed in history_of(tide) if deed.merge]
    assert deed.who == str(by) and [line.what for line in deed.lines] == ["also called"]
    outlets.undo_merge(by=by, outlet=Publication.objects.get(pk=online.pk))
    apart = ("Tide Online", "The Tide", "one paper", True)
    assert merges_told(tide) == merges_told(online) == [apart, together]
    assert merges_told(weekly) == []
    merged(here, by, online, weekly)
    merged(here, by, weekly, tide)
    with django_assert_max_num_queries(7):
        assert [one for one, _, _, _ in merges_told(tide)] == [
            "Tide Weekly",
            "Tide Online",
            *["Tide Online"] * 2,
        ]


@pytest.mark.lengthy
def test_only_what_nothing_names_is_deleted_and_the_history_keeps_it(
    here: Project, by: User, world: World
) -> None:
    tide, online = outlet(here, by, "The Tide", issn="0261-3077"), outlet(here, by, "Tide Online")
    with pytest.raises(Stale):
        outlets.delete(by=by, outlet=tide, version=tide.version - 1)
    merged(here, by, online, tide)
    for one, said in ((online, "is one with “The Tide”"), (tide, "1 outlet that was merged into it")):
        one.refresh_from_db()
        with pytest.raises(Refused, match=said):
            outlets.delete(by=by, outlet=one, version=one.version)
    outlets.undo_merge(by=by, outlet=online)
    article, speaker = world.here.article, world.here.actor
    naming = (
        (Article.objects.filter(pk=article.pk), "original_publication", "1 article that was taken from it"),
        (Article.objects.filter(pk=world.here.second_article.pk), "publication", "1 article"),
        (Actor.objects.filter(pk=speaker.pk), "publication", "1 actor"),
    )
    for rows, field, said in naming:
        before = getattr(rows.get(), field)
        rows.update(**{field: tide}, version=F("version") + 1)
        tide.refresh_from_db()
        with pytest.raises(Refused, match=f"is named by {said}$"):
            outlets.delete(by=by, outlet=tide, version=tide.version)
        rows.update(**{field: before}, version=F("version") + 1)
    outlets.delete(by=by, outlet=tide, version=tide.version)
    change = Change.objects.filter(table="sources_publication", operation="DELETE").get()
    assert (change.before["name"], change.before["issn"], change.user_id) == ("The Tide", "0261-3077", by.pk)
    (told,) = query.deleted(here)
    assert (told.name, told.who) == ("The Tide", str(by))
    assert outlet(here, by, "The Tide").pk != tide.pk, "its name is free"

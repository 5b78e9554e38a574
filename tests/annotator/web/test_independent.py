"""How many outlets carry a claim and how many independent ones; an agency's story counts once."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotator.actions import relations
from annotator.models import Actor, Claim
from annotator.queries.independent import sources_of
from sources.models import Article, Publication, Snapshot
from tests.factories import World, annotate, claim, new_actor, stored

from .conftest import Cast

WORDS = "Nobody saw the otters come"


@pytest.fixture
def story(world: World) -> dict[str, Claim]:
    """One claim in five outlets: two reprint an agency's, one reprints one of these, one is on its own."""
    project, by = world.here.project, world.manager
    agency = Publication.objects.create(project=project, name="Nordpost News")
    found: dict[str, Claim] = {}
    for n, outlet in enumerate(("Alpha", "Beta", "Gamma", "Delta")):
        text = f"Otters {outlet}\n\n{WORDS}, said number {n}."
        found[outlet] = claim(by, stored(by, project, text, outlet), WORDS)
    for outlet in ("Alpha", "Beta"):
        _record(found[outlet], original_publication=agency)
    _record(found["Gamma"], reprint_of=_article(found["Beta"]))
    for other in ("Beta", "Delta"):
        relations.relate(by=by, claim=found[other], other=found["Alpha"], kind="repeats")
    return found


def _article(one: Claim) -> Article:
    return one.annotation.snapshot.article


def _text(one: Claim) -> Snapshot:
    return one.annotation.snapshot


def _record(one: Claim, **values: object) -> None:
    article = _article(one)
    Article.objects.filter(pk=article.pk).update(**values, version=article.version + 1)


def test_reprints_and_an_agencys_story_count_once(world: World, story: dict[str, Claim]) -> None:
    ends = sources_of([story["Alpha"].pk, story["Delta"].pk], "viewer")
    for found in ends.values():
        assert (found.articles, found.outlets, found.independent) == (4, 4, 2)
        assert {origin: len(carriers) for origin, carriers in found.groups} == {
            "Nordpost News": 3,
            "Delta": 1,
        }
    reprint = next(
        c for _, carriers in ends[story["Alpha"].pk].groups for c in carriers if c.outlet == "Gamma"
    )
    assert reprint.claim is None, "nobody said that its claim repeats it"
    alone = sources_of([story["Gamma"].pk], "viewer")[story["Gamma"].pk]
    assert (alone.articles, alone.independent) == (2, 1), "itself and what it reprints"


def test_what_is_withdrawn_or_unseen_carries_nothing(world: World, story: dict[str, Claim]) -> None:
    from annotator.actions.claims import withdraw

    Claim.objects.filter(pk=story["Delta"].pk).update(status="draft")
    assert sources_of([story["Alpha"].pk], "viewer")[story["Alpha"].pk].independent == 2
    assert sources_of([story["Alpha"].pk], None)[story["Alpha"].pk].independent == 1
    withdraw(by=world.manager, claim=story["Delta"])
    assert sources_of([story["Alpha"].pk], "viewer")[story["Alpha"].pk].independent == 1


@pytest.mark.lengthy
def test_the_arithmetic_is_one_click_away_wherever_the_number_stands(
    cast: Cast, world: World, story: dict[str, Claim]
) -> None:
    for url in (f"/c/{story['Alpha'].uuid}/", "/p/here/claims/?q=otters"):
        page = cast.viewer.get(url).content.decode()
        summary = re.search(r"<details class=\"sources\">.*?</details>", page, re.DOTALL)
        assert summary
        for words in (
            "In 4 outlets",
            "2 independent sources",
            "Nordpost News",
            "counts once, with 3 articles",
        ):
            assert words in summary[0]
        assert summary[0].count("a reprint") == 1


@pytest.mark.lengthy
def test_a_speaker_has_them_in_the_list_and_on_their_page(cast: Cast, world: World) -> None:
    by, project, actor = world.manager, world.here.project, world.here.actor
    agency = Publication.objects.create(project=project, name="Nordpost News")
    source = {"voice": "attributed", "chains": [[{"sources": [{"actor": str(actor.uuid)}]}]]}
    for outlet in ("Alpha", "Beta"):
        text = f"Otters {outlet}\n\n{WORDS}, she told {outlet}."
        _record(claim(by, stored(by, project, text, outlet), WORDS, **source), original_publication=agency)
    listed = cast.viewer.get("/p/here/speakers/").content.decode()
    link = f"/p/here/speakers/{actor.uuid}/?show=context#sources"
    assert re.search(rf'3 <small><a href="{re.escape(link)}">2 independent</a>', listed)
    told = cast.viewer.get(f"/p/here/speakers/{actor.uuid}/?show=context").content.decode()
    assert "In 3 outlets, <b>2 independent sources</b>" in told
    article = Article.objects.latest("pk")
    Article.objects.filter(pk=article.pk).update(publication=None, version=article.version + 1)
    listed = cast.viewer.get("/p/here/speakers/").content.decode()
    assert re.search(rf'3 <small><a href="{re.escape(link)}">2 independent</a>', listed), "as on their page"
    narrowed = cast.viewer.get("/p/here/speakers/?topic=bridge").content.decode()
    assert "independent</a>" not in narrowed, "one outlet, one source"


@pytest.mark.lengthy
def test_a_speakers_story_that_is_reprinted_reads_as_on_its_claims_card(cast: Cast, world: World) -> None:
    by, project = world.manager, world.here.project
    source = {"voice": "attributed", "chains": [[{"sources": [new_actor("Odda Lind")]}]]}
    told = claim(by, stored(by, project, f"Otters Alpha\n\n{WORDS}, she told it.", "Alpha"), WORDS, **source)
    for outlet in ("Beta", "Gamma"):
        again = stored(by, project, f"Otters {outlet}\n\nIt was reprinted in {outlet}.", outlet).article
        Article.objects.filter(pk=again.pk).update(reprint_of=_article(told), version=again.version + 1)
    link = f"/p/here/speakers/{Actor.objects.get(project=project, name='Odda Lind').uuid}/?show=context"
    for url in (f"/c/{told.uuid}/", "/p/here/claims/?q=otters", link):
        page = cast.viewer.get(url).content.decode()
        assert "In 3 outlets, <b>one independent source</b>" in page
        assert page.count(", a reprint</small>") == 2
    assert "3 articles carry what they say, 2 of them as a reprint in which no claim is marked." in page
    listed = f'1 <small><a href="{link}#sources">3 with reprints, 1 independent</a>'
    assert listed in cast.viewer.get("/p/here/speakers/").content.decode()
    alpha = Publication.objects.get(project=project, name="Alpha")
    narrowed = cast.viewer.get(f"/p/here/speakers/?outlet={alpha.uuid}").content.decode()
    assert "Odda Lind" in narrowed
    assert "with reprints" not in narrowed, "of one outlet alone"


def test_a_circle_of_repeats_ends(world: World, story: dict[str, Claim]) -> None:
    relations.relate(by=world.manager, claim=story["Alpha"], other=story["Delta"], kind="repeats")
    assert sources_of([story["Alpha"].pk], "viewer")[story["Alpha"].pk].articles == 4


@pytest.mark.lengthy
def test_an_events_page_counts_its_sources_with_the_arithmetic(
    cast: Cast, world: World, story: dict[str, Claim]
) -> None:
    event, by = world.here.event, world.manager
    url = f"/p/here/events/{event.uuid}/"

    def counted() -> tuple[str, int]:
        with CaptureQueriesContext(connection) as queries:
            page = cast.viewer.get(url).content.decode()
        return page, len(queries)

    first, *others = story.values()
    annotate(by, _text(first), "event", "otters", event=str(event.uuid))
    _, before = counted()
    for one in others:
        annotate(by, _text(one), "event", "otters", event=str(event.uuid))
    page, after = counted()
    assert before == after
    found = re.search(r'id="mentions".*?In (\d) outlets, <b>(\d) independent sources</b>', page, re.DOTALL)
    assert found
    assert found.groups() == ("5", "3"), "the article that told of it before is one of its own"
    assert "Nordpost News</bdi></b> <small>counts once, with 3 articles" in page

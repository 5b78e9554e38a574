"""Lists and pages: what they show, and that their number of queries does not grow with what they show."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from annotator.actions import claims
from annotator.actions.annotations import remove
from annotator.actions.projects import open_project
from annotator.models import Release
from annotator.queries import progress
from sources.models import Project, User
from tests.factories import World, annotate, claim, new_actor, person, stored

from .conftest import Cast, browser_of

SAYS = "The toll on Velm bridge rises, {0} said on Monday. The toll falls, {0} said on Tuesday.\n"


def grown(by: User, slug: str, n: int) -> Project:
    """A project with n articles, speakers, events and releases, and a claim of each speaker in each."""
    project = open_project(by=by, name=slug.title(), slug=slug)
    for i in range(n):
        name = ("Ada", "Bela", "Cilla")[i]
        snapshot = stored(by, project, f"Toll news {name}\n\n{SAYS.format(name)}", f"Outlet {name}")
        actor = annotate(by, snapshot, "actor", name, **new_actor(name)).mention
        chain = {
            "role": "said",
            "sources": [{"actor": str(actor.actor.uuid), "mention": str(actor.annotation.uuid)}],
        }
        claim(by, snapshot, "The toll on Velm bridge rises", voice="attributed", chains=[[chain]])
        happened = {"uuid": str(uuid4()), "label": f"Toll {i}", "type": "other", "date": "2024"}
        annotate(by, snapshot, "event", "falls", new_event=happened)
        Release.objects.create(project=project, number=i + 1, title=f"R{i}", created_by=by)
    return project


PAGES = {
    "": 12,
    "articles/": 11,
    "claims/": 27,
    "speakers/": 17,
    "events/": 11,
    "review/": 26,
    "releases/": 7,
    "settings/": 7,
}


@pytest.mark.lengthy
def test_pages_take_the_same_queries_for_one_as_for_three(db: None, queries: Callable) -> None:
    by = person("manager")
    browser = browser_of(by)
    grown(by, "one", 1)
    grown(by, "three", 3)
    counted = {
        page: (queries(browser, f"/p/one/{page}"), queries(browser, f"/p/three/{page}")) for page in PAGES
    }
    assert counted == {page: (n, n) for page, n in PAGES.items()}


@pytest.mark.lengthy
def test_one_speaker_and_one_event_take_the_same_queries(db: None, queries: Callable) -> None:
    by = person("manager")
    browser = browser_of(by)
    counted = {}
    for n in (1, 3):
        project = open_project(by=by, name=f"P{n}", slug=f"p{n}")
        snapshot = stored(by, project, f"Toll news\n\n{SAYS.format('Ada')}")
        actor = annotate(by, snapshot, "actor", "Ada", **new_actor("Ada")).mention.actor
        chain = {"role": "said", "sources": [{"actor": str(actor.uuid)}]}
        happened = {"uuid": str(uuid4()), "label": "Toll", "type": "other"}
        event = annotate(by, snapshot, "event", "The toll", new_event=happened).event_mention.event
        for words in ("rises", "falls", "Velm bridge")[:n]:
            claim(by, snapshot, words, voice="attributed", chains=[[chain]])
            annotate(by, snapshot, "event", words, event=str(event.uuid))
        counted[n] = (
            queries(browser, f"/p/p{n}/speakers/{actor.uuid}/"),
            queries(browser, f"/p/p{n}/events/{event.uuid}/"),
        )
    assert counted == {1: (40, 30), 3: (40, 30)}


@pytest.mark.lengthy
def test_an_event_is_listed_while_something_speaks_of_it(world: World, cast: Cast) -> None:
    here = world.here
    strike = {"uuid": str(uuid4()), "label": "Ferry strike", "type": "other"}

    def shown() -> tuple[bool, int]:
        listed = "Ferry strike" in cast.viewer.get("/p/here/events/").content.decode()
        return listed, progress.totals(here.project).events

    mark = annotate(world.manager, here.snapshot, "event", "turned back", new_event=strike)
    assert shown() == (True, 2)
    remove(by=world.manager, project=here.project, uuid=mark.uuid, version=1)
    assert shown() == (False, 1)
    number = {"what": "ferries", "low": 2, "words": "Two ferries", "event": strike["uuid"]}
    counted = claim(world.manager, here.second_snapshot, "Two ferries", quantities=[number])
    assert shown() == (True, 2)
    claims.withdraw(by=world.manager, claim=counted)
    assert shown() == (False, 1)


@pytest.mark.lengthy
def test_the_projects_page_takes_the_same_queries(db: None, queries: Callable) -> None:
    by = person("manager")
    grown(by, "one", 1)
    assert queries(browser_of(by), "/") == 3
    grown(by, "two", 1)
    grown(by, "three", 3)
    assert queries(browser_of(by), "/") == 3


def html(cast: Cast, url: str) -> str:
    answer = cast.viewer.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.lengthy
def test_articles_are_found_by_title_outlet_and_word(world: World, cast: Cast) -> None:
    for sought, found in (
        ("ferries", 1),
        ("Kai Radio", 1),
        ("lorries", 2),
        ("KAI ferries", 1),
        ('"turned back"', 1),
        ('"back turned"', 0),
        ("lorr*", 2),
        ("lorr", 0),
        ("lorries -ferries", 1),
        ("-ferries", 1),
        ("zum cafe", 1),
        ("الجسر", 1),
        ("wholly absent", 0),
        ("👩🏽‍🔧", 2),
    ):
        page = cast.viewer.get("/p/here/articles/", {"q": sought}).content.decode()
        assert page.count('<th scope="row">') == found, sought
    assert "Nothing with “wholly absent”" in html(cast, "/p/here/articles/?q=wholly absent")


@pytest.mark.lengthy
def test_what_was_found_in_an_article_is_marked(world: World, cast: Cast) -> None:
    page = cast.viewer.get("/p/here/articles/", {"q": "lorries <b> -xyzzy"}).content.decode()
    assert page.count('<th scope="row">') == 0
    page = cast.viewer.get("/p/here/articles/", {"q": "velm kai lorries"}).content.decode()
    assert '<mark class="hit">Velm</mark> bridge is shut</a>' in page
    assert '<bdi><mark class="hit">Kai</mark> Radio</bdi>' in page
    assert "Two ferries will carry" in page.split("found-in")[1], "not the title again, which the text has"
    odd = cast.viewer.get("/p/here/articles/", {"q": "👩🏽‍🔧 <script>"})
    assert "<script>" not in odd.content.decode().split("</head>")[1]
    assert "no letter and no digit" in cast.viewer.get("/p/here/articles/?q=-").content.decode()


@pytest.mark.parametrize(
    ("sort", "first"), [("title", "Ferries"), ("-title", "Velm bridge"), ("outlet", "Ferries")]
)
def test_articles_are_sorted_both_ways(cast: Cast, sort: str, first: str) -> None:
    page = html(cast, f"/p/here/articles/?sort={sort}")
    assert page.split('<th scope="row">')[1].split(">")[1].startswith(first)


@pytest.mark.lengthy
def test_the_desk_filters(world: World, cast: Cast) -> None:
    here = world.here
    for query, expected in (
        ("", {here.claim, here.lone, here.second_claim}),
        ("status=disputed", {here.claim}),
        ("status=submitted", {here.lone, here.second_claim}),
        (f"speaker={here.actor.uuid}", {here.claim}),
        (f"article={here.second_article.uuid}", {here.second_claim}),
        ("q=a crack", {here.claim, here.second_claim}),
        ("type=demand", set()),
        ("status=withdrawn", set()),
    ):
        page = html(cast, f"/p/here/claims/?{query}")
        shown = {
            one for one in (here.claim, here.lone, here.second_claim) if f'id="claim-{one.uuid}"' in page
        }
        assert shown == expected, query


@pytest.mark.lengthy
def test_a_withdrawn_claim_leaves_the_desk_and_keeps_its_page(world: World, cast: Cast) -> None:
    claims.withdraw(by=world.manager, claim=world.here.lone)
    assert f'id="claim-{world.here.lone.uuid}"' not in html(cast, "/p/here/claims/")
    assert f'id="claim-{world.here.lone.uuid}"' in html(cast, "/p/here/claims/?status=withdrawn")
    page = cast.reviewer.get(f"/c/{world.here.lone.uuid}/").content.decode()
    assert "Withdrawn" in page
    assert 'name="decision"' not in page


def test_a_speakers_page_shows_the_quote_in_its_sentence_and_the_way_there(world: World, cast: Cast) -> None:
    here = world.here
    page = html(cast, f"/p/here/speakers/{here.actor.uuid}/")
    assert "<mark>We found a crack</mark>" in page
    assert "its director Ilse Brandt told the agency Nordpost." in page
    assert f"/p/here/articles/{here.article.uuid}/#s" in page
    assert "relayed by" in page
    assert "another article contradicts it" in page
    assert "contradicted by" in page
    assert "director" in page


def test_those_who_are_not_named_stand_apart_with_their_article(world: World, cast: Cast) -> None:
    chain = {"role": "said", "sources": [{"actor": str(world.here.anonymous.uuid)}]}
    claim(
        world.manager,
        world.here.snapshot,
        "the crack was known in spring",
        voice="attributed",
        chains=[[chain]],
    )
    page = html(cast, "/p/here/speakers/")
    named, unnamed = page.split("Not named")
    assert "an engineer #1" in unnamed
    assert "an engineer #1" not in named
    assert "Velm bridge closed" in unnamed
    assert "the inquiry is open" in unnamed


def test_a_claims_page_cites_it(world: World, cast: Cast) -> None:
    page = html(cast, f"/c/{world.here.claim.uuid}/")
    assert "The Velm Courier" in page
    assert "[sentence" in page
    assert "said by Ilse Brandt to Harbour office, relayed by Nordpost" in page
    assert "<b>Manager</b> marked it" in page
    assert f"http://testserver/c/{world.here.claim.uuid}/" in page
    assert "{{cite news |" in page


@pytest.mark.lengthy
@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("chicago", "Tamar Oduya, “Velm Bridge"),
        ("harvard", "Oduya, T. (no date) ‘Velm"),
        ("no-such-style", "Oduya, T. (n.d.). Velm"),
        ("", "Oduya, T. (n.d.). Velm"),
    ],
)
def test_it_is_cited_in_the_style_that_is_asked_for(
    world: World, cast: Cast, style: str, expected: str
) -> None:
    page = html(cast, f"/c/{world.here.claim.uuid}/?style={style}")
    citation = page.partition('id="citation"')[2].partition("</p>")[0]
    assert expected in citation
    assert page.count(citation.partition(">")[2]) == 3, "it is in what is pasted too"


def test_an_event_shows_its_sentences_and_who_took_part(world: World, cast: Cast) -> None:
    page = html(cast, f"/p/here/events/{world.here.event.uuid}/")
    assert '<mark class="event">crack is found</mark>' in page
    assert "Ilse Brandt" in page
    assert "finder" in page


@pytest.mark.lengthy
def test_empty_projects_say_what_to_do_next(db: None) -> None:
    by = person("manager")
    browser = browser_of(by)
    assert "No project yet" in browser.get("/").content.decode()
    open_project(by=by, name="New", slug="fresh")
    for page, words in {
        "": "Where to begin",
        "articles/": "No article yet",
        "claims/": "No claim yet",
        "speakers/": "Nobody speaks yet",
        "events/": "No event yet",
        "review/": "Nothing waits for a review",
        "releases/": "No release yet",
    }.items():
        assert words in browser.get(f"/p/fresh/{page}").content.decode(), page

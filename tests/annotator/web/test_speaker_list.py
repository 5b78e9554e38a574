"""The list of speakers: filters, orders, pages, who is not named, and the claims along time."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import QueryDict

from annotator.actions import reviews
from annotator.actions.projects import open_project
from annotator.embedded_postgres import Server
from annotator.intents.review import DecideClaim
from annotator.models import Actor, Claim
from annotator.queries.claims import claims_like
from annotator.queries.speaker_list import ORDERS, WantedSpeakers, offered, plots_of, speakers_like
from annotator.web.claim_search import wanted_of
from sources.actions import edit_article
from sources.models import Project, Role, User
from tests.databases import Filled, Visits, filled
from tests.factories import claim, new_actor, person, stored

from .conftest import browser_of

TOLD = {  # outlet, day → who says how many claims there
    ("Amber", "2019-05-02"): {"Ada": 3, "Bela": 1},
    ("Amber", "2021-07-01"): {"Ada": 1, "Cilla": 1},
    ("Birch", "2021-08-09"): {"Bela": 1, "the clerk": 2},
}


def telling() -> tuple[User, Project]:
    by = person("manager")
    project = open_project(by=by, name="Row", slug="row")
    known: dict[str, str] = {}
    for n, ((outlet, day), who) in enumerate(TOLD.items()):
        text = f"News {n}\n\n" + " ".join(f"Sentence {i} of {n}." for i in range(9)) + "\n"
        snapshot = stored(by, project, text, outlet)
        values: dict[str, Any] = {}
        article = snapshot.article
        edit_article(
            by=by, article=article, version=article.version, values=values, outlet=outlet, published=day
        )
        place = 0
        for name, times in who.items():
            for _ in range(times):
                naming = "anonymous" if name == "the clerk" else "named"
                kind = "organisation" if name == "Cilla" else "person"
                mine = {"actor": known[name]} if name in known else new_actor(name, kind, naming=naming)
                made = claim(
                    by,
                    snapshot,
                    f"Sentence {place} of {n}",
                    voice="attributed",
                    chains=[[{"sources": [mine]}]],
                )
                known[name] = str(Actor.objects.get(project=project, name=name).uuid)
                place += 1
        if name == "the clerk":
            decide = DecideClaim("accepted", "")
            reviews.decide(by=by, claim=made, intent=decide)
    return by, project


@pytest.fixture(scope="session")
def told_database(django_db_setup: None, django_db_blocker: Any, embedded_server: Server) -> Filled:
    with django_db_blocker.unblock():
        return filled(embedded_server, "told", telling)


@pytest.fixture
def told_here(
    told_database: Filled, django_db_blocker: Any, visits: Visits
) -> Iterator[tuple[User, Project]]:
    with django_db_blocker.unblock(), visits.to(told_database.shared):
        yield told_database.content()


@pytest.fixture
def told(told_here: tuple[User, Project], db: None) -> tuple[User, Project]:
    return told_here


def names(project: Project, **wanted: Any) -> list[str]:
    order = ORDERS[wanted.pop("order", "name")]
    found = speakers_like(project, WantedSpeakers(**wanted), Role.MANAGER).order_by(*order.by())
    return [one.name for one in found]


@pytest.mark.lengthy
def test_each_filter_narrows_and_the_numbers_are_of_what_is_left(told: tuple[User, Project]) -> None:
    _, project = told
    everybody = ["Ada", "Bela", "Cilla", "the clerk"]
    assert names(project) == everybody
    birch = next(uuid for uuid, name in offered(project).outlets if name == "Birch")
    assert names(project, outlet=birch) == ["Bela", "the clerk"]
    assert names(project, period="2019") == ["Ada", "Bela"]
    assert names(project, period="2021-07") == ["Ada", "Cilla"]
    assert names(project, kind="organisation") == ["Cilla"]
    assert names(project, naming="anonymous") == ["the clerk"]
    assert names(project, naming="named") == everybody[:3]
    assert names(project, status="accepted") == ["the clerk"]
    assert names(project, topic="nothing") == []
    assert names(project, words="BEL") == ["Bela"]
    ada = speakers_like(project, WantedSpeakers(period="2019"), Role.MANAGER).get(name="Ada")
    assert (ada.n_claims, ada.n_articles) == (3, 1)
    assert Claim.objects.filter(project=project).count() == 9
    Actor.objects.filter(project=project, name="Bela").update(affiliation="Dam Office", version=2)
    assert names(project, belongs="Dam Office") == ["Bela"]
    assert offered(project).belongs == ["Dam Office"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("claims", ["Ada", "the clerk", "Bela", "Cilla"]),
        ("articles", ["Ada", "Bela", "the clerk", "Cilla"]),
        ("outlets", ["Bela", "Ada", "the clerk", "Cilla"]),
        ("first", ["Ada", "Bela", "Cilla", "the clerk"]),
        ("last", ["the clerk", "Bela", "Cilla", "Ada"]),
        ("unreviewed", ["Ada", "Bela", "Cilla", "the clerk"]),
    ],
)
def test_orders(told: tuple[User, Project], order: str, expected: list[str]) -> None:
    assert names(told[1], order=order) == expected


@pytest.mark.lengthy
@pytest.mark.parametrize("order", [*ORDERS, "nonsense"])
def test_pages_hold_everybody_once(
    told: tuple[User, Project], order: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    by, _ = told
    monkeypatch.setattr("annotator.web.views.speakers.keyset_page.__defaults__", (2,))
    browser, address, seen = browser_of(by), f"/p/row/speakers/?naming=named&sort={order}", []
    while address:
        page = browser.get(address).content.decode()
        seen.append(re.findall(r'<th scope="row"><a [^>]*>([^<]+)', page))
        onward = re.search(r'href="([^"]*)" rel="next"', page)
        address = "/p/row/speakers/" + onward[1].replace("&amp;", "&") if onward else ""
    assert [len(one) for one in seen] == [2, 1]
    assert sorted(name for some in seen for name in some) == ["Ada", "Bela", "Cilla"]


def test_those_not_named_stand_under_their_article(told: tuple[User, Project]) -> None:
    by, _ = told
    page = browser_of(by).get("/p/row/speakers/?naming=anonymous").content.decode()
    assert re.search(r'scope="rowgroup"[^>]*><a [^>]*>News 2</a>', page)
    assert "the clerk #1" in page
    assert "Ada" not in page.split("</form>")[1]


@pytest.mark.lengthy
def test_plots_share_a_scale_and_say_what_they_show(told: tuple[User, Project]) -> None:
    by, project = told
    found = {one.name: one.pk for one in speakers_like(project, WantedSpeakers(), Role.MANAGER)}
    ends = offered(project)
    plots = plots_of(found.values(), ends.first, ends.last, Role.MANAGER)
    assert plots[found["Ada"]].said == [("2019", 3), ("2021", 1)]
    assert plots[found["Bela"]].said == [("2019", 1), ("2021", 1)]
    tallest, lower = plots[found["Ada"]].bars
    assert (tallest.x, tallest.height, lower.height) == (0, 20, 6.67)
    assert lower.x == pytest.approx(66.67)
    accepted = WantedSpeakers(status="accepted", period="2019")
    assert plots_of(found.values(), ends.first, ends.last, Role.MANAGER, accepted) == {}
    year = plots_of(found.values(), ends.first, ends.last, Role.MANAGER, WantedSpeakers(period="2019"))
    assert sum(n for _, n in year[found["Ada"]].said) == 3
    assert all(at.startswith("2019-") for at, _ in year[found["Ada"]].said), "the year fills the plot"
    narrowed = browser_of(by).get("/p/row/speakers/?period=2019").content.decode()
    assert "?period=2019&amp;speaker=" in narrowed
    page = browser_of(by).get("/p/row/speakers/").content.decode()
    assert 'aria-label="Claims of Ada over time. 2019: 3; 2021: 1"' in page


@pytest.mark.lengthy
def test_an_odd_question_is_answered(told: tuple[User, Project]) -> None:
    browser = browser_of(told[0])
    odd = ("period=9999", "period=0000", "outlet=x", "belongs=%00", "topic='", "status=draft", "after=WzFd")
    for query in (*odd, "naming=x", "sort=first&after=WyI5OTk5LTEyLTMxIiwxXQ", "sort=last&before=WyIwIiwxXQ"):
        assert browser.get(f"/p/row/speakers/?{query}").status_code == 200, query


@pytest.mark.lengthy
@pytest.mark.parametrize(
    ("last", "said"), [("2025-03-09", "2025-03-09"), ("2026-01-05", "2026-01"), ("2031-01-05", "2031")]
)
def test_a_plot_goes_by_what_its_time_can_be_told_by(db: None, last: str, said: str) -> None:
    by = person("manager")
    project = open_project(by=by, name="Row", slug="row")
    known: dict[str, Any] = new_actor("Ada")
    for n, day in enumerate(("2025-03-01", last)):
        snapshot = stored(by, project, f"News {n}\n\nSentence {n}.\n")
        edit_article(by=by, article=snapshot.article, version=1, values={}, outlet=None, published=day)
        claim(by, snapshot, f"Sentence {n}", voice="attributed", chains=[[{"sources": [known]}]])
        known = {"actor": str(Actor.objects.get(project=project, name="Ada").uuid)}
    ends = offered(project)
    key = Actor.objects.get(project=project, name="Ada").pk
    plot = plots_of([key], ends.first, ends.last, Role.MANAGER)[key]
    assert [at for at, _ in plot.said] == ["2025-03-01"[: len(said)], said]
    assert plot.bars[0].x == 0
    assert plot.bars[1].x + plot.bars[1].width == pytest.approx(100, abs=1)


@pytest.mark.lengthy
def test_every_mark_and_number_opens_the_claims_it_counts(told: tuple[User, Project]) -> None:
    by, project = told
    birch = next(uuid for uuid, name in offered(project).outlets if name == "Birch")
    marks = 0
    for asked in ("", "?period=2021", f"?outlet={birch}", "?status=accepted", "?period=2021-07"):
        page = browser_of(by).get(f"/p/row/speakers/{asked}").content.decode()
        links = re.findall(r'href="/p/row/claims/\?([^"]*)" tabindex="-1" aria-label="[^"]*: (\d+)"', page)
        links += re.findall(r'href="/p/row/claims/\?([^"]*)"><b>(\d+)</b>', page)
        for query, n in links:
            wanted = wanted_of(QueryDict(query.replace("&amp;", "&")))
            assert claims_like(project, wanted).count() == int(n), (asked, query)
        marks += len(links)
    assert marks > 20

"""A project at a glance: every mark leads to as many claims as it shows, and each plot can be kept."""

import csv
import io
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.db.models import F
from django.http import QueryDict
from django.test import Client

from annotator.actions import claims as acts
from annotator.actions import codes, relations, reviews
from annotator.actions.projects import open_project
from annotator.embedded_postgres import Server
from annotator.intents.codebook import parse_new_code
from annotator.intents.review import DecideClaim
from annotator.models import Actor, Claim
from annotator.queries.citing import Edge, Network, Node
from annotator.queries.claims import Wanted, claims_like
from annotator.queries.periods import asked_within, days_of
from annotator.queries.visibility import seen_by
from annotator.web.claim_search import wanted_of
from annotator.web.plots import along_time, citing
from sources.actions import edit_article, edit_project, set_member
from sources.models import Article, Block, Publication, Role, Snapshot, User
from tests.databases import Filled, Visits, filled
from tests.factories import claim, merged, new_actor, person, stored

from .conftest import browser_of

SVG = "{http://www.w3.org/2000/svg}"
PLOTS = ("articles", "annotators", "work", "time", "speakers", "topics", "citing")
VIEWS = ("progress", "claims", "citing")


class Paper:
    """A project whose articles and claims are put in one by one."""

    def __init__(self) -> None:
        self.by, self.other, self.reader = (person(name) for name in ("manager", "helper", "reader"))
        self.project = open_project(by=self.by, name="Row & <Co>", slug="row")
        set_member(by=self.by, project=self.project, user=self.other, role="annotator")
        for name in ("Ferry", "Dam"):
            new = parse_new_code({"facet": "topic", "key": name.lower(), "name": name})
            codes.make(by=self.by, project=self.project, new=new)
        self.known: dict[str, Actor] = {}

    def article(self, n: int, outlet: str, day: str, agency: str | None = None) -> Snapshot:
        sentences = " ".join(f"Sentence {i} of {n}." for i in range(9))
        snapshot = stored(self.by, self.project, f"News <{n}> & “more”\n\n{sentences}\n", outlet)
        told = {"outlet": outlet, "original_outlet": agency, "published": day}
        edit_article(by=self.by, article=snapshot.article, version=1, values={}, **told)
        return snapshot

    def says(self, snapshot: Snapshot, place: int, *way: str, by: User | None = None, **more: Any) -> Claim:
        """Sentence `place`, said by the first of `way` and relayed by each that follows."""
        sources = [self._source(name) for name in way]
        chain = [{"role": "relayed" if n else "said", "sources": [one]} for n, one in enumerate(sources)]
        voice = {"voice": "attributed", "chains": [chain]} if way else {"voice": "own"}
        said = re.search(rf"Sentence {place} of \d+", snapshot.text)
        assert said
        made = claim(by or self.by, snapshot, said[0], **{**voice, **more})
        for name in way:
            self.known[name] = Actor.objects.get(project=self.project, name=name)
        return made

    def _source(self, name: str) -> dict[str, Any]:
        if name in self.known:
            return {"actor": str(self.known[name].uuid)}
        return new_actor(name, naming="anonymous" if name.startswith("a ") else "named")

    def outlet(self, name: str) -> Publication:
        return Publication.objects.get(project=self.project, name=name)


def printed() -> Paper:
    paper = Paper()
    first = paper.article(1, "Amber", "2024-12-31")
    second = paper.article(2, "Birch", "2025-01-02", "Newsline")
    third = paper.article(3, "Birch", "")
    paper.says(first, 0, "Ada", topics=["ferry"])
    paper.says(first, 1, "Ada", "Newsline", by=paper.other)
    paper.says(first, 2, "a clerk", "Ada", status="draft")
    paper.says(second, 0, "Bela")
    disputed = paper.says(second, 2, "Ada", "Newsline", topics=["ferry", "dam"])
    reviews.decide(by=paper.by, claim=disputed, intent=DecideClaim("disputed", "others say no"))
    accepted = paper.says(second, 3, "=1+1|cmd")
    reviews.decide(by=paper.by, claim=accepted, intent=DecideClaim("accepted", ""))
    paper.says(third, 0)
    acts.withdraw(by=paper.by, claim=paper.says(third, 1, "Ada"))
    return paper


@pytest.fixture(scope="session")
def paper_database(django_db_setup: None, django_db_blocker: Any, embedded_server: Server) -> Filled:
    with django_db_blocker.unblock():
        return filled(embedded_server, "paper", printed)


@pytest.fixture
def paper_here(paper_database: Filled, django_db_blocker: Any, visits: Visits) -> Iterator[Paper]:
    with django_db_blocker.unblock(), visits.to(paper_database.shared):
        yield paper_database.content()


@pytest.fixture
def paper(paper_here: Paper, db: None) -> Paper:
    return paper_here


def drawn(browser: Client, plot: str, query: str = "") -> list[tuple[str, int, str]]:
    """Of the kept picture's marks (words, number, address)."""
    answer = browser.get(f"/p/row/overview/{plot}/svg/{query}")
    assert answer.status_code == 200, (plot, query)
    found = []
    for mark in ET.fromstring(answer.content).iter(f"{SVG}a"):
        label = mark.get("aria-label", "")
        said = re.search(r"([\d,]+) claims?", label)
        assert said, label
        found.append((label, int(said[1].replace(",", "")), mark.get("href", "")))
    return found


def opened(paper: Paper, address: str, role: Role | None = Role.MANAGER) -> int:
    """How many claims the desk finds at that address."""
    parts = urlsplit(address)
    assert parts.path == "/p/row/claims/"
    return claims_like(paper.project, wanted_of(QueryDict(parts.query))).filter(seen_by(role)).count()


FILTERS = (
    "",
    "?status=submitted",
    "?topic=ferry",
    "?period=2025-01",
    "?period=2025&by=week",
    "?period=2024-12-31&by=month",
    "?status=x&topic=x%00&outlet=1&period=2025-13&by=x",
)


@pytest.mark.lengthy
def test_every_mark_opens_as_many_claims_as_it_shows(paper: Paper) -> None:
    browser, seen = browser_of(paper.by), 0
    for query in (*FILTERS, f"?outlet={paper.outlet('Birch').uuid}"):
        for plot in PLOTS:
            text = _text(browser, plot, query)
            if not text:
                continue
            for label, n, address in drawn(browser, plot, query):
                assert opened(paper, address) == n, (plot, query, label, address)
                seen += 1
            for row in csv.DictReader(io.StringIO(text)):
                assert opened(paper, row["Address"]) == int(row.get("Claims") or row["All"]), (plot, row)
    assert seen > 150


@pytest.mark.lengthy
def test_the_desk_shows_what_a_mark_counts_and_says_what_it_is_narrowed_to(paper: Paper) -> None:
    browser, told = browser_of(paper.by), []
    for plot in ("speakers", "citing"):
        label, n, address = drawn(browser, plot)[0]
        answer = browser.get(address.removeprefix("http://testserver"))
        assert (answer.context["counted"].total, len(answer.context["cards"])) == (n, n), label
        told += [f"{name}: {value}" for name, value, _ in answer.context["asked_for"]]
    assert told == [
        "speaker: Ada",
        "as the one who: says it",
        "said again by its text: left out",
        "said again by its text: left out",
        "who cites whom: Birch cites Newsline",
    ]


def _text(browser: Client, plot: str, query: str = "") -> str:
    """Of the kept numbers; empty where there is nothing to draw."""
    answer = browser.get(f"/p/row/overview/{plot}/csv/{query}")
    return answer.content.decode() if answer.status_code == 200 else ""


@pytest.mark.lengthy
def test_what_is_drawn(paper: Paper) -> None:
    browser = browser_of(paper.by)

    def told(plot: str, query: str = "") -> list[tuple[str, ...]]:
        return [tuple(row[:-1]) for row in list(csv.reader(io.StringIO(_text(browser, plot, query))))[1:]]

    assert told("articles") == [
        ("News <1> & “more”", "Amber", "1", "2", "0", "0", "0", "3"),
        ("News <2> & “more”", "Birch", "0", "1", "1", "0", "1", "3"),
        ("News <3> & “more”", "Birch", "0", "1", "0", "0", "0", "1"),
    ]
    assert told("annotators") == [
        ("Manager", "1", "3", "1", "0", "1", "6"),
        ("Helper", "0", "1", "0", "0", "0", "1"),
    ]
    assert ("News <1> & “more”", "Helper", "1") in told("work")
    assert not told("work", "?topic=dam"), "of one annotator it says no more than how far each article is"
    assert told("time") == [("week of 30 Dec 2024", "6")]
    assert told("time", "?by=month") == [("Dec 2024", "3"), ("Jan 2025", "3")]
    assert told("time", "?period=2025") == [("week of 30 Dec 2024", "3")]
    assert told("speakers") == [
        ("Ada", "3"),
        ("'=1+1|cmd", "1"),
        ("Bela", "1"),
        ("a clerk #1, Amber, 31 Dec 2024", "1"),
    ]
    assert told("topics") == [("Ferry", "2"), ("Dam", "1")]
    assert told("topics", "?topic=dam") == told("topics"), "so that one may change over"
    page = browser.get("/p/row/overview/?show=claims").content.decode()
    assert "5 claims without a topic" in page
    assert "1 claim without a date" in page
    for asks, n in (("topic=~", 5), ("period=undated", 1)):
        assert opened(paper, f"/p/row/claims/?once=yes&{asks.replace('~', '%7E')}") == n


def cites(paper: Paper, browser: Client | None = None) -> dict[tuple[str, str], int]:
    text = _text(browser or browser_of(paper.by), "citing")
    return {(row[0], row[1]): int(row[2]) for row in list(csv.reader(io.StringIO(text)))[1:]}


def test_who_cites_whom_is_read_off_the_chains_and_the_record(paper: Paper) -> None:
    assert cites(paper) == {
        ("Ada", "Amber"): 2,
        ("Ada", "Newsline"): 2,
        ("Newsline", "Amber"): 1,
        ("a clerk #1, Amber, 31 Dec 2024", "Ada"): 1,
        ("Bela", "Newsline"): 1,
        ("'=1+1|cmd", "Newsline"): 1,
        ("Newsline", "Newsline"): 1,
        ("Newsline", "Birch"): 3,
    }, "the speaker Newsline and the agency of that name are two until somebody says otherwise"


def test_who_prints_it_are_outlets_alone() -> None:
    nodes = {n: Node(n, uuid4(), f"node {n}", outlet=n > 2) for n in (1, 2, 3)}
    found = Network(nodes, [Edge(1, 2, 2), Edge(1, 3, 1)], every=2)
    drawing = citing.drawn(found, lambda node: {}, lambda edge: {})
    across = {word.text.split("  ")[0]: word.x for mark in drawing.marks for word in mark.words}
    assert [across[f"node {n}"] for n in (2, 3)] == [
        citing.WIDTH / 2,
        citing.WIDTH - citing.SIDE + citing.BOX,
    ]


@pytest.mark.lengthy
def test_an_inner_claim_ends_at_who_speaks_of_it(paper: Paper) -> None:
    fourth = paper.article(4, "Amber", "2025-03-01")
    outer = paper.says(fourth, 0, "Cora")
    inner = paper.says(fourth, 0, "Dina", inside=str(outer.uuid))
    assert cites(paper)["Dina", "Cora"] == 1
    assert ("Dina", "Amber") not in cites(paper)
    browser = browser_of(paper.by)
    (mark,) = [one for one in drawn(browser, "citing") if one[0].startswith("Cora cites Dina")]
    assert opened(paper, mark[2]) == 1
    Claim.objects.filter(pk=outer.pk).update(status="draft")
    assert ("Dina", "Cora") not in cites(paper), "the draft of another says nothing of what was handed in"
    Claim.objects.filter(pk=inner.pk).update(status="draft")
    assert cites(paper)["Dina", "Cora"] == 1


@pytest.mark.lengthy
def test_what_somebody_has_from_a_claim_far_inside_is_found(paper: Paper) -> None:
    fourth = paper.article(4, "Amber", "2025-03-01")
    around = paper.says(fourth, 0, "Cora")
    for _ in range(4):  # links that name nobody are passed over
        around = paper.says(fourth, 0, inside=str(around.uuid))
    inner = paper.says(fourth, 0, "Dina", inside=str(around.uuid))
    assert cites(paper)["Dina", "Cora"] == 1
    taken = Wanted(cites=(None, paper.known["Cora"].uuid))
    assert list(claims_like(paper.project, taken)) == [inner]


@pytest.mark.lengthy
def test_a_merged_speaker_and_an_actor_that_is_an_outlet_are_one_node(paper: Paper) -> None:
    fifth = paper.article(5, "Amber", "2025-03-01")
    paper.says(fifth, 0, "Ada B.", "The Birch desk")
    merged(paper.by, paper.known["Ada"], paper.known["Ada B."])
    Actor.objects.filter(name="The Birch desk").update(publication=paper.outlet("Birch"), version=2)
    found = cites(paper)
    assert (found["Ada", "Birch"], found["Birch", "Amber"]) == (1, 1)
    browser = browser_of(paper.by)
    for label, n, address in drawn(browser, "citing"):
        assert opened(paper, address) == n, label


@pytest.mark.lengthy
def test_what_a_text_says_again_counts_once_here_and_behind_the_link(paper: Paper) -> None:
    text = "Six\n\nSentence 0 of 6 came.\n\n“Sentence 1 of 6 came.”\n\nMore of it here, and then some more.\n"
    snapshot = stored(paper.by, paper.project, text, "Amber")
    told, again = paper.says(snapshot, 0, "Eve"), paper.says(snapshot, 1, "Eve")
    relations.relate(by=paper.by, claim=again, other=told, kind="repeats")
    Block.objects.filter(pk=again.annotation.sentence.block_id).update(
        role="pull_quote", version=F("version") + 1
    )
    browser = browser_of(paper.by)
    assert ("Eve: 1 claim", 1) in [(label, n) for label, n, _ in drawn(browser, "speakers")]
    eve = paper.known["Eve"].uuid
    assert claims_like(paper.project, Wanted(speaker=(eve,))).count() == 2
    assert list(claims_like(paper.project, Wanted(speaker=(eve,), once=True))) == [told]
    for label, n, address in drawn(browser, "speakers"):
        assert opened(paper, address) == n, label


@pytest.mark.lengthy
def test_a_reader_sees_what_was_handed_in(paper: Paper) -> None:
    edit_project(by=paper.by, project=paper.project, name="Row", description="", is_public=True)
    reader = browser_of(paper.reader)
    assert cites(paper, reader).get(("a clerk #1, Amber, 31 Dec 2024", "Ada")) is None
    page = reader.get("/p/row/overview/?show=claims").content.decode()
    assert "a clerk" not in page
    for plot in PLOTS:
        for label, n, address in drawn(reader, plot):
            assert opened(paper, address, None) == n, (plot, label)
    edit_project(by=paper.by, project=paper.project, name="Row", description="", is_public=False)
    for address in ("/p/row/overview/", "/p/row/overview/time/csv/"):
        assert reader.get(address).status_code == 404


@pytest.mark.lengthy
def test_a_plot_is_kept_as_a_safe_picture_and_safe_numbers(paper: Paper) -> None:
    for plot in PLOTS:
        _is_kept(browser_of(paper.by), plot)


def _is_kept(browser: Client, plot: str) -> None:
    picture = browser.get(f"/p/row/overview/{plot}/svg/")
    assert picture["Content-Type"] == "image/svg+xml"
    assert picture["Content-Disposition"] == f'attachment; filename="row-{plot}.svg"'
    root = ET.fromstring(picture.content)
    named = {one.get("id"): one.text for one in root if one.tag in (f"{SVG}title", f"{SVG}desc")}
    assert named["title"].endswith(": Row & <Co>")
    assert named["desc"]
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {
        *("svg", "title", "desc", "rect", "path", "circle", "text", "a"),
    }
    assert all(
        one.get("href", "").startswith("http://testserver/p/row/claims/?") for one in root.iter(f"{SVG}a")
    )
    numbers = browser.get(f"/p/row/overview/{plot}/csv/")
    assert numbers["Content-Type"] == "text/csv; charset=utf-8"
    assert numbers["Content-Disposition"] == f'attachment; filename="row-{plot}.csv"'
    for row in csv.reader(io.StringIO(numbers.content.decode())):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


def test_no_character_of_a_title_breaks_the_picture(paper: Paper) -> None:
    odd = {"title": "A\x01B\x1fC ]]> \ufffe <script>", "version": F("version") + 1}
    Article.objects.filter(project=paper.project).update(**odd)
    browser = browser_of(paper.by)
    for plot in ("articles", "work"):
        assert "ABC ]]> <script>" in drawn(browser, plot)[0][0]


@pytest.mark.lengthy
def test_what_is_no_plot_is_not_found(paper: Paper) -> None:
    browser = browser_of(paper.by)
    for address in ("time/png", "nothing/svg", "progress/csv", "time/svg/x"):
        assert browser.get(f"/p/row/overview/{address}/").status_code == 404
    assert browser.get("/p/row/overview/time/svg/?period=1999").status_code == 404, "nothing to draw"
    assert browser.post("/p/row/overview/").status_code == 405


@pytest.mark.lengthy
def test_the_page_holds_its_filters_and_says_where_nothing_is(paper: Paper) -> None:
    browser = browser_of(paper.by)
    page = browser.get("/p/row/overview/?show=claims&status=submitted&topic=ferry&by=month").content.decode()
    for kept in (
        'href="?show=citing&amp;status=submitted&amp;topic=ferry"',
        "/overview/time/svg/?status=submitted&amp;topic=ferry&amp;by=month",
        'value="month" selected',
        'value="ferry" selected',
    ):
        assert kept in page, kept
    assert "No claim like that" in browser.get("/p/row/overview/?period=1999").content.decode()
    open_project(by=paper.by, name="Empty", slug="empty")
    for view in VIEWS:
        page = browser.get(f"/p/empty/overview/?show={view}").content.decode()
        assert ("Nobody cites anybody yet" if view == "citing" else "No claim yet") in page
        assert "Of which claims" not in page, "nothing to narrow down"
    assert browser.get("/p/empty/overview/time/csv/").status_code == 404


@pytest.mark.lengthy
def test_each_view_takes_the_same_queries_however_much_there_is(paper: Paper, queries: Callable) -> None:
    browser = browser_of(paper.by)
    few = [queries(browser, f"/p/row/overview/?show={view}") for view in VIEWS]
    for n in range(10, 14):
        snapshot = paper.article(n, f"Outlet {n}", f"2025-0{n - 9}-01")
        paper.says(snapshot, 0, f"Speaker {n}", "Ada")
        paper.says(snapshot, 1, f"a voice {n}", topics=["dam"])
    assert [queries(browser, f"/p/row/overview/?show={view}") for view in VIEWS] == few == [15, 12, 11]


def test_time_goes_by_weeks_months_or_years() -> None:
    first = date(2024, 12, 30)
    short = along_time.steps(Counter({first: 2, date(2025, 1, 14): 1}))
    assert short.counts == [("2025-W01", 2), ("2025-W02", 0), ("2025-W03", 1)]
    long = Counter({first: 1, first + timedelta(days=800): 1})
    assert along_time.steps(long).unit == "month"
    assert along_time.steps(long, "week").unit == "week"
    ages = Counter({date(1200, 1, 1): 1, first: 1})
    assert (along_time.steps(ages).unit, along_time.steps(ages, "week").refused) == ("year", "week")
    assert len(along_time.steps(ages).counts) == along_time.MOST
    assert along_time.steps(Counter()).counts == []
    drawing = along_time.columns(along_time.steps(long, "week"), lambda step: {"period": step})
    assert [mark.asks["period"] for mark in drawing.marks] == ["2025-W01", "2027-W10"]
    years = along_time.steps(Counter({date(2014, 3, 1): 1, date(2021, 8, 1): 1}), "year")
    named = [word.text for word in along_time.columns(years, lambda step: {}).words[2:]]
    assert named == [str(year) for year in range(2014, 2022)], "every year there is room for"


@pytest.mark.parametrize(
    ("step", "within", "asked"),
    [
        ("2025-W01", "", "2025-W01"),
        ("2025-W01", "2025", "2025-01-01/2025-01-05"),
        ("2025-W01", "2024", "2024-12-30/2024-12-31"),
        ("2025-W14", "2025-03", "2025-03-31"),
        ("2025-03", "2025", "2025-03"),
        ("2025", "2025-03-01/2025-03-04", "2025-03-01/2025-03-04"),
    ],
)
def test_a_step_asks_for_no_more_than_the_period(step: str, within: str, asked: str) -> None:
    assert asked_within(step, within) == asked


@pytest.mark.parametrize(
    ("period", "days"),
    [
        ("2025-W01", (date(2024, 12, 30), date(2025, 1, 5))),
        ("2025-02", (date(2025, 2, 1), date(2025, 2, 28))),
        ("2025-02-03", (date(2025, 2, 3), date(2025, 2, 3))),
        ("2024-12/2025-W01", (date(2024, 12, 1), date(2025, 1, 5))),
        *((odd, None) for odd in ("2025-W54", "2025-W00", "0001", "0001-01-01", "2025-02-30", "2025-00")),
        *((odd, None) for odd in ("2025/", "/2025", "2026/2025", "undated/2025", "1/2/3", "２０２５", "25")),
    ],
)
def test_a_period_has_its_days_or_is_none(period: str, days: tuple[date, date] | None) -> None:
    assert days_of(period) == days


def test_who_is_dated_by_the_month_alone_is_said_to_be_drawn_where_it_begins(paper: Paper) -> None:
    browser = browser_of(paper.by)

    def said(unit: str) -> str:
        return browser.get(f"/p/row/overview/?show=claims&by={unit}").content.decode()

    assert "less exactly" not in said("week")
    dated = Article.objects.filter(project=paper.project, published="2024-12-31").order_by("pk").first()
    assert dated
    edit_article(
        by=paper.by, article=dated, version=dated.version, values={}, outlet="Amber", published="2024-12"
    )
    assert "Of these 3 are dated less exactly, and stand where their dates begin." in said("week")
    assert "less exactly" not in said("month")


def test_a_date_is_less_exact_than_a_unit_when_it_may_mean_several_of_them() -> None:
    spans = [
        (date(2024, 12, 30), date(2025, 1, 5), 1),  # one week of two years
        (date(2024, 12, 1), date(2024, 12, 31), 2),
        (date(2024, 1, 1), date(2024, 12, 31), 4),
    ]
    assert {unit: along_time.inexact(unit, spans) for unit in along_time.UNITS} == {
        "week": 6,
        "month": 5,
        "year": 1,
    }

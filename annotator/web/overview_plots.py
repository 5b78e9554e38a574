"""The plots of a project's overview, by the view that shows them, and what each asks the desk."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from annotator.queries import overview as query
from annotator.queries import work
from annotator.queries.asking import Asks
from annotator.queries.citing import Edge, Network, Node, network
from annotator.queries.claims import NO_TOPIC, Wanted
from annotator.queries.overview import First, Ranked, Standing
from annotator.queries.periods import asked_within
from sources.models import Project, Role
from sources.text.printable import isolated

from .plots import along_time, bars, cells, citing, narrow
from .plots.drawing import Cell, Plot, counted

ARTICLES, PEOPLE, COLUMNS, RANKED, EDGES = 20, 20, 12, 15, 40
"""Drawn at most, of each."""
LINES = (
    "A line ends in an arrow at who cites and is as thick as its number of claims; round are speakers, "
    "square are outlets."
)
BARS = "Below who cites stands a bar for each of those it has it from, as long as its number of claims."


@dataclass(frozen=True)
class Scope:
    """The claims that are drawn: of a project, as its visitor sees them; `unit` is a step of time."""

    project: Project
    role: Role | None
    wanted: Wanted
    unit: str = ""


def progress(scope: Scope) -> list[Plot]:
    """Six queries at most; what is kept answers where all claims are asked for."""
    kept = scope.wanted == Wanted(once=True)
    claims = query.claims_of(scope.project, scope.wanted, scope.role)
    here = scope.project, scope.role
    articles = work.by_article(*here, ARTICLES) if kept else query.by_article(claims, ARTICLES)
    people = work.by_annotator(*here, PEOPLE) if kept else query.by_annotator(claims, PEOPLE)
    plots = [
        _standing("articles", "How far each article is", articles, "article"),
        _standing("annotators", "How far each annotator’s claims are", people, "annotator"),
    ]
    columns = people.rows[:COLUMNS]
    both_of = articles.rows, columns
    numbers = work.worked_on(*here, *both_of) if kept else query.worked_on(claims, *both_of)

    def both(row: Standing, who: Standing) -> Asks:
        return {"article": row.key, "annotator": who.key}

    grid, small = (draw(articles.rows, columns, numbers, both) for draw in (cells.discs, narrow.discs))
    rows = [
        [Cell(row.name, foreign=True), Cell(who.name), Cell(n, {"article": row.key, "annotator": who.key})]
        for row in articles.rows
        for who in columns
        if (n := numbers.get((row.pk, who.pk)))
    ]
    said = (
        f"{counted(len(columns), 'annotator')} in {counted(len(articles.rows), 'article')}; "
        "a disc is as large as the number of claims."
    )
    columns_of = ("Article", "Annotator", "Claims")
    if rows and people.every > 1:
        plots.append(Plot("work", "Who works on what", said, grid, columns_of, rows, wide=True, narrow=small))
    return plots if rows else []


def _standing(key: str, title: str, found: First, what: str) -> Plot:
    def asks(row: Standing, status: str = "") -> Asks:
        return {what: row.key, **({"status": status} if status else {})}

    heads = tuple(cells.heading(status) for status in query.STATUSES)
    rows = [
        [
            Cell(row.name, foreign=what == "article"),
            *([Cell(row.note, foreign=True)] if what == "article" else []),
            *(Cell(n, asks(row, one)) if (n := row.counts[one]) else Cell(0) for one in query.STATUSES),
            Cell(row.total, asks(row)),
        ]
        for row in found.rows
    ]
    names = ("Article", "Outlet") if what == "article" else ("Annotator",)
    sums = {one: sum(row.counts[one] for row in found.rows) for one in query.STATUSES}
    told = ", ".join(f"{n:,} {cells.heading(one).lower()}" for one, n in sums.items() if n)
    order = "Most work left first. " if what == "article" else ""
    more = (
        f"{counted(found.left, f'further {what}')} with {counted(found.claims_left)} not drawn."
        if found.left
        else ""
    )
    said = f"{order}{counted(found.every, what)}: {told}."
    drawing = cells.by_status(found.rows, asks)
    small = cells.by_status(found.rows, asks, narrow.WIDTH / len(query.STATUSES))
    return Plot(key, title, said, drawing, (*names, *heads, "All"), rows, more, narrow=small)


def claims(scope: Scope) -> list[Plot]:
    """Five queries. Topics are counted as if none had been asked for, so that one may change over."""
    wanted = scope.wanted
    drawn = query.claims_of(scope.project, wanted, scope.role)
    any_topic = query.claims_of(scope.project, replace(wanted, topic=()), scope.role)
    speakers = query.by_speaker(drawn, RANKED)
    topics = query.by_topic(any_topic, RANKED)
    without = query.without_topic(any_topic)
    plots = [
        _over_time(scope),
        _ranked("speakers", "Speaker", "Who says them", speakers, _spoken, "claim"),
        _ranked("topics", "Topic", "What they are about", topics, lambda row: {"topic": row.key}, "actor"),
    ]
    if without:
        said = f"{counted(without)} without a topic."
        plots[2] = replace(plots[2], more=f"{plots[2].more} {said}".strip(), more_asks={"topic": NO_TOPIC})
    return [plot for plot in plots if plot.rows or plot.more]


def _spoken(row: Ranked) -> Asks:
    return {"speaker": row.key, "link": "said"}


def _ranked(key: str, what: str, title: str, found: First, asks: Callable[[Ranked], Asks], tone: str) -> Plot:
    rows = [[Cell(row.name, foreign=True), Cell(row.claims, asks(row))] for row in found.rows]
    first = found.rows[0] if found.rows else None
    said = (
        f"{counted(found.every, what.lower())}; most: {isolated(first.name)} with {counted(first.claims)}."
        if first
        else ""
    )
    more = f"{counted(found.left, f'further {what.lower()}')} not drawn." if found.left else ""
    drawing, small = bars.bars(found.rows, asks, tone), bars.bars(found.rows, asks, tone, bars.NARROW)
    return Plot(key, title, said, drawing, (what, "Claims"), rows, more, narrow=small)


def _over_time(scope: Scope) -> Plot:
    days = query.by_day(query.claims_of(scope.project, scope.wanted, scope.role))
    found = along_time.steps(days.on, scope.unit)

    def asks(step: str) -> Asks:
        return {"period": asked_within(step, next(iter(scope.wanted.period), ""))}

    every = [(step, n) for step, n in found.counts if n]
    rows = [[Cell(along_time.in_words(step)), Cell(n, asks(step))] for step, n in every]
    most = max(every, key=lambda one: one[1], default=None)
    said = (
        f"{counted(sum(days.on.values()))} by the {found.unit} of publication; "
        f"most in {_within(most[0])}: {most[1]:,}."
        if most
        else ""
    )
    if vague := along_time.inexact(found.unit, days.spans):
        stand = "is dated less exactly, and stands where its date begins"
        stand = stand if vague == 1 else "are dated less exactly, and stand where their dates begin"
        said += f" Of these {vague:,} {stand}."
    if found.refused:
        said += f" That time is too long to be drawn {along_time.UNITS[found.refused]}: choose a year."
    more = f"{counted(days.undated)} without a date." if days.undated else ""
    drawing, small = along_time.columns(found, asks), narrow.columns(found, asks)
    heads, undated_asks = (found.unit.capitalize(), "Claims"), {"period": "undated"}
    title = "When they were published"
    return Plot("time", title, said, drawing, heads, rows, more, undated_asks, wide=True, narrow=small)


def _within(step: str) -> str:
    said = along_time.in_words(step)
    return f"the {said}" if said.startswith("week") else said


def citations(scope: Scope) -> list[Plot]:
    """Four queries at most."""
    found = network(query.claims_of(scope.project, scope.wanted, scope.role), EDGES)
    if not found.edges:
        return []
    nodes = found.nodes
    rows = [
        [
            Cell(nodes[edge.source].name, foreign=True),
            Cell(nodes[edge.target].name, foreign=True),
            Cell(edge.claims, _edge_asks(found)(edge)),
        ]
        for edge in found.edges
    ]
    first = found.edges[0]
    said = (
        f"{counted(found.every, 'tie')}; strongest: {isolated(nodes[first.target].name)} cites "
        f"{isolated(nodes[first.source].name)} in {counted(first.claims)}."
    )
    left = found.every - len(found.edges)
    more = f"{counted(left, 'weaker tie')} not drawn." if left else ""
    drawing = citing.drawn(found, _node_asks, _edge_asks(found))
    heads = ("Who is cited", "By whom", "Claims")
    small, title = narrow.ties(found, _edge_asks(found)), "Who cites whom"
    return [
        Plot(
            "citing",
            title,
            said,
            drawing,
            heads,
            rows,
            more,
            wide=True,
            narrow=small,
            legend=LINES,
            narrow_legend=BARS,
        )
    ]


def _node_asks(node: Node) -> Asks:
    return {"cites": f"{node.uuid}~" if node.given else f"~{node.uuid}"}


def _edge_asks(found: Network) -> Callable[[Edge], Asks]:
    return lambda edge: {"cites": f"{found.nodes[edge.source].uuid}~{found.nodes[edge.target].uuid}"}


VIEWS: dict[str, tuple[str, Callable[[Scope], list[Plot]], tuple[str, ...]]] = {
    "progress": ("Progress", progress, ("articles", "annotators", "work")),
    "claims": ("Claims", claims, ("time", "speakers", "topics")),
    "citing": ("Who cites whom", citations, ("citing",)),
}
"""Each with its name, what makes its plots and what these are called."""

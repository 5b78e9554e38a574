"""brat files with types of anybody's, whose meaning the user says."""

from pathlib import Path

import pytest

from annotator.exchange.importers import brat
from annotator.exchange.importers.bundle import Bundle
from annotator.exchange.importers.files import Files, of_path
from annotator.exchange.importers.standoff import read_standoff
from annotator.exchange.importers.wishes import Wishes, parse_wishes
from annotator.intents.annotation import parse_annotation
from tests.growth import growth

FOLDER = Path(__file__).parents[3] / "fixtures" / "imports" / "brat"
SAID = parse_wishes(
    meanings=[
        *("Person=actor:person", "Organisation=actor:organisation", "Statement=claim:fact", "Say=cue"),
        *("Marker=cue", "SaidBy=speaker", "Speaker=speaker", "MarkedBy=cue"),
        *("Fire=event:other", "Place=leave"),
    ],
    quotation_type="indirect",
)


@pytest.fixture(scope="module")
def tram() -> Bundle:
    return brat.read(of_path(FOLDER), SAID)


def test_events_and_relations_join_claims_with_speakers_and_cues(tram):
    names = {str(actor.uuid): actor.body["name"] for actor in tram.actors}
    said = {}
    for one in tram.documents[0].placed:
        parse_annotation(one.uuid, {**one.body, "snapshot": str(one.uuid)})
        if "claim" in one.body:
            ((link,),) = one.body["claim"]["chains"]
            said[one.body["quotes"][0]] = (
                [names[source["actor"]] for source in link["sources"]],
                [cue["quotes"] for cue in link["cues"]],
            )
    assert said == {
        "the tram line stays shut": (["Lio Tann"], [["told"]]),
        "The fire at the depot damaged two trams": (["the fire brigade"], [["according to"]]),
    }


def test_words_are_events_and_registers_and_equivalences_say_who_is_who(tram):
    (event,) = tram.events
    assert (event.body["label"], event.body["type"]) == ("fire", "other")
    (mention,) = (one for one in tram.documents[0].placed if "event" in one.body)
    assert mention.body["event"] == {"event": str(event.uuid)}
    (tann,) = (actor for actor in tram.actors if "Tann" in actor.body["name"])
    assert tann.record == {"wikidata": "Q999999"}
    assert {(code.facet, code.key) for code in tram.codes} == {
        *(("claim_type", "fact"), ("actor_kind", "person"), ("actor_kind", "organisation")),
        ("event_type", "other"),
    }


def test_what_is_not_taken_over_is_told_by_its_line(tram):
    assert [(one.at.line, one.what) for one in tram.unmapped] == [
        (5, "E1 Hearer:T4"),
        (15, "Certain of E1: "),
        (16, "AnnotatorNotes of T6: check the number"),
    ]
    nothing = brat.read(of_path(FOLDER), Wishes())
    assert nothing.documents[0].placed == ()
    # Each line but that of the event's trigger, which the event says, and an equivalence of these.
    assert {one.at.line for one in nothing.unmapped} == {*range(1, 18)} - {2, 13}


@pytest.mark.lengthy
@pytest.mark.parametrize(
    "lines",
    [
        lambda n: "".join(f"T{i}\tX 0 1\ta\n" for i in range(n)),
        lambda n: "".join(f"E{i}\tX:E{i + 1}\n" for i in range(n)),
        lambda n: (
            "".join(f"T{i}\tX 0 1\ta\n" for i in range(n))
            + "".join(f"*\tEquiv T{i} T{i + 1}\n" for i in reversed(range(n - 1)))
        ),
        lambda n: "T1\tX " + ";".join(f"{2 * i} {2 * i + 1}" for i in range(n)) + "\ta\n",
        lambda n: "E1\tX:T1" + " a:b" * n + "!\n",
        lambda n: "T" + "\t" * n + "\n" + "#1\t" + " " * n + "\n",
    ],
)
def test_the_work_grows_with_the_lines_alone(lines):
    assert growth(lambda size: read_standoff(lines(size), "x.ann")) < 9


@pytest.mark.slow
@pytest.mark.parametrize(
    "lines",
    [
        lambda n: [f"A{i}\tCertain T1" for i in range(n)] + [f"#{i}\tSourceline T1\t{{}}" for i in range(n)],
        lambda n: [f"#{i}\t{'AnnotatorNotes' if i < n else 'Sourceline'} T1\tx" for i in range(2 * n)],
        lambda n: (
            [f"#{i}\tAnnotatorNotes T1\tx" for i in range(n)] + [f"N{i}\tR T1 W:Q1\tx" for i in range(n)]
        ),
        lambda n: [f"R0\tSaid {'0' * n}a:T1 {'0' * n}b:T1"],
    ],
)
def test_what_is_said_of_one_mark_grows_with_the_lines_alone(lines):
    def files(size: int) -> Files:
        raw = {"x.ann": "\n".join(["T1\tPerson 0 1\ta", *lines(size)]).encode(), "x.txt": b"a"}
        return Files("x", {name: lambda content=content: content for name, content in raw.items()})

    assert growth(lambda size: brat.read(files(size), SAID)) < 9


def joining(claims: int, speakers: int, times: int = 1) -> Bundle:
    """Events that join so many claims with so many speakers."""
    lines = [f"T{i}\tStatement 0 1\ta" for i in range(claims)]
    lines += [f"T{claims + i}\tPerson 0 1\ta" for i in range(speakers)]
    lines.append(f"T{claims + speakers}\tSay 0 1\ta")
    parts = [f"Message:T{i}" for i in range(claims)]
    parts += [f"Speaker:T{claims + i}" for i in range(speakers)]
    lines += [f"E{i}\tSay:T{claims + speakers} {' '.join(parts)}" for i in range(times)]
    raw = {"x.ann": "\n".join(lines).encode(), "x.txt": b"a"}
    return brat.read(
        Files("x", {name: lambda content=content: content for name, content in raw.items()}), SAID
    )


def speaking(bundle: Bundle) -> int:
    """How often somebody is said to speak."""
    claims = [one.body["claim"] for one in bundle.documents[0].placed if "claim" in one.body]
    return sum(len(link["sources"]) for one in claims for chain in one.get("chains", ()) for link in chain)


def test_an_event_joins_no_more_than_can_be_meant():
    assert speaking(joining(1, 199)) == 199
    assert speaking(joining(100, 100)) == 10_000
    large = joining(1, 200)
    assert speaking(large) == 0
    assert [(one.at.line, one.why) for one in large.unmapped if one.what == "E0 Say"] == [
        (203, "joins 201 parts, at most 200 are taken over")
    ]


@pytest.mark.lengthy
def test_all_events_together_join_no_more_than_can_be_stored():
    many = joining(100, 100, times=3)
    assert speaking(many) == 20_000
    left = [(one.at.line, one.why) for one in many.unmapped if one.what == "E2 Say"]
    why = "the events join each of several claims with the same more than 20,000 times"
    assert left == [(204, why)]
    assert speaking(joining(1, 100, times=300)) == 30_000


@pytest.mark.slow
def test_what_is_joined_grows_with_the_lines_alone():
    def files(size: int) -> Files:
        lines = ["T1\tSay 0 1\ta", "T2\tStatement 0 1\ta", "T3\tPerson 0 1\ta"]
        lines += [f"E{i}\tSay:T1 Message:T2 Speaker:T3" for i in range(size)]
        lines += [f"R{i}\tSaidBy Arg1:T2 Arg2:T3" for i in range(size)]
        raw = {"x.ann": "\n".join(lines).encode(), "x.txt": b"a"}
        return Files("x", {name: lambda content=content: content for name, content in raw.items()})

    assert growth(lambda size: brat.read(files(size), SAID)) < 9

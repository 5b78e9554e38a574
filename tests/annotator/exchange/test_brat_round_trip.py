"""Out as brat, in as a new project, out again: the same claims, speakers and cues."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from annotator.actions import annotations
from annotator.actions.projects import open_project
from annotator.exchange.exporters.brat import BratLines, brat_annotation
from annotator.exchange.importers import polnear
from annotator.exchange.importers.files import Files
from annotator.exchange.importers.wishes import parse_wishes
from annotator.intents.annotation import parse_annotation
from annotator.intents.refusal import Refused
from sources.models import Project, User
from sources.text.normalise import clean
from sources.text.offsets import Extent
from tests.factories import person, stored
from tests.order_of_locks import of_the_test

from . import chained_cases, dated_cases  # noqa: F401  their cases are in CASES
from .attribution_cases import CASES, prepared
from .brat_round_trip import as_it_was, brought, carried, out, told
from .releases import EVERY

NOT_ACCEPTED = ("draft", "submitted", "rejected", "disputed")
"""The statuses of all cases, and of half the demo's claims."""


@pytest.mark.slow
def test_half_the_demo_and_every_case_come_back_as_they_were(demo, tmp_path):
    by = person("bringer")
    for name in CASES:
        prepared(by, demo, name)
    comes_back(by, demo, tmp_path, NOT_ACCEPTED)


WORDS = (
    *(
        "rain",
        "the dam",
        "«يرتفع الماء»",
        "🌊",
        "👩🏽‍🔧",
        "said",
        "Ada Renk",
        "“no”",
        "told",
        "she",
        "Cafe\u0301",
    ),
    *("Cafe\u0301", "on\tMay", "up\u2028to", "the board", "پل بند", "denied", "9", "a;b", "x-y"),
)
GAPS = (" ", " ", " ", ". ", "\n", "\n\n", " \n ")
QUOTATIONS = ("indirect", "free_indirect", "reported")


@st.composite
def texts(draw) -> tuple[str, list[tuple[int, int]]]:
    """A text, and where its words stand."""
    text, places = "Water\n\n", []
    for word in draw(st.lists(st.sampled_from(WORDS), min_size=6, max_size=12)):
        places.append((len(text), len(text) + len(word)))
        text += word + draw(st.sampled_from(GAPS))
    return text.rstrip() + "\n", places


@st.composite
def extents(draw, places: list[tuple[int, int]]) -> list[list[int]]:
    """One or several stretches of whole words, over gaps, apart from each other."""
    chosen = sorted(draw(st.sets(st.integers(0, len(places) - 1), min_size=1, max_size=4)))
    pairs = [chosen[i : i + 2] for i in range(0, len(chosen), 2)]
    return [[places[pair[0]][0], places[pair[-1]][1]] for pair in pairs]


@st.composite
def passages(draw) -> dict[str, Any]:
    """A text, who is named where, and who says what in it through whom; numbers stand for what is made."""
    text, places = draw(texts())
    place = extents(places)
    kinds = st.sampled_from(("person", "organisation", "outlet"))
    namings = st.sampled_from(("named", "by_office", "unnamed", "anonymous", "collective"))
    mentions = draw(st.lists(st.tuples(place, kinds, namings), min_size=1, max_size=3))
    who = st.tuples(st.integers(0, len(mentions) - 1), st.booleans(), st.sampled_from(("", "a pilot")))
    link = st.fixed_dictionaries(
        {
            "sources": st.lists(who, min_size=1, max_size=3, unique_by=lambda one: one[0]),
            "cues": st.lists(place, max_size=2),
            "act": st.sampled_from(("says", "thinks", "shows")),
            "basis": st.sampled_from(("stated", "carried_over", "inferred")),
            "jointly": st.sampled_from(("one", "together", "each")),
        }
    )
    chains = st.lists(st.lists(link, min_size=1, max_size=3), max_size=2)
    said = st.fixed_dictionaries(
        {
            "extent": place,
            "chains": chains,
            "inside": st.booleans(),
            "quotation_type": st.sampled_from(QUOTATIONS),
            "polarity": st.sampled_from(("asserted", "denied", "questioned")),
            "negated": st.booleans(),
            "paraphrase": st.sampled_from(("", "The water rises", "يرتفع\tالماء")),
        }
    )
    return {"text": text, "mentions": mentions, "claims": draw(st.lists(said, min_size=1, max_size=4))}


def told_in(by: User, project: Project, passage: dict[str, Any], outlet: str) -> None:
    snapshot = stored(by, project, passage["text"], outlet)

    def span(extent: list[list[int]]) -> dict[str, Any]:
        whole = Extent.from_json(extent)
        return {"extent": whole.to_json(), "quotes": list(whole.slices(snapshot.text))}

    def place(kind: str, extent: list[list[int]], what: dict[str, Any]) -> str:
        uuid = uuid4()
        body = {"snapshot": snapshot.uuid, "kind": kind, **span(extent), kind: what}
        annotations.save(by=by, project=project, intent=parse_annotation(uuid, body))
        return str(uuid)

    made = []
    for number, (extent, kind, naming) in enumerate(passage["mentions"]):
        actor = str(uuid4())
        new = {"uuid": actor, "name": f"Somebody {number}", "kind": kind, "naming": naming}
        made.append({"actor": actor, "mention": place("actor", extent, {"new_actor": new})})
    outer = None
    for said in passage["claims"]:
        what = {key: said[key] for key in ("quotation_type", "polarity", "negated", "paraphrase")}
        what |= {"type": "fact", "voice": "attributed" if said["chains"] else "unknown"}
        what["chains"] = [
            [
                {
                    **{"role": "relayed" if at else "said", "act": link["act"], "basis": link["basis"]},
                    "sources": [
                        {
                            **(made[who] if named else {"actor": made[who]["actor"]}),
                            **{"role_at_time": role, "jointly": link["jointly"]},
                        }
                        for who, named, role in link["sources"]
                    ],
                    "cues": [{"uuid": str(uuid4()), **span(extent)} for extent in link["cues"]],
                }
                for at, link in enumerate(chain)
            ]
            for chain in said["chains"]
        ]
        inside = {"inside": outer} if said["inside"] and outer else {}
        try:
            outer = place("claim", said["extent"], what | inside)
        except Refused:  # its links end with those of the claim around, and say otherwise
            outer = place("claim", said["extent"], what)


@pytest.mark.slow
@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),  # to shrink takes minutes
)
@given(first=passages(), second=passages())
def test_whatever_is_said_in_whatever_text_comes_back(loaded, first, second):
    with of_the_test(), TemporaryDirectory() as folder:
        by = person("bringer")
        project = open_project(by=by, name="Source", slug="source")
        told_in(by, project, first, "Quay Gazette")
        told_in(by, project, {**second, "text": second["text"] + "More.\n"}, "Dam Post")
        comes_back(by, project, Path(folder))
        transaction.set_rollback(True)


def comes_back(by: User, project: Project, folder: Path, statuses: tuple[str, ...] = EVERY) -> None:
    (folder / "one").mkdir()
    (folder / "two").mkdir()
    top = out(project, folder / "one", statuses)
    copy, report = brought(by, top, "copy")
    assert not report.refused, told(report)
    assert not report.moved, told(report)
    assert {one.why for one in report.unmapped} <= {"decisions are not taken over"}, told(report)
    first = carried(top)
    again = as_it_was(carried(out(copy, folder / "two")), first, copy)
    for name, rows in first.items():
        assert again[name] == rows, name
    assert first["claims"]


LETTERS = st.sampled_from("ab \n\r\t\u2028\x85🌊ب\u0301")


@pytest.mark.lengthy
@settings(max_examples=200, deadline=None)
@given(
    text=st.text(LETTERS, min_size=3, max_size=24).filter(str.strip),
    ends=st.sets(st.integers(0, 24), min_size=2, max_size=8),
)
def test_any_stretches_of_any_text_come_back(text, ends):
    """Of words that are not all blank; a text is stored with LF alone."""
    text = clean(text).text
    places = sorted(end for end in ends if end <= len(text))
    pairs = [(places[i], places[i + 1]) for i in range(0, len(places) - 1, 2)]
    assume(any(text[start:end].strip() for start, end in pairs))
    quotes = json.dumps([text[start:end] for start, end in pairs])
    extent = ";".join(f"{start}-{end}" for start, end in pairs)
    row = dict.fromkeys(("cue_type", "claim_type", "voice", "polarity", "review_status", "negated"), "")
    row |= {
        "speaks": 0,
        "annotation_id": "a",
        "kind": "cue",
        "of_id": "x",
        "paraphrase": "",
        "quotation_type": "",
    }
    ann = brat_annotation(BratLines(), row | {"extent": extent, "quotes": quotes})
    raw = {"x.ann": ann.encode(), "x.txt": text.encode()}
    bundle = polnear.read(
        Files("x", {name: lambda content=content: content for name, content in raw.items()}),
        parse_wishes(meanings=["Cue=claim:fact"], quotation_type="reported", voice="unknown"),
    )
    (one,) = bundle.documents[0].placed
    assert [tuple(stretch) for stretch in one.body["extent"]] == pairs
    assert one.body["quotes"] == [text[start:end] for start, end in pairs]

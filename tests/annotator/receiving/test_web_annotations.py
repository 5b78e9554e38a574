"""W3C Web Annotations as other tools write them: what is understood, and what is told instead."""

import json
from typing import Any

import pytest

from annotator.exchange.importers.bundle import Bundle, NotRead
from annotator.exchange.importers.files import of_bytes
from annotator.exchange.importers.web_annotation import read_web_annotations
from annotator.exchange.importers.wishes import Wishes, parse_wishes
from annotator.exchange.receiving import receive
from annotator.models import Annotation, Claim
from sources.text.digest import sha256_hex
from tests.factories import BRIDGE, stored

from .conftest import Shelf

LABELS = ["crack=claim:fact", "PER=actor:person", "find=event:other", "harbour=topic:harbour", "old=leave"]
WISHES = parse_wishes(meanings=[*LABELS, "Cue=cue"], voice="agentless", quotation_type="reported")
DIGEST = sha256_hex(BRIDGE)


def target(words: str, **more: Any) -> dict[str, Any]:
    start = BRIDGE.index(words)
    quote = {"type": "TextQuoteSelector", "exact": words, "prefix": BRIDGE[max(0, start - 8) : start]}
    place = {"type": "TextPositionSelector", "start": start, "end": start + len(words)}
    source = {"source": "https://velm.example/1", "state": {"type": "TimeState", "sha256": DIGEST}}
    return {**source, "selector": [quote, place], **more}


def note(words: str = "We found a crack", *labels: str, **more: Any) -> dict[str, Any]:
    bodies = [{"type": "TextualBody", "purpose": "tagging", "value": label} for label in labels or ("crack",)]
    return {"type": "Annotation", "id": f"urn:x:{words}", "body": bodies, "target": target(words), **more}


def read(value: Any, wishes: Wishes = WISHES) -> Bundle:
    raw = value if isinstance(value, bytes) else json.dumps(value, indent=1, ensure_ascii=False).encode()
    return read_web_annotations(of_bytes("notes.jsonld", raw), wishes)


def told(*notes: Any, wishes: Wishes = WISHES) -> list[tuple[str, str]]:
    return [(one.what, one.why) for one in read(list(notes), wishes).unmapped]


@pytest.mark.parametrize(
    "wrap",
    [
        lambda notes: notes,
        lambda notes: {"type": "AnnotationPage", "items": notes},
        lambda notes: {"type": "AnnotationCollection", "first": {"type": "AnnotationPage", "items": notes}},
        lambda notes: {"@graph": notes},
        lambda notes: {"total": 2, "rows": notes},
    ],
)
def test_annotations_are_found_wherever_they_lie(wrap: Any) -> None:
    bundle = read(wrap([note(), note("lorries")]))
    (document,) = bundle.documents
    assert [one.body["quotes"] for one in document.placed] == [["We found a crack"], ["lorries"]]
    assert (document.sha256, document.record.url) == (DIGEST, "https://velm.example/1")


def test_labels_mean_what_the_user_says() -> None:
    bundle = read(
        [note("We found a crack", "crack", "harbour"), note("Ilse Brandt", "PER"), note("lorries", "old")]
    )
    (document,) = bundle.documents
    actor, claim = (one.body for one in document.placed)
    assert claim["claim"] == {
        "type": "fact",
        "topics": ["harbour"],
        "voice": "agentless",
        "quotation_type": "reported",
    }
    (ilse,) = bundle.actors
    assert actor["actor"] == {"actor": str(ilse.uuid)}
    assert ilse.body == {"name": "Ilse Brandt", "kind": "person"}
    assert bundle.unmapped == ()
    assert {(one.facet, one.key) for one in bundle.codes} == {
        ("claim_type", "fact"),
        ("topic", "harbour"),
        ("actor_kind", "person"),
    }
    again = read([note("Ilse Brandt", "PER"), note("crack is found", "find")])
    assert again.actors[0].uuid == ilse.uuid
    assert again.events[0].body == {"label": "crack is found", "type": "other"}


def test_what_nobody_explained_is_told_with_its_line() -> None:
    notes = [note(), note("lorries", "vehicle"), note("nine days", "crack", "PER")]
    lines = json.dumps(notes, indent=1).split("\n")
    begin = [number for number, line in enumerate(lines, start=1) if line == " {"]
    assert [(str(one.at), one.what, one.why) for one in read(notes).unmapped] == [
        (f"notes.jsonld:{begin[1]}", "“vehicle”", "nobody said what that means here"),
        (f"notes.jsonld:{begin[2]}", "“crack”, “PER”", "mean several things at once"),
    ]


def test_a_claim_needs_somebody_to_say_how_it_is_said() -> None:
    bare = parse_wishes(meanings=LABELS)
    assert told(note(), wishes=bare) == [
        ("a claim of type “fact”", "nobody said in whose voice claims are here, and how they are quoted")
    ]


@pytest.mark.parametrize(
    ("selector", "said"),
    [
        ([], "a whole page"),
        ({"type": "RangeSelector", "startSelector": {}, "endSelector": {}}, "RangeSelector"),
        (
            [{"type": "CssSelector", "value": "p"}, {"type": "XPathSelector", "value": "/p"}],
            "CssSelector, XPath",
        ),
        (
            {"type": "TextQuoteSelector", "exact": "crack", "refinedBy": {}},
            "a selector that another one refines",
        ),
        ({"type": "TextQuoteSelector", "exact": ""}, "TextQuoteSelector"),
        (
            [{"type": "TextQuoteSelector", "exact": "a"}, {"type": "TextQuoteSelector", "exact": "b"}],
            "a target",
        ),
        ("#xywh=1", "a target"),
    ],
)
def test_what_marks_no_words_is_told(selector: Any, said: str) -> None:
    ((what, _),) = told(note(target={"source": "https://velm.example/1", "selector": selector}))
    assert what.startswith(said)


@pytest.mark.parametrize(
    "one",
    [
        {"target": None, "id": 1, "body": []},
        {"target": "https://velm.example/1"},
        {"target": [1, None, {"selector": {"type": ["TextQuoteSelector"]}}]},
        {"target": {"source": {}, "selector": [{"type": "TextQuoteSelector", "exact": "crack"}]}},
        {
            "target": {**target("crack"), "state": [1, {"sha256": 7}]},
            "body": [1, {"value": {}}],
            "tags": [{}],
        },
        {
            "target": target("crack"),
            "motivation": {},
            "creator": [[]],
            "document": {"title": [[]]},
            "body": "x",
        },
    ],
)
def test_odd_values_are_told_and_break_nothing(one: Any) -> None:
    bundle = read([one, note("lorries")])
    assert sum(len(document.placed) for document in bundle.documents) == 1


def test_what_is_no_collection_is_not_read() -> None:
    for raw in (b"{}", b"[1, 2]", b'{"items": {"items": [{}]}}', b"", b"\xff", b"[" * 10_000):
        with pytest.raises(NotRead):
            read(raw)


def test_several_targets_are_several_annotations() -> None:
    (document,) = read([note(target=[target("crack"), target("lorries")])]).documents
    assert [one.body["quotes"] for one in document.placed] == [["crack"], ["lorries"]]
    assert len({one.uuid for one in document.placed}) == 2


def test_identifiers_stay_the_same() -> None:
    own = "5f2c8a0e-8f3b-4b0e-9d59-5f7b2d0d9d11"
    notes = [note(id=f"urn:uuid:{own}"), note(id="AXy_z-1"), note(id=None)]
    first, second = read(notes), read(notes)
    uuids = [one.uuid for one in first.documents[0].placed]
    assert (str(uuids[0]), len(set(uuids))) == (own, 3)
    assert uuids == [one.uuid for one in second.documents[0].placed]


def test_a_hypothesis_export_is_taken_in(shelf: Shelf) -> None:
    """Positions count UTF-16 there, and what a reader of the page typed is no label."""
    here = stored(shelf.by, shelf.project, BRIDGE)
    units = len(BRIDGE[: BRIDGE.index("the crack was known")].encode("utf-16-le")) // 2
    row = {
        "id": "AXy_z-1",
        "uri": "https://velm.example/1",
        "user": "acct:mara@example.org",
        "text": "Is that so?",
        "tags": ["crack"],
        "document": {"title": [here.article.title]},
        "target": [
            {
                "source": "https://velm.example/1",
                "selector": [
                    {"type": "RangeSelector", "startContainer": "/p[1]", "endContainer": "/p[1]"},
                    {"type": "TextPositionSelector", "start": units, "end": units + 9},
                    {"type": "TextQuoteSelector", "exact": "the crack", "prefix": "said "},
                ],
            }
        ],
    }
    bundle = read({"total": 1, "rows": [row]})
    report = receive(by=shelf.by, project=shelf.project, bundle=bundle, origin="w3c: notes", wishes=WISHES)
    assert (report.refused, report.counts["stored"]) == ([], 1)
    assert [one.what for one in report.unmapped] == ["commenting: “Is that so?”", here.article.title]
    made = Annotation.objects.get()
    assert (made.quotes, made.origin_detail) == (["the crack"], "w3c: notes, by acct:mara@example.org")
    again = receive(by=shelf.by, project=shelf.project, bundle=bundle, origin="w3c: notes", wishes=WISHES)
    assert (again.counts["known"], again.counts["stored"]) == (1, 0)


def test_a_position_alone_needs_a_digest(shelf: Shelf) -> None:
    stored(shelf.by, shelf.project, BRIDGE)
    start = BRIDGE.index("lorries")
    alone = {"type": "TextPositionSelector", "start": start, "end": start + 7}
    assert told(note(target={"source": "https://velm.example/1", "selector": alone})) == [
        ("a position without words", "no digest says that it is of the text that is here")
    ]
    bundle = read([note(target={**target("crack"), "selector": alone})])
    report = receive(by=shelf.by, project=shelf.project, bundle=bundle, origin="w3c")
    assert report.refused == []
    assert Claim.objects.get().annotation.quotes == ["lorries"]

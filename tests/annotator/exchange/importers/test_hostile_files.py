"""Files that somebody or something has spoilt: a reader gives what it understands, and never fails."""

import json
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.exchange.importers import brat, polnear
from annotator.exchange.importers.bundle import Bundle, NotRead
from annotator.exchange.importers.doccano import read_doccano
from annotator.exchange.importers.files import Files
from annotator.exchange.importers.label_studio import read_label_studio
from annotator.exchange.importers.web_annotation import read_web_annotations
from annotator.exchange.importers.wishes import parse_wishes
from annotator.intents.annotation import parse_annotation
from annotator.intents.refusal import Refused

SAID = parse_wishes(
    meanings=[
        *("Content=claim:fact", "Source=actor:person", "Cue=cue", "Attribution=cue", "Storm=event:other"),
        *("by=speaker", "marks=cue", "Gone=leave", "Topic=topic:rain"),
    ],
    quotation_type="reported",
    voice="unknown",
    actor_kind="person",
)
TEXT = "Ada 🌊 said\r\nyes. She said no."
GOOD = """\
T1	Source 0 3	Ada
T2	Cue 6 10	said
T3	Content 12 15;17 20	yes She
T4	Attribution 6 10	said
E1	Attribution:T4 Content:T3 Cue:T2 Source:T1
E2	Attribution:T4 Content:T3 Relays:E1 Source:T1
R1	Inside Arg1:T3 Arg2:T5
T5	Content 17 20	She
*	Equiv T1 T5
N1	Reference T1 Sourceline:22222222-2222-4222-8222-222222222222	Ada
A1	Negated T3
A2	ClaimType T3 fact
#1	Sourceline T3	{"id": "11111111-1111-4111-8111-111111111111", "extent": "12-15;17-20"}
#2	Sourceline E2	{"sources": [{"source": "T1", "jointly": "each"}]}
"""
PIECES = st.sampled_from(
    [
        *("T1", "T3", "T5", "E1", "E2", "R1", "*", "\t", " ", ";", ":", "0", "9", "-1", "99999999999", "\n"),
        *("\r", "\x00", "🌊", "\u2028", "{", "}", '"', "[" * 70, "\\ud800", "Inside", "Relays:E2", "Content"),
        *("Source", "#", "A", "11111111-1111-4111-8111-111111111111", "NaN", "1e999", "true", "\ufeff"),
    ]
)
WORDS = st.sampled_from(
    [10**40, 1e300, 0.5, "", TEXT, "Ada", "Content", "Source", "Cue", "by", "marks", "a", "b"]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 30) | WORDS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "text"]), inner, max_size=2)
    ),
    max_leaves=4,
)


def objects(*names: str) -> st.SearchStrategy:
    """Objects with some of these fields, whatever is in them."""
    return st.fixed_dictionaries({}, optional=dict.fromkeys(names, VALUES))


def look(bundle: Bundle) -> None:
    """What it gives is what the intents can read or refuse, and nothing points ahead."""
    seen = set()
    for document in bundle.documents:
        for one in document.placed:
            claim = one.body.get("claim", {})
            assert claim.get("inside") in (None, *seen)
            seen.add(str(one.uuid))
            with suppress(Refused):
                parse_annotation(one.uuid, {**one.body, "snapshot": str(one.uuid), "quotes": ["x"]})
    assert all(str(one.at) and one.what and one.why for one in bundle.unmapped)
    assert len(seen) == sum(len(document.placed) for document in bundle.documents)


EDIT = st.tuples(st.integers(0, len(GOOD)), st.integers(0, 9), PIECES)


@pytest.mark.lengthy
@settings(max_examples=300, deadline=None)
@given(edits=st.lists(EDIT, min_size=1, max_size=8))
def test_a_spoilt_standoff_file_is_read_as_far_as_it_goes(edits):
    ann = GOOD
    for place, gone, put in edits:
        ann = ann[:place] + put + ann[place + gone :]
    raw = {"x.ann": ann.encode(), "x.txt": TEXT.encode()}
    files = Files("x", {name: lambda content=content: content for name, content in raw.items()})
    for read in (polnear.read, brat.read):
        look(read(files, SAID))


@pytest.mark.lengthy
@settings(max_examples=200, deadline=None)
@given(
    spans=st.lists(VALUES | st.lists(VALUES, min_size=3, max_size=3), max_size=4),
    entities=st.lists(objects("id", "label", "start_offset", "end_offset"), max_size=4),
    relations=VALUES | st.lists(objects("from_id", "to_id", "type"), max_size=3),
    more=VALUES,
)
def test_any_json_line_is_read_as_far_as_it_goes(spans, entities, relations, more):
    line = {"text": TEXT, "label": spans, "entities": entities, "relations": relations, "id": more}
    raw = (json.dumps(line) + "\n" + json.dumps(more)).encode()
    look(read_doccano(Files("x", {"x.jsonl": lambda: raw}), SAID))


VALUE = objects("start", "end", "text", "labels", "startOffset")
TYPE = st.sampled_from(["labels", "relation", "choices", None])
RESULT = st.builds(
    lambda known, kind, value: {**known, "type": kind, "value": value},
    objects("id", "from_id", "to_id", "to_name", "labels"),
    TYPE,
    VALUE | VALUES,
)


@pytest.mark.lengthy
@settings(max_examples=200, deadline=None)
@given(
    results=st.lists(RESULT | VALUES, max_size=4),
    data=st.dictionaries(st.sampled_from(["text", "title", "url"]), VALUES, max_size=3),
    more=VALUES,
)
def test_any_task_is_read_as_far_as_it_goes(results, data, more):
    tasks = [
        {
            "id": more,
            "data": data,
            "predictions": more,
            "annotations": [{"result": results, "completed_by": more}, more],
        },
        {"data": {"text": TEXT}, "annotations": [{"id": 1, "result": results}]},
    ]
    raw = json.dumps(tasks).encode()
    look(read_label_studio(Files("x", {"x.json": lambda: raw}), SAID))
    with suppress(NotRead):
        look(read_label_studio(Files("x", {"x.json": lambda: json.dumps(more).encode()}), SAID))


UUIDS = [f"{n}" * 8 + "-1111-4111-8111-111111111111" for n in range(1, 4)]


def web(uuid: str, *bodies: dict, start: object = 0, **more: object) -> dict:
    return {
        "id": f"urn:uuid:{uuid}",
        "type": "Annotation",
        "body": list(bodies),
        "creator": {"name": "Ada"},
        "document": {"title": ["On Ada"]},
        "target": {
            "source": "https://orle.example/ada",
            "state": {"sha256": "0" * 64},
            "selector": [
                {"type": "TextQuoteSelector", "exact": "Ada", "prefix": "", "suffix": " said"},
                {"type": "TextPositionSelector", "start": start, "end": 3},
            ],
        },
        **more,
    }


def described(value: str, purpose: str = "classifying", of: str = "") -> dict:
    return {
        "purpose": purpose,
        "value": value,
        **({"source": {"id": f"urn:uuid:{of}", "name": "Ada"}} if of else {}),
    }


WEB = [
    web(
        UUIDS[0],
        described("fact"),
        described("voice:unknown", "tagging"),
        described("", "identifying", UUIDS[2]),
        motivation="classifying",
    ),
    web(
        UUIDS[1],
        described("actor"),
        described("", "identifying", UUIDS[2]),
        described("naming:named", "tagging"),
    ),
    web(UUIDS[2], described("hedge"), described("", "linking", UUIDS[0]), described("says:own", "tagging")),
    web("", described("Content", "tagging"), tags=["Source"], uri="https://orle.example/ada"),
]
CASES = [
    (read_web_annotations, {"generator": {"name": "Sourceline"}, "first": {"items": WEB}}),
    (read_web_annotations, {"rows": WEB}),
    (
        read_doccano,
        {
            "id": 1,
            "text": TEXT,
            "label": [[0, 3, "Source"]],
            "entities": [{"id": 1, "label": "Content", "start_offset": 12, "end_offset": 15}],
            "relations": [{"id": 2, "from_id": 1, "to_id": 1, "type": "by"}],
        },
    ),
    (
        read_label_studio,
        [
            {
                "id": 1,
                "data": {"text": TEXT, "title": "On Ada", "url": "https://orle.example/ada"},
                "annotations": [
                    {
                        "id": 3,
                        "completed_by": {"id": 1, "email": "a@b.example"},
                        "was_cancelled": False,
                        "result": [
                            {
                                "id": "a",
                                "type": "labels",
                                "from_name": "label",
                                "to_name": "text",
                                "value": {"start": 12, "end": 15, "text": "yes", "labels": ["Content"]},
                            },
                            {"type": "relation", "from_id": "a", "to_id": "a", "labels": ["by"]},
                        ],
                    }
                ],
                "predictions": [],
            }
        ],
    ),
]
PLANTED = ([1], [], {}, {"id": [1]}, None, True, -1, 10**40, 0.5, "", "Ada", [["x"]], [{}], [None])


def spoilt(whole: object) -> Iterator[object]:
    """The same with each value in turn something else."""
    yield from PLANTED
    places = list(whole.items()) if isinstance(whole, dict) else []
    places = list(enumerate(whole)) if isinstance(whole, list) else places
    for place, value in places:
        for other in spoilt(value):
            copy = whole.copy()
            copy[place] = other
            yield copy


@pytest.mark.lengthy
@pytest.mark.parametrize(("read", "whole"), CASES, ids=lambda one: getattr(one, "__name__", ""))
def test_whatever_stands_in_place_of_a_value_is_read_or_refused(read, whole):
    for one in spoilt(whole):
        raw = json.dumps(one).encode()
        with suppress(NotRead):
            bundle = read(Files("x", {"x.json": lambda raw=raw: raw}), SAID)
            for placed in (placed for document in bundle.documents for placed in document.placed):
                with suppress(Refused):
                    parse_annotation(placed.uuid, {**placed.body, "snapshot": UUIDS[0], "quotes": ["x"]})


@pytest.mark.parametrize("start", [[1], {}, None, True, 0.0, "0"])
def test_a_place_that_is_no_number_is_none(start):
    (one,) = read_web(web(UUIDS[0], described("Content", "tagging"), start=start)).documents[0].placed
    assert (one.body["extent"], one.body["quotes"]) == (None, ["Ada"])


def read_web(*annotations: dict) -> Bundle:
    raw = json.dumps(list(annotations)).encode()
    return read_web_annotations(Files("x", {"x.json": lambda: raw}), SAID)

"""annotations.jsonld as a JSON-LD processor and a schema of the W3C's demands read it."""

import json

import pytest
from jsonschema import Draft202012Validator
from pyld import jsonld

from annotator.exchange.exporters.web_annotation import anno_targets
from annotator.exchange.verification import verify

from .releases import seal, table, unpack

OA, AS, DC = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#", "http://purl.org/dc/terms/"
RDF, FOAF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://xmlns.com/foaf/0.1/"
# What the vocabulary of the Web Annotation model calls the terms that our file may use; no test fetches it.
TERMS = {
    "id": "@id",
    "type": "@type",
    **{name: OA + name for name in ("Annotation", "TextualBody", "SpecificResource", "TimeState")},
    **{name: OA + name for name in ("TextQuoteSelector", "TextPositionSelector")},
    **{name: OA + name for name in ("classifying", "describing", "identifying", "linking", "tagging")},
    **{name: OA + name for name in ("start", "end", "exact", "prefix", "suffix", "sourceDate")},
    **{"AnnotationCollection": AS + "OrderedCollection", "AnnotationPage": AS + "OrderedCollectionPage"},
    **{"Person": FOAF + "Person", "Software": AS + "Application", "name": FOAF + "name"},
    **{"value": RDF + "value", "format": "http://purl.org/dc/elements/1.1/format", "created": DC + "created"},
    **{"total": AS + "totalItems", "startIndex": AS + "startIndex"},
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    **{
        name: {"@id": OA + "has" + name.capitalize(), "@type": "@id"} for name in ("body", "target", "source")
    },
    **{name: {"@id": OA + "has" + name.capitalize(), "@type": "@id"} for name in ("selector", "state")},
    "cached": {"@id": OA + "cachedSource", "@type": "@id"},
    "motivation": {"@id": OA + "motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": OA + "hasPurpose", "@type": "@vocab"},
    "creator": {"@id": DC + "creator", "@type": "@id"},
    "generator": {"@id": AS + "generator", "@type": "@id"},
    "first": {"@id": AS + "first", "@type": "@id"},
    "items": {"@id": AS + "items", "@type": "@id", "@container": "@list"},
}
TEXT, ADDRESS = {"type": "string", "minLength": 1}, {"type": "string", "pattern": "^(https?://|urn:uuid:)"}


def thing(kind: str, needed: dict, **more: dict) -> dict:
    return {
        "type": "object",
        "properties": {"type": {"const": kind}, **needed, **more},
        "required": ["type", *needed],
        "additionalProperties": False,
    }


SELECTORS = {
    "prefixItems": [
        thing("TextQuoteSelector", {"exact": TEXT}, prefix=TEXT, suffix=TEXT),
        thing(
            "TextPositionSelector", {"start": {"type": "integer", "minimum": 0}, "end": {"type": "integer"}}
        ),
    ],
    "minItems": 2,
    "items": False,
}
STATE = thing(
    "TimeState",
    {"sha256": {"pattern": "^[0-9a-f]{64}$"}},
    sourceDate={"type": "string", "format": "date-time"},
    cached={"type": "array", "minItems": 1, "items": TEXT},
)
SOURCE = {"anyOf": [ADDRESS, {"type": "object", "required": ["id", "name"]}]}
BODY = {
    "anyOf": [
        thing("TextualBody", {"purpose": TEXT, "value": TEXT, "format": {"const": "text/plain"}}),
        thing("SpecificResource", {"purpose": TEXT, "source": SOURCE}),
    ]
}
ANNOTATION = thing(
    "Annotation",
    {
        "id": {"pattern": "^urn:uuid:[0-9a-f-]{36}$"},
        "motivation": {"enum": ["classifying", "identifying", "linking"]},
        "body": {"type": "array", "minItems": 1, "items": BODY},
        "target": {
            "type": "array",
            "minItems": 1,
            "items": thing("SpecificResource", {"source": ADDRESS, "state": STATE, "selector": SELECTORS}),
        },
    },
    creator=thing("Person", {"name": TEXT}),
    created={"type": "string", "format": "date-time"},
)


@pytest.fixture
def collection(top) -> dict:
    return json.loads((top / "data" / "annotations.jsonld").read_text(encoding="utf-8"))


def offline(url: str, _options: dict) -> dict:
    assert url == "http://www.w3.org/ns/anno.jsonld"
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": TERMS}}


@pytest.mark.lengthy
def test_a_processor_finds_every_annotation_and_no_term_is_lost(top, collection):
    options = {"documentLoader": offline, "base": "https://desk.example/data/annotations.jsonld"}
    (whole,) = jsonld.expand(collection, options)
    (page,) = whole[AS + "first"]
    (items,) = page[AS + "items"]
    rows = table(top, "annotations")
    assert whole[AS + "totalItems"] == [{"@value": len(rows) - 1}]
    assert [item["@id"] for item in items["@list"]] == ["urn:uuid:" + row[0] for row in rows[1:]]
    for item in items["@list"]:
        assert item["@type"] == [OA + "Annotation"]
        for target in item[OA + "hasTarget"]:
            quote, place = target[OA + "hasSelector"]
            (exact,), (start,), (end,) = quote[OA + "exact"], place[OA + "start"], place[OA + "end"]
            assert len(exact["@value"]) == end["@value"] - start["@value"]
            assert target[OA + "hasState"][0]["http://schema.org/sha256"]
            assert target[OA + "hasSource"][0]["@id"].startswith("http")
        assert item[OA + "motivatedBy"][0]["@id"].startswith(OA)
    # A term that the context does not know would be dropped without a word.
    assert count_terms(collection["first"]["items"]) == count_terms(items["@list"])


def count_terms(thing) -> int:
    if isinstance(thing, list):
        return sum(map(count_terms, thing))
    if not isinstance(thing, dict) or "@value" in thing:
        return 0
    named = {key: value for key, value in thing.items() if key not in ("@id", "id")}
    return len(named) + sum(map(count_terms, named.values()))


def test_every_annotation_is_as_the_model_demands(collection):
    check = Draft202012Validator(ANNOTATION)
    assert len(collection["first"]["items"]) > 100
    for item in collection["first"]["items"]:
        check.validate(item)
    assert not check.is_valid(collection["first"]["items"][0] | {"motivation": "guessing"})


def bodies(item: dict, purpose: str) -> list:
    found = [body for body in item["body"] if body["purpose"] == purpose]
    return [body.get("value") or body["source"] for body in found]


def test_a_claim_says_what_it_is_and_who_says_it(top, collection):
    header, *rows = table(top, "claims")
    items = {item["id"]: item for item in collection["first"]["items"]}
    for cells in rows:
        claim = dict(zip(header, cells, strict=True))
        item = items["urn:uuid:" + claim["annotation_id"]]
        assert bodies(item, "classifying") == [claim["claim_type"]]
        assert bodies(item, "describing") == [claim["paraphrase"]] * bool(claim["paraphrase"])
        assert f"review_status:{claim['review_status']}" in bodies(item, "tagging")
        speakers = bodies(item, "identifying")
        assert ";".join(one["name"].replace(";", ",") for one in speakers) == claim["speaker"]
        assert [item["motivation"], len(speakers)] == ["classifying", int(claim["n_speakers"])]


def test_cues_and_mentions_lead_to_the_claim(top, collection):
    items = {item["id"]: item for item in collection["first"]["items"]}
    header, *rows = table(top, "attributions")
    cues = [(row[header.index("claim_id")], row[header.index("cue_ids")]) for row in rows]
    links = table(top, "attributions")[0].index("outer_link")
    own = [pair for pair, row in zip(cues, rows, strict=True) if row[links] == "FALSE" and pair[1]]
    assert own
    for claim, identifiers in own:
        for identifier in identifiers.split(";"):
            item = items["urn:uuid:" + identifier]
            assert bodies(item, "linking") == ["urn:uuid:" + claim]
            assert bodies(item, "classifying") == ["cue"]
    header, *rows = table(top, "claim_speakers")
    named = [(row[0], row[header.index("actor_id")], row[header.index("mention_id")]) for row in rows]
    assert any(mention for *_, mention in named)
    for claim, actor, mention in named:
        if mention:
            item = items["urn:uuid:" + mention]
            assert "urn:uuid:" + claim in bodies(item, "linking")
            assert [one["id"] for one in bodies(item, "identifying")] == ["urn:uuid:" + actor]


PLACE = {"snapshot_sha256": "0" * 64, "captured_at": "", "text_included": "TRUE", "archive_url": ""}


def test_stretches_are_targets_of_their_own():
    row = PLACE | {"url": "", "article_id": "a", "prefix": "vor", "suffix": "nach"}
    one, two = anno_targets(row | {"quotes": json.dumps(["🌊ب", "x"]), "extent": "3-5;9-10"})
    assert one["selector"] == [
        {"type": "TextQuoteSelector", "exact": "🌊ب", "prefix": "vor"},
        {"type": "TextPositionSelector", "start": 3, "end": 5},
    ]
    assert two["selector"] == [
        {"type": "TextQuoteSelector", "exact": "x", "suffix": "nach"},
        {"type": "TextPositionSelector", "start": 9, "end": 10},
    ]
    assert one["source"] == "urn:uuid:a"
    assert one["state"]["cached"] == [f"texts/{'0' * 64}.txt"]


def test_the_demo_has_a_quote_in_several_stretches(collection):
    assert any(len(item["target"]) > 1 for item in collection["first"]["items"])


def test_each_annotation_has_a_line(top, collection):
    lines = (top / "data" / "annotations.jsonld").read_text(encoding="utf-8").split("\n")
    assert [json.loads(line.rstrip(",")) for line in lines[1:-2]] == collection["first"]["items"]


def test_full_texts_are_named_as_copies(demo_release, tmp_path):
    top = unpack(demo_release["texts"], tmp_path / "texts")
    whole = json.loads((top / "data" / "annotations.jsonld").read_text(encoding="utf-8"))
    copies = {
        path for item in whole["first"]["items"] for t in item["target"] for path in t["state"]["cached"]
    }
    texts = {path for path in copies if path.startswith("texts/")}
    assert texts == {f"texts/{path.name}" for path in (top / "data" / "texts").iterdir()}


def test_a_changed_annotation_is_found_and_named(top, collection):
    path = top / "data" / "annotations.jsonld"
    whole = path.read_text(encoding="utf-8")
    item = collection["first"]["items"][7]
    place = '"start": ' + str(item["target"][0]["selector"][1]["start"])
    line = next(line for line in whole.split("\n") if item["id"] in line[:60])
    path.write_text(whole.replace(line, line.replace(place, place + "0", 1)), encoding="utf-8")
    seal(top)
    (words,) = verify(top).lines
    assert words.startswith(f"annotations.jsonld: what it says of {item['id'].removeprefix('urn:uuid:')} ")

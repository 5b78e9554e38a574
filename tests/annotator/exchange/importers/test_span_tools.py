"""doccano's and Label Studio's exports: spans and relations as claims with speakers and cues."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.exchange.importers.bundle import Bundle, NotRead
from annotator.exchange.importers.doccano import read_doccano
from annotator.exchange.importers.files import Files, of_path
from annotator.exchange.importers.label_studio import read_label_studio
from annotator.exchange.importers.wishes import Wishes, parse_wishes
from annotator.intents.annotation import parse_annotation
from tests.growth import growth

FOLDER = Path(__file__).parents[3] / "fixtures" / "imports"
SAID = parse_wishes(
    meanings=[
        *("Claim=claim:fact", "Person=actor:person", "Cue=cue", "said by=speaker", "marks=cue", "Job=leave"),
        "Storm=event:other",
    ],
    quotation_type="reported",
    voice="unknown",
)


def doccano(*lines: Any, wishes: Wishes = SAID) -> Bundle:
    written = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    raw = "\n".join(written).encode("utf-8", "surrogatepass")
    return read_doccano(Files("x.jsonl", {"x.jsonl": lambda: raw}), wishes)


def studio(tasks: Any, wishes: Wishes = SAID) -> Bundle:
    raw = (tasks if isinstance(tasks, str) else json.dumps(tasks, indent=1)).encode()
    return read_label_studio(Files("x.json", {"x.json": lambda: raw}), wishes)


def task(*results: Any, text: str = "Una Sorg left.", **more: Any) -> list[dict[str, Any]]:
    return [{"id": 1, "data": {"text": text}, "annotations": [{"id": 2, "result": list(results)}], **more}]


def region(name: str, start: Any, end: Any, words: Any, *labels: str, **more: Any) -> dict[str, Any]:
    value = {"start": start, "end": end, "text": words, "labels": list(labels), **more}
    return {"id": name, "type": "labels", "from_name": "label", "to_name": "text", "value": value}


def placed(bundle: Bundle) -> list[tuple[str, list[str], Any]]:
    """Kind, words, and of a claim the number of speakers and cues, of all that the intents read."""
    found = []
    for document in bundle.documents:
        for one in document.placed:
            parse_annotation(one.uuid, {**one.body, "snapshot": str(one.uuid)})
            chains = one.body.get("claim", {}).get("chains", [])
            count = [(len(link["sources"]), len(link["cues"])) for chain in chains for link in chain]
            found.append((one.body["kind"], one.body["quotes"], count))
    return found


def told(bundle: Bundle) -> list[tuple[int, str]]:
    return [(one.at.line, f"{one.what}: {one.why}") for one in bundle.unmapped]


THE_LOCK = [
    ("actor", ["Una Sorg"], []),
    ("claim", ["The lock at Merin is broken"], [(1, 1)]),
]


def test_doccano_spans_and_relations_are_read():
    bundle = read_doccano(of_path(FOLDER / "doccano"), SAID)
    assert placed(bundle) == [
        *THE_LOCK,
        ("claim", ["“had a key”."], []),
        ("actor", ["Una Sorg"], []),
    ]
    assert bundle.documents[0].record.title == "The lock"
    assert len({actor.uuid for actor in bundle.actors}) == 2
    assert told(bundle) == [
        (1, "Comments: ['check']: is not taken over"),
        (1, "relation 3 before: nobody said that “before” joins a claim with a speaker or a cue"),
    ]
    assert read_doccano(of_path(FOLDER / "doccano"), SAID) == bundle


def test_doccano_offsets_are_read_as_the_file_shows_them_to_count_and_else_not_at_all():
    text = "🌊🌊 Una Sorg"
    points, units = [3, 11, "Person"], [5, 13, "Person"]
    both = doccano({"text": text, "label": [[4, 8, "Person"]]})
    assert placed(both) == []
    assert "count once or twice" in told(both)[0][1]
    (found,) = placed(doccano({"text": text, "label": [units]}))
    assert found[1] == ["Una Sorg"]
    within = {"text": "🌊 no", "label": [[1, 2, "Cue"]]}
    (found,) = placed(doccano({"text": text, "label": [points]}, within))
    assert found[1] == ["Una Sorg"]
    (found,) = placed(doccano({"text": "Una Sorg 🌊", "labels": [[0, 8, "Person"]]}))
    assert found[1] == ["Una Sorg"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ({"text": "Una", "label": [[2, 1, "Person"]]}, "no span"),
        ({"text": "Una", "label": [[1, 1, "Person"]]}, "no span"),
        ({"text": "Una", "label": [[-1, 1, "Person"]]}, "no span"),
        ({"text": "Una", "label": [[0, 4, "Person"]]}, "does not lie in the text"),
        ({"text": "Una", "label": [[False, True, "Person"]]}, "no span"),
        ({"text": "Una", "label": [[0, 1.0, "Person"]]}, "no span"),
        ('{"text": "Una", "label": [[0, 1e999, "Person"]]}', "no span"),
        ('{"text": "Una", "label": [[0, ' + "9" * 400 + ', "Person"]]}', "no span"),
        ({"text": "Una", "label": [[0, 3, 7]]}, "no span"),
        ({"text": "Una", "label": [[0, 3]]}, "no span"),
        ({"text": "Una", "label": "Person"}, "no span"),
        ({"text": "Una", "label": [[0, 3, "Nobody"]]}, "nobody said what “Nobody” means"),
        ({"text": "Una", "label": [[0, 3, "Cue"]]}, "nothing says of which claim"),
        ({"text": "Una", "relations": [{"from_id": 1, "to_id": True, "type": "said by"}]}, "what it joins"),
        ({"text": "Una", "relations": [{"from_id": 1, "to_id": 2, "type": "said by"}]}, "does not join"),
        ({"text": "Una", "relations": 5}, "what it joins"),
        ({"text": 5}, "no object with a text"),
        ({"filename": "x.png"}, "no object with a text"),
        ([1], "no object with a text"),
        ('{"text": "Una", }', "no JSON"),
        ('{"text": "\\ud83c"}', "half a character"),
        ("[" * 70, "nested more than 64 deep"),
        ('{"text": NaN}', "not JSON"),
    ],
)
def test_a_doccano_line_that_is_none_is_told_and_spoils_no_other(line, why):
    bundle = doccano({"text": "Una left", "label": [[0, 3, "Person"]]}, line)
    assert any(number == 2 and why in said for number, said in told(bundle)), told(bundle)
    assert [words for kind, words, _ in placed(bundle)] == [["Una"]]


def test_one_identifier_in_doccano_stands_for_one_span():
    twice = {"id": 1, "label": "Person", "start_offset": 0, "end_offset": 3}
    bundle = doccano({"text": "Una left", "entities": [twice, {**twice, "end_offset": 2}]})
    assert [words for _, words, _ in placed(bundle)] == [["Una"]]
    assert "stands twice" in told(bundle)[0][1]


def test_label_studio_regions_and_relations_are_read():
    bundle = read_label_studio(of_path(FOLDER / "label_studio"), SAID)
    first, second = bundle.documents
    assert placed(bundle) == [*THE_LOCK, ("actor", ["Una Sorg"], [])]
    assert [one.by for one in first.placed] == ["ro@canal.example"] * 2
    assert [one.by for one in second.placed] == ["3"]
    assert (first.record.title, first.record.url) == ("The lock", "https://canal.example/lock")
    lines = (FOLDER / "label_studio" / "lock.json").read_text(encoding="utf-8").split("\n")
    assert '"id": "aa"' in lines[first.placed[1].at.line]
    assert [said for _, said in told(bundle)] == [
        "relation aa cc: has no label",
        "result 7 (choices): marks no words of a text",
        "annotation 3: was skipped by whoever made it",
        "a prediction: what a model proposed is not taken over",
    ]
    assert all(line > 1 for line, _ in told(bundle))
    assert [one.at.item for one in bundle.unmapped] == [
        *("task 31", "task 31, result dd", "task 31, annotation 402", "task 31, prediction 5"),
    ]
    assert [str(one.at).partition(" ")[2] for one in first.placed] == [
        *("(task 31, result bb)", "(task 31, result aa)")
    ]


def test_label_studio_offsets_that_count_code_units_keep_their_words_for_the_search():
    bundle = read_label_studio(of_path(FOLDER / "label_studio"), SAID)
    (una,) = bundle.documents[1].placed
    text = bundle.documents[1].text
    assert una.body["extent"] == [[text.index("Una") + 1, text.index("Una") + 9]]


@pytest.mark.parametrize(
    ("result", "why"),
    [
        (region("b", 8, 3, "Una", "Person"), "ends where it begins"),
        (region("b", 3, 3, "", "Person"), "ends where it begins"),
        (region("b", -1, 3, "Una", "Person"), "ends where it begins"),
        (region("b", True, 3, "Una", "Person"), "marks no words of a text"),
        (region("b", 0, 3.0, "Una", "Person"), "marks no words of a text"),
        (region("b", 0, 10**30, "Una", "Person"), "marks no words of a text"),
        (region("b", "/p[1]/text()[1]", 3, "Una", "Person", startOffset=0), "by XPath"),
        (region("b", 0, 3, "Una", startOffset=0), "by XPath"),
        (region("b", 0, 3, "Una"), "has no label"),
        (region("b", 0, 3, "Una", "Nobody"), "nobody said what “Nobody” means"),
        (region("b", 0, 3, "Una", "Person", "Storm"), "one label is taken"),
        (region("a", 0, 3, "Una", "Person"), "stands twice"),
        ({"id": "b", "type": "labels"}, "has no value"),
        ({"type": "relation", "from_id": "a", "to_id": 5, "labels": ["said by"]}, "what it joins"),
        ({"type": "relation", "from_id": "a", "to_id": "a", "labels": ["said by"]}, "does not join"),
        ({"type": "relation", "from_id": "a", "to_id": "z", "labels": ["near"]}, "nobody said that “near”"),
        ("nothing", "is no object"),
    ],
)
def test_a_label_studio_result_that_is_none_is_told_and_spoils_no_other(result, why):
    bundle = studio(task(region("a", 0, 8, "Una Sorg", "Person"), result))
    assert any(why in said for _, said in told(bundle)), told(bundle)
    assert ("actor", ["Una Sorg"], []) in placed(bundle)


def test_a_region_without_words_is_taken_only_where_its_offsets_can_mean_one_thing():
    (found,) = placed_places(studio(task(region("a", 0, 8, None, "Person"))))
    assert found == ([[0, 8]], None)
    wide = studio(task(region("a", 2, 10, None, "Person"), text="🌊 Una Sorg left."))
    assert placed_places(wide) == []
    assert "once or twice" in told(wide)[0][1]


def placed_places(bundle: Bundle) -> list[tuple[Any, Any]]:
    return [(p.body["extent"], p.body["quotes"]) for d in bundle.documents for p in d.placed]


def test_of_several_texts_of_a_task_the_one_is_taken_that_is_named_or_has_the_words():
    (one,) = task(region("a", 0, 8, "Una Sorg", "Person"))
    one["data"] = {"body": "Una Sorg left.", "note": "Nothing."}
    assert studio([one]).documents[0].text == "Una Sorg left."
    one["data"]["note"] = "Una Sorg again"
    assert studio([one]).documents == ()
    one["data"]["text"] = "Una Sorg, named"
    assert studio([one]).documents[0].text == "Una Sorg, named"


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("[1]", "no export"),
        ('{"a": 1}', "no export"),
        ('[{"data": {"text": "\\ud800"}}]', "half a character"),
        ("[" * 90, "nested more than 64 deep"),
        ('[{"data": {}, "annotations": [{"id": 1e999}]}', "no JSON"),
        ("", "no JSON"),
    ],
)
def test_a_file_that_is_no_export_is_refused_whole(written, why):
    with pytest.raises(NotRead, match=why):
        studio(written)


def test_other_files_are_no_exports():
    files = Files("x", {"x.txt": lambda: b"text"})
    for read in (read_doccano, read_label_studio):
        with pytest.raises(NotRead, match="no file that ends in"):
            read(files, SAID)
    bad = Files("x", {"x.json": lambda: b"\xff", "x.jsonl": lambda: b"\xff"})
    for read in (read_doccano, read_label_studio):
        with pytest.raises(NotRead, match="not UTF-8"):
            read(bad, SAID)


@pytest.mark.slow
def test_the_work_grows_with_the_spans_alone():
    def spans(size: int) -> Bundle:
        entities = [
            {"id": n, "label": "Claim" if n % 2 else "Person", "start_offset": 0, "end_offset": 1}
            for n in range(size)
        ]
        relations = [{"from_id": 1, "to_id": 2 * n, "type": "said by"} for n in range(size // 2)]
        return doccano({"text": "Una", "entities": entities, "relations": relations})

    assert growth(spans) < 9

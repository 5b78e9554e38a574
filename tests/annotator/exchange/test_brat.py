"""brat/ as two readers of brat's format find it, beside the tables; neither knows ours."""

import re
import sqlite3

import pytest
from bioc import brat as bioc_brat
from pybrat.parser import BratParser

from annotator.exchange.exporters import brat
from annotator.exchange.exporters.brat import BratLines, brat_annotation, brat_fragments, brat_sources
from annotator.exchange.verification import verify

from .releases import seal, table, unpack

KINDS = {"claim": {"Content"}, "cue": {"Cue"}, "actor": {"Source", "Mention"}}


@pytest.fixture
def whole(demo_release, tmp_path):
    return unpack(demo_release["texts"], tmp_path / "whole")


def rows_of(top, name: str) -> list[dict[str, str]]:
    header, *rows = table(top, name)
    return [dict(zip(header, (cell.removeprefix("'") for cell in row), strict=True)) for row in rows]


def read(top) -> dict[str, tuple[str, object]]:
    """Text and annotations by snapshot, as bioc reads them: it refuses a line that is not well formed."""
    folder = top / "data" / "brat"
    texts = {path.stem: path.read_bytes().decode() for path in folder.glob("*.txt")}
    return {
        name: (text, bioc_brat.loads_ann((folder / f"{name}.ann").read_text(encoding="utf-8")))
        for name, text in texts.items()
    }


def places(entity) -> list[tuple[int, int]]:
    return sorted((span.begin, span.end) for span in entity.locations)


def noted(document) -> dict[str, str]:
    """Our identifier by the name of the line it is noted for."""
    notes = [note for note in document.notes if note.type == "Sourceline"]
    return {note.refid: re.search(r'"id": "([^"]+)"', note.text)[1] for note in notes}


@pytest.mark.lengthy
def test_every_claim_cue_and_mention_stands_at_its_words(whole):
    links = {row["attribution_id"] for row in rows_of(whole, "attributions")}
    marked = [row for row in rows_of(whole, "annotations") if row["kind"] in KINDS]
    of_events = [row for row in marked if row["kind"] == "cue" and row["of_id"] not in links]
    assert of_events
    wanted = {row["annotation_id"]: row for row in marked if row not in of_events}
    seen = set()
    for snapshot, (text, document) in read(whole).items():
        ids = noted(document)
        for entity in document.entities:
            spans = places(entity)
            assert entity.text == " ".join(text[start:end] for start, end in spans)
            if entity.type == "Attribution":
                continue
            row = wanted[ids[entity.id]]
            assert (entity.type in KINDS[row["kind"]], row["snapshot_id"]) == (True, snapshot)
            stretches = [tuple(map(int, stretch.split("-"))) for stretch in row["extent"].split(";")]
            assert spans[0][0] == stretches[0][0]
            assert spans[-1][1] == stretches[-1][1]
            assert {place for span in spans for place in range(*span)} <= {
                place for stretch in stretches for place in range(*stretch)
            }
            seen.add(row["annotation_id"])
    assert seen == set(wanted)


def test_every_link_is_an_event_with_its_content_cues_and_sources(whole):
    """By pybrat, which keeps the register of the people; it cannot bear two lines on the same words."""
    links = {row["attribution_id"]: row for row in rows_of(whole, "attributions")}
    speakers = rows_of(whole, "claim_speakers")
    seen = set()
    ids = {name: noted(document) for name, (_, document) in read(whole).items()}
    for example in BratParser(error="ignore").parse(whole / "data" / "brat"):
        own = ids[example.id]
        for event in example.events:
            link = links[own[event.id]]
            parts = [part for part in event.arguments if hasattr(part, "mention")]
            assert [own[p.id] for p in parts if p.type == "Content"] == [link["claim_id"]]
            assert ";".join(own[p.id] for p in parts if p.type == "Cue") == link["cue_ids"]
            named = [s for s in speakers if s["attribution_id"] == own[event.id] and s["mention_id"]]
            sources = [p for p in parts if p.type == "Source"]
            assert [own[p.id] for p in sources] == [s["mention_id"] for s in named]
            assert [p.references[0].eid for p in sources] == [s["actor_id"] for s in named]
            before = [own[e.id] for e in event.arguments if not hasattr(e, "mention")]
            assert [(links[one]["claim_id"], int(links[one]["link"]) + 1) for one in before] == (
                [(link["claim_id"], int(link["link"]))] if link["link"] != "1" else []
            )
            seen.add(own[event.id])
    assert seen == {name for name, row in links.items() if row["outer_link"] == "FALSE"}
    assert any(int(row["link"]) > 1 for row in links.values())


def test_attributes_say_what_the_tables_say(whole):
    claims = {row["annotation_id"]: row for row in rows_of(whole, "claims")}
    conf = (whole / "data" / "brat" / "annotation.conf").read_text(encoding="utf-8")
    allowed = dict(re.findall(r"^(\w+)\tArg:\S+, Value:(\S+)$", conf, re.M))
    inside = 0
    for _, document in read(whole).values():
        ids = noted(document)
        said = {(a.refid, a.type): next(iter(a.attributes), "TRUE") for a in document.attributes}
        assert all(value in allowed[of].split("|") for (_, of), value in said.items() if of != "Negated")
        for entity in document.entities:
            if entity.type == "Content":
                claim = claims[ids[entity.id]]
                assert said[entity.id, "ClaimType"] == claim["claim_type"]
                assert said[entity.id, "Voice"] == claim["voice"]
                assert said[entity.id, "ReviewStatus"] == claim["review_status"]
                assert ((entity.id, "Negated") in said) == (claim["negated"] == "TRUE")
        for relation in document.relations:
            inner, outer = (ids[relation.arguments[arg]] for arg in ("Arg1", "Arg2"))
            assert claims[inner]["inside_claim_id"] == claims[outer]["claim_id"]
            inside += 1
    assert inside == sum(bool(claim["inside_claim_id"]) for claim in claims.values()) > 0


def test_the_list_of_texts_names_each(whole):
    lines = (whole / "data" / "brat" / "metadata.tsv").read_text(encoding="utf-8").split("\n")[:-1]
    listed = [dict(zip(lines[0].split("\t"), line.split("\t"), strict=True)) for line in lines[1:]]
    assert {row["filename"] for row in listed} == set(read(whole))
    titles = {row["article_id"]: row["title"] for row in rows_of(whole, "articles")}
    assert all(row["title"] == titles[row["article_id"]] for row in listed)


def test_without_texts_there_is_nothing_for_brat(top):
    assert not (top / "data" / "brat").exists()
    (top / "data" / "brat").mkdir()
    (top / "data" / "brat" / "more.ann").write_text("T1\tContent 0 1\tx\n")
    seal(top)
    assert verify(top).lines == ["data/brat/more.ann belongs to no text of the dataset"]


@pytest.mark.lengthy
def test_a_changed_or_missing_file_is_found(whole):
    folder = whole / "data" / "brat"
    latin = (path for path in folder.glob("*.ann") if b"e" in path.with_suffix(".txt").read_bytes())
    some = next(latin)  # the letter that is changed has to be there
    changed = {
        some: "is not what the tables say",
        some.with_suffix(".txt"): "is not the text of that snapshot",
        folder / "annotation.conf": "is not what the tables say",
        folder / "metadata.tsv": "is not what the tables say",
    }
    before = {path: path.read_bytes() for path in changed}
    for path, content in before.items():
        path.write_bytes(content.replace(b"e", b"E", 1))
    seal(whole)
    lines = verify(whole).lines
    assert len(lines) == len(changed)
    assert all(any(path.name in line and words in line for line in lines) for path, words in changed.items())
    for path in changed:
        path.unlink()
    seal(whole)
    assert set(verify(whole).lines) == {f"data/brat/{path.name} is missing" for path in changed}
    for path, content in before.items():
        path.write_bytes(content)
    seal(whole)
    assert verify(whole).ok


def test_no_fragment_holds_what_ends_a_line():
    words = "🌊 one\n\n  two\tthree\x85\u2028 \u2029قال"
    found = list(brat_fragments(f"7-{7 + len(words)};90-91", [words, "\n"]))
    assert found == [(7, 12, "🌊 one"), (14, 19, "  two"), (20, 25, "three"), (29, 32, "قال")]
    assert all(words[start - 7 : end - 7] == piece for start, end, piece in found)


def annotated(**more) -> dict:
    empty = dict.fromkeys(("claim_type", "quotation_type", "voice", "polarity", "review_status"), "")
    return {"annotation_id": "a", "kind": "cue", "of_id": "x", "cue_type": "", "quotes": '["said"]'} | (
        empty | {"extent": "3-7", "negated": "", "paraphrase": "", "speaks": 0} | more
    )


def test_words_that_are_cut_say_their_whole_extent():
    lines = BratLines()
    assert brat_annotation(lines, annotated()) == 'T1\tCue 3 7\tsaid\n#1\tSourceline T1\t{"id": "a"}\n'
    cut = annotated(quotes='["he\\nsaid"]', extent="3-10", annotation_id="b")
    assert brat_annotation(lines, cut) == (
        'T2\tCue 3 5;6 10\the said\n#2\tSourceline T2\t{"id": "b", "extent": "3-10"}\n'
    )
    assert brat_annotation(lines, annotated(quotes='["\\n"]', extent="3-4", annotation_id="c")) == ""
    assert set(lines.names) == {"a", "b"}


def test_who_is_named_nowhere_in_the_text_stands_in_the_note():
    lines = BratLines()
    lines.names["m"] = "T4"
    who = {"actor_id": "p", "mention_id": "m", "jointly": "each", "role_at_time": ""}
    who |= {"name": "Ada", "kind": "person", "naming": "named"}
    assert brat_sources(lines, [who]) == (["T4"], [])
    names, said = brat_sources(lines, [who, who | {"mention_id": "", "role_at_time": "pilot"}])
    assert names == ["T4"]
    assert said == [
        {"source": "T4", "jointly": "each"},
        {
            **{"actor": "p", "name": "Ada", "kind": "person", "naming": "named"},
            **{"role_at_time": "pilot", "jointly": "each"},
        },
    ]


def test_one_text_is_asked_for_by_its_own_rows_alone(whole):
    """The work for a text does not grow with the dataset: every question goes by an index."""

    db = sqlite3.connect(":memory:")
    for name in ("annotations", "attributions", "claim_speakers", "claims", "actors", "snapshots"):
        header = table(whole, name)[0]
        columns = ", ".join(f'"{column}"' for column in header)
        db.execute(f"CREATE TABLE {name} (row INTEGER PRIMARY KEY, {columns})")
        db.execute(f"CREATE INDEX key_{name} ON {name} ({header[0]})")
    list(brat.write_brat(db, "x"))
    assert brat.brat_snapshots(db, "x") == []
    queries = (brat.BRAT_ANNOTATED, brat.BRAT_CLAIMS, brat.BRAT_LINKS, brat.BRAT_SPEAKERS, brat.BRAT_CAPTURED)
    for query in queries:
        plan = [step[3] for step in db.execute("EXPLAIN QUERY PLAN " + query, ["x"])]
        assert not [step for step in plan if step.startswith("SCAN")], plan

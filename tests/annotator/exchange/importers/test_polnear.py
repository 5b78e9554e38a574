"""PolNeAR's layout: what becomes of attributions, and what of files that are not as they should be."""

from pathlib import Path

import pytest

from annotator.exchange.importers import polnear
from annotator.exchange.importers.bundle import Bundle, NotRead
from annotator.exchange.importers.files import Files, of_path
from annotator.exchange.importers.wishes import Wishes, parse_wishes
from annotator.intents.annotation import parse_annotation

FOLDER = Path(__file__).parents[3] / "fixtures" / "imports" / "polnear"
ASKED = parse_wishes(
    meanings=["Content=claim:fact"], quotation_type="indirect", actor_kind="unknown", voice="agentless"
)
SNAPSHOT = "0" * 8 + "-0000-4000-8000-" + "0" * 12


def files(**contents: str | bytes) -> Files:
    """Files by name, `__` for the dot."""
    raw = {name.replace("__", "."): (c.encode() if isinstance(c, str) else c) for name, c in contents.items()}
    return Files("upload", {name: lambda content=content: content for name, content in raw.items()})


def read(ann: str, text: str = "Ada said yes. She said no.", wishes: Wishes = ASKED) -> Bundle:
    return polnear.read(files(x__ann=ann, x__txt=text), wishes)


def claims(bundle: Bundle) -> list[dict]:
    """The bodies of claims, each as the intents read it."""
    bodies = [one.body for document in bundle.documents for one in document.placed if "claim" in one.body]
    for body in bodies:
        parse_annotation(SNAPSHOT, {**body, "snapshot": SNAPSHOT})
    return bodies


def told(bundle: Bundle) -> dict[int, str]:
    return {one.at.line: f"{one.what}: {one.why}" for one in bundle.unmapped}


SHORT = """\
T1\tSource 0 3\tAda
T2\tCue 4 8\tsaid
T3\tContent 9 12\tyes
T4\tAttribution 4 8\tsaid
E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1
"""


@pytest.fixture(scope="module")
def corpus() -> Bundle:
    return polnear.read(of_path(FOLDER), ASKED)


def test_attributions_become_claims_with_their_speakers_and_cues(corpus):
    names = {str(actor.uuid): actor.body["name"] for actor in corpus.actors}
    found = [
        (
            body["quotes"],
            body["claim"]["voice"],
            [[(names[s["actor"]]) for s in link["sources"]] for link in body["claim"]["chains"][0]],
            [cue["quotes"] for cue in body["claim"]["chains"][0][0]["cues"]],
        )
        for body in claims(corpus)
    ]
    assert found == [
        (["that the quarry will close in May 🪨"], "attributed", [["The Orle Herald"]], [["reports"]]),
        (
            ["“We cannot\npay for the pumps,”", "“and nobody helps.”"],
            "attributed",
            [["Ada Renk"]],
            [["said"]],
        ),
        (["that talks had failed"], "attributed", [["She"]], [["added"]]),
        (["that the lake will rise"], "agentless", [[]], [["It is feared"]]),
    ]


def test_the_text_is_as_the_file_has_it_and_says_what_stands_where(corpus):
    (document,) = corpus.documents
    assert document.text == (FOLDER / "text" / "orle_2031-02-03_quarry-to-close.txt").read_text("utf-8")
    for one in document.placed:
        assert [document.text[a:b] for a, b in one.body["extent"]] == one.body["quotes"]
    assert {one.by for one in document.placed} == {"4b22"}


def test_the_table_tells_of_the_article(corpus):
    record = corpus.documents[0].record
    assert (record.title, record.outlet) == ("Quarry at Orle to close, owner says", "The Orle Herald")
    assert (record.authors, record.published) == (("Mina Soll",), "2031-02-03")


def test_a_name_is_one_actor_in_a_text_and_a_pronoun_is_nobody_known(corpus):
    renk = [one for one in corpus.actors if one.body["name"] == "Ada Renk"]
    assert [(one.body["kind"], one.body["naming"]) for one in renk] == [("unknown", "named")]
    (she,) = (one for one in corpus.actors if one.body["name"] == "She")
    assert she.body["naming"] == "unnamed"
    twice = read(SHORT.replace("0 3\tAda", "14 17\tShe") + "T5\tSource 14 17\tShe\n")
    assert len(twice.actors) == 2


def test_nobody_is_taken_for_the_same_in_two_texts():
    ann = "T1\tSource 4 12\tAda Renk\n"
    both = files(a__ann=ann, a__txt="now Ada Renk", b__ann=ann, b__txt="but Ada Renk")
    assert len(polnear.read(both, ASKED).actors) == 2
    known = ann + "N1\tReference T1 Wikidata:Q42\tAda Renk\n"
    both = files(a__ann=known, a__txt="now Ada Renk", b__ann=known, b__txt="but Ada Renk")
    (one,) = polnear.read(both, ASKED).actors
    assert one.record == {"wikidata": "Q42"}


def test_marks_that_the_file_holds_to_be_the_same_are_one_actor():
    same = SHORT + "T5\tSource 14 17\tShe\n*\tEquiv T1 T5\n"
    (actor,) = read(same).actors
    assert actor.body["name"] == "Ada"


def test_what_nobody_said_is_told_and_not_guessed(corpus):
    assert told(corpus) == {21: "T17 Discard: nobody said what “Discard” means"}
    bare = read(SHORT, wishes=Wishes())
    assert claims(bare) == []
    assert set(told(bare)) == {1, 3}
    assert "nobody said what kind of actor" in told(bare)[1]
    assert "nobody said of which type" in told(bare)[3]
    without_voice = parse_wishes(meanings=["Content=claim:fact"], quotation_type="indirect")
    alone = read("T1\tContent 9 12\tyes\n", wishes=without_voice)
    assert "nobody said whose voice" in told(alone)[1]


def test_reading_twice_gives_the_same_identifiers(corpus):
    assert polnear.read(of_path(FOLDER), ASKED) == corpus


def test_a_cue_of_two_claims_is_two_cues():
    more = SHORT + "T5\tContent 22 24\tno\nE2\tAttribution:T4 Content:T5 Cue:T2 Source:T1\n"
    first, second = (body["claim"]["chains"][0][0]["cues"][0]["uuid"] for body in claims(read(more)))
    assert first != second


def test_our_own_additions_are_read():
    ann = SHORT + (
        '#1\tSourceline T3\t{"id": "11111111-1111-4111-8111-111111111111", "extent": "9-12"}\n'
        "#2\tAnnotatorNotes T3\tShe agrees\n"
        "A1\tClaimType T3 forecast\nA2\tVoice T3 attributed\nA3\tNegated T3\nA4\tReviewStatus T3 accepted\n"
        "N1\tReference T1 Sourceline:22222222-2222-4222-8222-222222222222\tAda Renk\n"
        "A5\tNaming T1 by_office\nA6\tActorKind T1 person\nA7\tAct E1 wants\n"
        "E2\tAttribution:T4 Content:T3 Relays:E1\n"
        '#3\tSourceline E2\t{"id": "x", "sources": [{"actor": "33333333-3333-4333-8333-333333333333",'
        ' "name": "The Herald", "kind": "outlet", "naming": "named", "role_at_time": "daily"}]}\n'
        "T5\tContent 22 24\tno\nR1\tInside Arg1:T5 Arg2:T3\n"
    )
    bundle = read(ann)
    outer, inner = claims(bundle)
    assert outer["claim"]["type"] == "forecast"
    assert (outer["claim"]["negated"], outer["claim"]["paraphrase"]) == (True, "She agrees")
    said, relayed = outer["claim"]["chains"][0]
    assert (said["act"], said["role"], relayed["role"]) == ("wants", "said", "relayed")
    assert relayed["sources"] == [
        {"actor": "33333333-3333-4333-8333-333333333333", "role_at_time": "daily"},
    ]
    assert inner["claim"]["inside"] == "11111111-1111-4111-8111-111111111111"
    known = {str(actor.uuid): (actor.body["name"], actor.body["naming"]) for actor in bundle.actors}
    assert known["22222222-2222-4222-8222-222222222222"] == ("Ada Renk", "by_office")
    assert told(bundle) == {11: "ReviewStatus accepted: decisions are not taken over"}


def test_notes_and_attributes_of_others_are_told():
    noted = read(SHORT + "#1\tAnnotatorNotes T3\tdoubtful\nA1\tSure T3\nM1\tNegated T3\n")
    assert told(noted) == {
        6: "AnnotatorNotes of T3: doubtful: notes are not taken over",
        7: "Sure of T3: : there is nothing here that this attribute would be",
    }
    assert claims(noted)[0]["claim"]["negated"] is True


@pytest.mark.parametrize(
    ("more", "line", "why"),
    [
        ("T5\tContent 12 9\tyes\n", 6, "ends where it begins"),
        ("T5\tContent 9 9\t\n", 6, "ends where it begins"),
        ("T5\tContent 9 12;11 13\tyes s.\n", 6, "overlap"),
        ("T5\tContent 9 12;13 14\tyes\n", 6, "do not fill"),
        (f"T5\tContent 9 {'9' * 400}\tyes\n", 6, "no text reaches"),
        ("T5\tContent -1 3\tAda\n", 6, "as brat writes"),
        ("T5\tContent 9 1e999\tyes\n", 6, "as brat writes"),
        ("T5\tContent ９ 12\tyes\n", 6, "as brat writes"),
        ("T1\tContent 9 12\tyes\n", 6, "T1 stands twice"),
        ("E1\tAttribution:T4 Content:T3\n", 6, "E1 stands twice"),
        ("E2\tAttribution:T4 Content:T99\n", 6, "points to T99"),
        ("E2\tAttribution:T99 Content:T3\n", 6, "points to T99"),
        ("E2\tAttribution:T4 Source:T1\n", 6, "joins no claim"),
        ("E2\tAttribution:T4 Content:T3 Cue:T2 Where:T4\n", 6, "neither claim, speaker nor cue"),
        ("E2\tAttribution\n", 6, "as brat writes"),
        ("E2\tSaying:T4 Content:T3\n", 6, "nobody said that “Saying” is a cue"),
        ("R1\tInside Arg1:T3\n", 6, "two parts"),
        ("R1\tInside Arg1:T3 Arg2:T77\n", 6, "points to T77"),
        ("R1\tInside Arg1:T3 Arg2:T1\n", 6, "joins a claim with a speaker"),
        ("R1\tCauses Arg1:T3 Arg2:T1\n", 6, "joins a claim with a speaker"),
        ("A1\tNegated T44\n", 6, "T44 is missing"),
        ("N1\tReference T2 Wikidata:Q1\tsaid\n", 6, "only the first entry"),
        ("N1\tReference T1\n", 6, "register"),
        ("*\tEquiv T1 T88\n", 6, "two or more"),
        ("#1\tSourceline T3\t" + "[" * 5000 + "\n", 6, "nested more than 64 deep"),
        ('#1\tSourceline T3\t{"id": "\\ud800"}\n', 6, "half a character"),
        ("#1\tSourceline T3\tNaN\n", 6, "not JSON"),
        ("Z1\tmore\n", 6, "no line of brat"),
        ("T5 Content 9 12 yes\n", 6, "no line of brat"),
        ("\x00\n", 6, "no line of brat"),
        ("T5\tCue 18 22\tsaid\n", 6, "nothing says of which claim"),
    ],
)
def test_a_line_that_is_not_as_it_should_be_is_told_and_spoils_no_other(more, line, why):
    bundle = read(SHORT + more)
    assert why in told(bundle)[line], told(bundle)
    assert claims(bundle)[0]["quotes"] == ["yes"]
    assert all(body["quotes"] != [] for body in claims(bundle))


def test_links_and_claims_that_go_round_in_a_circle_are_told():
    circle = (
        SHORT
        + "E2\tAttribution:T4 Content:T3 Relays:E3\nE3\tAttribution:T4 Content:T3 Relays:E2\n"
        + "T5\tContent 22 24\tno\nT6\tContent 14 17\tShe\n"
        + "R1\tInside Arg1:T5 Arg2:T6\nR2\tInside Arg1:T6 Arg2:T5\n"
    )
    bundle = read(circle)
    (claim,) = claims(bundle)
    assert len(claim["claim"]["chains"]) == 1
    assert {6, 7, 8, 9} <= set(told(bundle))


def test_line_ends_and_a_byte_order_mark_are_counted_as_whoever_wrote_the_file_did():
    raw = "Lines\r\nof Ada said yes. Ada\r\nsaid yes.\r\n"
    words = ("Ada", "said", "yes")
    for counted in (raw, raw.replace("\r\n", "\n"), "\ufeff" + raw, "\ufeff" + raw.replace("\r\n", "\n")):
        places = [counted.rindex(word) for word in words]
        lines = [
            f"T{n}\tContent {at} {at + len(word)}\t{word}\r\n"
            for n, (at, word) in enumerate(zip(places, words, strict=True), 1)
        ]
        bundle = polnear.read(files(x__ann="\ufeff" + "".join(lines), x__txt="\ufeff" + raw), ASKED)
        assert bundle.documents[0].text == raw
        assert [body["extent"][0][0] for body in claims(bundle)] == [raw.rindex(word) for word in words]


def test_words_that_are_elsewhere_keep_their_words_for_the_search():
    moved = read(SHORT.replace("9 12", "19 22"))
    (claim,) = claims(moved)
    assert (claim["extent"], claim["quotes"]) == ([[19, 22]], ["yes"])


def test_files_without_their_other_half_are_told():
    lone = files(
        a__ann=SHORT, b__txt="text", c__ann=b"T1\tCue 0 1\t\xff\n", c__txt="x", d__ann="", d__txt=b"\xff"
    )
    bundle = polnear.read(lone, ASKED)
    assert bundle.documents == ()
    assert [(one.at.file, one.at.line) for one in bundle.unmapped] == [
        ("a.ann", 0),
        ("b.txt", 0),
        ("c.ann", 1),
        ("d.txt", 1),
    ]
    with pytest.raises(NotRead, match=r"no file that ends in \.ann"):
        polnear.read(files(b__txt="text"), ASKED)


def test_texts_of_other_folders_are_no_concern_of_it():
    raw = {"r/brat/x.ann": SHORT, "r/brat/x.txt": "Ada said yes.", "r/texts/0.txt": "Ada said yes."}
    raw |= {"c/attributions/y_4b22.ann": SHORT, "c/text/y.txt": "Ada said yes.", "c/text/z.txt": "Lone."}
    files = Files("r.zip", {name: lambda said=said: said.encode() for name, said in raw.items()})
    bundle = polnear.read(files, ASKED)
    assert [document.name for document in bundle.documents] == ["y", "x"]
    assert [one.at.file for one in bundle.unmapped] == ["c/text/z.txt"]


def test_a_text_that_only_the_table_tells_of_is_left_to_be_found_in_the_project():
    table = "filename\ttitle\turl\nx\tOn Ada\thttps://orle.example/ada\n\tnobody\n"
    bundle = polnear.read(files(x__ann=SHORT, metadata__tsv=table), ASKED)
    (document,) = bundle.documents
    assert (document.text, document.record.url) == (None, "https://orle.example/ada")
    assert claims(bundle)[0]["quotes"] == ["yes"]
    assert told(bundle)[3].endswith("does not say of which file")

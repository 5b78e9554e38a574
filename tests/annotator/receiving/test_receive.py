"""Taking a bundle in: stored once, recognised ever after, told where it cannot be."""

import pytest

from annotator.actions import annotations
from annotator.actions.projects import open_project
from annotator.exchange.importers.bundle import Bundle, CodeEntry, EventEntry, Record, RelationEntry, span
from annotator.exchange.importers.wishes import Wishes
from annotator.exchange.receiving import receive
from annotator.exchange.receiving.report import Report, summary
from annotator.intents.annotation import parse_annotation
from annotator.models import (
    Actor,
    ActorAlias,
    Annotation,
    Claim,
    ClaimRelation,
    Event,
    EventParticipant,
    SupportingSpan,
)
from sources.models import Article, Change, Snapshot
from sources.text.digest import sha256_hex
from tests.factories import BRIDGE, stored

from .conftest import Shelf, actor, at, claim, document, mention, name_of, words

ILSE = str(name_of("actor", "Ilse Brandt"))


def said_by_ilse(**more):
    named = mention("Ilse Brandt", words("Ilse Brandt"))
    source = {"actor": ILSE, "mention": str(named.uuid)}
    link = {"sources": [source], "cues": [words("told the agency", uuid=name_of("cue"))]}
    crack = claim(
        words("We found a crack"), voice="attributed", quotation_type="direct", chains=[[link]], **more
    )
    return named, crack


def only(report: Report) -> tuple[str, str]:
    (one,) = report.refused
    return one.rule, str(one.at)


def test_what_is_read_is_stored_once(shelf: Shelf) -> None:
    marked = said_by_ilse(by="Mara")
    report = shelf.take(document(*marked), actors=(actor("Ilse Brandt"), actor("Nobody")))
    assert summary(report) == "1 text taken in, 2 annotations stored, 1 actor."
    made = Claim.objects.get(project=shelf.project)
    assert made.status == "submitted"
    assert (made.annotation.origin, made.annotation.author) == ("import", shelf.by)
    assert made.annotation.origin_detail == "test: a.zip, by Mara"
    assert set(Annotation.objects.values_list("origin", flat=True)) == {"import"}
    assert Annotation.objects.filter(kind="cue").count() == 1
    assert Actor.objects.get(project=shelf.project).name == "Ilse Brandt"
    assert Snapshot.objects.get(project=shelf.project).text == BRIDGE
    acts = Change.objects.filter(project_id=shelf.project.pk, table="annotator_annotation")
    assert set(acts.values_list("user_id", flat=True)) == {shelf.by.pk}
    before = Change.objects.count()
    again = shelf.take(document(*marked), actors=(actor("Ilse Brandt"), actor("Nobody")))
    assert summary(again) == "1 text already there, 2 already there."
    assert Change.objects.count() == before


def test_a_report_goes_through_json(shelf: Shelf) -> None:
    report = shelf.take(document(claim(words("crack", "lorries")), claim(span(None, ["snow"]), line=7)))
    assert report.refused
    back = Report.from_json(report.to_json())
    assert (back.refused, back.unmapped, summary(back)) == (report.refused, report.unmapped, summary(report))


def test_line_ends_are_unified_and_offsets_carried(shelf: Shelf) -> None:
    text = "\ufeffOne crack 🌉.\r\n\r\nTwo lorries\x00 turned.\r"
    marked = claim(words("Two lorries", text=text)), claim(words("One crack 🌉", text=text))
    report = shelf.take(document(*marked, text=text))
    assert report.refused == []
    snapshot = Snapshot.objects.get(project=shelf.project)
    assert snapshot.text == "\ufeffOne crack 🌉.\n\nTwo lorries turned.\n"
    assert [a.quotes for a in Annotation.objects.order_by("extent")] == [["One crack 🌉"], ["Two lorries"]]
    assert bytes(snapshot.captures.get().raw) == text.encode()
    assert summary(shelf.take(document(*marked, text=text))) == "1 text already there, 2 already there."


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "readable"),
        (" \r\n\t", "readable"),
        ("half \ud83d", "readable"),
        ("long " * 500_000, "too_large"),
    ],
)
def test_a_text_that_cannot_be_kept_is_refused_with_all_in_it(shelf: Shelf, text: str, rule: str) -> None:
    report = shelf.take(document(claim(span([(0, 4)])), text=text), document(claim(words("crack"))))
    assert [one.rule for one in report.refused] == [rule, "no_text"]
    assert summary(report) == "1 text taken in, 1 text refused, 1 annotation stored, 1 refused."


def test_a_stated_digest_is_held_to_the_text(shelf: Shelf) -> None:
    assert only(shelf.take(document(sha256=sha256_hex("other")))) == ("digest", "a.ann:1")
    assert shelf.take(document(sha256=sha256_hex(BRIDGE))).whole


def test_words_are_found_again_and_told(shelf: Shelf) -> None:
    moved = claim({**words("Eighteen lorries"), "extent": [[2, 18]]}, line=4)
    lost = claim({**words("the"), "extent": [[0, 3]]}, line=5)
    report = shelf.take(document(moved, lost))
    assert only(report) == ("found_once", "a.ann:5")
    (told,) = report.moved
    assert (str(told.at), told.why.partition(": ")[2]) == ("a.ann:4", "the words stand there once")
    assert Annotation.objects.get().quotes == ["Eighteen lorries"]


def test_a_text_that_is_here_is_found_by_its_digest(shelf: Shelf) -> None:
    here = stored(shelf.by, shelf.project, BRIDGE)
    marked = claim(words("We found a crack"))
    report = shelf.take(document(marked, text=None, sha256=here.sha256))
    assert summary(report) == "1 text already there, 1 annotation stored."
    assert Annotation.objects.get().snapshot == here


def test_of_articles_with_one_text_the_record_says_which(shelf: Shelf) -> None:
    for outlet in ("Kai Radio", "The Velm Courier"):
        here = stored(shelf.by, shelf.project, BRIDGE, outlet)
    bare = document(claim(words("crack")), text=None, sha256=here.sha256)
    assert shelf.take(bare).refused[0].rule == "one_article"
    known = Record(outlet="The Velm Courier")
    assert shelf.take(document(claim(words("crack")), text=None, sha256=here.sha256, record=known)).whole
    assert Annotation.objects.get().snapshot == here


def test_another_text_of_the_same_article_is_searched(shelf: Shelf) -> None:
    here = stored(shelf.by, shelf.project, BRIDGE)
    title = here.article.title
    other = "Corrected. " + BRIDGE
    marked = claim(words("We found a crack", text=other)), claim(words("nine days", "lorries", text=other))
    asked = document(*marked, text=None, sha256=sha256_hex(other), record=Record(title=title))
    report = shelf.take(asked)
    assert summary(report) == (
        "1 text already there, 2 annotations stored, 2 found by their words, 1 not taken over."
    )
    assert "another than the one that was marked" in report.unmapped[0].why
    assert summary(shelf.take(asked)).startswith("1 text already there, 2 already there")


def test_a_text_that_is_nowhere_is_refused(shelf: Shelf) -> None:
    report = shelf.take(document(claim(words("crack")), text=None, record=Record(title="Gone")))
    assert [one.rule for one in report.refused] == ["text_is_here", "no_text"]
    assert not Actor.objects.exists()


def test_an_identifier_of_another_project_is_derived(shelf: Shelf) -> None:
    elsewhere = open_project(by=shelf.by, name="Other", slug="other")
    other = Shelf(shelf.by, elsewhere)
    marked, people = said_by_ilse(), (actor("Ilse Brandt"),)
    assert other.take(document(*marked), actors=people).whole
    report = shelf.take(document(*marked), actors=people)
    assert summary(report) == "1 text taken in, 2 annotations stored, 1 actor."
    assert summary(shelf.take(document(*marked), actors=people)) == "1 text already there, 2 already there."
    assert Claim.objects.count() == 2
    assert Claim.objects.filter(project=elsewhere, uuid=marked[1].uuid).exists()


def test_what_was_changed_here_is_left_and_told(shelf: Shelf) -> None:
    marked = claim(words("We found a crack"))
    shelf.take(document(marked))
    made = Annotation.objects.get()
    body = {**marked.body, "snapshot": made.snapshot.uuid, "claim": {**marked.body["claim"], "type": "blame"}}
    annotations.save(
        by=shelf.by, project=shelf.project, intent=parse_annotation(made.uuid, body), version=made.version
    )
    report = shelf.take(document(marked))
    assert (report.whole, summary(report)) == (True, "1 text already there, 1 left as it is.")
    assert Claim.objects.get().type.key == "blame"


def test_what_is_refused_stops_nothing_and_leaves_nothing(shelf: Shelf) -> None:
    named, crack = said_by_ilse(type="nonsense")
    report = shelf.take(document(named, crack, claim(words("lorries"))), actors=(actor("Ilse Brandt"),))
    assert [(one.rule, one.what) for one in report.refused] == [("code", "claim “We found a crack”")]
    assert report.counts["stored"] == 2
    assert not SupportingSpan.objects.exists()
    lone = {**named.body, "actor": {"actor": ILSE, "role": "x"}}
    bad = document(type(named)(at(9), name_of("bad"), lone), key="b", text="Another text, Ilse Brandt.")
    report = Shelf(shelf.by, open_project(by=shelf.by, name="B", slug="b")).take(
        bad, actors=(actor("Ilse Brandt"),)
    )
    assert report.counts["actors"] == 0
    assert Actor.objects.count() == 1


def test_codes_that_are_lacking_are_told_or_made(shelf: Shelf) -> None:
    codes = (CodeEntry(at(3), "claim_type", "rumour", "Rumour"), CodeEntry(at(), "claim_type", "fact"))
    marked = document(claim(words("crack"), type="rumour"))
    report = shelf.take(marked, codes=codes)
    assert [(str(one.at), one.what) for one in report.unmapped] == [("a.ann:3", "claim type “rumour”")]
    assert only(report)[0] == "code"
    report = shelf.take(marked, codes=codes, create_codes=True)
    assert summary(report) == "1 text already there, 1 annotation stored, 1 code."
    assert Claim.objects.get().type.name == "Rumour"


def test_records_are_read_and_what_is_none_is_told(shelf: Shelf) -> None:
    record = Record(
        title="Bridge  closed",
        authors=("Tamar Oduya", " "),
        outlet="The Velm Courier",
        published="2024-05-31",
        url="https://velm.example/1",
        archive_url="javascript:alert(1)",
        accessed="soon",
        section="Harbour",
        language="English!",
    )
    report = shelf.take(document(record=record), wishes=Wishes(language="de"))
    assert [one.what.split()[0] for one in report.unmapped] == ["language", "archive_url", "day"]
    article = Article.objects.get(project=shelf.project)
    assert (article.title, article.authors, article.section) == ("Bridge closed", ["Tamar Oduya"], "Harbour")
    assert (str(article.publication), article.published, article.archive_url) == (
        "The Velm Courier",
        "2024-05-31",
        "",
    )
    assert article.language == "en"


def test_an_anonymous_speaker_belongs_to_its_text(shelf: Shelf) -> None:
    reason = words("because the inquiry is open", uuid=name_of("reason"))
    engineer = actor("an engineer", document="a", body={"naming": "anonymous", "reason_span": reason})
    report = shelf.take(document(mention("an engineer", words("An engineer"))), actors=(engineer,))
    assert report.refused == []
    made = Actor.objects.get()
    assert made.article == Article.objects.get()
    assert made.stated_reason == "because the inquiry is open"
    assert Annotation.objects.get(kind="reason").origin == "import"


@pytest.mark.lengthy
def test_events_relations_and_records_are_completed_once(shelf: Shelf) -> None:
    named = mention("Ilse Brandt", words("Ilse Brandt"))
    event = EventEntry(
        at(),
        name_of("event"),
        {"label": "Crack found", "type": "other", "date": "2024-05"},
        participants=({"actor": ILSE, "role": "witness", "mention": str(named.uuid)},),
        slots={"a": {"date": words("in spring", uuid=name_of("slot"))}},
    )
    happened = words("crack is found")
    seen = type(named)(
        at(), name_of("seen"), {"kind": "event", **happened, "event": {"event": str(event.uuid)}}
    )
    one, other = claim(words("We found a crack")), claim(words("the crack was known in spring"))
    relation = RelationEntry(
        at(), name_of("relation"), {"claim": str(one.uuid), "other": str(other.uuid), "kind": "supports"}
    )
    lost = RelationEntry(
        at(8), name_of("lost"), {"claim": str(one.uuid), "other": str(name_of("no")), "kind": "supports"}
    )
    office = actor("Harbour office", body={"kind": "organisation"})
    ilse = actor(
        "Ilse Brandt",
        record={
            "aliases": [{"name": "I. Brandt", "language": "de"}],
            "belongings": [{"tie": "works_for", "organisation": str(office.uuid), "since": "2019"}],
        },
    )

    def take() -> Report:
        return shelf.take(
            document(named, seen, one, other),
            actors=(ilse, office),
            events=(event,),
            relations=(relation, lost),
        )

    report = take()
    assert [(one.rule, str(one.at)) for one in report.refused] == [("exists", "a.ann:8")]
    assert summary(report).endswith("1 refused, 2 actors, 1 event, 1 relation.")
    assert EventParticipant.objects.get().mention.annotation.uuid == named.uuid
    assert SupportingSpan.objects.get(event__label="Crack found").annotation.quotes == ["in spring"]
    assert (ActorAlias.objects.get().name, ClaimRelation.objects.get().kind.key) == ("I. Brandt", "supports")
    assert Actor.objects.get(name="Ilse Brandt").affiliations.get().organisation.name == "Harbour office"
    before = Change.objects.count()
    take()
    assert Change.objects.count() == before


def test_what_was_taken_off_an_event_here_does_not_come_back(shelf: Shelf) -> None:
    event = EventEntry(
        at(), name_of("event"), {"label": "Crack", "type": "other"}, ({"actor": ILSE, "role": "witness"},)
    )
    body = {"kind": "event", **words("crack is found"), "event": {"event": str(event.uuid)}}
    seen = type(claim(words("crack")))(at(), name_of("seen"), body)

    def take() -> Report:
        return shelf.take(document(seen), actors=(actor("Ilse Brandt"),), events=(event,))

    take()
    EventParticipant.objects.get().delete()
    Event.objects.update(version=2)
    take()
    assert not EventParticipant.objects.exists()


def test_reprints_are_linked(shelf: Shelf) -> None:
    first = document(key="a", record=Record(outlet="Nordpost"))
    second = document(key="b", text=BRIDGE + "More.", record=Record(outlet="Kai Radio"), prints="a")
    shelf.take(first, second)
    reprint = Article.objects.get(publication__name="Kai Radio")
    assert reprint.reprint_of == Article.objects.get(publication__name="Nordpost")


def test_receiving_needs_somebody_and_goes_document_by_document(shelf: Shelf) -> None:
    seen: list[str] = []
    bundle = Bundle((document(key="a"), document(key="b", text="Another text.")))
    receive(by=shelf.by, project=shelf.project, bundle=bundle, origin="x" * 300, step=seen.append)
    assert seen == ["a.txt", "b.txt"]
    acts = Change.objects.filter(table="sources_article", operation="INSERT")
    assert acts.values("request").distinct().count() == 2

"""What a file says otherwise of an article, actor or event that is here: told, and written over nothing."""

from dataclasses import replace
from typing import Any

from annotator.exchange.importers.bundle import EventEntry, Placed, Record
from annotator.exchange.receiving.report import Report
from annotator.models import Actor, Event
from sources.models import Article, Change

from .conftest import Shelf, actor, at, document, mention, name_of, words

RECORD = Record(
    title="Bridge closed",
    authors=("Tamar Oduya",),
    outlet="The Velm Courier",
    published="2024-05-31",
    url="https://velm.example/1",
    section="Harbour",
    language="en",
)
ILSE = mention("Ilse Brandt", words("Ilse Brandt"))


def told(report: Report) -> list[tuple[str, str]]:
    assert report.whole
    assert report.counts["changed"] == len(report.changed)
    assert {one.rule for one in report.changed} <= {"left_as_it_is"}
    ends = ": it was left as it is"
    assert all(one.why.endswith(ends) for one in report.changed)
    return [(one.what, one.why.removesuffix(ends)) for one in report.changed]


def test_of_an_article(shelf: Shelf) -> None:
    assert told(shelf.take(document(record=RECORD))) == []
    before = Change.objects.count()
    assert told(shelf.take(document(record=RECORD))) == []
    assert told(shelf.take(document(record=Record()))) == []
    assert told(shelf.take(document(record=replace(RECORD, outlet="the velm COURIER")))) == []
    other = replace(
        RECORD, published="2024-06-01", authors=("Mara Lind", "Kai"), section="", accessed="2024-07-01"
    )
    said = (
        "authors is “Tamar Oduya” here and “Mara Lind, Kai” in the file;"
        " date of publication is “2024-05-31” here and “2024-06-01” in the file;"
        " accessed is not given here and “2024-07-01” in the file"
    )
    report = shelf.take(document(record=other))
    assert (told(report), report.counts["texts_known"]) == ([("the record of “Bridge closed”", said)], 1)
    assert Change.objects.count() == before


def test_of_an_article_whose_text_the_file_lacks(shelf: Shelf) -> None:
    shelf.take(document(record=RECORD))
    digest = Article.objects.get().snapshots.get().sha256
    asked = document(text=None, sha256=digest, record=replace(RECORD, title="Bridge open"))
    assert told(shelf.take(asked)) == [
        ("the record of “Bridge closed”", "title is “Bridge closed” here and “Bridge open” in the file")
    ]


def test_of_an_actor(shelf: Shelf) -> None:
    def take(**body: Any) -> list[tuple[str, str]]:
        record = {"aliases": [{"name": "I. Brandt"}], "wikidata": "Q42"} | body.pop("record", {})
        return told(shelf.take(document(ILSE), actors=(actor("Ilse Brandt", body=body, record=record),)))

    assert take(affiliation="Harbour office") == []
    assert take(affiliation="Harbour  office") == []
    assert take() == []
    assert take(name="I. Brandt") == []
    before = Change.objects.count()
    assert take(
        name="Ilse Brand",
        naming="by_office",
        record={"wikidata": "Q1", "identifiers": [{"scheme": "viaf", "value": "7"}]},
    ) == [
        (
            "actor “Ilse Brandt”",
            "name is “Ilse Brandt” here and “Ilse Brand” in the file;"
            " naming is “named” here and “by_office” in the file;"
            " wikidata is “Q42” here and “Q1” in the file;"
            " identifiers is not given here and “viaf 7” in the file",
        )
    ]
    assert Change.objects.count() == before
    assert Actor.objects.get().wikidata == "Q42"


def test_of_an_event(shelf: Shelf) -> None:
    uuid = name_of("event")
    body = {"kind": "event", **words("crack is found"), "event": {"event": str(uuid)}}
    seen = Placed(at(), name_of("seen"), body)

    def take(**more: Any) -> list[tuple[str, str]]:
        said = {"label": "Crack", "type": "other", "date": "2024-05", "latitude": "54.5", "longitude": "9"}
        return told(shelf.take(document(seen), events=(EventEntry(at(), uuid, {**said, **more}),)))

    assert take() == []
    assert take() == []
    assert take(latitude=54.50, note="") == []
    assert take(date="2024-06", latitude="55.0", note="Seen by many.") == [
        (
            "event “Crack”",
            "date is “2024-05” here and “2024-06” in the file; note is not given here and “Seen by many.”"
            " in the file; latitude is “54.500000” here and “55.0” in the file",
        )
    ]
    assert Event.objects.get().date == "2024-05"

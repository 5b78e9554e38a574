"""Whom a link speaks to: each link has its own, named or only described, and they follow the link."""

from typing import Any
from uuid import uuid4

import pytest

from annotator.actions import actor_records
from annotator.actions.annotations import remove
from annotator.intents.actor_record import parse_record
from annotator.intents.refusal import InUse, Refused
from annotator.models import Actor, Annotation, Claim, Party, Quantity, SupportingSpan
from annotator.queries.actor_page import claims_about
from annotator.queries.annotation_json import annotations_json
from annotator.queries.chains import chains_of, in_words
from annotator.queries.claim_cards import claim_cards, with_records
from annotator.queries.room_marks import marks_json
from tests.factories import merged, new_actor, span, stored

from .conftest import Desk

CRACK = "We found a crack"


def link(*addressees: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"sources": [], "cues": [], "addressees": list(addressees), **more}


def heard(claim: Claim) -> list[list[Any]]:
    """By link, whom the API tells."""
    (told,) = annotations_json(Annotation.objects.filter(pk=claim.pk))
    return [
        [one.get("name") or one["words"] for one in link.get("addressees", [])]
        for chain in told["claim"]["chains"]
        for link in chain
    ]


@pytest.fixture
def office(desk: Desk) -> Actor:
    return desk.actor("the harbour office", "Harbour office", kind="government_body")


def to(actor: Actor) -> dict[str, str]:
    return {"actor": str(actor.uuid)}


@pytest.mark.lengthy
def test_each_link_has_its_own(desk: Desk, office: Actor) -> None:
    agency = span(desk.snapshot, "the agency Nordpost")
    said = link(
        sources=[
            new_actor("A"),
        ]
    )
    relayed = link(to(office), {"span": agency}, role="relayed", sources=[new_actor("B")])
    claim = desk.claim(CRACK, voice="attributed", chains=[[said, relayed]])
    assert heard(claim) == [[], ["Harbour office", "the agency Nordpost"]]
    (chain,) = chains_of(with_records(Claim.objects.filter(pk=claim.pk)))[claim.pk]
    assert in_words(chain).startswith(
        "said by A, relayed by B to Harbour office and the agency Nordpost, published in"
    )
    (told,) = marks_json(Annotation.objects.filter(pk=claim.pk))["whole"]
    (described,) = [one for one in told["claim"]["chains"][0][1]["addressees"] if "span" in one]
    assert described == {"words": "the agency Nordpost", "span": agency}
    words = SupportingSpan.objects.get(party__isnull=False).annotation
    assert (words.kind, str(words.uuid), words.quotes) == ("addressee", agency["uuid"], agency["quotes"])


def test_words_are_one_line_that_comes_back_as_it_was_sent(desk: Desk) -> None:
    two_lines = desk.snapshot.text[: desk.snapshot.text.index("Oduya") + 5]
    claim = desk.claim(CRACK, chains=[[link({"span": span(desk.snapshot, two_lines)})]])
    (told,) = annotations_json(Annotation.objects.filter(pk=claim.pk))
    (one,) = told["claim"]["chains"][0][0]["addressees"]
    assert "\n" not in one["words"] and one["words"].endswith("By Tamar Oduya")
    again = desk.claim_body(CRACK, chains=[[link(one)]])
    assert desk.put(again, claim.uuid).annotation.version == 1


@pytest.mark.lengthy
def test_they_change_places_links_and_words_within_the_claim(desk: Desk, office: Actor) -> None:
    first, second = span(desk.snapshot, "its director"), span(desk.snapshot, "the agency")
    inner, outer = new_actor("A"), new_actor("B")
    before = [
        link({"span": first}, {"span": second}, sources=[inner]),
        link(to(office), role="relayed", sources=[outer]),
    ]
    claim = desk.claim(CRACK, voice="attributed", chains=[before])
    sources = [[{"actor": one["new_actor"]["uuid"]}] for one in (inner, outer)]
    after = [
        link(to(office), {"span": second}, sources=sources[0]),
        link({**to(office), "span": first}, role="relayed", sources=sources[1]),
    ]
    desk.put(desk.claim_body(CRACK, voice="attributed", chains=[after]), claim.uuid, version=1)
    assert heard(claim) == [["Harbour office", "the agency"], ["Harbour office"]]
    spans = SupportingSpan.objects.filter(party__isnull=False).select_related("party__attribution")
    places = {str(s.annotation.uuid): (s.party.attribution.position, s.party.position) for s in spans}
    assert places == {first["uuid"]: (1, 0), second["uuid"]: (0, 1)}
    desk.put(desk.claim_body(CRACK), claim.uuid, version=2)
    assert not Party.objects.exists()
    assert not Annotation.objects.filter(kind="addressee").exists()


@pytest.mark.parametrize(
    ("stretches", "said"),
    [
        (("the mayor …", "the clerk"), "the mayor … the clerk"),
        (("the mayor", "… or so", "the clerk"), "the mayor … or so … the clerk"),
        (("the mayor …",), "the mayor"),
    ],
)
def test_signs_of_omission_at_the_ends_of_stretches(desk: Desk, stretches: list[str], said: str) -> None:
    text = "Said\n\nWe told the mayor … or so, and then the clerk, that it had closed.\n"
    desk.snapshot = stored(desk.by, desk.project, text, "Amber")
    claim = desk.claim("it had closed", chains=[[link({"span": span(desk.snapshot, *stretches)})]])
    assert heard(claim) == [[said]]


def test_who_is_only_described_keeps_the_row_whoever_else_goes_or_comes(desk: Desk) -> None:
    def rows() -> dict[str, int]:
        return dict(Party.objects.order_by("position").values_list("words", "pk"))

    director, agency, lorries = ({"words": words} for words in ("its director", "the agency", "lorries"))
    claim = desk.claim(CRACK, chains=[[link(director, agency)]])
    before = rows()
    desk.put(desk.claim_body(CRACK, chains=[[link(agency)]]), claim.uuid, version=1)
    assert rows() == {"the agency": before["the agency"]}
    desk.put(desk.claim_body(CRACK, chains=[[link(lorries, agency)]]), claim.uuid, version=2)
    assert list(rows()) == ["lorries", "the agency"] and rows()["the agency"] == before["the agency"]


@pytest.mark.lengthy
def test_of_two_who_are_merged_one_shows_and_both_come_back(desk: Desk, office: Actor) -> None:
    other = desk.actor("its director", "Harbour authority")
    chains = [[link(to(office), to(other))]]
    claim = desk.claim(CRACK, chains=chains)
    merged(desk.by, office, other)
    assert heard(claim) == [["Harbour office"]]
    assert desk.put(desk.claim_body(CRACK, chains=[[link(to(office))]]), claim.uuid).annotation.version == 1
    again = desk.claim_body(CRACK, paraphrase="x", chains=[[link(to(office))]])
    desk.put(again, claim.uuid, version=1)
    assert set(Party.objects.values_list("actor__name", flat=True)) == {"Harbour office", "Harbour authority"}
    with pytest.raises(Refused) as caught:
        desk.claim("Eighteen lorries", chains=chains)
    assert (caught.value.field, caught.value.rule) == ("claim.chains.0.0.addressees.1.actor", "party_once")


def test_the_mention_of_somebody_addressed_is_in_use(desk: Desk) -> None:
    mention = desk.mention("the harbour office", "Harbour office")
    chains = [[link({**to(mention.mention.actor), "mention": str(mention.uuid)})]]
    desk.claim(CRACK, chains=chains)
    with pytest.raises(InUse, match="spoken to"):
        remove(by=desk.by, project=desk.project, uuid=mention.uuid, version=1)


def test_whoever_is_addressed_in_two_articles_cannot_become_anonymous(desk: Desk, office: Actor) -> None:
    desk.claim("Nobody knew", snapshot=desk.second, chains=[[link(to(office))]])
    record = {"version": office.version, "name": office.name, "kind": office.kind.key, "naming": "anonymous"}
    with pytest.raises(Refused) as caught:
        actor_records.correct(by=desk.by, actor=office, record=parse_record(record))
    assert caught.value.rule == "anonymous_within_article"


@pytest.mark.parametrize(
    ("party", "at", "rule"),
    [
        ({}, ".actor", "party_is_somebody"),
        ({"mention": str(uuid4())}, ".actor", "required"),
        ({"words": " "}, ".actor", "party_is_somebody"),
        ({"words": "x" * 301}, ".words", "max_length"),
        ({"words": "a\u202eb"}, ".words", "no_bidi_overrides"),
        ({"words": 7}, ".words", "string"),
        ({"actor": "nobody"}, ".actor", "uuid"),
        ({"who": "x"}, ".who", "known_field"),
        (
            {"span": {"uuid": str(uuid4()), "extent": [[0, 4]], "quotes": ["Valm"]}},
            ".span.quotes",
            "match_text",
        ),
        ("x", "", "object"),
    ],
)
def test_what_names_nobody_is_refused(desk: Desk, party: Any, at: str, rule: str) -> None:
    with pytest.raises(Refused) as caught:
        desk.claim(CRACK, chains=[[link(party)]])
    assert (caught.value.field, caught.value.rule) == (f"claim.chains.0.0.addressees.0{at}", rule)
    assert not Claim.objects.exists()


def test_one_who_stands_twice_is_refused(desk: Desk, office: Actor) -> None:
    with pytest.raises(Refused) as caught:
        desk.claim(CRACK, chains=[[link(to(office), to(office))]])
    assert caught.value.rule == "party_once"


def test_nobody_who_is_named_may_speak_to_somebody(desk: Desk, office: Actor) -> None:
    claim = desk.claim(CRACK, voice="agentless", chains=[[link(to(office))]])
    (chain,) = chains_of(with_records(Claim.objects.filter(pk=claim.pk)))[claim.pk]
    assert in_words(chain).startswith("said by nobody who is named to Harbour office, published in")


@pytest.mark.lengthy
def test_whom_a_claim_blames_is_told_listed_and_follows(desk: Desk, office: Actor) -> None:
    mention = desk.mention("its director", "Director")
    other = mention.mention.actor
    drivers = span(desk.snapshot, "lorries")
    blamed = [{**to(other), "mention": str(mention.uuid)}, {"span": drivers}]
    claim = desk.claim(CRACK, targets=blamed)
    (told,) = annotations_json(Annotation.objects.filter(pk=claim.pk))
    assert told["claim"]["targets"] == [
        {**to(other), "name": "Director", "mention": str(mention.uuid)},
        {"words": "lorries", "span": drivers},
    ]
    assert told == marks_json(Annotation.objects.filter(pk=claim.pk))["whole"][0]
    assert list(claims_about(other, "viewer")) == [claim]
    assert (
        desk.put(desk.claim_body(CRACK, targets=told["claim"]["targets"]), claim.uuid).annotation.version == 1
    )
    with pytest.raises(InUse, match="directed at"):
        remove(by=desk.by, project=desk.project, uuid=mention.uuid, version=1)
    merged(desk.by, office, other)
    assert list(claims_about(office, "viewer")) == [claim]
    (card,) = claim_cards(Claim.objects.filter(pk=claim.pk))
    directed = [(fact.words, fact.note) for fact in card.depth if fact.name == "Directed at"]
    assert directed == [("Harbour office", ""), ("lorries", "")]
    desk.put(desk.claim_body(CRACK), claim.uuid, version=1)
    assert not Party.objects.exists()
    assert not Annotation.objects.filter(kind="target").exists()


def test_words_change_hands_between_whom_it_blames_and_whom_it_tells(desk: Desk) -> None:
    words = {"span": span(desk.snapshot, "lorries")}
    claim = desk.claim(CRACK, targets=[words])
    with pytest.raises(Refused) as caught:
        desk.put(desk.claim_body(CRACK, targets=[words], chains=[[link(words)]]), claim.uuid, version=1)
    assert caught.value.rule == "span_once"
    again = {"span": {**words["span"], "uuid": str(uuid4())}}
    desk.put(desk.claim_body(CRACK, chains=[[link(again)]]), claim.uuid, version=1)
    kinds = Annotation.objects.exclude(kind="claim").values_list("kind", flat=True)
    assert list(kinds) == ["addressee"]


def test_an_anonymous_target_stays_in_its_article(desk: Desk) -> None:
    hidden = desk.actor("An engineer", "an engineer #1", naming="anonymous")
    with pytest.raises(Refused) as caught:
        desk.claim("Nobody knew", snapshot=desk.second, targets=[to(hidden)])
    assert (caught.value.field, caught.value.rule) == ("claim.targets.0.actor", "anonymous_within_article")


def test_a_link_says_on_what_occasion_and_its_words_are_no_cue(desk: Desk) -> None:
    words, cue = span(desk.snapshot, "the inquiry is open"), span(desk.snapshot, "told")
    said = link(sources=[new_actor("A")], occasion="inquiry", occasion_span=words, cues=[cue])
    claim = desk.claim(CRACK, voice="attributed", chains=[[said]])
    (told,) = annotations_json(Annotation.objects.filter(pk=claim.pk))
    (back,) = told["claim"]["chains"][0]
    assert (back["occasion"], back["occasion_span"], back["cues"]) == ("inquiry", words, [cue["uuid"]])
    assert told == marks_json(Annotation.objects.filter(pk=claim.pk))["whole"][0]
    assert SupportingSpan.objects.get(annotation__kind="occasion").cue_type is None
    (chain,) = chains_of(with_records(Claim.objects.filter(pk=claim.pk)))[claim.pk]
    assert chain[0].occasion == "inquiry"
    sent = link(sources=[{"actor": back["sources"][0]["actor"]}], occasion_span=words, cues=[cue])
    again = desk.claim_body(CRACK, voice="attributed", chains=[[{**sent, "occasion": "inquiry"}]])
    assert desk.put(again, claim.uuid).annotation.version == 1
    desk.put(desk.claim_body(CRACK, voice="attributed", chains=[[sent]]), claim.uuid, version=1)
    assert claim.attributions.get().occasion == "the inquiry is open", (
        "what is not said is read from the words"
    )
    gone = desk.claim_body(CRACK, voice="attributed", chains=[[{**sent, "occasion_span": None}]])
    desk.put(gone, claim.uuid, version=2)
    assert not Annotation.objects.filter(kind="occasion").exists()
    assert claim.attributions.get().occasion == ""


def test_with_a_span_the_words_are_what_stands_there(desk: Desk) -> None:
    said = link(
        sources=[new_actor("A")], addressees=[{"words": "everybody", "span": span(desk.snapshot, "lorries")}]
    )
    claim = desk.claim(CRACK, voice="attributed", chains=[[said]], targets=[{"words": "nine days"}])
    assert [one.words for one in Party.objects.filter(attribution__claim=claim)] == ["lorries"]
    assert claim.targets.get().words == "nine days"


def test_words_are_stored_as_they_stand_in_the_text_or_not_at_all(desk: Desk) -> None:
    parties = [{"words": "THE agency Nordpost"}, {"words": "its Director"}]
    number = {"what": "days", "low": 9, "words": "NINE  days", "unit": ""}
    body = desk.claim_body(
        "We found a crack",
        voice="attributed",
        chains=[[{"sources": [new_actor("Ilse")], "addressees": parties}]],
        targets=[{"words": "velm", "span": span(desk.snapshot, "The bridge at Velm")}],
        quantities=[number],
    )
    saved = desk.put(body)
    uuid = saved.annotation.uuid
    told = Party.objects.order_by("pk").values_list("words", flat=True)
    assert list(told) == ["The bridge at Velm", "the agency Nordpost", "its director"]
    assert Quantity.objects.get().words == "nine days"
    assert desk.put(body, uuid).annotation.version == 1, "the same again, whatever its capitals"
    parties[1] = {"words": "nobody here"}
    with pytest.raises(Refused) as caught:
        desk.put(body, uuid, version=1)
    assert (caught.value.field, caught.value.rule) == ("claim.chains.0.0.addressees.1.words", "in_the_text")
    parties[1] = {"words": "its director"}
    body["claim"]["targets"] = [{"words": "no one"}]
    with pytest.raises(Refused) as caught:
        desk.put(body, uuid, version=1)
    assert caught.value.field == "claim.targets.0.words"

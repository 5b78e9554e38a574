"""The demo project: its files are sound, it loads once, and it holds every difficulty it was written for."""

import io
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count

from annotator.demo.bodies import article_bodies, identifier
from annotator.demo.entries import Quote
from annotator.demo.file_line import EntryRefused, FileLine
from annotator.demo.load import ARTICLES, DemoExists, Loaded, load_demo
from annotator.demo.reader import ANNOTATIONS, read_article, read_demo
from annotator.demo.references import check_references
from annotator.demo.resolve import find, find_near, find_pieces
from annotator.models import (
    Actor,
    ActorComparison,
    ActorResolution,
    Annotation,
    Attribution,
    Claim,
    ClaimRelation,
    Event,
    EventMention,
    EventMerge,
    Quantity,
    Review,
)
from annotator.models import SupportingSpan as Support
from annotator.queries.events import mentions_of
from annotator.queries.progress import totals
from sources.intake.registry import read
from sources.models import Article, Block, Project, Snapshot, User
from tests.order_of_locks import of_the_test

AT = FileLine("06-x.toml", "claim a", 7)


# --- the files, without a database ---------------------------------------------------------------


def test_every_reference_of_the_files_leads_somewhere():
    check_references(read_demo())


@pytest.mark.parametrize("path", sorted(ANNOTATIONS.glob("[0-9]*.toml")), ids=lambda path: path.stem)
def test_every_quote_is_the_slice_it_was_found_at(path):
    raw = (ARTICLES / f"{path.stem}.txt").read_bytes()
    text = read(raw, path.name.replace(".toml", ".txt")).text
    placed = article_bodies(read_article(path), text, identifier("snapshot", path.stem)).placed
    assert len(placed) >= 14
    for _, _, body in placed:
        assert body["quotes"] == [text[start:end] for start, end in body["extent"]]


def test_an_article_has_its_annotations_and_the_other_way_round():
    assert [p.stem for p in sorted(ARTICLES.glob("*.txt"))] == [a.name for a in read_demo().articles]


def test_quotes_are_found_as_whole_words_and_once():
    text = "He said that the heater said nothing."
    assert find(text, Quote("He"), AT) == (0, 2)
    assert find(text, Quote("said", occurrence=2), AT) == (24, 28)
    assert find(text, Quote("said", within="heater said"), AT) == (24, 28)
    with pytest.raises(EntryRefused, match=r"06-x.toml:7: claim a: “said” stands there 2 times"):
        find(text, Quote("said"), AT)
    with pytest.raises(EntryRefused, match="stands there 0 times"):
        find(text, Quote("eater"), AT)


def test_pieces_follow_each_other_and_cues_stand_nearest_outside():
    text = "“We go,” she said, “and stay.” He said: “We go.”"
    pieces = find_pieces(text, (Quote("We go", occurrence=1), Quote("and stay")), AT)
    assert [text[start:end] for start, end in pieces] == ["We go", "and stay"]
    assert find_near(text, Quote("said"), pieces, AT) == (13, 17)
    with pytest.raises(EntryRefused, match="outside the claim"):
        find_near(text, Quote("stay"), pieces, AT)
    with pytest.raises(EntryRefused, match="does not follow"):
        find_pieces(text, (Quote("and stay"), Quote("she")), AT)


def test_offsets_are_code_points():
    assert find("😡 مَن قال", Quote("قال"), AT) == (6, 9)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('type = "figure"', 'sort = "figure"', r":\d+: claim at-least-41: does not know sort"),
        ('type = "figure"\n', "", r":\d+: claim at-least-41: needs type"),
        ('actor = "interior-ministry"', 'actor = "nobody"', "claim at-least-41: there is no actor “nobody”"),
        ('[[claim]]\nkey = "homeless-6000"', '[[claim]]\nkey = "at-least-41"', "has the same key"),
        ('[[claim]]\nkey = "at-least-41"', '[[claim]\nkey = "at-least-41"', "not TOML"),
    ],
)
def test_a_spoilt_file_is_refused_with_its_place(tmp_path, before, after, message):
    folder = Path(shutil.copytree(ANNOTATIONS, tmp_path / "annotations"))
    path = folder / "01-sulen-flood.toml"
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after, 1))
    with pytest.raises(EntryRefused, match=f"01-sulen-flood.toml.*{message}"):
        check_references(read_demo(folder))


# --- loaded --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def loaded(demo_database, django_db_blocker, visits):
    """The demo, committed, and a transaction around all that the module does with it."""
    with django_db_blocker.unblock(), visits.to(demo_database.shared), of_the_test():
        yield Project.objects.get(slug="demo")
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, django_db_blocker):
    with django_db_blocker.unblock():
        yield loaded


def claim(article: str, key: str) -> Claim:
    return Claim.objects.get(uuid=identifier("claim", article, key))


def test_it_holds_what_its_files_say(demo):
    assert {
        "articles": Article.objects.filter(project=demo).count(),
        "claims": Claim.objects.filter(project=demo).count(),
        "actors": Actor.objects.filter(project=demo).count(),
        "events": Event.objects.filter(project=demo).count(),
        "relations": ClaimRelation.objects.filter(project=demo).count(),
        "reviews": Review.objects.filter(project=demo).count(),
        "quantities": Quantity.objects.filter(project=demo).count(),
        "annotations": Annotation.objects.filter(project=demo).count(),
    } == {
        "articles": 8,
        "claims": 110,
        "actors": 73,
        "events": 20,
        "relations": 25,
        "reviews": 68,
        "quantities": 32,
        "annotations": 467,
    }


def test_two_of_its_events_are_one(demo):
    merge = EventMerge.objects.get(project=demo, undone_at=None)
    assert (merge.merged.label, merge.survivor.label) == (
        "Release logged at the Zarnak dam",
        "Gates of the Zarnak dam opened",
    )
    assert merge.merged.mentions.count() == 1, "it keeps the mention that it was given"
    shown = sum(len(one.passages) for one in mentions_of(merge.survivor))
    assert shown == EventMention.objects.filter(event__survivor_key=merge.survivor_id).count() == 6


def test_it_shows_what_can_be_said_of_who_is_whom(demo):
    hospital = Actor.objects.get(project=demo, name="Sulen District Hospital")
    assert [one.name for one in hospital.merged_actors.all()] == ["District hospital"]
    resolution = ActorResolution.objects.get(project=demo)
    assert (resolution.anonymous.naming, resolution.named.name) == ("anonymous", "Davor Ilmen")
    assert ActorComparison.objects.get(project=demo).sameness == "different"
    minister = Actor.objects.get(project=demo, name="Ilona Marrek")
    assert set(minister.aliases.values_list("language", "script")) == {("ar", "Arab"), ("en", "Latn")}
    assert minister.affiliations.get().organisation.name == "Ministry of Water of Tesmar"
    assert minister.identifiers.get().value == "WM-0417"


def test_its_claims_are_at_every_stage_of_review(demo):
    by_status = Claim.objects.filter(project=demo).values_list("status").annotate(Count("pk"))
    assert dict(by_status) == {"accepted": 60, "submitted": 39, "draft": 5, "disputed": 3, "rejected": 3}


def test_its_claims_stand_as_their_files_say(demo):
    for article in read_demo().articles:
        for entry in article.claims:
            assert claim(article.name, entry.key).status == entry.status, entry.key


def test_every_stored_quote_is_a_slice_of_its_text(demo):
    for annotation in Annotation.objects.filter(project=demo).select_related("snapshot"):
        text = annotation.snapshot.text
        assert annotation.quotes == [text[start:end] for start, end in annotation.extent.stretches]


def test_its_manager_is_who_loaded_it_and_its_colleagues_cannot_sign_in(demo):
    roles = demo.memberships.order_by("pk").values_list("user__username", "role")
    assert list(roles) == [
        ("mara", "manager"),
        ("demo-ines", "annotator"),
        ("demo-mateo", "reviewer"),
        ("demo-signe", "reviewer"),
    ]
    for user in User.objects.filter(username__startswith="demo-"):
        assert not user.has_usable_password()


def test_nobody_reviews_a_claim_of_their_own(demo):
    for review in Review.objects.filter(project=demo).select_related("claim__annotation"):
        assert review.reviewer_id != review.claim.annotation.author_id


def test_articles_come_from_six_outlets_and_one_is_arabic(demo):
    assert Article.objects.filter(project=demo).values("publication").distinct().count() == 6
    arabic = Article.objects.get(project=demo, language="ar")
    assert len(Snapshot.objects.get(article=arabic).text.split()) >= 250
    assert Claim.objects.filter(annotation__snapshot__article=arabic).count() == 15


def test_the_reprint_names_its_original_and_carries_its_words(demo):
    reprint = Article.objects.get(project=demo, reprint_of__isnull=False)
    assert (reprint.publication.name, reprint.original_publication.name) == (
        "The Hesna Post",
        "Littoral Press",
    )
    original = Snapshot.objects.get(article=reprint.reprint_of).text
    text = Snapshot.objects.get(article=reprint).text
    assert all(paragraph in text for paragraph in original.split("\n\n"))


def test_furniture_in_mid_text_is_masked_and_no_accepted_claim_stands_in_it(demo):
    masked = Block.objects.filter(project=demo, masked=True)
    assert {"headline", "byline", "caption", "boilerplate"} == set(masked.values_list("role", flat=True))
    inside = Claim.objects.filter(project=demo, annotation__sentence__block__masked=True)
    assert list(inside.values_list("status", flat=True)) == ["rejected"]


def test_claims_in_pieces_across_paragraphs_and_within_each_other(demo):
    in_pieces = [a for a in Annotation.objects.filter(project=demo, kind="claim") if len(a.quotes) > 1]
    assert len(in_pieces) == 13
    two_paragraphs = claim("04-disputed-toll", "say-it-to-mothers").annotation
    blocks = {link.sentence.block_id for link in two_paragraphs.sentence_links.select_related("sentence")}
    assert len(blocks) == 2
    inner = claim("04-disputed-toll", "not-from-sulen")
    assert inner.inside == claim("04-disputed-toll", "envoy-told-mayor")


def test_speakers_without_a_name_are_of_one_article_and_say_why(demo):
    anonymous = Actor.objects.filter(project=demo, naming="anonymous")
    assert anonymous.count() == 12
    assert not anonymous.filter(article=None).exists()
    assert not anonymous.filter(stated_reason="").exists()
    assert Support.objects.filter(project=demo, annotation__kind="reason").count() == 12
    by_article = anonymous.values("article").annotate(n=Count("pk")).order_by("-n")
    assert [row["n"] for row in by_article][:3] == [2, 2, 2]


def test_voices_polarities_and_acts_are_all_there(demo):
    claims = Claim.objects.filter(project=demo)
    assert set(claims.values_list("voice", flat=True)) == {"attributed", "own", "agentless", "unknown"}
    assert set(claims.values_list("polarity", flat=True)) == {"asserted", "denied", "declined", "questioned"}
    assert set(claims.values_list("quotation_type", flat=True)) == {
        "direct", "indirect", "mixed", "free_indirect", "reported",
    }  # fmt: skip
    links = Attribution.objects.filter(project=demo)
    assert set(links.values_list("act", flat=True)) == {"says", "thinks", "wants", "decides", "shows"}
    assert set(links.values_list("basis", flat=True)) == {"stated", "carried_over", "inferred"}
    assert set(links.values_list("role", flat=True)) == {"said", "relayed", "reported"}


def test_what_was_told_to_the_agency_goes_through_the_agency(demo):
    chain = claim("07-brickfields-sit-in", "jaundice-19").attributions.order_by("position")
    assert [link.sources.get().actor.name for link in chain] == ["Nadine Kessour", "Littoral Press"]


def test_documents_polls_and_collectives_speak(demo):
    speaking = Actor.objects.filter(project=demo, attributions__isnull=False)
    assert {"document", "poll", "outlet"} <= set(speaking.values_list("kind__key", flat=True))
    assert speaking.filter(naming="collective").distinct().count() >= 4
    together = claim("08-draft-report", "hotline-by-june").attributions.get()
    assert list(together.sources.values_list("jointly", flat=True)) == ["together", "together"]


def test_two_articles_contradict_each_other_on_a_number(demo):
    relation = ClaimRelation.objects.get(
        claim=claim("07-brickfields-sit-in", "families-870"), kind__key="contradicts"
    )
    assert (relation.claim.quantities.get().high, relation.other.quantities.first().high) == (870, 1130)
    tolls = Quantity.objects.filter(project=demo, what="people killed").values_list(
        "claim__annotation__snapshot__article__publication__name", "low"
    )
    assert {("Littoral Press", 41), ("The Aldun Courier", 67), ("Littoral Press", 69)} <= set(tolls)


def test_the_role_at_the_time_changes(demo):
    roles = claim("03-kordaz-fax", "any-notice-arrived").attributions.get().sources.get().role_at_time
    later = claim("08-draft-report", "took-responsibility").attributions.get().sources.get().role_at_time
    assert (roles, later[:6]) == ("Tesmar’s minister of water", "former")


def test_insertions_omissions_and_emoji_stay_in_the_quotes(demo):
    fax = claim("03-kordaz-fax", "fax-580").annotation.quotes[0]
    assert "[cubic metres a second] …" in fax
    assert "😡🌊" in claim("05-harbour-strike", "they-sent-lawyers").annotation.quotes[0]


def test_events_are_dated_and_have_the_words_that_say_when(demo):
    assert not Event.objects.filter(project=demo, date_min=None).exists()
    flood = Event.objects.get(uuid=identifier("event", "sulen-flood"))
    assert (flood.date, flood.date_words) == ("2025-04-03", "before dawn on Thursday")
    assert flood.mentions.count() == 6
    words = {span.annotation.quotes[0] for span in flood.slot_spans.select_related("annotation")}
    assert flood.slot_spans.count() == 6 and "before dawn on Thursday" in words
    slots = {(span.annotation.kind, *span.annotation.quotes) for span in flood.slot_spans.all()}
    assert {("cue", "A wave of water"), ("place", "the river town of Sulen")} <= slots


def test_who_took_part_is_read_from_the_text(demo):
    search = Event.objects.get(uuid=identifier("event", "army-search"))
    told = {(p.actor.name, p.role, p.part, *p.mention.annotation.quotes) for p in search.participants.all()}
    assert ("Teodor Askar", "actor", "commander", "Gen. Teodor Askar") in told


def test_loading_again_is_refused_and_changes_nothing(demo):
    before = Claim.objects.filter(project=demo).count()
    with pytest.raises(DemoExists, match="left as it is"):
        load_demo(by=User.objects.get(username="mara"))
    with pytest.raises(CommandError, match="left as it is"):
        call_command("load_demo", "--user", "mara")
    assert Claim.objects.filter(project=demo).count() == before


def test_the_command_counts_speakers_as_the_projects_page_does(demo, monkeypatch):
    loaded = Loaded(project=demo, articles=8, claims=9, actors=71, events=10, relations=0)
    monkeypatch.setattr("annotator.management.commands.load_demo.load_demo", lambda by: loaded)
    out = io.StringIO()
    call_command("load_demo", "--user", "mara", stdout=out)
    speakers = totals(demo).speakers
    assert 0 < speakers < Actor.objects.filter(project=demo).count()
    assert f" {speakers} speakers, 10 events." in out.getvalue()


def test_the_command_wants_a_user(demo):
    with pytest.raises(CommandError, match="no user “nobody”"):
        call_command("load_demo", "--user", "nobody")
    with transaction.atomic():
        User.objects.create(username="second")
        with pytest.raises(CommandError, match="more than one user"):
            call_command("load_demo")
        transaction.set_rollback(True)

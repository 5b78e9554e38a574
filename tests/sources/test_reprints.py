"""Texts that are alike are proposed as reprints when they are stored; what somebody says of them counts."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from sources import actions
from sources.actions import Imported, RawFile, fingerprints, import_article
from sources.intake.plain import read_plain
from sources.models import (
    Article,
    ArticleAddress,
    Block,
    Fingerprint,
    LikelyReprint,
    Project,
    Snapshot,
    User,
)
from sources.text.wording import LEAST_ALIKE, RECIPE
from tests.reprinted import AGENCY, GERMAN, REPRINTS, UNLIKE

pytestmark = pytest.mark.django_db
CUT = REPRINTS["half of it cut"]


@pytest.fixture
def by(db: None) -> User:
    return User.objects.create(username="ana")


@pytest.fixture
def shelf(by: User) -> Project:
    return actions.create_project(by=by, name="Quay", slug="quay")


def take(project: Project, text: str, outlet: str = "", **head: str) -> Imported:
    said = ({"Outlet": outlet} if outlet else {}) | head
    header = "".join(f"{key}: {value}\n" for key, value in said.items())
    raw = (f"{header}\n{text}" if said else text).encode()
    return import_article(by=None, project=project, read=read_plain(raw, "x.txt"), raw=RawFile(raw))


def pair(row: LikelyReprint) -> tuple[Article, Article]:
    return row.article, row.original


@pytest.mark.lengthy
@pytest.mark.parametrize("name", REPRINTS)
def test_a_reprint_by_another_outlet_is_proposed_and_linked_by_nobody(shelf: Project, name: str) -> None:
    first = take(shelf, AGENCY, "The Associated Press").article
    second = take(shelf, REPRINTS[name], "The Velm Courier").article
    (row,) = LikelyReprint.objects.all()
    assert pair(row) == (second, first)
    assert (row.kind, row.state, row.found_by, row.decided_by) == ("reprint", "open", RECIPE, None)
    assert row.similarity is not None and row.similarity >= LEAST_ALIKE
    assert Article.objects.get(pk=second.pk).reprint_of is None


@pytest.mark.parametrize("name", UNLIKE)
def test_what_is_no_reprint_is_not_proposed(shelf: Project, name: str) -> None:
    take(shelf, AGENCY, "The Associated Press")
    take(shelf, UNLIKE[name], "The Velm Courier")
    assert not LikelyReprint.objects.exists()


def test_the_outlet_that_the_other_names_has_the_original(shelf: Project) -> None:
    reprint = take(shelf, CUT, "The Velm Courier", Date="2025-08-13", Source="Nordpost").article
    original = take(shelf, AGENCY, "Nordpost", Date="2025-08-14").article
    assert pair(LikelyReprint.objects.get()) == (reprint, original)


def test_else_the_older_one_has_it(shelf: Project) -> None:
    younger = take(shelf, CUT, "The Velm Courier", Date="2025-08-15").article
    older = take(shelf, AGENCY, "Nordpost", Date="2025-08-14").article
    assert pair(LikelyReprint.objects.get()) == (younger, older)


def test_who_names_a_source_has_the_reprint_though_the_other_says_nothing(shelf: Project) -> None:
    unsigned = AGENCY.replace("VELM, Aug. 14 (AP) — ", "")
    reprint = take(shelf, CUT, Date="2025-08-14", Source="The Vell Gazette").article
    original = take(shelf, unsigned).article
    assert (original.publication, original.original_publication, original.published_min) == (None,) * 3
    assert pair(LikelyReprint.objects.get()) == (reprint, original)


def test_who_names_a_source_and_was_earlier_has_no_reprint_of_the_later(shelf: Project) -> None:
    unsigned = AGENCY.replace("VELM, Aug. 14 (AP) — ", "")
    earlier = take(shelf, CUT, "Nordpost", Date="2025-08-14", Source="The Vell Gazette").article
    later = take(shelf, unsigned, "The Velm Courier", Date="2025-08-16").article
    assert pair(LikelyReprint.objects.get()) == (later, earlier)


def test_of_one_outlet_it_may_be_another_text_of_the_same_article(shelf: Project) -> None:
    take(shelf, AGENCY, "Nordpost", Date="2025-08-14")
    take(shelf, REPRINTS["three local paragraphs added"], "Nordpost", Date="2025-08-15")
    assert LikelyReprint.objects.get().kind == "same_article"


@pytest.mark.parametrize(
    ("name", "date"),
    [("half of it cut", "2025-08-14"), ("edited word by word", "2025-08-16")],
    ids=["half alike on one day", "two days later"],
)
def test_a_recurring_notice_of_one_outlet_is_not_proposed(shelf: Project, name: str, date: str) -> None:
    take(shelf, AGENCY, "Nordpost", Date="2025-08-14")
    take(shelf, REPRINTS[name], "Nordpost", Date=date)
    assert not LikelyReprint.objects.exists()


def test_of_one_outlet_and_another_month_it_is_a_form_filled_in_again(shelf: Project) -> None:
    take(shelf, AGENCY, "Nordpost", Date="2025-06-14")
    take(shelf, REPRINTS["three local paragraphs added"], "Nordpost", Date="2025-08-16")
    assert not LikelyReprint.objects.exists()


@pytest.mark.lengthy
def test_what_is_linked_already_is_not_proposed(shelf: Project) -> None:
    take(shelf, AGENCY, "Nordpost")
    assert take(shelf, AGENCY, "The Velm Courier").outcome == "reprint"
    assert not LikelyReprint.objects.exists()
    # A further one is proposed once for the story, not once for each that prints it.
    take(shelf, CUT, "Kai Radio")
    assert LikelyReprint.objects.count() == 1


@pytest.mark.lengthy
def test_of_many_that_print_one_story_each_is_proposed_once(shelf: Project) -> None:
    original = take(shelf, AGENCY, "Nordpost", Date="2025-08-14").article
    for number, text in enumerate(REPRINTS.values()):
        take(shelf, text, f"Kai {number}", Date="2025-08-15")
    rows = LikelyReprint.objects.select_related("article", "original")
    assert {row.original for row in rows} == {original}
    assert rows.count() == len(REPRINTS)


def test_no_project_sees_another(shelf: Project, by: User) -> None:
    take(shelf, AGENCY, "Nordpost")
    take(actions.create_project(by=by, name="Canal", slug="canal"), CUT, "Kai Radio")
    assert not LikelyReprint.objects.exists()


def test_what_is_masked_does_not_count(shelf: Project, by: User) -> None:
    read = take(shelf, AGENCY, "Nordpost").snapshot
    before = bytes(Fingerprint.objects.get(snapshot=read).signature)
    block = Block.objects.filter(snapshot=read, masked=False).order_by("position")[3]
    block = actions.judge_block(by=by, block=block, role="boilerplate", masked=True)
    after = Fingerprint.objects.get(snapshot=read)
    assert bytes(after.signature) != before
    actions.judge_block(by=by, block=block, role="paragraph", masked=False)
    assert bytes(Fingerprint.objects.get(snapshot=read).signature) == before


def test_short_texts_have_a_fingerprint_that_claims_nothing(shelf: Project) -> None:
    one = take(shelf, "No ferry today.", "Nordpost").snapshot
    two = take(shelf, "No ferry today!", "Kai Radio").snapshot
    assert [f.bands for f in Fingerprint.objects.all()] == [[], []]
    assert not LikelyReprint.objects.exists()
    assert actions.similarity_of(one, two) is None


def test_texts_without_a_fingerprint_are_compared_and_given_none(shelf: Project) -> None:
    """Whoever reads compares, also in an archived project, where nothing is stored."""
    one, two = take(shelf, AGENCY, "Nordpost").snapshot, take(shelf, CUT, "Kai Radio").snapshot
    alike = actions.similarity_of(one, two)
    Fingerprint.objects.all().delete()
    Project.objects.filter(pk=shelf.pk).update(archived_at=now())
    assert alike == actions.similarity_of(one, two) is not None
    assert not Fingerprint.objects.exists()


@pytest.mark.lengthy
def test_confirmed_is_linked_and_taken_back_is_not(shelf: Project, by: User) -> None:
    original, reprint = take(shelf, AGENCY, "Nordpost").article, take(shelf, CUT, "Kai Radio").article
    both: dict[str, Any] = {"by": by, "article": reprint, "original": original}

    def linked() -> list[int | None]:
        return [Article.objects.get(pk=one.pk).reprint_of_id for one in (original, reprint)]

    row = actions.confirm_reprint(**both)
    assert (row.state, row.decided_by, linked()) == ("confirmed", by, [None, original.pk])
    row = actions.confirm_reprint(by=by, article=original, original=reprint)
    assert (pair(row), linked()) == ((original, reprint), [reprint.pk, None])
    row = actions.reopen_reprint(**both)
    assert (row.state, row.decided_by, linked()) == ("open", None, [None, None])
    row = actions.refuse_reprint(**both)
    assert (row.state, linked()) == ("refused", [None, None])
    assert LikelyReprint.objects.count() == 1


def test_what_was_refused_is_never_proposed_again(shelf: Project, by: User) -> None:
    original, reprint = take(shelf, AGENCY, "Nordpost").article, take(shelf, CUT, "Kai Radio").article
    actions.refuse_reprint(by=by, article=reprint, original=original)
    Fingerprint.objects.all().delete()
    assert actions.propose_missing(shelf) == (2, 0)
    assert LikelyReprint.objects.get().state == "refused"


def test_two_that_nobody_proposed_may_be_said_to_be_reprints(shelf: Project, by: User) -> None:
    original, translated = take(shelf, AGENCY, "Nordpost").article, take(shelf, GERMAN, "Kurier").article
    row = actions.confirm_reprint(by=by, article=translated, original=original)
    assert (row.found_by, row.similarity) == ("by hand", 0.0)
    with pytest.raises(actions.NoSuchPair):
        actions.reopen_reprint(by=by, article=take(shelf, "A. B.").article, original=original)


def test_texts_without_a_fingerprint_or_of_another_recipe_get_one(shelf: Project) -> None:
    take(shelf, AGENCY, "Nordpost"), take(shelf, CUT, "Kai Radio")
    prints = Fingerprint.objects.order_by("pk")
    prints.filter(pk=prints[0].pk).delete()
    prints.update(recipe="older", bands=[1])
    assert actions.propose_missing(shelf)[0] == 2
    assert {f.recipe for f in Fingerprint.objects.all()} == {RECIPE}
    assert actions.propose_missing(shelf) == (0, 0)


def test_fingerprints_of_another_recipe_are_not_compared(shelf: Project) -> None:
    take(shelf, AGENCY, "Nordpost")
    Fingerprint.objects.update(recipe="older")
    take(shelf, CUT, "Kai Radio")
    assert not LikelyReprint.objects.exists()


def test_texts_stored_at_the_same_time_are_compared_when_both_are(
    shelf: Project, django_capture_on_commit_callbacks: Any
) -> None:
    """Neither saw the other: as if each had been stored before the other was committed."""
    with django_capture_on_commit_callbacks() as callbacks:
        first = take(shelf, AGENCY, "Nordpost")
        Fingerprint.objects.update(recipe="not seen yet")
        take(shelf, CUT, "Kai Radio")
        assert not LikelyReprint.objects.exists()
        Fingerprint.objects.filter(snapshot=first.snapshot).update(recipe=RECIPE)
    callbacks[-1]()
    assert LikelyReprint.objects.count() == 1


def test_what_is_like_nothing_costs_one_query_to_find_out(shelf: Project) -> None:
    with CaptureQueriesContext(connection) as asked:
        take(shelf, AGENCY, "Nordpost")
    assert sum("sourceline_alike" in q["sql"] for q in asked.captured_queries) == 1


def test_of_many_that_share_a_little_the_most_alike_is_found(
    shelf: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fingerprints, "MOST_COMPARED", 1)
    others = [take(shelf, text, "Nordpost").snapshot.pk for text in UNLIKE.values()]
    taken = [take(shelf, text, name).snapshot.pk for text, name in ((AGENCY, "Nordpost"), (CUT, "Kai Radio"))]
    first, second = (Fingerprint.objects.get(snapshot=key) for key in taken)
    shared = next(n for n, band in enumerate(second.bands) if first.bands[n] == band)
    for other in Fingerprint.objects.filter(snapshot__in=others).exclude(bands=[]):
        other.bands[shared] = second.bands[shared]
        other.save(update_fields=["bands"])
    first.save(update_fields=["shingles"])  # behind the others, where they were stored
    assert [one.snapshot for one in fingerprints.alike(second)] == [first.snapshot_id]


@pytest.mark.parametrize("function", ["sourceline_alike", "sourceline_most_alike"])
def test_the_alike_are_found_by_the_index(shelf: Project, function: str) -> None:
    """However few they are: the function itself, as it is planned inside."""
    take(shelf, AGENCY, "Nordpost")
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc, proconfig FROM pg_proc WHERE proname = %s", [function])
        source, settings = cursor.fetchone()
        assert "enable_seqscan=off" in settings
        cursor.execute("SET LOCAL enable_seqscan = off")
        for name, value in (
            ("sought", "'{1,2}'::integer[]"),
            ("shelf", "1"),
            ("made_by", "'x'"),
            ("but", "1"),
        ):
            source = source.replace(name, value)
        cursor.execute(f"EXPLAIN {source.replace('LIMIT most', 'LIMIT 5')}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "fingerprints_alike" in plan


@pytest.mark.parametrize(
    "variant",
    [
        "http://m.tide.example/ferry/?utm_source=x#top",
        "https://tide.example/amp/ferry",
        "https://tide.example/ferry",
    ],
)
def test_a_variant_of_an_address_is_the_same_article(shelf: Project, variant: str) -> None:
    first = take(shelf, AGENCY, "The Tide", URL="https://www.tide.example/ferry")
    again = take(shelf, CUT, "The Tide", URL=variant)
    assert (again.outcome, again.article, again.snapshot.number) == ("changed", first.article, 2)
    assert Article.objects.get().url == "https://www.tide.example/ferry"
    assert take(shelf, CUT, "Another", URL=variant).outcome == "known"
    assert not LikelyReprint.objects.exists()


def test_the_parameter_that_names_an_article_keeps_it_apart(shelf: Project) -> None:
    take(shelf, AGENCY, "The Tide", URL="https://tide.example/read?id=1")
    assert take(shelf, CUT, "The Tide", URL="https://tide.example/read?id=2").outcome == "new"


def test_a_corrected_address_is_found_and_the_old_one_free(shelf: Project, by: User) -> None:
    url = "https://tide.example/ferry"
    one = take(shelf, AGENCY, URL="https://tide.example/fery").article
    other = take(shelf, GERMAN).article
    actions.edit_article(by=by, article=one, version=one.version, values={"url": url}, outlet=None)
    with pytest.raises(actions.AddressTaken):
        actions.edit_article(
            by=by, article=other, version=1, values={"url": "http://www.tide.example/ferry/"}, outlet=None
        )
    actions.edit_article(
        by=by, article=other, version=1, values={"url": "https://tide.example/fery"}, outlet=None
    )
    assert ArticleAddress.objects.count() == 2


def test_what_is_no_web_address_is_compared_as_it_is(shelf: Project, by: User) -> None:
    one, other = take(shelf, AGENCY).article, take(shelf, GERMAN).article
    urn = {"url": "urn:isbn:9780141036144"}
    actions.edit_article(by=by, article=one, version=1, values=urn, outlet=None)
    with pytest.raises(actions.AddressTaken):
        actions.edit_article(by=by, article=other, version=1, values=urn, outlet=None)
    assert not ArticleAddress.objects.exists()


def test_a_further_text_of_an_article_is_compared_with_other_articles_alone(shelf: Project) -> None:
    url = "https://tide.example/ferry"
    take(shelf, GERMAN, "The Tide", URL=url, Title="Ferry")
    agency = take(shelf, AGENCY, "Nordpost").article
    again = take(shelf, CUT, "The Tide", URL=url, Title="Ferry")
    assert again.outcome == "changed"
    assert {*pair(LikelyReprint.objects.get())} == {again.article, agency}
    assert Snapshot.objects.filter(article=again.article).count() == 2


def test_articles_from_before_are_placed_at_their_addresses_the_first_of_two(shelf: Project) -> None:
    first = take(shelf, AGENCY, URL="https://tide.example/ferry").article
    second = take(shelf, GERMAN).article
    Article.objects.filter(pk=second.pk).update(url="http://www.tide.example/ferry/", version=2)
    ArticleAddress.objects.all().delete()
    migration = import_module("sources.migrations.0008_reprints_recognised")
    migration.place_articles(apps, None)
    assert ArticleAddress.objects.get().article == first

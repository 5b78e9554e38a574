"""The shelf's actions: what is stored, recognised, linked as a reprint, corrected."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sources import actions
from sources.actions import AddressTaken, Imported, RawFile, StaleArticle, import_article
from sources.intake.plain import read_plain
from sources.intake.refusal import Refused
from sources.models import (
    Article,
    Block,
    Capture,
    Change,
    Membership,
    Project,
    Publication,
    Role,
    Snapshot,
    User,
)
from sources.text.digest import sha256_hex

pytestmark = pytest.mark.django_db

STORY = (
    "Ferry stays in port\n\nBy Tamar Oduya\n\nThe ferry stayed in port, the harbour master said.\n\n"
    "“Nobody was hurt,” she added. Two lorries waited."
)


@pytest.fixture
def by(db: None) -> User:
    return User.objects.create(username="ana")


@pytest.fixture
def shelf(by: User) -> Project:
    return actions.create_project(by=by, name="Quay", slug="quay")


def take(project: Project, text: str = STORY, **head: str) -> Imported:
    header = "".join(f"{key.replace('_', ' ')}: {value}\n" for key, value in head.items())
    raw = (f"{header}\n{text}" if head else text).encode()
    by = User.objects.get(username="ana")
    return import_article(
        by=by, project=project, read=read_plain(raw, "x.txt"), raw=RawFile(raw, file_name="x.txt")
    )


def test_an_article_is_stored_with_all_that_was_read_off(shelf: Project) -> None:
    taken = take(shelf, Outlet="The Tide", Date="5 May 2024", URL="https://tide.example/1", Language="en-GB")
    article = Article.objects.get()
    assert taken.outcome == "new"
    assert (article.title, article.authors) == ("Ferry stays in port", ["Tamar Oduya"])
    assert (article.publication.name, article.url) == ("The Tide", "https://tide.example/1")
    assert (article.published, article.published_min) == ("2024-05-05", date(2024, 5, 5))
    assert article.language == "en-gb"
    snapshot = article.snapshots.get()
    assert snapshot.text == STORY
    assert snapshot.sha256 == sha256_hex(STORY)
    assert (snapshot.number, snapshot.length) == (1, len(STORY))
    assert [b.role for b in snapshot.blocks.order_by("position")] == [
        "headline",
        "byline",
        "paragraph",
        "paragraph",
    ]
    sentences = snapshot.current_segmentation.sentences.order_by("number")
    assert [STORY[s.start : s.end] for s in sentences][-2:] == [
        "“Nobody was hurt,” she added.",
        "Two lorries waited.",
    ]
    capture = Capture.objects.get()
    assert bytes(capture.raw).endswith(STORY.encode())
    assert capture.file_name == "x.txt"


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        ({}, {}, "known"),
        ({"Outlet": "The Tide"}, {"Outlet": "the tide"}, "known"),
        ({"Outlet": "The Tide"}, {"Outlet": "The Sluice"}, "reprint"),
        ({"Outlet": "The Tide"}, {}, "known"),
        ({}, {"Outlet": "The Tide"}, "known"),
        ({"Outlet": "The Tide"}, {"URL": "https://a.example/1"}, "known"),
        ({"Outlet": "The Tide", "URL": "https://a.example/1"}, {"URL": "https://b.example/1"}, "reprint"),
        ({"URL": "https://a.example/1"}, {"URL": "https://a.example/1"}, "known"),
        ({"URL": "https://a.example/1"}, {"URL": "https://b.example/1"}, "reprint"),
        (
            {"URL": "https://a.example/1", "Outlet": "The Tide"},
            {"URL": "https://a.example/2", "Outlet": "The Tide"},
            "known",
        ),
        (
            {"URL": "https://a.example/1", "Outlet": "The Tide"},
            {"URL": "https://a.example/1", "Outlet": "The Sluice"},
            "known",
        ),
        ({"URL": "https://a.example/1", "Outlet": "The Tide"}, {"Outlet": "The Tide"}, "known"),
    ],
)
def test_the_same_text_again(
    shelf: Project, first: dict[str, str], second: dict[str, str], outcome: str
) -> None:
    one, two = take(shelf, **first), take(shelf, **second)
    assert two.outcome == outcome
    assert (two.article == one.article) == (outcome == "known")
    assert Snapshot.objects.count() == (1 if outcome == "known" else 2)
    if outcome == "reprint":
        assert two.article.reprint_of == one.article


def test_the_same_text_in_another_project_is_new(shelf: Project, by: User) -> None:
    other = actions.create_project(by=by, name="Canal", slug="canal")
    assert [take(shelf).outcome, take(other).outcome] == ["new", "new"]


def test_another_text_at_one_address_is_a_further_snapshot_of_the_same_article(shelf: Project) -> None:
    first = take(shelf, URL="https://a.example/1", Title="First title")
    changed = take(shelf, STORY + " Corrected.", URL="https://a.example/1", Title="Second title")
    again = take(shelf, URL="https://a.example/1")
    assert [first.outcome, changed.outcome, again.outcome] == ["new", "changed", "known"]
    assert changed.article == first.article
    assert [s.number for s in first.article.snapshots.order_by("number")] == [1, 2]
    assert again.snapshot == first.snapshot
    assert Article.objects.get().title == "First title"
    assert changed.snapshot.current_segmentation.sentences.count() > 0


@pytest.mark.parametrize("url", ["https://a.example/", "https://a.example", "https://a.example/news/"])
def test_stories_that_share_a_sections_address_stay_apart(shelf: Project, url: str) -> None:
    mill = "The mill turns again after forty years, and bread is baked from its flour on every Friday."
    rain = "Rain is expected until the weekend in all of the valleys, with storms above the ridge at night."
    ferry = take(shelf, URL=url, Title="Ferry stays")
    one, other = (take(shelf, text, URL=url, Title=title) for text, title in ((mill, "Mill"), (rain, "Rain")))
    assert [ferry.outcome, one.outcome, other.outcome] == ["new"] * 3
    assert one.note == "at its address there is another story, “Ferry stays”: both were kept"
    again = take(shelf, f"{mill} Corrected.", URL=url, Title="Mill")
    assert (again.outcome, again.article) == ("changed", one.article)
    assert again.note == "at its address there is “Mill”: this was kept as a further text of it"
    rewritten = take(shelf, f"{rain} It began at noon.", URL=url, Title="Rain", Date="2024-05-06")
    assert (rewritten.outcome, rewritten.article) == ("changed", other.article)


def test_an_address_of_a_site_is_given_to_any_number(shelf: Project, by: User) -> None:
    url = {"url": "https://a.example/"}
    for text in ("One story.", "Another story."):
        article = take(shelf, text).article
        actions.edit_article(by=by, article=article, version=article.version, values=url, outlet=None)
    assert Article.objects.filter(**url).count() == 2


def test_all_articles_of_one_text_point_to_one_original(shelf: Project) -> None:
    first = take(shelf, Outlet="The Tide").article
    second = take(shelf, Outlet="The Sluice", Agency="Nordpost").article
    assert second.reprint_of == first  # the agency's own is not here: the first stored stands for it
    agency = take(shelf, Outlet="Nordpost").article
    third = take(shelf, Outlet="The Weir").article
    originals = dict(Article.objects.values_list("publication__name", "reprint_of__publication__name"))
    assert originals == {
        "The Tide": "Nordpost",
        "The Sluice": "Nordpost",
        "Nordpost": None,
        "The Weir": "Nordpost",
    }
    assert (agency.reprint_of, third.reprint_of) == (None, agency)


def test_a_record_that_names_its_original_is_linked_to_it(shelf: Project) -> None:
    take(shelf, Outlet="The Tide")
    agency = Article.objects.get()
    Article.objects.filter(pk=agency.pk).update(
        publication=Publication.objects.create(project=shelf, name="Nordpost"), version=2
    )
    reprint = take(shelf, Outlet="The Sluice", Agency="Nordpost").article
    assert reprint.reprint_of == agency
    assert Article.objects.get(pk=reprint.pk).version == reprint.version


def test_outlets_are_found_by_name_in_any_case_and_by_alias(shelf: Project, by: User) -> None:
    tide = actions.publication_named(by=by, project=shelf, name="The Tide")
    Publication.objects.filter(pk=tide.pk).update(aliases=["Tide Online"], version=2)
    for name in ("the tide", "THE TIDE", "Tide Online"):
        assert actions.publication_named(by=by, project=shelf, name=name) == tide
    assert actions.publication_named(by=by, project=shelf, name="") is None
    # Letters that Python and PostgreSQL do not fold alike.
    turkish = actions.publication_named(by=by, project=shelf, name="İSTANBUL POSTASI")
    assert actions.publication_named(by=by, project=shelf, name="İSTANBUL POSTASI") == turkish
    sharp = actions.publication_named(by=by, project=shelf, name="STRAẞE ΣΑΣ")
    assert actions.publication_named(by=by, project=shelf, name="STRAẞE ΣΑΣ") == sharp


def test_correcting_a_record_leaves_the_text(shelf: Project, by: User) -> None:
    article = take(shelf, Outlet="The Tide").article
    edited = actions.edit_article(
        by=by,
        article=article,
        version=article.version,
        values={
            "title": "New title",
            "authors": ["A", "B"],
            "url": "https://a.example/9",
            "uuid": "nonsense",
        },
        outlet="The Sluice",
        original_outlet="Nordpost",
        published="2024-05~",
    )
    edited.refresh_from_db()
    assert (edited.title, edited.authors, edited.version) == ("New title", ["A", "B"], article.version + 1)
    assert (edited.publication.name, edited.original_publication.name) == ("The Sluice", "Nordpost")
    assert (edited.published_min, edited.published_max) == (date(2024, 5, 1), date(2024, 5, 31))
    assert edited.uuid == article.uuid
    assert edited.snapshots.get().text == STORY
    change = Change.objects.filter(table="sources_article", operation="UPDATE").get()
    assert (change.user_id, change.before["title"], change.after["title"]) == (
        by.pk,
        article.title,
        "New title",
    )


def test_no_two_articles_are_given_one_address(shelf: Project, by: User) -> None:
    one, two = (take(shelf, STORY + word).article for word in ("1", "2"))
    url = "https://a.example/9"
    one = actions.edit_article(by=by, article=one, version=1, values={"url": url}, outlet=None)
    with pytest.raises(AddressTaken) as caught:
        actions.edit_article(by=by, article=two, version=1, values={"url": url}, outlet=None)
    assert caught.value.article == one
    # Its own address may stay as it is.
    actions.edit_article(by=by, article=one, version=2, values={"url": url, "title": "T"}, outlet=None)
    other = actions.create_project(by=by, name="Canal", slug="canal")
    elsewhere = take(other).article
    actions.edit_article(by=by, article=elsewhere, version=1, values={"url": url}, outlet=None)


@pytest.mark.lengthy
def test_articles_said_to_reprint_each_other_change_places(shelf: Project, by: User) -> None:
    a, b, c = (take(shelf, STORY + word).article for word in "abc")

    def originals() -> list[Any]:
        return [Article.objects.get(pk=article.pk).reprint_of for article in (a, b, c)]

    assert actions.mark_reprint(by=by, article=a, original=b).reprint_of == b
    actions.mark_reprint(by=by, article=c, original=a)
    assert originals() == [b, None, b]
    actions.mark_reprint(by=by, article=b, original=a)
    assert originals() == [None, a, a]
    actions.mark_reprint(by=by, article=a, original=c)
    assert originals() == [c, c, None]
    with pytest.raises(ValueError, match="itself"):
        actions.mark_reprint(by=by, article=a, original=a)


def test_a_correction_based_on_an_old_record_is_stale(shelf: Project, by: User) -> None:
    article = take(shelf).article
    same: dict[str, Any] = {"by": by, "article": article, "version": article.version, "outlet": None}
    actions.edit_article(**same, values={"title": "One"})
    with pytest.raises(StaleArticle) as caught:
        actions.edit_article(**same, values={"title": "Two"})
    assert caught.value.current.title == "One"
    with pytest.raises(ValueError, match="not an EDTF date"):
        actions.edit_article(**same, values={}, published="soon")


def test_judging_a_block_keeps_its_extent(shelf: Project, by: User) -> None:
    block = take(shelf).snapshot.blocks.get(position=2)
    judged = actions.judge_block(by=by, block=block, role="boilerplate", masked=True, reason="a notice")
    judged.refresh_from_db()
    assert (judged.role, judged.masked, judged.reason, judged.version) == ("boilerplate", True, "a notice", 2)
    assert (judged.start, judged.end) == (block.start, block.end)
    with pytest.raises(IntegrityError, match="block_role_known"), transaction.atomic():
        actions.judge_block(by=by, block=block, role="poem", masked=False)


def test_a_pull_quote_points_to_what_it_repeats(shelf: Project) -> None:
    quoted = "The harbour will stay shut until the whole crane has been taken down"
    text = (
        f"Crane falls\n\nThe crane fell on Monday. {quoted}, the master said on the quay.\n\n"
        f"“{quoted}”\n\nTwo lorries waited at the gate and nobody could say for how long they would."
    )
    snapshot = take(shelf, text).snapshot
    repeating = Block.objects.filter(snapshot=snapshot, repeats__isnull=False)
    assert [b.role for b in repeating] == ["pull_quote"]
    assert repeating.get().repeats.position < repeating.get().position


def test_members_have_one_role_each(shelf: Project, by: User) -> None:
    other = User.objects.create(username="rolf")
    for role in (Role.VIEWER, Role.REVIEWER):
        actions.set_member(by=by, project=shelf, user=other, role=role)
    assert Membership.objects.get(project=shelf, user=other).role == "reviewer"
    with pytest.raises(ValueError, match="king"):
        actions.set_member(by=by, project=shelf, user=other, role="king")
    edited = actions.edit_project(by=by, project=shelf, name="Q", description="d", is_public=True)
    edited.refresh_from_db()
    assert (edited.name, edited.description, edited.is_public) == ("Q", "d", True)


def test_a_long_file_name_is_shortened_not_refused(shelf: Project, by: User) -> None:
    raw = STORY.encode()
    kept = RawFile(raw, file_name="x" * 300 + ".txt")
    import_article(by=by, project=shelf, read=read_plain(raw), raw=kept)
    assert Capture.objects.get().file_name.endswith("x.txt")


def test_a_failed_import_leaves_nothing(shelf: Project, by: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> list[object]:
        raise RuntimeError("the segmenter broke")

    monkeypatch.setattr(actions.segmentations, "segment", fail)
    before = Change.objects.count()
    with pytest.raises(RuntimeError):
        take(shelf, Outlet="The Tide")
    assert not Article.objects.exists()
    assert not Publication.objects.exists()
    assert Change.objects.count() == before


ODD = st.text(
    st.sampled_from("abc .\n\r\t\x00\x01\x85\u200b\u202e\ufeff\u2028éا🌉:-#*") | st.characters(), max_size=200
)
HEADS = st.lists(
    st.tuples(
        st.sampled_from(["Title", "Outlet", "Author", "Date", "URL", "Language", "Agency", "Subtitle"]),
        st.text(max_size=40) | st.just("https://" + "x" * 2000) | st.just("y" * 700) | st.just("c. 2014"),
    ),
    max_size=4,
)


@pytest.mark.lengthy
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=ODD, head=HEADS)
def test_whatever_a_reader_takes_the_store_takes(
    shelf: Project, text: str, head: list[tuple[str, str]]
) -> None:
    written = "".join(f"{key}: {value}\n" for key, value in head) + "\n" + text
    raw = written.encode("utf-8", "surrogatepass")
    try:
        read = read_plain(written, "odd.txt")
    except Refused:
        return
    taken = import_article(by=None, project=shelf, read=read, raw=RawFile(raw))
    assert taken.snapshot.text == read.text
    assert Snapshot.objects.get(pk=taken.snapshot.pk).text == read.text

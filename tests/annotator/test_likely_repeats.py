"""Likely repeats: the same words however written, nearly the same by runs of three, and no others."""

from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import F

from annotator.actions import claims, projects, relations
from annotator.intents.refusal import Refused
from annotator.models import Claim, ClaimRelation
from annotator.queries.likely_repeats import MOST, likely_repeats, told_apart_of
from sources.models import Article, Change, Project, User
from tests.factories import claim, person, stored

pytestmark = pytest.mark.django_db
SAID = "Eighteen lorries turned back at the bridge in May"


@pytest.fixture
def by() -> User:
    return person("ana")


@pytest.fixture
def project(by: User) -> Project:
    return projects.open_project(by=by, name="Velm", slug="velm")


def said(by: User, project: Project, words: str, outlet: str, date: str = "", **more: str) -> Claim:
    """The one claim of an article of its own, which says the words and nothing else."""
    snapshot = stored(by, project, f"{words}.\n", outlet)
    if date:
        days = {"published": date, "published_min": date, "published_max": date}
        Article.objects.filter(pk=snapshot.article_id).update(**days, version=F("version") + 1)
    return claim(by, snapshot, words, **more)


def found(one: Claim) -> list[tuple[Claim, str]]:
    return [(like.other, like.reason) for like in likely_repeats([one.pk]).get(one.pk, [])]


@pytest.mark.parametrize(
    "again",
    [
        SAID.upper(),
        "“Eighteen lorries,” turned back at ‘the bridge’ in May",
        "Eighteen   lorries – turned back; at the bridge: in May",
        "Éighteen lorries turned back at the brıdge in May",
    ],
)
def test_the_same_words_are_found_however_they_are_written(by: User, project: Project, again: str) -> None:
    one, other = said(by, project, SAID, "A"), said(by, project, again, "B")
    assert found(one) == [(other, "the same words")]
    assert found(other) == [(one, "the same words")]


def test_what_was_told_apart_stays_away_until_that_is_taken_back(by: User, project: Project) -> None:
    one, other, third = (said(by, project, SAID, outlet) for outlet in "ABC")
    for pair in ((one, other), (other, one)):  # whichever is named first, and twice
        relations.tell_apart(by=by, project=project, one=pair[0].uuid, other=pair[1].uuid)
    assert found(one) == [(third, "the same words")] == found(other)
    assert len(found(third)) == 2
    (apart,) = told_apart_of(other)
    assert (apart.other, apart.by) == (one, by)
    ben = person("ben")
    for _ in range(2):
        relations.not_told_apart(by=ben, project=project, one=other.uuid, other=one.uuid)
    assert len(found(one)) == 2
    assert told_apart_of(other) == []
    recorded = Change.objects.filter(table="annotator_toldapart").order_by("pk")
    assert [(row.operation, row.user_id == by.pk) for row in recorded] == [
        ("INSERT", True),
        ("DELETE", False),
    ]


def test_a_claim_is_told_apart_from_another_that_stands(by: User, project: Project) -> None:
    one, other = said(by, project, SAID, "A"), said(by, project, SAID, "B")
    claims.withdraw(by=by, claim=other)
    for uuid in (one.uuid, other.uuid, uuid4()):
        with pytest.raises(Refused):
            relations.tell_apart(by=by, project=project, one=one.uuid, other=uuid)


@pytest.mark.parametrize(
    ("near", "reason"),
    [
        ("lorries turned back at the bridge", "all words of the shorter one, in the same order"),
        (f"He said that {SAID} and in June", "all words of the shorter one, in the same order"),
        (
            "Sixteen lorries turned back at the bridge in May",
            "86 % of the shorter one’s words, in runs of three",
        ),
    ],
)
def test_nearly_the_same_words_are_found_with_how_nearly(
    by: User, project: Project, near: str, reason: str
) -> None:
    one, other = said(by, project, SAID, "A"), said(by, project, near, "B")
    assert found(one) == [(other, reason)]


@pytest.mark.parametrize(
    "other",
    [
        "Nobody knew of a crack before June",
        "back turned lorries Eighteen bridge the at May in",  # the words alone, in another order
        "turned back at",  # three words of many
        "They were seen when lorries turned back on the other side of the river at noon",
        "lorries",
    ],
)
def test_other_words_are_no_repeat(by: User, project: Project, other: str) -> None:
    one = said(by, project, SAID, "A")
    said(by, project, other, "B")
    assert found(one) == []


def test_in_scripts_without_blanks_too(by: User, project: Project) -> None:
    one, other = (
        said(by, project, "橋は九日間閉鎖されたままだ", "A"),
        said(by, project, "「橋は九日間閉鎖されたままだ」と", "B"),
    )
    said(by, project, "船は夜も走る", "C")
    assert [like for like, _ in found(one)] == [other]


@pytest.mark.lengthy
def test_what_is_related_withdrawn_a_draft_or_elsewhere_is_not_proposed(by: User, project: Project) -> None:
    one, related, gone = (said(by, project, SAID, outlet) for outlet in "ABC")
    draft = said(by, project, SAID, "D", status="draft")
    there = projects.open_project(by=by, name="There", slug="there")
    said(by, there, SAID, "A")
    assert {other for other, _ in found(one)} == {related, gone}
    assert {other for other, _ in found(draft)} == {one, related, gone}
    relations.relate(by=by, claim=related, other=one, kind="supports")
    claims.withdraw(by=by, claim=gone)
    assert found(one) == []
    assert not ClaimRelation.objects.filter(kind__key="repeats").exists(), "proposed, never made"


def test_a_claim_within_the_same_words_is_no_repeat_of_it(by: User, project: Project) -> None:
    snapshot = stored(by, project, f"{SAID}.\n\n{SAID}, he says again.\n", "A")
    whole, part = claim(by, snapshot, SAID), claim(by, snapshot, "lorries turned back at the bridge")
    assert found(whole) == []
    assert found(part) == []


def test_the_later_one_repeats(by: User, project: Project) -> None:
    late = said(by, project, SAID, "A", "2024-05-02")
    early = said(by, project, SAID, "B", "2024-05-01")
    undated = said(by, project, SAID, "C")
    told = {like.other: like.later for like in likely_repeats([late.pk])[late.pk]}
    assert told == {early: False, undated: True}
    assert {like.other: like.later for like in likely_repeats([early.pk])[early.pk]} == {
        late: True,
        undated: True,
    }


@pytest.mark.lengthy
def test_many_are_asked_in_two_queries_and_few_are_told(
    by: User, project: Project, django_assert_num_queries: object
) -> None:
    every = [said(by, project, SAID, f"Outlet {i}") for i in range(MOST + 3)]
    with django_assert_num_queries(2):  # type: ignore[operator]
        told = likely_repeats([one.pk for one in every])
    assert {len(likes) for likes in told.values()} == {MOST}
    assert len(told) == len(every)


@pytest.mark.lengthy
def test_a_very_long_quote_is_bounded_and_still_found(by: User, project: Project) -> None:
    long = " ".join(f"word{i} and{i * 7 % 13}" for i in range(1500))
    one, other = said(by, project, long, "A"), said(by, project, long.upper(), "B")
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(cardinality(runs)) FROM annotator_claimwords")
        assert cursor.fetchone() == (200,)
    assert found(one) == [(other, "the same words")]

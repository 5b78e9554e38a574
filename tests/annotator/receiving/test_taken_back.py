"""What analysts took back stays so when the file that brought it is imported again."""

from datetime import UTC, datetime

import pytest

from annotator.actions import annotations, claims, relations
from annotator.actions.projects import open_project
from annotator.exchange.importers.bundle import RelationEntry
from annotator.exchange.receiving.report import Report, summary
from annotator.models import ActorMention, Annotation, Claim, ClaimRelation
from sources.models import User

from .conftest import Shelf, actor, at, claim, document, mention, name_of, words

ONE, OTHER = claim(words("We found a crack"), line=3), claim(words("the crack was known in spring"), line=4)
ILSE = mention("Ilse Brandt", words("Ilse Brandt"), line=2)
RELATION = RelationEntry(
    at(9), name_of("relation"), {"claim": str(ONE.uuid), "other": str(OTHER.uuid), "kind": "supports"}
)


def take(shelf: Shelf) -> Report:
    return shelf.take(document(ILSE, ONE, OTHER), actors=(actor("Ilse Brandt"),), relations=(RELATION,))


@pytest.fixture
def mara(shelf: Shelf) -> User:
    assert take(shelf).whole
    return User.objects.create_user(username="mara", name="Mara Lind")


def taken_back(report: Report) -> list[str]:
    today = datetime.now(UTC).date()
    said = f"was taken back here on {today} by Mara Lind: it was left so"
    assert report.whole
    assert {(told.rule, told.why) for told in report.changed} == {("taken_back", said)}
    assert report.counts["changed"] == len(report.changed)
    return [str(told.at) for told in report.changed]


def test_a_relation_that_was_taken_back_stays_so(shelf: Shelf, mara: User) -> None:
    relations.unrelate(by=mara, relation=ClaimRelation.objects.get())
    for _ in range(2):
        assert taken_back(take(shelf)) == ["a.ann:9"]
        assert not ClaimRelation.objects.exists()


def test_an_annotation_that_was_deleted_stays_so(shelf: Shelf, mara: User) -> None:
    annotations.remove(by=mara, project=shelf.project, uuid=ILSE.uuid, version=1)
    for _ in range(2):
        assert taken_back(take(shelf)) == ["a.ann:2"]
        assert not ActorMention.objects.exists()


def test_a_claim_that_was_withdrawn_stays_so(shelf: Shelf, mara: User) -> None:
    relations.unrelate(by=mara, relation=ClaimRelation.objects.get())
    annotations.remove(by=mara, project=shelf.project, uuid=ONE.uuid, version=1)
    assert taken_back(take(shelf)) == ["a.ann:3", "a.ann:9"]
    assert Claim.objects.exclude(withdrawn_at=None).get().uuid == ONE.uuid
    claims.restore(by=mara, claim=Claim.objects.get(uuid=ONE.uuid))
    assert taken_back(take(shelf)) == ["a.ann:9"]


def test_what_was_made_again_is_here(shelf: Shelf, mara: User) -> None:
    relations.unrelate(by=mara, relation=ClaimRelation.objects.get())
    ends = {name: Claim.objects.get(uuid=RELATION.body[name]) for name in ("claim", "other")}
    relations.relate(by=mara, kind="supports", uuid=RELATION.uuid, **ends)
    assert summary(take(shelf)) == "1 text already there, 3 already there."


def test_another_project_is_not_told(shelf: Shelf, mara: User) -> None:
    """Nor held to what was taken back there."""
    annotations.remove(by=mara, project=shelf.project, uuid=ILSE.uuid, version=1)
    other = Shelf(shelf.by, open_project(by=shelf.by, name="Other", slug="other"))
    report = take(other)
    assert (report.changed, report.counts["stored"]) == ([], 3)
    assert Annotation.objects.filter(project=other.project, kind="actor").exists()

"""What happens when several people, or one person's several tries, do it at once."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from annotator.actions import annotations, claims, projects, reviews
from annotator.intents.annotation import PlaceAnnotation, parse_annotation
from annotator.intents.refusal import Refused, Stale, Taken, VersionNeeded
from annotator.intents.review import DecideClaim
from annotator.models import Actor, Annotation, Attribution, Claim, Event, Review, SupportingSpan
from sources.actions import RawFile, StaleArticle, edit_article, import_article, publication_named
from sources.intake.plain import read_plain
from sources.models import Article, Change, Publication, Sentence, Snapshot
from tests.factories import (
    BRIDGE,
    Side,
    World,
    claim,
    new_actor,
    span,
    stored,
    words,
)
from tests.racing import race

RACERS = 6


@pytest.fixture
def here(committed_world: World) -> Side:
    return committed_world.here


def _intent(here: Side, uuid: UUID, kind: str, *stretches: str, **owner: Any) -> PlaceAnnotation:
    snapshot = here.snapshot
    body = {"snapshot": snapshot.uuid, "kind": kind, **words(snapshot, *stretches), kind: owner}
    return parse_annotation(uuid, body)


def _claim_intent(here: Side, uuid: UUID, **more: Any) -> PlaceAnnotation:
    content = {"type": "fact", "quotation_type": "indirect", "voice": "unknown", **more}
    return _intent(here, uuid, "claim", "Eighteen lorries", **content)


def _save(here: Side, intent: PlaceAnnotation, version: int | None = None) -> Callable[[], Any]:
    by = here.project.created_by
    return lambda: annotations.save(by=by, project=here.project, intent=intent, version=version)


@pytest.mark.lengthy
def test_the_same_new_claim_sent_many_times_is_made_once(here: Side) -> None:
    uuid = uuid4()
    cue = span(here.snapshot, "told the agency")
    chain = [{"role": "said", "sources": [{"actor": str(here.actor.uuid)}], "cues": [cue]}]
    intent = _claim_intent(here, uuid, voice="attributed", chains=[chain])
    results = race(_save(here, intent) for _ in range(RACERS))
    assert sorted(r.created for r in results) == [False] * (RACERS - 1) + [True]
    made = Annotation.objects.get(uuid=uuid)
    assert {r.annotation.pk for r in results} == {made.pk}
    assert made.version == 1
    assert Attribution.objects.filter(claim=made.pk).count() == 1
    assert SupportingSpan.objects.filter(link__claim=made.pk).count() == 1
    inserts = Change.objects.filter(table="annotator_claim", row_id=made.pk, operation="INSERT")
    assert inserts.count() == 1


@pytest.mark.parametrize("kind", ["actor", "event"])
def test_the_same_new_name_sent_many_times_is_made_once(here: Side, kind: str) -> None:
    uuid = uuid4()
    if kind == "actor":
        owner = new_actor("Zum Kai", "organisation")
    else:
        owner = {"new_event": {"uuid": str(uuid4()), "label": "Warning", "type": "other"}}
    intent = _intent(here, uuid, kind, "Zum Kai", **owner)
    results = race(_save(here, intent) for _ in range(RACERS))
    assert sorted(r.created for r in results) == [False] * (RACERS - 1) + [True]
    model = Actor if kind == "actor" else Event
    assert model.objects.filter(uuid=owner[f"new_{kind}"]["uuid"]).count() == 1


def test_two_claims_of_one_identifier_are_not_both_stored(here: Side) -> None:
    """One is stored; the other is told that it differs and needs a version."""
    uuid = uuid4()
    told = race(_save(here, _claim_intent(here, uuid, paraphrase=f"No. {n}")) for n in range(2))
    assert sorted(type(r).__name__ for r in told) == ["Saved", "VersionNeeded"]
    assert [isinstance(r, VersionNeeded) for r in told].count(True) == 1
    assert Claim.objects.filter(annotation__uuid=uuid).count() == 1


def test_one_identifier_in_two_projects_is_one_projects(here: Side) -> None:
    by = here.project.created_by
    second = projects.open_project(by=by, name="Elsewhere", slug="elsewhere")
    snapshot, uuid = stored(by, second, BRIDGE), uuid4()
    other = parse_annotation(
        uuid,
        {
            "snapshot": snapshot.uuid,
            "kind": "claim",
            **words(snapshot, "Eighteen lorries"),
            "claim": {"type": "fact", "quotation_type": "indirect", "voice": "unknown"},
        },
    )
    results = race(
        [
            _save(here, _claim_intent(here, uuid)),
            lambda: annotations.save(by=by, project=second, intent=other),
        ]
    )
    assert sorted(type(r).__name__ for r in results) == ["Saved", "Taken"]
    assert any(isinstance(r, Taken) for r in results)
    assert Annotation.objects.filter(uuid=uuid).count() == 1


@pytest.mark.lengthy
def test_of_many_changes_to_one_version_one_wins_and_the_rest_are_told(here: Side) -> None:
    uuid = uuid4()
    made = _save(here, _claim_intent(here, uuid))().annotation
    for version in (1, 2, 3):
        results = race(
            _save(here, _claim_intent(here, uuid, paraphrase=f"{version}.{n}"), version)
            for n in range(RACERS)
        )
        won = [n for n, r in enumerate(results) if not isinstance(r, Exception)]
        assert len(won) == 1, results
        lost = [r for r in results if isinstance(r, Exception)]
        assert {type(r) for r in lost} == {Stale}
        assert {r.current.version for r in lost} == {version + 1}
        assert Claim.objects.get(pk=made.pk).paraphrase == f"{version}.{won[0]}"
    assert Annotation.objects.get(pk=made.pk).version == 4
    changes = Change.objects.filter(table="annotator_annotation", row_id=made.pk, operation="UPDATE")
    assert [c.after["version"] for c in changes.order_by("pk")] == [2, 3, 4]


def test_a_withdrawal_and_a_change_of_one_version_do_not_both_happen(here: Side) -> None:
    uuid = uuid4()
    _save(here, _claim_intent(here, uuid))()
    by = here.project.created_by
    results = race(
        [
            _save(here, _claim_intent(here, uuid, paraphrase="changed"), 1),
            lambda: annotations.remove(by=by, project=here.project, uuid=uuid, version=1),
        ]
    )
    assert [isinstance(r, Stale) for r in results].count(True) == 1
    assert Annotation.objects.get(uuid=uuid).version == 2


def test_of_many_corrections_of_one_record_one_wins(here: Side) -> None:
    by, article = here.project.created_by, here.article
    version = Article.objects.get(pk=article.pk).version

    def correct(n: int) -> Callable[[], Any]:
        return lambda: edit_article(
            by=by, article=article, version=version, values={"title": f"Title {n}"}, outlet="The Velm Courier"
        )

    results = race(correct(n) for n in range(RACERS))
    assert [isinstance(r, StaleArticle) for r in results].count(True) == RACERS - 1
    assert Article.objects.get(pk=article.pk).version == version + 1


def test_the_same_text_imported_at_once_is_stored_once(here: Side) -> None:
    by = here.project.created_by
    text = "Outlet: Evening Velm\n\nBoats are back\n\nThe boats came back on Monday, the office said.\n"

    def bring() -> Any:
        read = read_plain(text.encode(), "boats.txt")
        return import_article(by=by, project=here.project, read=read, raw=RawFile(text.encode()))

    results = race([bring] * RACERS)
    assert sorted(r.outcome for r in results) == ["known"] * (RACERS - 1) + ["new"]
    (snapshot,) = Snapshot.objects.filter(text__startswith="Boats are back")
    assert {r.snapshot.pk for r in results} == {snapshot.pk}
    assert Article.objects.filter(title="Boats are back").count() == 1
    assert Publication.objects.filter(name="Evening Velm").count() == 1
    assert Sentence.objects.filter(snapshot=snapshot).values("segmentation").distinct().count() == 1


@pytest.mark.lengthy
def test_texts_of_one_new_outlet_imported_at_once_share_it(here: Side) -> None:
    by = here.project.created_by

    def bring(n: int) -> Callable[[], Any]:
        text = f"Outlet: Evening Velm\n\nBoats are back {n}\n\nThe boats came back on day {n}.\n"

        def act() -> Any:
            read = read_plain(text.encode(), "boats.txt")
            return import_article(by=by, project=here.project, read=read, raw=RawFile(text.encode()))

        return act

    results = race(bring(n) for n in range(RACERS))
    assert not [r for r in results if isinstance(r, Exception)]
    assert Publication.objects.filter(name="Evening Velm").count() == 1


def test_an_outlet_named_at_once_is_one_outlet(here: Side) -> None:
    by = here.project.created_by
    results = race((lambda: publication_named(by=by, project=here.project, name="Night Velm"),) * RACERS)
    assert len({r.pk for r in results}) == 1


@pytest.mark.lengthy
def test_a_review_never_judges_words_that_were_changed_meanwhile(here: Side) -> None:
    """Whoever comes first, the review's version is that of the claim it was made for."""
    by, reviewer = here.project.created_by, here.review.reviewer
    for n in range(8):
        subject = claim(by, here.snapshot, "Eighteen lorries", paraphrase="before")
        change = _claim_intent(here, subject.annotation.uuid, paraphrase="after")
        saw = DecideClaim("accepted", version=1)
        saved, review = race(
            [
                _save(here, change, 1),
                lambda subject=subject, saw=saw: reviews.decide(by=reviewer, claim=subject, intent=saw),
            ]
        )
        assert not isinstance(saved, Exception), saved
        subject = Claim.objects.get(pk=subject.pk)
        assert subject.paraphrase == "after", n
        assert subject.status == "submitted", "a changed claim goes back to the reviewers"
        if isinstance(review, Stale):
            assert not Review.objects.filter(claim=subject).exists()
        else:
            assert review.claim_version == 1


@pytest.mark.lengthy
def test_a_review_and_a_withdrawal_leave_no_accepted_claim_behind(here: Side) -> None:
    by, reviewer = here.project.created_by, here.review.reviewer
    for _ in range(6):
        subject = claim(by, here.snapshot, "Eighteen lorries")
        saw = DecideClaim("accepted", version=1)
        withdrawn, review = race(
            [
                lambda subject=subject: claims.withdraw(by=by, claim=subject),
                lambda subject=subject, saw=saw: reviews.decide(by=reviewer, claim=subject, intent=saw),
            ]
        )
        assert not isinstance(withdrawn, Exception)
        assert isinstance(review, Refused) or review.claim_version == 1


def test_an_act_that_fails_leaves_nothing_and_its_setting_leaks_to_nobody(here: Side) -> None:
    before = Change.objects.count()
    by = here.project.created_by

    def fail() -> None:
        with transaction.atomic():
            claim(by, here.snapshot, "Eighteen lorries")
            raise RuntimeError

    assert all(isinstance(r, RuntimeError) for r in race([fail] * 3))
    assert Change.objects.count() == before

"""Judging claims. A decision is a row of its own; the claim's status follows the latest."""

from uuid import uuid4

from annotator.intents.refusal import Overtaken, Refused, Stale, Taken
from annotator.intents.review import DecideClaim
from annotator.models import Annotation, Claim, Decision, Review, Status
from sources.models import User, acting

STATUS: dict[str, str] = {
    Decision.ACCEPTED: Status.ACCEPTED,
    Decision.REJECTED: Status.REJECTED,
    Decision.DISPUTED: Status.DISPUTED,
    Decision.REOPENED: Status.SUBMITTED,
}


def decide(*, by: User, claim: Claim, intent: DecideClaim) -> Review:
    """Record a decision on the claim as it stands now; `reopened` takes the last one back.

    The annotation's row is locked, so that a claim edited or judged meanwhile is never judged by what it was.
    Deciding the same again on what one saw is deciding once.

    Raises Stale when `intent.version` is not the claim's, Overtaken when `intent.review` is not the latest
    decision, Taken when `intent.uuid` is another decision's, Refused for a withdrawn claim or a draft.
    """
    with acting(by):
        annotation = Annotation.objects.select_for_update().get(pk=claim.pk)
        current = Claim.objects.get(pk=claim.pk)
        if (made := _made_before(current, by, intent)) is not None:
            claim.refresh_from_db()
            return made
        if current.withdrawn_at is not None:
            raise Refused("decision", "not_withdrawn", "this claim was withdrawn")
        if current.status == Status.DRAFT:
            raise Refused("decision", "submitted_first", "a draft cannot be judged before it is submitted")
        if intent.version is not None and intent.version != annotation.version:
            raise Stale(annotation)
        if intent.review is not None:
            latest, before = _latest_two(current)
            if latest is not None and intent.review != str(latest.uuid):
                if _is_repeated(latest, before, by, intent, annotation.version):
                    claim.refresh_from_db()
                    return latest
                raise Overtaken(annotation, latest)
        review = Review.objects.create(
            uuid=intent.uuid or uuid4(),
            project_id=current.project_id,
            claim=current,
            claim_version=annotation.version,
            decision=intent.decision,
            reason=intent.reason,
            reviewer=by,
        )
        Claim.objects.filter(pk=claim.pk).update(status=STATUS[intent.decision])
    claim.refresh_from_db()
    return review


def _made_before(claim: Claim, by: User, intent: DecideClaim) -> Review | None:
    """The decision that has the intent's identifier: its answer got lost. Raises Taken when it is another."""
    made = Review.objects.filter(uuid=intent.uuid).first() if intent.uuid else None
    if made is not None and (made.claim_id, made.reviewer_id, made.decision, made.reason) != (
        *(claim.pk, by.pk),
        *(intent.decision, intent.reason),
    ):
        raise Taken
    return made


def _latest_two(claim: Claim) -> tuple[Review | None, Review | None]:
    found = [*Review.objects.filter(claim=claim).order_by("-pk")[:2], None, None]
    return found[0], found[1]


def _is_repeated(latest: Review, before: Review | None, by: User, intent: DecideClaim, version: int) -> bool:
    """Whether `latest` is this very decision: its answer got lost, or a button was pressed twice."""
    return (
        (latest.reviewer_id, latest.decision, latest.reason) == (by.pk, intent.decision, intent.reason)
        and latest.claim_version == version
        and intent.review == (str(before.uuid) if before else "")
    )

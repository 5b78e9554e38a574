"""Judging claims. A decision is a row of its own; the claim's status follows the latest."""

from annotator.intents.refusal import Overtaken, Refused, Stale
from annotator.intents.review import DecideClaim
from annotator.models import Annotation, Claim, Decision, Review, Status
from sources.models import User, acting

_STATUS = {
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
    decision, Refused for a withdrawn claim or a draft.
    """
    with acting(by):
        annotation = Annotation.objects.select_for_update().get(pk=claim.pk)
        current = Claim.objects.get(pk=claim.pk)
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
            project_id=current.project_id,
            claim=current,
            claim_version=annotation.version,
            decision=intent.decision,
            reason=intent.reason,
            reviewer=by,
        )
        Claim.objects.filter(pk=claim.pk).update(status=_STATUS[Decision(intent.decision)])
    claim.refresh_from_db()
    return review


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

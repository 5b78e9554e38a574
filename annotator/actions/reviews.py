"""Judging claims. A decision is a row of its own; the claim's status follows the latest."""

from annotator.intents.refusal import Refused, Stale
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

    The annotation's row is locked, so that a claim edited meanwhile is never judged by what it was.
    Raises Stale when `intent.version` is not the claim's, Refused for a withdrawn claim or a draft.
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

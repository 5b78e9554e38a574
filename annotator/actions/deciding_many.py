"""One decision on many claims that wait, and taking it back."""

from annotator.intents.refusal import Refused
from annotator.intents.review import DecideClaim
from annotator.models import BatchRow, Claim, Status
from sources.models import User

from . import reviews

JUDGED = (Status.ACCEPTED, Status.REJECTED, Status.DISPUTED)
TAKEN_BACK = "Taken back together with others"


def decide_one(*, by: User, claim: Claim, intent: DecideClaim) -> None:
    """Decide on a claim that waits; one that stands so already is left alone. What somebody decided otherwise
    is refused: that is judged on its own card. Raises Refused."""
    if claim.status == reviews.STATUS[intent.decision]:
        return
    if claim.status in JUDGED:
        raise Refused("decision", "waits", "somebody judged it otherwise: open it to judge it anew")
    reviews.decide(by=by, claim=claim, intent=intent)


def take_back(*, by: User, claim: Claim, row: BatchRow) -> None:
    """The claim waits again. Decisions are never deleted: this one and its taking back stay in the record."""
    reviews.decide(by=by, claim=claim, intent=DecideClaim("reopened", TAKEN_BACK))

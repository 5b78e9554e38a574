"""Which claims of a project its visitors see. A public project shows its work, not its drafts."""

from django.db.models import Q

from annotator.models import Claim, Status
from sources.models import Role

HANDED_IN = (Status.SUBMITTED, Status.ACCEPTED, Status.REJECTED, Status.DISPUTED)


def seen_by(role: Role | None, claim: str = "") -> Q:
    """The condition on claims that a visitor of that role may see them; `claim` is the way to the claim.

    Members see all of them. Who is none (`role` is None) sees what was handed in and is not withdrawn.
    """
    way = f"{claim}__" if claim else ""
    return Q() if role else Q(**{f"{way}status__in": HANDED_IN, f"{way}withdrawn_at": None})


def kept_for(role: Role | None, claim: str = "") -> Q:
    """The same of a claim's own permanent page: who cites a claim learns there that it was withdrawn."""
    way = f"{claim}__" if claim else ""
    return Q() if role else Q(**{f"{way}status__in": HANDED_IN})


def sees(role: Role | None, claim: Claim) -> bool:
    """`seen_by` for a claim at hand."""
    return role is not None or (claim.status in HANDED_IN and not claim.withdrawn_at)

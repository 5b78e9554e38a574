"""Changing one part of a claim, all else of it left as it is."""

from collections.abc import Callable
from typing import Any

from annotator.intents.annotation import parse_annotation
from annotator.intents.gathered import gathering
from annotator.intents.refusal import Refused
from annotator.models import Claim
from annotator.queries.claim_body import body_of
from sources.models import User, acting

from . import annotations
from .annotations import Saved

Json = dict[str, Any]


def revise(
    *, by: User | None, claim: Claim, revised: Callable[[Json], Json | None], version: int | None
) -> Saved | None:
    """Save the claim as `revised` makes of its body; None where that finds nothing to revise.

    Asking twice is asking once. A judged claim goes back to the reviewers. `version` is the claim's that the
    change is based on. Raises Refused, with fields as in a claim's body, VersionNeeded, Stale.
    """
    if claim.withdrawn_at is not None:
        raise Refused("claim", "not_withdrawn", "this claim was withdrawn")
    with acting(by):
        body, read = body_of(claim)
        wanted = revised(body["claim"])
        if wanted is None:
            return None
        with gathering():
            intent = parse_annotation(claim.uuid, body | {"claim": wanted})
        # What was read is of no other version than the one asked about: 0 is nobody's, and so stale.
        based_on = version if version in (None, read) else 0
        return annotations.save(by=by, project=claim.project, intent=intent, version=based_on)

"""A claim as the body that would make it what it is: what is changed of it is changed in there, and saved."""

from typing import Any

from django.db.models import Q

from annotator.models import Claim, Status, SupportingSpan

from .annotation_json import annotations_json
from .chain_json import span_json

Json = dict[str, Any]
UNSAID = ("status", "withdrawn")


def body_of(claim: Claim) -> tuple[Json, int]:
    """As `intents.annotation.parse_annotation` takes it, and the version of the claim that it is. Saving it
    as it is changes nothing; of a claim that was judged, saving anything else asks for another judgement."""
    (told,) = annotations_json([claim.pk])
    content = {name: value for name, value in told["claim"].items() if name not in UNSAID}
    content["status"] = Status.DRAFT if claim.status == Status.DRAFT else Status.SUBMITTED
    cues = _cues(claim)
    content["chains"] = [
        [link | {"cues": [cues[uuid] for uuid in link["cues"]]} for link in chain]
        for chain in content["chains"]
    ]
    body = {
        "snapshot": str(claim.annotation.snapshot.uuid),
        "kind": "claim",
        "extent": told["extent"],
        "quotes": told["quotes"],
        "claim": content,
    }
    return body, told["version"]


def _cues(claim: Claim) -> dict[str, Json]:
    rows = SupportingSpan.objects.filter(Q(link__claim=claim), annotation__kind="cue")
    return {
        str(row.annotation.uuid): span_json(row) | {"cue_type": row.cue_type.key if row.cue_type else None}
        for row in rows.select_related("annotation", "cue_type")
    }

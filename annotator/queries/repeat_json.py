"""Claims that may repeat one another, as the API tells them."""

from collections.abc import Iterable

from annotator.models import Claim

from .annotation_json import Json
from .likely_repeats import Apart, LikelyRepeat


def repeats_json(found: Iterable[LikelyRepeat]) -> list[Json]:
    return [{"claim": _claim(one.other), "reason": one.reason, "later": one.later} for one in found]


def apart_json(found: Iterable[Apart]) -> list[Json]:
    return [{"claim": _claim(one.other), "by": str(one.by), "at": one.at.isoformat()} for one in found]


def _claim(claim: Claim) -> Json:
    said = claim.annotation
    return {
        "uuid": str(claim.uuid),
        "quotes": list(said.quotes),
        "article": str(said.snapshot.article.uuid),
    }

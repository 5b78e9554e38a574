"""Acts on many claims."""

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from annotator.intents.batch import ACTS, DECISIONS

from .values import Shape, one_of


class ClaimSeen(Shape):
    """A claim as it was seen; the first of what becomes of it tells both."""

    claim = serializers.UUIDField()
    version = serializers.IntegerField(min_value=1, required=False)
    review = serializers.CharField(
        required=False, allow_blank=True, help_text="UUID of the latest decision on it; empty for none."
    )


class BatchSent(Shape):
    """With `code`: type, add, take, speaker, at least one. With `decide`: decision and reason."""

    act = one_of(*ACTS)
    claims = ClaimSeen(many=True)
    type = serializers.CharField(required=False, help_text="A key of the claim types.")
    add = serializers.ListField(child=serializers.CharField(), required=False, help_text="Keys of topics.")
    take = serializers.ListField(child=serializers.CharField(), required=False)
    speaker = serializers.UUIDField(required=False, help_text="Who alone is to say it.")
    decision = one_of(*DECISIONS, required=False)
    reason = serializers.CharField(required=False)


class Said(Shape):
    what = serializers.CharField()
    words = serializers.CharField()


class BatchShape(Shape):
    uuid = serializers.UUIDField()
    act = serializers.CharField()
    said = Said(many=True)
    by = serializers.CharField()
    at = serializers.DateTimeField()
    claims = serializers.IntegerField(min_value=0)
    undone = serializers.IntegerField(min_value=0)


class _Words(serializers.DictField):
    child = serializers.CharField(allow_blank=True)


class BatchRowShape(Shape):
    claim = serializers.UUIDField()
    version_before = serializers.IntegerField()
    version = serializers.IntegerField()
    was = _Words()
    became = _Words()
    stands = serializers.BooleanField(help_text="Nobody has changed or judged it since.")
    undone_by = serializers.CharField(allow_null=True)
    undone_at = serializers.DateTimeField(allow_null=True)


class BatchWhole(BatchShape):
    rows = BatchRowShape(many=True)


class BatchAnswer(Shape):
    batch = BatchWhole()


class Left(Shape):
    claim = serializers.UUIDField()
    why = serializers.CharField()


class BatchUndone(Shape):
    given_back = serializers.IntegerField()
    left = Left(many=True)
    batch = BatchWhole()


class OutcomeShape(Shape):
    """What the act would make of a claim; `claim`, `version` and `review` are what doing it has to name."""

    claim = serializers.UUIDField()
    version = serializers.IntegerField(allow_null=True)
    review = serializers.CharField(allow_blank=True)
    refused = serializers.BooleanField()
    why = serializers.CharField(allow_blank=True)
    was = _Words()
    became = _Words()


class Outcomes(Shape):
    outcomes = OutcomeShape(many=True)


AN_ACT = OpenApiExample(
    "A topic more for two claims",
    value={
        "act": "code",
        "add": ["bridge"],
        "claims": [
            {"claim": "4c1f2a52-6d0f-4a6e-9a3e-1f6a7b8c9d12", "version": 1, "review": ""},
            {"claim": "5d2f3b63-7e1a-4b7f-8b4f-2a7b8c9d0e13", "version": 3, "review": ""},
        ],
    },
    request_only=True,
)

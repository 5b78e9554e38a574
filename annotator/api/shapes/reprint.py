"""Articles whose texts are alike, and what somebody said of two of them."""

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from annotator.intents.reprint import DEEDS, MOST_REFUSED
from sources.models import LikelyKind, LikelyState

from .values import Shape, one_of


class AlikeArticle(Shape):
    uuid = serializers.UUIDField()
    title = serializers.CharField()
    outlet = serializers.CharField(allow_blank=True)


class ReprintPair(Shape):
    article = AlikeArticle(help_text="The one that may be the reprint.")
    original = AlikeArticle()
    kind = one_of(*LikelyKind.values)
    state = one_of(*LikelyState.values)
    similarity = serializers.FloatField(
        allow_null=True, help_text="Wording in common, 0 to 1; null where that cannot be told."
    )
    decided_by = serializers.CharField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)


class ComparedText(Shape):
    uuid = serializers.UUIDField()
    number = serializers.IntegerField(min_value=1)


class SentenceCounts(Shape):
    kept = serializers.IntegerField()
    changed = serializers.IntegerField()
    moved = serializers.IntegerField()
    added = serializers.IntegerField()
    removed = serializers.IntegerField()
    changed_on_the_way = serializers.IntegerField(help_text="Of the moved ones.")


class PassagePiece(Shape):
    tag = one_of("", "del", "ins", help_text="In the first text alone, in the second alone, or in both.")
    words = serializers.CharField(allow_blank=True)


class ComparedPassage(Shape):
    kind = serializers.CharField()
    pieces = PassagePiece(many=True)


class TextsCompared(Shape):
    first = ComparedText()
    second = ComparedText()
    similarity = serializers.FloatField(allow_null=True)
    counts = SentenceCounts(help_text="Of sentences.")
    passages = ComparedPassage(many=True)
    left_out = serializers.IntegerField(min_value=0, help_text="Passages beyond those that are told.")


class ReprintCompared(Shape):
    said = ReprintPair(allow_null=True, help_text="Null where nobody and nothing proposed them.")
    texts = TextsCompared(help_text="What the article’s text does with the original’s, sentence by sentence.")


class ReprintJudged(Shape):
    said = ReprintPair()


class PairNamed(Shape):
    article = serializers.UUIDField(help_text="The one that may be the reprint.")
    original = serializers.UUIDField()


class RefusalsSent(Shape):
    refuse = serializers.ListField(child=PairNamed(), min_length=1, max_length=MOST_REFUSED)


class RefusalsDone(Shape):
    refused = serializers.IntegerField(min_value=0, help_text="Of the pairs on which nobody had spoken.")
    results = ReprintPair(many=True, help_text="Each pair as it stands now.")


class ReprintSent(Shape):
    do = one_of(*DEEDS)


TWO_REFUSED = OpenApiExample(
    "A pair",
    {
        "refuse": [
            {
                "article": "0190c1a0-0000-7000-8000-000000000001",
                "original": "0190c1a0-0000-7000-8000-000000000002",
            }
        ]
    },
    request_only=True,
)
A_REPRINT = OpenApiExample("A reprint", {"do": "reprint"}, request_only=True)

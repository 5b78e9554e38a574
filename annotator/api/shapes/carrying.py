"""What was marked on an earlier text of an article, and where it is thought to stand now."""

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from annotator.intents.carrying import DECISIONS, LONGEST_WORDS, MOST_UNITS
from annotator.models import CarryingState, Fate

from .values import ExtentField, Shape, one_of

UNIT = "c0ffee00-0000-4000-8000-000000000001"


class NewestText(Shape):
    uuid = serializers.UUIDField()
    number = serializers.IntegerField(min_value=1)


class MissingWords(Shape):
    key = serializers.CharField()
    name = serializers.CharField(help_text="What they are, for people.")
    words = serializers.CharField()
    may_go = serializers.BooleanField(help_text="Whether `without_words` may name them.")


class CarriedPiece(Shape):
    mark = one_of("", "same", "del", "ins", help_text="Empty beside its words; else as both texts have them.")
    words = serializers.CharField(allow_blank=True)


class CarriedPart(Shape):
    part = serializers.UUIDField()
    kind = serializers.CharField()
    name = serializers.CharField()
    fate = one_of(*Fate.values)
    score = serializers.FloatField(help_text="How alike the words are, 0 to 1.")
    places = serializers.IntegerField(help_text="Where it may stand.")
    text = serializers.IntegerField(min_value=1, help_text="The number of the text that it stands on.")
    sentence = serializers.IntegerField(allow_null=True, help_text="Of the newest text.")
    proposed = ExtentField(allow_null=True)
    old = CarriedPiece(many=True)
    new = CarriedPiece(many=True)


class CarriedUnit(Shape):
    """A claim with all that hangs on it, or a mention alone. `plain`: there is one place for each part and
    nothing to take off, so that it is confirmed with others."""

    unit = serializers.UUIDField()
    kind = serializers.CharField()
    state = one_of(CarryingState.WAITING.value, CarryingState.LEFT.value)
    fate = one_of(*Fate.values, help_text="The worst of its parts’.")
    seen = serializers.CharField(help_text="Sent back with what is decided: 412 where it changed since.")
    plain = serializers.BooleanField()
    missing = MissingWords(many=True, help_text="What of its words the newest text does not have.")
    parts = CarriedPart(many=True)


class CarryingTold(Shape):
    newest = NewestText(allow_null=True, help_text="Null for an article of one text.")
    carried = serializers.IntegerField(min_value=0, help_text="Annotations that came along by themselves.")
    by_hand = serializers.IntegerField(min_value=0)
    waiting = serializers.DictField(child=serializers.IntegerField(), help_text="Units by fate.")
    left = serializers.IntegerField(min_value=0)
    unseen = serializers.IntegerField(min_value=0, help_text="Annotations that were not looked for yet.")
    units = CarriedUnit(many=True, help_text="The first 50 that wait.")


class PlaceSent(Shape):
    part = serializers.UUIDField()
    words = serializers.CharField(max_length=LONGEST_WORDS, help_text="As they stand in the newest text.")
    extent = ExtentField(required=False, allow_null=True, help_text="Where they stand more than once.")


class CarryingDecision(Shape):
    decision = one_of(*DECISIONS, help_text="`leave`: it is gone from the new text and stays on the old one.")
    seen = serializers.CharField(required=False, max_length=64, help_text="Needed to confirm.")
    places = PlaceSent(many=True, required=False, help_text="Of parts that stand elsewhere than proposed.")
    without = serializers.ListField(
        child=serializers.UUIDField(), required=False, help_text="Parts that are taken off."
    )
    without_words = serializers.ListField(
        child=serializers.CharField(max_length=100), required=False, help_text="Keys of `missing`."
    )


class CarryingDecided(Shape):
    carried = serializers.IntegerField(min_value=0, help_text="Annotations.")
    reopened = serializers.ListField(
        child=serializers.UUIDField(), help_text="Claims that say something else now: they wait for a review."
    )
    taken_off = serializers.ListField(child=serializers.CharField())


class UnitSeen(Shape):
    unit = serializers.UUIDField()
    seen = serializers.CharField(max_length=64)


class ManyConfirmedSent(Shape):
    units = serializers.ListField(child=UnitSeen(), min_length=1, max_length=MOST_UNITS)


class ManyConfirmed(Shape):
    confirmed = serializers.IntegerField(min_value=0, help_text="Units.")
    reopened = serializers.ListField(child=serializers.UUIDField())
    refused = serializers.ListField(
        child=serializers.CharField(), help_text="Why the others were not: they go on waiting."
    )


A_DECISION = OpenApiExample(
    "It stands elsewhere",
    {"decision": "confirm", "seen": "9f2b", "places": [{"part": UNIT, "words": "at least 60 people"}]},
    request_only=True,
)
MANY = OpenApiExample("As proposed", {"units": [{"unit": UNIT, "seen": "9f2b"}]}, request_only=True)

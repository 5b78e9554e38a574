"""A text with all that is marked on it: the reading room, what changed there, and what its parts are."""

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from annotator.intents.block import ROLES

from .annotation import ActorShape, AnnotationShape, CountedRelation
from .event import EventShape
from .values import Shape, one_of


class BlockShape(Shape):
    position = serializers.IntegerField(min_value=0)
    role = one_of(*ROLES)
    masked = serializers.BooleanField(help_text="Left out of suggestions, statistics and counts.")
    reason = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField(min_value=1)


class BlockAnswer(Shape):
    block = BlockShape()


class BlockSent(Shape):
    role = one_of(*ROLES)
    masked = serializers.BooleanField()
    reason = serializers.CharField(required=False, max_length=200)


class RelationsByClaim(serializers.DictField):
    child = serializers.ListField(child=CountedRelation())


class ChangesShape(Shape):
    """`whole`: all there is. `standing`: how many annotations stand; who has another number after taking the
    changes missed a deletion, and asks for all. `gone`: claims that were withdrawn."""

    whole = serializers.BooleanField()
    standing = serializers.IntegerField(min_value=0)
    annotations = AnnotationShape(many=True)
    gone = serializers.ListField(child=serializers.UUIDField())
    actors = ActorShape(many=True)
    events = EventShape(many=True)
    blocks = BlockShape(many=True)
    relations = RelationsByClaim(help_text="By the claim's UUID, told whole.")
    watched = serializers.CharField(
        allow_blank=True, help_text="Another word whenever watch terms may stand elsewhere."
    )


class RoomShape(Shape):
    """The payload of the reading room. `codebook` and `urls` are by facet and by what they are for."""

    project = serializers.DictField(child=serializers.CharField())
    article = serializers.DictField()
    snapshot = serializers.DictField()
    blocks = serializers.ListField(child=serializers.DictField())
    block_roles = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))
    me = serializers.CharField(allow_blank=True)
    me_name = serializers.CharField(allow_blank=True)
    can_annotate = serializers.BooleanField()
    can_review = serializers.BooleanField()
    watching = serializers.CharField(allow_blank=True)
    urls = serializers.DictField(child=serializers.CharField())
    codebook = serializers.DictField()
    actors = ActorShape(many=True)
    events = EventShape(many=True)
    annotations = AnnotationShape(many=True)


class NumberMeant(Shape):
    words = serializers.CharField()
    qualifier = serializers.CharField()
    low = serializers.CharField(allow_null=True)
    high = serializers.CharField(allow_null=True)
    unit = serializers.CharField(allow_blank=True)


class NumbersMeant(Shape):
    """Empty in any doubt."""

    numbers = NumberMeant(many=True)


A_JUDGEMENT = OpenApiExample(
    "Boilerplate",
    value={"role": "boilerplate", "masked": True, "reason": "A notice that stands under every article"},
    request_only=True,
)

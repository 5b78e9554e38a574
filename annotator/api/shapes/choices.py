"""Actors to choose from, with why."""

from rest_framework import serializers

from .annotation import ActorShape
from .values import Shape


class Speaker(ActorShape):
    """`mention` is the annotation that names them nearest, in `sentence`; `here`: the text names them."""

    mention = serializers.UUIDField(required=False)
    sentence = serializers.IntegerField(required=False)
    here = serializers.BooleanField()


class Speakers(Shape):
    results = Speaker(many=True)

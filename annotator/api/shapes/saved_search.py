from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from .values import Shape


class SavedSearchShape(Shape):
    """`search` is what stands behind the question mark of the claims desk's address."""

    uuid = serializers.UUIDField()
    name = serializers.CharField()
    search = serializers.CharField(allow_blank=True)
    shared = serializers.BooleanField()
    mine = serializers.BooleanField()
    owner = serializers.CharField()
    version = serializers.IntegerField(min_value=1)


class SavedSearchAnswer(Shape):
    search = SavedSearchShape()


class SavedSearchSent(Shape):
    name = serializers.CharField(max_length=100)
    search = serializers.CharField(required=False, max_length=4000)
    shared = serializers.BooleanField(required=False)


class SavedSearchChange(Shape):
    name = serializers.CharField(max_length=100)
    shared = serializers.BooleanField(required=False)


A_SEARCH = OpenApiExample(
    "What waits and speaks of cracks",
    value={"name": "Cracks", "search": "q=crack&status=submitted", "shared": True},
    request_only=True,
)

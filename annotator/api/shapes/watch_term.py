"""What a project watches for, and where it stands in a text."""

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from .values import Shape


class WatchTermShape(Shape):
    uuid = serializers.UUIDField()
    words = serializers.CharField()
    is_pattern = serializers.BooleanField()
    whole_words = serializers.BooleanField()
    case_sensitive = serializers.BooleanField()
    note = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField(min_value=1)


class WatchTermAnswer(Shape):
    watch_term = WatchTermShape()


class _Way(Shape):
    note = serializers.CharField(required=False, max_length=200)
    is_pattern = serializers.BooleanField(required=False)
    whole_words = serializers.BooleanField(required=False)
    case_sensitive = serializers.BooleanField(required=False)


class WatchTermSent(_Way):
    words = serializers.CharField(max_length=200)


class WatchTermsSent(_Way):
    lines = serializers.CharField(help_text="One term a line.")


class WatchTermsAdded(Shape):
    added = serializers.ListField(child=serializers.CharField())
    known = serializers.IntegerField(min_value=0)


class TermThatHits(Shape):
    words = serializers.CharField()
    note = serializers.CharField(allow_blank=True)


class HitsShape(Shape):
    """`hits` in the order of the text as [start, end, place in `terms`], in code points."""

    terms = TermThatHits(many=True)
    hits = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    cut = serializers.BooleanField(help_text="There are more.")
    slow = serializers.ListField(
        child=serializers.CharField(), help_text="Patterns that took too long to look for."
    )


SOME_TERMS = OpenApiExample(
    "Two terms", value={"lines": "lorr*\ncrack", "whole_words": True}, request_only=True
)

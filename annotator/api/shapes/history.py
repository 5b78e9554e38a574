from rest_framework import serializers

from .values import Shape


class ChangeTold(Shape):
    what = serializers.CharField(allow_blank=True)
    verb = serializers.CharField(allow_blank=True)
    of = serializers.CharField(allow_blank=True)
    before = serializers.CharField(allow_blank=True)
    after = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)


class DeedTold(Shape):
    """All that one act of one person changed."""

    at = serializers.DateTimeField()
    who = serializers.CharField()
    made = serializers.CharField(allow_blank=True, help_text="How it came into being, where it did.")
    changes = ChangeTold(many=True)


class HistoryTold(Shape):
    results = DeedTold(many=True)

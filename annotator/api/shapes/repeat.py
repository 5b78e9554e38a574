"""Claims that may repeat one another."""

from rest_framework import serializers

from .values import Shape


class RepeatedClaim(Shape):
    uuid = serializers.UUIDField()
    quotes = serializers.ListField(child=serializers.CharField())
    article = serializers.UUIDField()


class LikelyRepeat(Shape):
    claim = RepeatedClaim()
    reason = serializers.CharField(help_text="Why it may, for people.")
    later = serializers.BooleanField(help_text="Whether that other one would repeat this one.")


class ToldApart(Shape):
    claim = RepeatedClaim()
    by = serializers.CharField()
    at = serializers.DateTimeField()


class LikelyRepeats(Shape):
    alike = LikelyRepeat(many=True)
    apart = ToldApart(many=True, help_text="Of which somebody said that they are no repeats of it.")

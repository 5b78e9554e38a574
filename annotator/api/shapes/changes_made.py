"""The history of a whole project."""

from rest_framework import serializers

from .history import ChangeTold
from .values import Shape


class ColumnChanged(Shape):
    column = serializers.CharField()
    before = serializers.CharField(allow_blank=True, help_text="Empty where nothing was said.")
    after = serializers.CharField(allow_blank=True)


class ChangeMade(Shape):
    """One change of one row."""

    at = serializers.DateTimeField()
    who = serializers.CharField()
    said = serializers.CharField(help_text="What they did to what, to be read after their name.")
    what = serializers.CharField(help_text="What kind of thing was changed.")
    verb = serializers.CharField(help_text="Made, changed or deleted.")
    of = serializers.CharField(allow_blank=True, help_text="What it belongs to; empty where that is gone.")
    page = serializers.CharField(allow_blank=True, help_text="The path of that thing’s page here.")
    request = serializers.CharField(allow_blank=True, help_text="The `X-Request-ID` of what was asked.")
    changes = ChangeTold(many=True, help_text="From what to what, in words.")
    values = ColumnChanged(many=True, help_text="The same as it is stored, all of it.")

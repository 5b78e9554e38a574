"""A project at a glance, in numbers."""

from rest_framework import serializers

from .values import Shape


class RankedTold(Shape):
    key = serializers.CharField(help_text="A UUID, a username or a code’s key, as claims are searched by.")
    name = serializers.CharField(allow_blank=True)
    claims = serializers.IntegerField(min_value=0)


class StandingTold(RankedTold):
    counts = serializers.DictField(child=serializers.IntegerField(), help_text="By status.")


class _Ranking(Shape):
    every = serializers.IntegerField(min_value=0, help_text="How many there are.")
    claims_left = serializers.IntegerField(min_value=0, help_text="Of those beyond the rows.")


class StandingRanking(_Ranking):
    rows = StandingTold(many=True)


class PlainRanking(_Ranking):
    rows = RankedTold(many=True)


class DayTold(Shape):
    day = serializers.DateField()
    claims = serializers.IntegerField(min_value=1)


class SpanTold(Shape):
    first = serializers.DateField()
    last = serializers.DateField()
    claims = serializers.IntegerField(min_value=1)


class PublishedTold(Shape):
    days = DayTold(many=True, help_text="The first day that the date of publication may mean.")
    inexact = SpanTold(many=True, help_text="Those whose date may mean several days.")
    undated = serializers.IntegerField(min_value=0)


class CitingNode(Shape):
    uuid = serializers.UUIDField(help_text="Of an actor or an outlet.")
    name = serializers.CharField()
    outlet = serializers.BooleanField()
    given = serializers.IntegerField(min_value=0, help_text="Claims that others have from it.")
    taken = serializers.IntegerField(min_value=0, help_text="Claims that it has from others.")


class CitingEdge(Shape):
    source = serializers.UUIDField()
    target = serializers.UUIDField(help_text="Who has it from the source.")
    claims = serializers.IntegerField(min_value=1)


class CitingTold(Shape):
    nodes = CitingNode(many=True)
    edges = CitingEdge(many=True, help_text="The strongest.")
    every = serializers.IntegerField(min_value=0, help_text="How many edges there are.")


class Overview(Shape):
    articles = StandingRanking(help_text="Those with the most work left first.")
    annotators = StandingRanking()
    speakers = PlainRanking()
    topics = PlainRanking()
    without_topic = serializers.IntegerField(min_value=0)
    published = PublishedTold()
    citing = CitingTold(help_text="Who has it from whom.")

"""Events: what happened, when, where, who took part, and which events are one."""

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from annotator.intents.attribution import BASES
from annotator.intents.event import PARTICIPANT_ROLES
from annotator.intents.event_merge import SAMENESS

from .actor_made import NewActor
from .values import Shape, Span, one_of


class ParticipantShape(Shape):
    actor = serializers.UUIDField()
    name = serializers.CharField()
    role = one_of(*PARTICIPANT_ROLES)
    part = serializers.CharField(allow_blank=True, help_text="The role in words.")
    basis = one_of(*BASES)
    mention = serializers.UUIDField(allow_null=True)


class ParticipantSent(Shape):
    """`actor` or `new_actor`."""

    actor = serializers.UUIDField(required=False)
    new_actor = NewActor(required=False)
    role = one_of(*PARTICIPANT_ROLES, required=False)
    part = serializers.CharField(required=False, max_length=100)
    basis = one_of(*BASES, required=False)
    mention = serializers.UUIDField(required=False, allow_null=True)


class SlotsSent(Shape):
    """The words in one text that type, date and place were read from."""

    type = Span(required=False, allow_null=True)
    date = Span(required=False, allow_null=True)
    place = Span(required=False, allow_null=True)


class EventShape(Shape):
    """What is seldom known is left out where nobody knows it."""

    uuid = serializers.UUIDField()
    label = serializers.CharField()
    type = serializers.CharField(help_text="A key of the codebook’s event types.")
    date = serializers.CharField(allow_blank=True, help_text="EDTF.")
    place = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField(min_value=1)
    date_words = serializers.CharField(required=False)
    place_wikidata = serializers.CharField(required=False)
    place_geonames = serializers.CharField(required=False)
    note = serializers.CharField(required=False)
    latitude = serializers.CharField(required=False, help_text="Degrees (WGS 84).")
    longitude = serializers.CharField(required=False)
    participants = ParticipantShape(many=True, required=False)


class _EventContent(Shape):
    label = serializers.CharField(max_length=300)
    type = serializers.CharField(required=False)
    date = serializers.CharField(required=False, max_length=60, help_text="In words, or EDTF.")
    date_words = serializers.CharField(required=False, max_length=300)
    place = serializers.CharField(required=False, max_length=300)
    latitude = serializers.CharField(required=False, allow_null=True)
    longitude = serializers.CharField(required=False, allow_null=True)
    place_wikidata = serializers.CharField(required=False)
    place_geonames = serializers.CharField(required=False)
    note = serializers.CharField(required=False, max_length=5000)
    participants = ParticipantSent(many=True, required=False)
    slots = SlotsSent(required=False)


class NewEvent(_EventContent):
    """Made unless it is there under that UUID already."""

    uuid = serializers.UUIDField(help_text="Made by the client.")


class EventSent(_EventContent):
    """The whole of an event. With `snapshot`, a text, its `slots` there are as sent; without, they stay."""

    snapshot = serializers.UUIDField(required=False, allow_null=True)


class EventListed(EventShape):
    """Proposals come without the numbers."""

    mentions = serializers.IntegerField(min_value=0, required=False)
    articles = serializers.IntegerField(min_value=0, required=False)


class SlotWords(Span):
    """Words that a slot was read from: an annotation, of which the rest is told elsewhere."""

    kind = serializers.CharField()


class EventAnswer(Shape):
    event = EventShape()
    also = SlotWords(many=True)


class EventMergeShape(Shape):
    class End(Shape):
        uuid = serializers.UUIDField()
        label = serializers.CharField()

    uuid = serializers.UUIDField()
    survivor = End()
    other = End()
    reason = serializers.CharField(allow_blank=True)
    by = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()
    undone_by = serializers.CharField(allow_blank=True, allow_null=True)
    undone_at = serializers.DateTimeField(allow_null=True)


class EventMerges(Shape):
    results = EventMergeShape(many=True)


class EventMergeAnswer(Shape):
    merge = EventMergeShape()


class EventMergeSent(Shape):
    survivor = serializers.UUIDField()
    other = serializers.UUIDField()
    survivor_version = serializers.IntegerField(required=False, min_value=1)
    other_version = serializers.IntegerField(required=False, min_value=1)
    reason = serializers.CharField(required=False)


class NumberOfEvent(Shape):
    claim = serializers.UUIDField()
    what = serializers.CharField(allow_blank=True)
    words = serializers.CharField(allow_blank=True)
    qualifier = serializers.CharField(allow_blank=True)
    low = serializers.CharField(allow_null=True)
    high = serializers.CharField(allow_null=True)
    unit = serializers.CharField(allow_blank=True)


class EventSide(Shape):
    event = EventShape()
    mentions = serializers.IntegerField()
    articles = serializers.IntegerField()
    numbers = NumberOfEvent(many=True)


class EventSides(Shape):
    sides = EventSide(many=True)


class EventComparisonSent(Shape):
    one = serializers.UUIDField()
    other = serializers.UUIDField()
    sameness = one_of("", *SAMENESS, help_text="Empty takes back what was said.")
    note = serializers.CharField(required=False)


class EventComparison(Shape):
    one = serializers.UUIDField()
    other = serializers.UUIDField()
    sameness = one_of(*SAMENESS)
    note = serializers.CharField(allow_blank=True)


class EventComparisonAnswer(Shape):
    comparison = EventComparison(allow_null=True)


class AlikeEvent(Shape):
    uuid = serializers.UUIDField()
    label = serializers.CharField()
    said = serializers.CharField(allow_blank=True)
    score = serializers.FloatField(allow_null=True)
    reasons = serializers.ListField(child=serializers.CharField())


class AlikeEvents(Shape):
    results = AlikeEvent(many=True)


class DateMeant(Shape):
    date = serializers.CharField(allow_null=True, help_text="EDTF.")
    reason = serializers.CharField(allow_null=True)


AN_EVENT = OpenApiExample(
    "A closure",
    value={"label": "Velm bridge closed", "type": "other", "date": "2024-05", "place": "Velm"},
    request_only=True,
)

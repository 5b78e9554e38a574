"""Annotations: the words, what they are, and what comes with one."""

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from annotator.intents.annotation import KINDS, MOST_AT_ONCE
from annotator.models import Kind, Naming, Origin

from .actor_made import NewActor
from .claim import ClaimContent, ClaimSent, ReviewShape
from .event import EventShape, NewEvent
from .values import ExtentField, Shape, Span, one_of


class ActorShape(Shape):
    uuid = serializers.UUIDField()
    name = serializers.CharField()
    kind = serializers.CharField(help_text="A key of the codebook’s actor kinds.")
    naming = one_of(*Naming.values)
    affiliation = serializers.CharField(allow_blank=True)
    label = serializers.CharField(required=False, help_text="What an anonymous actor is called.")
    aliases = serializers.ListField(child=serializers.CharField())
    article = serializers.UUIDField(
        allow_null=True, help_text="The one article that an anonymous actor speaks in."
    )


class MentionedActor(Shape):
    actor = serializers.UUIDField()
    name = serializers.CharField()


class MentionedEvent(Shape):
    event = serializers.UUIDField()
    label = serializers.CharField()
    factuality = serializers.CharField(required=False)
    factuality_words = serializers.CharField(required=False, allow_blank=True)


class Support(Shape):
    """What the words support: a claim, an actor or an event by its UUID."""

    slot = one_of(*Kind.values)
    of = serializers.UUIDField()
    cue_type = serializers.CharField(required=False)


class CountedRelation(Shape):
    kind = serializers.CharField()
    way = one_of("out", "in")
    words = serializers.CharField()
    count = serializers.IntegerField(min_value=1)


class AnnotationShape(Shape):
    """Words of a text and what they are; exactly one of `claim`, `actor`, `event` and `support` is there."""

    uuid = serializers.UUIDField()
    kind = one_of(*Kind.values)
    extent = ExtentField()
    quotes = serializers.ListField(child=serializers.CharField())
    sentence = serializers.IntegerField(min_value=1, help_text="Of the first stretch.")
    sentences = serializers.ListField(child=serializers.IntegerField(min_value=1))
    version = serializers.IntegerField(min_value=1)
    author = serializers.CharField(allow_blank=True)
    origin = one_of(*Origin.values)
    claim = ClaimContent(required=False)
    relations = CountedRelation(many=True, required=False)
    actor = MentionedActor(required=False)
    event = MentionedEvent(required=False)
    support = Support(required=False)


class ArticleOfClaim(Shape):
    uuid = serializers.UUIDField()
    title = serializers.CharField(allow_blank=True)
    outlet = serializers.CharField(allow_blank=True)
    published = serializers.CharField(allow_blank=True, help_text="EDTF.")
    language = serializers.CharField(allow_blank=True)
    url = serializers.CharField(allow_blank=True)


class ClaimShape(AnnotationShape):
    """A claim with what is needed to cite it."""

    text = serializers.UUIDField(help_text="The text of the article that it stands on.")
    article = ArticleOfClaim()
    prefix = serializers.CharField(allow_blank=True)
    suffix = serializers.CharField(allow_blank=True)
    codebook_version = serializers.IntegerField(min_value=0)
    made_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()
    page = serializers.CharField(help_text="Its permanent page on this server.")
    chain = serializers.CharField(allow_blank=True, help_text="From mouth to page, in words.")
    review = ReviewShape(allow_null=True)


class _With(Shape):
    also = AnnotationShape(many=True, help_text="The words that it was read from.")
    actors = ActorShape(many=True)
    events = EventShape(many=True)


class AnnotationAnswer(_With):
    annotation = AnnotationShape()


class ClaimAnswer(_With):
    claim = ClaimShape()


class ActorMentionSent(Shape):
    """`actor` or `new_actor`."""

    actor = serializers.UUIDField(required=False)
    new_actor = NewActor(required=False)
    reason_span = Span(required=False, allow_null=True)


class EventMentionSent(Shape):
    """`event` or `new_event`."""

    event = serializers.UUIDField(required=False)
    new_event = NewEvent(required=False)
    factuality = serializers.CharField(required=False)
    factuality_words = serializers.CharField(required=False)


class AnnotationSent(Shape):
    """Exactly one of `claim`, `actor` and `event`, the one that `kind` says."""

    snapshot = serializers.UUIDField(help_text="The text.")
    kind = one_of(*KINDS)
    extent = ExtentField()
    quotes = serializers.ListField(child=serializers.CharField())
    claim = ClaimSent(required=False)
    actor = ActorMentionSent(required=False)
    event = EventMentionSent(required=False)


class AnnotationInBulk(AnnotationSent):
    uuid = serializers.UUIDField(help_text="Made by the client.")


class BulkSent(Shape):
    annotations = AnnotationInBulk(many=True, min_length=1, max_length=MOST_AT_ONCE)


class BulkMade(Shape):
    uuid = serializers.UUIDField()
    version = serializers.IntegerField(min_value=1)
    created = serializers.BooleanField()


class BulkAnswer(Shape):
    created = serializers.IntegerField(min_value=0)
    results = BulkMade(many=True)


_CLAIM = {
    "snapshot": "0b6f3f0e-6f5a-4d43-9c1f-2f6b7b0d9a10",
    "kind": "claim",
    "extent": [[120, 136]],
    "quotes": ["We found a crack"],
    "claim": {
        "type": "fact",
        "quotation_type": "direct",
        "voice": "attributed",
        "topics": ["bridge"],
        "chains": [
            [
                {
                    "role": "said",
                    "sources": [{"actor": "7d1f5f7e-0d0b-4c6a-8a51-0a0f5f2f9a11", "mention": None}],
                }
            ]
        ],
    },
}
A_CLAIM = OpenApiExample("A claim with its speaker", value=_CLAIM, request_only=True)
IN_BULK = OpenApiExample(
    "Two at once",
    value={
        "annotations": [
            {"uuid": "4c1f2a52-6d0f-4a6e-9a3e-1f6a7b8c9d12", **_CLAIM},
            {
                "uuid": "5d2f3b63-7e1a-4b7f-8b4f-2a7b8c9d0e13",
                "snapshot": _CLAIM["snapshot"],
                "kind": "actor",
                "extent": [[98, 109]],
                "quotes": ["Ilse Brandt"],
                "actor": {"actor": "7d1f5f7e-0d0b-4c6a-8a51-0a0f5f2f9a11"},
            },
        ]
    },
    request_only=True,
)

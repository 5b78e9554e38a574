"""Discussions and what is said in them."""

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from annotator.intents.discussion import LONGEST_COMMENT, STATES, SUBJECTS

from .values import Shape, one_of


class SubjectShape(Shape):
    kind = one_of(*SUBJECTS)
    uuid = serializers.UUIDField()


class CommentShape(Shape):
    """What was withdrawn tells who said it and when, and nothing of what."""

    uuid = serializers.UUIDField()
    author = serializers.CharField()
    at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)
    withdrawn = serializers.BooleanField()
    text = serializers.CharField(allow_blank=True)
    mentions = serializers.ListField(child=serializers.CharField())
    version = serializers.IntegerField(min_value=1)


class CommentAnswer(Shape):
    comment = CommentShape()


class CommentSent(Shape):
    text = serializers.CharField(max_length=LONGEST_COMMENT)
    about = SubjectShape(required=False)


class DiscussionShape(Shape):
    uuid = serializers.UUIDField()
    about = SubjectShape()
    state = one_of(*STATES)
    opened_by = serializers.CharField()
    opened_at = serializers.DateTimeField()
    turned_by = serializers.CharField(allow_null=True)
    turned_at = serializers.DateTimeField(allow_null=True)
    comments = CommentShape(many=True)


class DiscussionAnswer(Shape):
    discussion = DiscussionShape()


class StateSent(Shape):
    state = one_of(*STATES)


A_COMMENT = OpenApiExample(
    "A question about a claim",
    value={
        "text": "Is this what the agency wrote, @reviewer?",
        "about": {"kind": "claim", "uuid": "4c1f2a52-6d0f-4a6e-9a3e-1f6a7b8c9d12"},
    },
    request_only=True,
)

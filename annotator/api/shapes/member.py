"""Who is in a project, and who is asked into it."""

from drf_spectacular.utils import OpenApiExample, OpenApiParameter
from rest_framework import serializers

from annotator.intents.invitation import DAYS, LONGEST, MOST_USES, ROLES

from .values import Shape, one_of

STANDINGS = ("open", "revoked", "used up", "over", "orphaned")
USERNAME = OpenApiParameter(
    "username",
    {"type": "string", "maxLength": 150},
    OpenApiParameter.PATH,
    description="What they sign in with.",
)


class RoleSent(Shape):
    role = one_of(*ROLES)


class InvitationShape(Shape):
    """`standing` is `orphaned` where whoever made it manages the project no more."""

    uuid = serializers.UUIDField()
    role = one_of(*ROLES)
    email = serializers.CharField(allow_blank=True, help_text="Empty for a link that is passed on.")
    link_begins = serializers.CharField(help_text="The first letters of the secret in its link.")
    standing = one_of(*STANDINGS)
    uses_most = serializers.IntegerField(min_value=1, help_text="People whom it lets in.")
    used = serializers.IntegerField(min_value=0)
    came = serializers.ListField(child=serializers.CharField(), help_text="Who came in by it.")
    made_by = serializers.CharField()
    made_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    mailed_at = serializers.DateTimeField(allow_null=True)
    revoked_by = serializers.CharField(allow_null=True)
    revoked_at = serializers.DateTimeField(allow_null=True)


class InvitationSent(Shape):
    role = one_of(*ROLES)
    email = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=254,
        help_text="Of the one person it is for; mailed to them where the server sends mail.",
    )
    uses_most = serializers.IntegerField(required=False, min_value=1, max_value=MOST_USES, default=1)
    days = serializers.IntegerField(required=False, min_value=1, max_value=LONGEST, default=DAYS)


class InvitationAnswer(Shape):
    invitation = InvitationShape()


class InvitationMade(InvitationAnswer):
    link = serializers.CharField(help_text="Told this once: the server keeps its SHA-256 alone.")


AN_INVITATION = OpenApiExample(
    "For a class", {"role": "annotator", "uses_most": 20, "days": 14}, request_only=True
)

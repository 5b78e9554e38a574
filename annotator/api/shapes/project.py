from rest_framework import serializers

from annotator.intents.project import LONGEST_SLUG
from sources.models import Role

_SLUG = {"max_length": LONGEST_SLUG, "help_text": "Its address: Latin letters, digits and hyphens."}


class Project(serializers.Serializer[None]):
    slug = serializers.CharField(**_SLUG)
    uuid = serializers.UUIDField()
    name = serializers.CharField()
    description = serializers.CharField(allow_blank=True)
    is_public = serializers.BooleanField(help_text="Whether anybody may read it without an account.")
    role = serializers.ChoiceField(Role.choices, allow_null=True, help_text="Yours; null for a reader.")
    articles = serializers.IntegerField(min_value=0)
    claims = serializers.IntegerField(min_value=0, help_text="Those that stand and that you may see.")
    waiting = serializers.IntegerField(min_value=0, help_text="Claims that wait for a review.")
    created_at = serializers.DateTimeField()
    archived_at = serializers.DateTimeField(allow_null=True)
    version = serializers.CharField(help_text="For `If-Match`: another word after any change.")


class NewProject(serializers.Serializer[None]):
    name = serializers.CharField(max_length=200)
    slug = serializers.CharField(required=False, **_SLUG)
    description = serializers.CharField(required=False, allow_blank=True, max_length=2000)
    is_public = serializers.BooleanField(required=False)


class ProjectChange(serializers.Serializer[None]):
    name = serializers.CharField(required=False, max_length=200)
    description = serializers.CharField(required=False, allow_blank=True, max_length=2000)
    is_public = serializers.BooleanField(required=False)


class Member(serializers.Serializer[None]):
    username = serializers.CharField(help_text="What they sign in with, and are mentioned by.")
    name = serializers.CharField()
    role = serializers.ChoiceField(Role.choices)
    since = serializers.DateTimeField()
    version = serializers.CharField(help_text="For `If-Match`: another word after any change of the role.")

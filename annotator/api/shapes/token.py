from rest_framework import serializers

from sources.models import Scope


class Token(serializers.Serializer[None]):
    uuid = serializers.UUIDField()
    name = serializers.CharField()
    prefix = serializers.CharField(help_text="How its secret begins.")
    scope = serializers.ChoiceField(Scope.choices)
    project = serializers.UUIDField(allow_null=True, help_text="The one project that it is for.")
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True, help_text="True to the hour.")
    revoked_at = serializers.DateTimeField(allow_null=True)

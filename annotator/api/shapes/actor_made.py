"""An actor that is made together with what names it."""

from rest_framework import serializers

from annotator.intents.actor import HOW_MANY, NAMINGS

from .values import Shape, Span, one_of


class NewActor(Shape):
    """Made unless it is there under that UUID already."""

    uuid = serializers.UUIDField(help_text="Made by the client.")
    name = serializers.CharField(max_length=200)
    kind = serializers.CharField(required=False, help_text="A key of the codebook’s actor kinds.")
    naming = one_of(*NAMINGS, required=False)
    affiliation = serializers.CharField(required=False, max_length=300)
    stated_reason = serializers.CharField(required=False, help_text="Why they are not named.")
    number = one_of("", *HOW_MANY, required=False)
    reason_span = Span(required=False, allow_null=True)
    aliases = serializers.ListField(child=serializers.CharField(), required=False)

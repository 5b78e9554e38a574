from rest_framework import serializers


class ProblemError(serializers.Serializer[None]):
    field = serializers.CharField(help_text="Path of what is wrong, as in `claim.chains.0.sources.1.actor`.")
    rule = serializers.CharField(help_text="A short fixed name of the rule.")
    message = serializers.CharField(help_text="What is wrong, for people.")
    item = serializers.IntegerField(
        required=False, min_value=0, help_text="Which one, where several were sent together."
    )


class ProblemDocument(serializers.Serializer[None]):
    """Every answer that is no success (RFC 9457). With 412 and some 409, `current` is the object as it is."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField(min_value=400, max_value=599)
    detail = serializers.CharField(allow_blank=True)
    errors = ProblemError(many=True)
    current = serializers.DictField(required=False, allow_null=True)

from rest_framework import serializers

from annotator.intents.addresses import MOST
from sources.models import IntakeMethod, IntakeOutcome, IntakeState

from .values import one_of

INTAKE_DEEDS = ("stop", "go_on", "retry")


class Intake(serializers.Serializer[None]):
    uuid = serializers.UUIDField()
    name = serializers.CharField()
    method = serializers.ChoiceField(IntakeMethod.choices)
    state = serializers.ChoiceField(IntakeState.choices)
    by = serializers.CharField()
    expected = serializers.IntegerField(allow_null=True, help_text="Null until they were counted.")
    done = serializers.IntegerField(min_value=0)
    counts = serializers.DictField(child=serializers.IntegerField(), help_text="By outcome.")
    stuck = serializers.BooleanField(required=False)
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)


class IntakeLine(serializers.Serializer[None]):
    position = serializers.IntegerField(min_value=0)
    name = serializers.CharField()
    address = serializers.CharField(allow_blank=True)
    outcome = serializers.ChoiceField(IntakeOutcome.choices)
    article = serializers.UUIDField(allow_null=True)
    text = serializers.UUIDField(allow_null=True)
    why = serializers.CharField(allow_blank=True, help_text="Of what was refused.")
    where = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()


class Addresses(serializers.Serializer[None]):
    addresses = serializers.ListField(
        child=serializers.CharField(max_length=2000), min_length=1, max_length=MOST
    )


class Files(serializers.Serializer[None]):
    files = serializers.ListField(child=serializers.FileField(), min_length=1)


class IntakeDeed(serializers.Serializer[None]):
    do = one_of(*INTAKE_DEEDS)

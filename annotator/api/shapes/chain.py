"""Who said it, through whom: the links of a claim's chains, and whom they speak to."""

from rest_framework import serializers

from annotator.intents.attribution import (
    ACTS,
    BASES,
    CONFIDENCES,
    JOINTLY,
    LINK_BASES,
    LINK_ROLES,
    QUOTATION_TYPES,
)

from .actor_made import NewActor
from .values import Shape, Span, one_of


class PartyShape(Shape):
    """An actor, or words that describe one."""

    actor = serializers.UUIDField(required=False)
    name = serializers.CharField(required=False, help_text="Told, and of no effect when it is sent.")
    mention = serializers.UUIDField(required=False)
    words = serializers.CharField(required=False)
    span = Span(required=False)


class SourceShape(Shape):
    """Somebody in a link; `mention` is the actor annotation that it was read from."""

    actor = serializers.UUIDField()
    name = serializers.CharField()
    mention = serializers.UUIDField(allow_null=True)
    role_at_time = serializers.CharField(allow_blank=True)
    jointly = one_of(*JOINTLY, required=False)
    basis = one_of(*BASES, required=False)
    confidence = one_of(*CONFIDENCES, required=False)
    role_span = Span(required=False)


class SourceSent(Shape):
    """`actor` or `new_actor`."""

    actor = serializers.UUIDField(required=False)
    new_actor = NewActor(required=False)
    mention = serializers.UUIDField(required=False, allow_null=True)
    role_at_time = serializers.CharField(required=False, max_length=300)
    jointly = one_of(*JOINTLY, required=False)
    basis = one_of(*BASES, required=False)
    confidence = one_of("", *CONFIDENCES, required=False)
    role_span = Span(required=False, allow_null=True)


class Cue(Span):
    cue_type = serializers.CharField(
        required=False, allow_null=True, help_text="A key of the codebook’s cue types; null for none."
    )


class _Link(Shape):
    role = one_of(*LINK_ROLES)
    act = one_of(*ACTS)
    basis = one_of(*LINK_BASES)
    quotation_type = one_of("", *QUOTATION_TYPES, help_text="Empty where it is as the claim’s.")
    sources = SourceShape(many=True)
    addressees = PartyShape(many=True, required=False)
    occasion = serializers.CharField(required=False)
    occasion_span = Span(required=False)
    repeated = serializers.BooleanField(required=False)
    said_on = serializers.CharField(required=False, help_text="EDTF.")
    said_on_basis = one_of(*BASES, required=False)
    said_on_confidence = one_of(*CONFIDENCES, required=False)
    time_span = Span(required=False)


class LinkShape(_Link):
    cues = serializers.ListField(child=serializers.UUIDField(), help_text="Told among `also`.")


class LinkWhole(_Link):
    cues = Cue(many=True)


class LinkSent(Shape):
    """A link as it is to be. It needs a source, a cue or an addressee."""

    role = one_of(*LINK_ROLES, required=False)
    act = one_of(*ACTS, required=False)
    basis = one_of(*LINK_BASES, required=False)
    quotation_type = one_of("", *QUOTATION_TYPES, required=False)
    sources = SourceSent(many=True, required=False)
    cues = Cue(many=True, required=False)
    addressees = PartyShape(many=True, required=False)
    occasion = serializers.CharField(required=False, max_length=100)
    occasion_span = Span(required=False, allow_null=True)
    repeated = serializers.BooleanField(required=False)
    said_on = serializers.CharField(required=False, max_length=60)
    said_on_basis = one_of(*BASES, required=False)
    said_on_confidence = one_of("", *CONFIDENCES, required=False)
    time_span = Span(required=False, allow_null=True)


class Attribution(LinkWhole):
    """One link of a claim, by the numbers of its chain and of its place in it, both from 0."""

    chain = serializers.IntegerField(min_value=0)
    position = serializers.IntegerField(min_value=0)


class Attributions(Shape):
    results = Attribution(many=True)
    version = serializers.IntegerField(min_value=1, help_text="The claim’s.")


class AttributionAnswer(Shape):
    attribution = Attribution()
    version = serializers.IntegerField(min_value=1, help_text="The claim’s.")

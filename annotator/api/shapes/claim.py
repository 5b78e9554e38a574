"""Claims: what is judged of them, where they stand, their parts, and the decisions on them."""

from rest_framework import serializers

from annotator.intents.attribution import BASES, CONFIDENCES, QUOTATION_TYPES
from annotator.intents.claim import ASSESSMENTS, POLARITIES, USES, VOICES, WHOSE
from annotator.intents.codebook import STANDS
from annotator.intents.quantity import QUALIFIERS
from annotator.intents.review import DECISIONS
from annotator.models import Status

from .chain import LinkSent, LinkShape, PartyShape
from .values import Shape, Span, one_of


class Hedge(Span):
    whose = one_of(*WHOSE)


class QuotedWords(Span):
    use = one_of(*USES)


class QuantityShape(Shape):
    """A number as the claim gives it; decimals are written as text, so that none is rounded."""

    what = serializers.CharField()
    low = serializers.CharField(allow_null=True)
    high = serializers.CharField(allow_null=True)
    qualifier = one_of(*QUALIFIERS)
    unit = serializers.CharField(allow_blank=True)
    words = serializers.CharField(allow_blank=True)
    event = serializers.UUIDField(allow_null=True)


class QuantitySent(Shape):
    what = serializers.CharField()
    low = serializers.CharField(required=False, allow_null=True)
    high = serializers.CharField(required=False, allow_null=True)
    qualifier = one_of(*QUALIFIERS, required=False)
    unit = serializers.CharField(required=False)
    words = serializers.CharField(required=False)
    event = serializers.UUIDField(required=False, allow_null=True)


class PositionShape(Shape):
    concept = serializers.CharField(help_text="A key of the codebook’s concepts.")
    stand = one_of(*STANDS)


class ClaimDates(Shape):
    """When it was said, and of what time it speaks, each with the words that it was read from. EDTF."""

    said_on = serializers.CharField(required=False)
    said_on_basis = one_of(*BASES, required=False)
    said_on_confidence = one_of("", *CONFIDENCES, required=False)
    time_span = Span(required=False, allow_null=True)
    period = serializers.CharField(required=False)
    period_basis = one_of(*BASES, required=False)
    period_confidence = one_of("", *CONFIDENCES, required=False)
    period_span = Span(required=False, allow_null=True)


class _Judged(ClaimDates):
    type = serializers.CharField(help_text="A key of the codebook’s claim types.")
    quotation_type = one_of(*QUOTATION_TYPES)
    voice = one_of(*VOICES)
    negated = serializers.BooleanField(required=False)
    translated = serializers.BooleanField(required=False, allow_null=True)
    certainty = serializers.CharField(required=False, help_text="The speaker’s, in their words.")
    assessment = one_of("", *ASSESSMENTS, required=False, help_text="The analyst’s.")
    assessment_reason = serializers.CharField(required=False)
    polarity_basis = one_of(*BASES, required=False)
    polarity_confidence = one_of("", *CONFIDENCES, required=False)
    targets = PartyShape(many=True, required=False)
    inside = serializers.UUIDField(required=False, allow_null=True, help_text="The claim it lies in.")
    hedges = Hedge(many=True, required=False)
    glosses = Span(many=True, required=False)
    quoted = QuotedWords(many=True, required=False)
    positions = PositionShape(many=True, required=False)


class ClaimContent(_Judged):
    """What is seldom said is left out where nobody says it."""

    paraphrase = serializers.CharField(allow_blank=True)
    polarity = one_of(*POLARITIES)
    basis = one_of(*BASES)
    status = one_of(*Status.values)
    withdrawn = serializers.BooleanField()
    topics = serializers.ListField(child=serializers.CharField(), help_text="Keys of the codebook’s topics.")
    chains = serializers.ListField(child=LinkShape(many=True), help_text="Innermost link first.")
    quantities = QuantityShape(many=True, required=False)


class ClaimSent(_Judged):
    """A claim with its source lines (`chains`), each from who said it to who passed it on last. It is handed
    in at once unless its `status` is `draft`."""

    paraphrase = serializers.CharField(required=False, max_length=2000)
    polarity = one_of(*POLARITIES, required=False)
    basis = one_of(*BASES, required=False)
    status = one_of("draft", "submitted", required=False)
    topics = serializers.ListField(child=serializers.CharField(), required=False)
    chains = serializers.ListField(child=LinkSent(many=True), required=False)
    quantities = QuantitySent(many=True, required=False)


class Part(Shape):
    claim = serializers.UUIDField()
    version = serializers.IntegerField(min_value=1)


class TopicsSent(Shape):
    topics = serializers.ListField(child=serializers.CharField(), required=False, max_length=20)


class TopicsTold(Part):
    topics = serializers.ListField(child=serializers.CharField())


class PositionsSent(Shape):
    positions = PositionShape(many=True, required=False)


class PositionsTold(Part):
    positions = PositionShape(many=True)


class QuantitiesSent(Shape):
    quantities = QuantitySent(many=True, required=False)


class QuantitiesTold(Part):
    quantities = QuantityShape(many=True)


class DatesTold(Part, ClaimDates):
    """The dates of one claim, each with the words that it was read from. EDTF."""


class ReviewShape(Shape):
    """A decision on the claim as it stood at `version`. The latest one holds."""

    uuid = serializers.UUIDField()
    claim = serializers.UUIDField()
    version = serializers.IntegerField(min_value=1)
    decision = one_of(*DECISIONS)
    reason = serializers.CharField(allow_blank=True)
    reviewer = serializers.CharField()
    at = serializers.DateTimeField()


class ReviewAnswer(Shape):
    review = ReviewShape()


class DecisionSent(Shape):
    decision = one_of(*DECISIONS)
    reason = serializers.CharField(required=False, max_length=2000)
    version = serializers.IntegerField(min_value=1, help_text="The claim’s that was looked at.")
    review = serializers.CharField(
        allow_blank=True, help_text="UUID of the latest decision that was seen; empty for none."
    )


class Decided(Shape):
    uuid = serializers.UUIDField()
    decision = one_of(*DECISIONS)
    reason = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()


class ClaimStands(Shape):
    uuid = serializers.UUIDField()
    version = serializers.IntegerField(min_value=1)
    status = one_of(*Status.values)


class DecisionAnswer(Shape):
    review = Decided()
    claim = ClaimStands()
    waiting = serializers.IntegerField(help_text="Claims of the project that wait for a review.")


class SubmissionSent(Shape):
    version = serializers.IntegerField(min_value=1)


class SubmissionAnswer(Shape):
    claim = ClaimStands()
    waiting = serializers.IntegerField()


class RecodingSent(Shape):
    type = serializers.CharField(required=False)
    speaker = serializers.UUIDField(required=False, allow_null=True)
    mention = serializers.UUIDField(required=False, allow_null=True)


class Choice(Shape):
    key = serializers.CharField()
    label = serializers.CharField(allow_blank=True)
    count = serializers.IntegerField(min_value=0)
    chosen = serializers.BooleanField()


class FacetShape(Shape):
    facet = serializers.CharField()
    parameter = serializers.CharField(help_text="The parameter that narrows by it.")
    name = serializers.CharField()
    more = serializers.BooleanField()
    choices = Choice(many=True)


class ClaimFacets(Shape):
    total = serializers.IntegerField(min_value=0)
    more = serializers.BooleanField(help_text="More were found than are counted.")
    inside = serializers.IntegerField(min_value=0)
    again = serializers.IntegerField(min_value=0)
    facets = FacetShape(many=True)

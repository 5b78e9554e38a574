"""Actors: lists of them, one with its record, who is whom."""

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from annotator.intents.actor import HOW_MANY, NAMINGS
from annotator.intents.actor_record import SAMENESS, TIES

from .annotation import ActorShape
from .values import ActorNamed, Shape, one_of


class Alias(Shape):
    name = serializers.CharField(max_length=200)
    language = serializers.CharField(required=False, allow_blank=True, help_text="BCP 47.")
    script = serializers.CharField(required=False, allow_blank=True, help_text="ISO 15924.")


class Identifier(Shape):
    scheme = serializers.CharField(max_length=60)
    value = serializers.CharField(max_length=300)


class Belonging(Shape):
    """`organisation`, or `organisation_name`: one that nobody has makes a new organisation."""

    tie = one_of(*TIES)
    organisation = serializers.UUIDField(required=False, allow_null=True)
    organisation_name = serializers.CharField(required=False, max_length=200)
    role = serializers.CharField(required=False, allow_blank=True)
    since = serializers.CharField(required=False, allow_blank=True, help_text="EDTF.")
    until = serializers.CharField(required=False, allow_blank=True)


class ActorSent(Shape):
    """The whole record: what is left out is emptied, but for `reason_words`."""

    name = serializers.CharField(max_length=200)
    kind = serializers.CharField(help_text="A key of the codebook’s actor kinds.")
    naming = one_of(*NAMINGS)
    affiliation = serializers.CharField(required=False, max_length=300, allow_blank=True)
    stated_reason = serializers.CharField(required=False, allow_blank=True)
    number = one_of("", *HOW_MANY, required=False)
    wikidata = serializers.CharField(required=False, allow_blank=True)
    note = serializers.CharField(required=False, max_length=4000, allow_blank=True)
    aliases = Alias(many=True, required=False)
    identifiers = Identifier(many=True, required=False)
    belongings = Belonging(many=True, required=False)
    reason_words = serializers.CharField(
        required=False,
        allow_blank=True,
        help_text="The article's words that say why somebody anonymous is not named.",
    )


class ActorWhole(ActorShape):
    record = ActorSent()
    merged_into = serializers.UUIDField(allow_null=True, help_text="Who stands for it.")
    version = serializers.IntegerField(min_value=1)


class ActorAnswer(Shape):
    actor = ActorWhole()


class ActorChoice(ActorShape):
    """Asked with `like`, with the reason; at most one is `first`, whom alone the name can mean there."""

    reason = serializers.CharField(required=False)
    first = serializers.BooleanField(required=False)
    here = serializers.BooleanField(required=False)


class _Act(Shape):
    by = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()
    undone_by = serializers.CharField(allow_blank=True)
    undone_at = serializers.DateTimeField(allow_null=True)


class ActorMergeShape(_Act):
    uuid = serializers.UUIDField()
    merged = ActorNamed()
    survivor = ActorNamed()
    reason = serializers.CharField(allow_blank=True)


class ActorMerges(Shape):
    results = ActorMergeShape(many=True)


class ActorMergesMade(Shape):
    merges = ActorMergeShape(many=True)


class ActorMergeUndone(Shape):
    merge = ActorMergeShape()
    actor = ActorShape()


class ActorMergeSent(Shape):
    survivor = serializers.UUIDField()
    merged = serializers.ListField(child=serializers.UUIDField())
    versions = serializers.DictField(
        child=serializers.IntegerField(min_value=1), help_text="Of each that was looked at, by its UUID."
    )
    reason = serializers.CharField(required=False)


class Resolution(_Act):
    uuid = serializers.UUIDField()
    anonymous = ActorNamed()
    named = ActorNamed()
    reason = serializers.CharField(allow_blank=True)
    evidence = serializers.CharField(allow_blank=True)


class Resolutions(Shape):
    results = Resolution(many=True)


class ResolutionAnswer(Shape):
    resolution = Resolution()


class ResolutionSent(Shape):
    named = serializers.UUIDField()
    reason = serializers.CharField()
    evidence = serializers.CharField(required=False)


class SideName(Shape):
    name = serializers.CharField()
    language = serializers.CharField(allow_blank=True)
    script = serializers.CharField(allow_blank=True)
    of = serializers.UUIDField(allow_null=True)


class SideTie(Shape):
    tie = one_of(*TIES)
    organisation = serializers.UUIDField()
    organisation_name = serializers.CharField()
    role = serializers.CharField(allow_blank=True)
    since = serializers.CharField(allow_blank=True)
    until = serializers.CharField(allow_blank=True)


class MentionedAs(Shape):
    words = serializers.CharField()
    times = serializers.IntegerField()


class ActorSide(ActorShape):
    version = serializers.IntegerField(min_value=1)
    wikidata = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)
    names = SideName(many=True)
    identifiers = Identifier(many=True)
    affiliations = SideTie(many=True)
    claims = serializers.IntegerField()
    passed_on = serializers.IntegerField()
    articles = serializers.IntegerField()
    mentions = serializers.IntegerField()
    first = serializers.CharField(allow_blank=True, allow_null=True)
    last = serializers.CharField(allow_blank=True, allow_null=True)
    mentioned_as = MentionedAs(many=True)


class ActorSides(Shape):
    sides = ActorSide(many=True)


class ActorComparison(Shape):
    first = ActorNamed()
    second = ActorNamed()
    sameness = one_of(*SAMENESS)
    note = serializers.CharField(allow_blank=True)
    by = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()


class AlikeActor(ActorShape):
    claims = serializers.IntegerField()


class Proposal(Shape):
    first = AlikeActor()
    second = AlikeActor()
    reason = serializers.CharField()


class Likenesses(Shape):
    total = serializers.IntegerField(help_text="Of which the first are told.")
    proposed = Proposal(many=True)
    perhaps = ActorComparison(many=True)
    different = ActorComparison(many=True)


class ActorComparisonSent(Shape):
    first = serializers.UUIDField()
    second = serializers.UUIDField()
    sameness = one_of("", *SAMENESS, help_text="Empty takes back what was said.")
    note = serializers.CharField(required=False)


class ActorComparisonAnswer(Shape):
    comparison = ActorComparison(allow_null=True)


class PeriodCounted(Shape):
    period = serializers.CharField(help_text="A month or a year, EDTF.")
    claims = serializers.IntegerField(min_value=1)


class TopicOverTime(Shape):
    key = serializers.CharField()
    name = serializers.CharField()
    claims = PeriodCounted(many=True)


class ActorOverTime(Shape):
    unit = one_of("month", "year", help_text="By what days are put together.")
    claims = PeriodCounted(many=True, help_text="Periods with any, in turn.")
    topics = TopicOverTime(many=True, help_text="The twelve most frequent, the most frequent first.")
    undated = serializers.IntegerField(min_value=0, help_text="Claims of articles without a date.")
    inexact = serializers.IntegerField(
        min_value=0, help_text="Claims whose articles’ dates may mean several such periods."
    )


AN_ACTOR = OpenApiExample(
    "An office holder",
    value={
        "name": "Ilse Brandt",
        "kind": "person",
        "naming": "named",
        "aliases": [{"name": "I. Brandt"}],
        "belongings": [{"tie": "works_for", "organisation_name": "Harbour office", "since": "2019"}],
    },
    request_only=True,
)

"""Codes of the codebook, their merges, and the codebook as a file."""

from drf_spectacular.utils import OpenApiExample, extend_schema_field
from rest_framework import serializers

from annotator.intents.codebook import FACETS, MINTED, MOST_EXAMPLES
from annotator.intents.codebook_file import EDITION, FORMAT

from .values import Shape, one_of


class CodeWhole(Shape):
    uuid = serializers.UUIDField()
    facet = one_of(*FACETS)
    key = serializers.CharField(help_text="What files and the API say; it never changes.")
    name = serializers.CharField()
    definition = serializers.CharField(allow_blank=True)
    examples = serializers.ListField(child=serializers.CharField())
    colour = serializers.CharField(allow_blank=True)
    shortcut = serializers.CharField(allow_blank=True)
    parent = serializers.CharField(allow_blank=True, help_text="The key of the topic that it lies under.")
    merged_into = serializers.CharField(allow_blank=True)
    retired = serializers.BooleanField()
    position = serializers.IntegerField()
    times = serializers.IntegerField(min_value=0, help_text="It is used.")
    version = serializers.IntegerField(min_value=1)


class CodeWholeAnswer(Shape):
    code = CodeWhole()


@extend_schema_field(
    {
        "oneOf": [
            {
                "type": "array",
                "maxItems": MOST_EXAMPLES,
                "items": {"type": "string", "minLength": 1, "maxLength": 400},
            },
            {"type": "string", "maxLength": 4000, "description": "One a line."},
        ],
        "description": "As they are told, or one a line.",
    }
)
class Examples(serializers.Field[None, None, None, None]):
    """Sentences that show what is coded so."""


class CodeContentSent(Shape):
    """All that a code says: what is left out is emptied."""

    name = serializers.CharField(max_length=300)
    definition = serializers.CharField(required=False, max_length=2000)
    examples = Examples(required=False)
    colour = serializers.CharField(required=False, help_text="#rrggbb; made visible by day and by night.")
    shortcut = serializers.CharField(required=False, max_length=1)
    parent = serializers.CharField(required=False, max_length=60)


class CodeSent(CodeContentSent):
    facet = one_of(*FACETS)
    key = serializers.CharField(required=False, max_length=60, help_text="Made from the name otherwise.")


class CodeStateSent(Shape):
    retired = serializers.BooleanField()


class CodeMoveSent(Shape):
    way = one_of("up", "down")


class MintedCode(Shape):
    facet = one_of(*MINTED)
    name = serializers.CharField(max_length=300)
    definition = serializers.CharField(required=False, max_length=2000)


class CodeTold(Shape):
    key = serializers.CharField()
    name = serializers.CharField()
    definition = serializers.CharField(allow_blank=True)
    retired = serializers.BooleanField()
    colour = serializers.CharField(required=False)
    shortcut = serializers.CharField(required=False)


class SimilarCode(CodeTold):
    score = serializers.FloatField()
    reason = serializers.CharField(allow_blank=True)
    returns = serializers.BooleanField(required=False, help_text="Making one of its name offers it again.")


class SimilarCodes(Shape):
    results = SimilarCode(many=True)


class CodeAnswered(CodeTold):
    uuid = serializers.UUIDField()
    facet = one_of(*FACETS)
    version = serializers.IntegerField(min_value=1)


class CodeAnswer(Shape):
    code = CodeAnswered()


class MintedAnswer(CodeAnswer):
    returned = serializers.BooleanField(help_text="It was there, retired, and is offered again.")


class CodeSide(CodeTold):
    version = serializers.IntegerField(min_value=1)
    times = serializers.IntegerField(min_value=0)


class CodesCompared(Shape):
    gone = CodeSide()
    kept = CodeSide()
    moving = serializers.IntegerField()
    double = serializers.IntegerField()
    contrary = serializers.IntegerField()
    under = serializers.IntegerField()


class CodeMergeShape(Shape):
    uuid = serializers.UUIDField()
    facet = one_of(*FACETS)
    gone = serializers.CharField()
    kept = serializers.CharField()
    by = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()
    undone_by = serializers.CharField(allow_blank=True)
    undone_at = serializers.DateTimeField(allow_null=True)


class CodeMerges(Shape):
    results = CodeMergeShape(many=True)


class CodeMergeAnswer(Shape):
    merge = CodeMergeShape()


class CodeMergeSent(Shape):
    facet = one_of(*FACETS)
    gone = serializers.CharField()
    kept = serializers.CharField()
    gone_version = serializers.IntegerField(min_value=1)
    kept_version = serializers.IntegerField(min_value=1)


class CodebookFileShape(Shape):
    """As docs/codebook-file.md has it."""

    format = one_of(FORMAT)
    edition = serializers.IntegerField(min_value=EDITION, max_value=EDITION)
    project = serializers.CharField(required=False)
    version = serializers.IntegerField(required=False, min_value=0)
    codes = serializers.DictField(child=serializers.ListField(child=serializers.DictField()))


class PlanStep(Shape):
    act = serializers.CharField()
    facet = one_of(*FACETS)
    key = serializers.CharField()
    name = serializers.CharField()


class PlanShape(Shape):
    """What the file changes here; `notes` say what it asks for and does not get."""

    version = serializers.IntegerField(min_value=0, help_text="Of the codebook that it was made for.")
    steps = PlanStep(many=True)
    notes = serializers.ListField(child=serializers.CharField())


A_CODEBOOK = OpenApiExample(
    "One topic more",
    value={
        "format": FORMAT,
        "edition": EDITION,
        "codes": {"topic": [{"key": "ferries", "name": "Ferries", "definition": "Boats that carry cars."}]},
    },
    request_only=True,
)
A_CODE = OpenApiExample(
    "A topic below another",
    value={"facet": "topic", "name": "Cracks", "definition": "Damage seen.", "parent": "bridge"},
    request_only=True,
)

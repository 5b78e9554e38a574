"""Releases: what goes in, what came of it, and what a dataset that is checked holds."""

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from annotator.intents.release import STATUSES
from annotator.models import ReleaseState

from .values import Shape, one_of


class _Numbers(serializers.DictField):
    child = serializers.IntegerField(min_value=0)


class ReleaseFile(Shape):
    name = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes.")
    sha256 = serializers.CharField(help_text="Hexadecimal.")


class SpeakerTaken(Shape):
    uuid = serializers.UUIDField()
    name = serializers.CharField()


class TopicTaken(Shape):
    key = serializers.CharField()
    name = serializers.CharField()


class ReleaseShape(Shape):
    number = serializers.IntegerField(min_value=1)
    title = serializers.CharField()
    notes = serializers.CharField(allow_blank=True)
    licence = serializers.CharField(allow_blank=True)
    state = one_of(*ReleaseState.values)
    problems = serializers.ListField(child=serializers.CharField(), help_text="Why it failed.")
    statuses = serializers.ListField(child=serializers.CharField())
    published_from = serializers.CharField(allow_blank=True)
    published_to = serializers.CharField(allow_blank=True)
    speakers = SpeakerTaken(many=True)
    topics = TopicTaken(many=True)
    with_texts = serializers.BooleanField()
    site = serializers.CharField(allow_blank=True)
    rows = _Numbers(help_text="Of each table.")
    file = ReleaseFile(allow_null=True, help_text="Once it is ready.")
    asked_by = serializers.CharField(allow_blank=True)
    asked_at = serializers.DateTimeField()
    ready_at = serializers.DateTimeField(allow_null=True)


class BuildProgress(Shape):
    stage = serializers.CharField()
    done = serializers.IntegerField()
    expected = serializers.IntegerField(help_text="0 where nobody knows.")


class ReleaseStatus(ReleaseShape):
    progress = BuildProgress(allow_null=True)


class ReleaseAnswer(Shape):
    release = ReleaseShape()


class ReleaseStatusAnswer(Shape):
    release = ReleaseStatus()


class ReleaseSent(Shape):
    statuses = serializers.ListField(
        child=one_of(*STATUSES), required=False, help_text="Accepted claims where it is left out."
    )
    published_from = serializers.CharField(required=False, max_length=60)
    published_to = serializers.CharField(required=False, max_length=60)
    speakers = serializers.ListField(child=serializers.UUIDField(), required=False)
    topics = serializers.ListField(child=serializers.CharField(), required=False, help_text="Keys.")
    title = serializers.CharField(required=False, max_length=200)
    notes = serializers.CharField(required=False)
    licence = serializers.CharField(required=False, max_length=100)
    with_texts = serializers.BooleanField(required=False)
    site = serializers.CharField(required=False, help_text="What permanent links begin with.")


class TakenAnswer(Shape):
    claims = serializers.IntegerField(min_value=0)
    articles = serializers.IntegerField(min_value=0)


class TableChanges(Shape):
    table = serializers.CharField()
    before = serializers.IntegerField()
    after = serializers.IntegerField()
    added = serializers.IntegerField()
    removed = serializers.IntegerField()
    changed = serializers.IntegerField()
    columns_gone = serializers.ListField(child=serializers.CharField())
    columns_new = serializers.ListField(child=serializers.CharField())


class ReleaseChanges(Shape):
    """`state`: waiting for a job that compares them, refused (`why`), or found."""

    state = one_of("found", "waiting", "refused")
    why = serializers.CharField(allow_blank=True)
    new = serializers.IntegerField()
    old = serializers.IntegerField()
    tables = TableChanges(many=True)


class DatasetProblem(Shape):
    words = serializers.CharField()
    table = serializers.CharField(allow_blank=True)
    row = serializers.IntegerField()
    identifier = serializers.CharField(allow_blank=True)


class DatasetChecked(Shape):
    """What the dataset's own verify.py finds. `stopped` says why it did not come to its end."""

    ok = serializers.BooleanField()
    stopped = serializers.CharField(allow_blank=True)
    sha256 = serializers.CharField()
    size = serializers.IntegerField()
    citations = serializers.IntegerField()
    held = serializers.IntegerField()
    texts_included = serializers.IntegerField()
    texts_missing = serializers.IntegerField()
    count = serializers.IntegerField(help_text="Problems in all.")
    problems = DatasetProblem(many=True)
    notes = serializers.ListField(child=serializers.CharField())
    of = serializers.DictField(child=serializers.CharField(), help_text="What it says it is.")
    known = serializers.CharField(
        allow_null=True, help_text="The address here of the release that it is, or says it is."
    )
    same = serializers.BooleanField(help_text="Whether it is that release's very file.")
    contradicted = serializers.ListField(child=serializers.CharField())
    changed = serializers.ListField(child=serializers.CharField(), help_text="Since then; for members.")


A_RELEASE = OpenApiExample(
    "What was accepted in 2025",
    value={
        "title": "Velm bridge, 2025",
        "statuses": ["accepted"],
        "published_from": "2025",
        "published_to": "2025",
        "licence": "CC BY 4.0",
    },
    request_only=True,
)

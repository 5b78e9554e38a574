"""Annotations of other tools on their way in, and what became of each."""

from rest_framework import serializers

from annotator.exchange.importers.registry import FORMATS
from annotator.exchange.receiving.asking import LONGEST_MEANINGS
from annotator.exchange.receiving.report import COUNTED
from annotator.exchange.receiving.report_json import LISTS
from annotator.intents.attribution import QUOTATION_TYPES
from annotator.intents.claim import VOICES

from .values import Shape, one_of


class _Counts(serializers.DictField):
    child = serializers.IntegerField(min_value=0)


class AnnotationImport(Shape):
    uuid = serializers.UUIDField()
    name = serializers.CharField(help_text="Of the file.")
    format = one_of(*FORMATS)
    state = one_of("waiting", "done")
    done = serializers.IntegerField(min_value=0, help_text="Documents that were begun.")
    expected = serializers.IntegerField(min_value=0, help_text="Of how many; 0 where nobody knows.")
    counts = _Counts(allow_null=True, help_text=f"Null until it is in: {', '.join(COUNTED)}.")
    lines = _Counts(allow_null=True, help_text="Of each list that `…/lines/` tells.")
    summary = serializers.CharField(allow_blank=True, help_text="The counts in one line, for people.")


class AnnotationImportAnswer(Shape):
    imported = AnnotationImport()


class AnnotationImportLine(Shape):
    list = one_of(
        *LISTS, help_text="`changed` is here in other words and left; `moved` was found by its words."
    )
    file = serializers.CharField(allow_blank=True)
    line = serializers.IntegerField(allow_null=True, min_value=1)
    item = serializers.CharField(allow_blank=True, help_text="Which of those on the line.")
    what = serializers.CharField(allow_blank=True)
    rule = serializers.CharField(allow_blank=True)
    why = serializers.CharField()


class AnnotationImportSent(Shape):
    file = serializers.FileField(help_text="A file or a ZIP.")
    format = one_of(*FORMATS)
    meanings = serializers.CharField(
        required=False,
        max_length=LONGEST_MEANINGS,
        help_text="What its labels mean here, one a line: `PER = actor:person`, `NOISE = leave`.",
    )
    voice = one_of(*VOICES, required=False, help_text="Of claims that say none.")
    quotation_type = one_of(*QUOTATION_TYPES, required=False, help_text="Of claims that say none.")
    actor_kind = serializers.CharField(required=False, help_text="Of actors that say none.")
    event_type = serializers.CharField(required=False, help_text="Of events that say none.")
    language = serializers.CharField(required=False, max_length=35, help_text="Of new texts.")
    outlet = serializers.CharField(required=False, max_length=200, help_text="Of new texts that name none.")
    create_codes = one_of(
        "true", "false", required=False, help_text="Make the codes that the codebook lacks; for managers."
    )

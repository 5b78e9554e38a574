"""How a project's texts are cut into sentences."""

from rest_framework import serializers

from .values import Shape


class CutBefore(Shape):
    segmenter = serializers.CharField()
    version = serializers.CharField()
    texts = serializers.IntegerField(min_value=1)


class CutOtherwise(Shape):
    texts = serializers.IntegerField(min_value=0, help_text="That were looked at.")
    changed = serializers.IntegerField(min_value=0, help_text="Texts that would be cut otherwise.")
    sentences = serializers.IntegerField(min_value=0, help_text="That would be new.")


class Segmentations(Shape):
    segmenter = serializers.CharField(help_text="That cuts texts here now, with its version.")
    cut_before = CutBefore(many=True, help_text="Texts that another cut and this one never did.")
    otherwise = CutOtherwise(allow_null=True, help_text="Null unless `look` is true.")


class Renewal(Shape):
    waiting_already = serializers.BooleanField(help_text="Whether they were waiting to be cut again before.")

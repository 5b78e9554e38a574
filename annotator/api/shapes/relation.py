from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from annotator.intents.attribution import BASES

from .values import Shape, one_of


class RelationShape(Shape):
    """`claim` does to `other` what `kind` says."""

    uuid = serializers.UUIDField()
    claim = serializers.UUIDField()
    other = serializers.UUIDField()
    kind = serializers.CharField(help_text="A key of the codebook’s relation kinds.")
    basis = one_of(*BASES, help_text="Textual where the text itself makes the link.")
    note = serializers.CharField(allow_blank=True)
    author = serializers.CharField(allow_blank=True)


class RelationSent(Shape):
    claim = serializers.UUIDField()
    other = serializers.UUIDField()
    kind = serializers.CharField(max_length=60)
    basis = one_of(*BASES, required=False)
    note = serializers.CharField(required=False, max_length=2000)


A_DENIAL = OpenApiExample(
    "A denial",
    value={
        "claim": "4c1f2a52-6d0f-4a6e-9a3e-1f6a7b8c9d12",
        "other": "5d2f3b63-7e1a-4b7f-8b4f-2a7b8c9d0e13",
        "kind": "denies",
        "basis": "textual",
        "note": "“the claim has been denied”",
    },
    request_only=True,
)

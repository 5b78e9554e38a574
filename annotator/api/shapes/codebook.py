from rest_framework import serializers

from annotator.models import Facet


class CodebookCode(serializers.Serializer[None]):
    key = serializers.CharField(help_text="What files and the API say; it never changes.")
    name = serializers.CharField()
    definition = serializers.CharField(allow_blank=True)
    retired = serializers.BooleanField()
    examples = serializers.ListField(required=False, child=serializers.CharField(allow_blank=True))
    colour = serializers.CharField(required=False)
    shortcut = serializers.CharField(required=False)
    parent = serializers.CharField(required=False)
    merged_into = serializers.CharField(required=False)


class CodesByFacet(serializers.Serializer[None]):
    def get_fields(self) -> dict[str, serializers.Field]:
        return {facet: CodebookCode(many=True) for facet in Facet.values}


class Codebook(serializers.Serializer[None]):
    version = serializers.IntegerField(min_value=0)
    codes = CodesByFacet()

from rest_framework import serializers

from .annotation import AnnotationShape
from .article import Article


class FoundArticle(serializers.Serializer[None]):
    article = Article()
    around = serializers.CharField(allow_blank=True, help_text="What stands around the words in its text.")


class Found(serializers.Serializer[None]):
    note = serializers.CharField(allow_blank=True, help_text="What was not looked for.")
    claims = AnnotationShape(many=True)
    articles = FoundArticle(many=True)

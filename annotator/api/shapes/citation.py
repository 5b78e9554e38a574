"""A claim as readers cite it."""

from rest_framework import serializers

from annotator.citations.styled import STYLES
from annotator.exchange.claim_documents import FORMS

from .values import Shape, one_of


class CitationDocument(Shape):
    form = one_of(*FORMS)
    name = serializers.CharField()
    media_type = serializers.CharField()


class Citation(Shape):
    style = one_of(*STYLES)
    citation = serializers.CharField(help_text="The reference to the very sentences.")
    sentences = serializers.CharField(allow_blank=True, help_text="As they are cited.")
    quote = serializers.CharField()
    said_by = serializers.CharField(allow_blank=True, help_text="Who said it to whom, in words.")
    permalink = serializers.CharField()
    withdrawn = serializers.CharField(allow_blank=True, help_text="The day on which it was, else empty.")
    documents = CitationDocument(many=True, help_text="What `…/documents/` gives.")

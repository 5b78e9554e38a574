from rest_framework import serializers


class Index(serializers.Serializer[None]):
    schema = serializers.URLField(help_text="OpenAPI 3.1, in JSON.")
    reference = serializers.URLField(help_text="The same as a page for people.")
    projects = serializers.URLField(help_text="Those that are open to you.")

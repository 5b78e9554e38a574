from rest_framework import serializers

from annotator.intents.outlet import MOST_ALIASES, MOST_DOMAINS


class OutletRecord(serializers.Serializer[None]):
    name = serializers.CharField(max_length=200)
    aliases = serializers.ListField(
        required=False, child=serializers.CharField(max_length=200), max_length=MOST_ALIASES
    )
    domains = serializers.ListField(
        required=False, child=serializers.CharField(max_length=253), max_length=MOST_DOMAINS
    )
    issn = serializers.CharField(required=False, allow_blank=True)
    issn_l = serializers.CharField(required=False, allow_blank=True)
    wikidata = serializers.CharField(required=False, allow_blank=True)
    country = serializers.CharField(required=False, allow_blank=True, help_text="ISO 3166-1, two letters.")
    language = serializers.CharField(required=False, allow_blank=True)
    is_agency = serializers.BooleanField(required=False)


class Outlet(serializers.Serializer[None]):
    uuid = serializers.UUIDField()
    name = serializers.CharField()
    aliases = serializers.ListField(child=serializers.CharField())
    domains = serializers.ListField(child=serializers.CharField())
    issn = serializers.CharField(allow_blank=True)
    issn_l = serializers.CharField(allow_blank=True)
    wikidata = serializers.CharField(allow_blank=True)
    country = serializers.CharField(allow_blank=True)
    language = serializers.CharField(allow_blank=True)
    is_agency = serializers.BooleanField()
    merged_into = serializers.UUIDField(allow_null=True)
    articles = serializers.IntegerField(allow_null=True, help_text="Null where they were not counted.")
    taken = serializers.IntegerField(
        allow_null=True, help_text="Articles of others that took its story over."
    )
    version = serializers.IntegerField(min_value=1)


class OutletMergeSent(serializers.Serializer[None]):
    gone = serializers.UUIDField(help_text="The one that is found to be the other.")
    kept = serializers.UUIDField()
    gone_version = serializers.IntegerField(min_value=1, help_text="That was looked at.")
    kept_version = serializers.IntegerField(min_value=1)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=2000)

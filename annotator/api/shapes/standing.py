"""A project that is worked on, archived, or about to be deleted for good."""

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from .values import Shape, one_of


class ProjectStateSent(Shape):
    archived = serializers.BooleanField()


class FullExport(Shape):
    """`nothing` is of a project that holds nothing to export."""

    kind = one_of("backup", "release", "nothing")
    number = serializers.IntegerField(required=False, min_value=1, help_text="Of the release.")
    at = serializers.DateTimeField()
    downloaded_at = serializers.DateTimeField(required=False, help_text="Of a release.")
    downloaded_by = serializers.CharField(required=False, help_text="Of a release.")


class PurgeStanding(Shape):
    archived_at = serializers.DateTimeField(allow_null=True)
    due_at = serializers.DateTimeField(
        allow_null=True, help_text="From then on it may be purged; null unless it is archived."
    )
    exported = FullExport(
        allow_null=True, help_text="How it was exported whole since it was archived; null where it was not."
    )


class PurgeSent(Shape):
    slug = serializers.CharField(help_text="The project’s own, to say that this one is meant.")


ARCHIVED = OpenApiExample("To be read alone", {"archived": True}, request_only=True)
A_PURGE = OpenApiExample("This one", {"slug": "velm"}, request_only=True)

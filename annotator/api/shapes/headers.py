"""Headers that requests and answers carry."""

from drf_spectacular.utils import OpenApiParameter

IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    {"type": "string"},
    OpenApiParameter.HEADER,
    description="The `ETag` of an earlier answer, several with commas between, or `*`: 304 where nothing has "
    "changed since.",
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "pattern": '^(W/)?"[1-9][0-9]{0,8}(-[0-9a-f]{16})?"$'},
    OpenApiParameter.HEADER,
    description="The version that the change is based on, as its `ETag` says it. 412 where it changed since, "
    "428 where the header lacks.",
)
"""Never marked as required: what lacks it is told so (428), and a new thing has no version."""
DIGEST_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "pattern": '^(W/)?"[0-9a-f]{32}(-[0-9a-f]{16})?"$'},
    OpenApiParameter.HEADER,
    description="The version that the change is based on, as the `ETag` says it, or the `version` in "
    "quotation marks. 412 where it changed since, 428 where the header lacks.",
)
ETAG = OpenApiParameter(
    "ETag",
    {"type": "string"},
    OpenApiParameter.HEADER,
    response=[200, 201],
    description="The version of what is told.",
)

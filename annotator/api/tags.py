"""One object as it is now, under a tag that changes whenever anything that is told of it does."""

import json
from hashlib import sha256
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response


def told(request: Request, body: Any, version: int, status: int = 200) -> Response:
    """The body under the tag "VERSION-DIGEST", or 304 where `If-None-Match` names that tag.

    The version alone is what `If-Match` is held against. It would be too little for a cache: what others are
    called, or a decision, changes what is told of a claim and not the claim.
    """
    digest = sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()[:16]
    tag = f'"{version}-{digest}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if request.method in ("GET", "HEAD") and _names(request.headers.get("If-None-Match", ""), tag):
        return Response(status=304, headers=headers)
    return Response(body, status=status, headers=headers)


def _names(said: str, tag: str) -> bool:
    return said.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in said.split(","))

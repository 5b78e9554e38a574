"""Which state of a thing an answer tells of, and which one a change is based on."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from annotator.intents.refusal import VersionNeeded

from .parsing import version_asked


def tagged(
    request: Request, body: Mapping[str, Any], version: int | str, *, status: int = 200, **headers: str
) -> Response:
    """The body with its ETag, or 304 where the caller who reads has that state already."""
    tag = f'"{version}"'
    told = {"ETag": tag, "Cache-Control": "private, no-cache", **headers}
    if status == 200 and request.method in ("GET", "HEAD") and _has(request, tag):
        return Response(status=304, headers=told)
    return Response(body, status=status, headers=told)


def of_all(version: int | str, body: Any) -> str:
    """The version with a digest of all that is told, for `tagged`: what others are called, or a decision,
    changes what is told of a claim and not the claim. `If-Match` takes it as the version that it begins
    with."""
    return f"{version}-{digest(body)[:16]}"


def digest(body: Any) -> str:
    """The version of what counts none of its own: it changes with whatever is told."""
    return sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()[:32]


def needed(request: Request) -> int:
    """The version of `If-Match: "3"`. Raises VersionNeeded (428) without it, Problem (400) for no version."""
    version = version_asked(request)
    if version is None:
        raise VersionNeeded
    return version


def digest_asked(request: Request) -> set[str] | None:
    """The digests of `If-Match`, each without what `of_all` put behind it; None without it."""
    if "If-Match" not in request.headers:
        return None
    return {tag.strip('"').partition("-")[0] for tag in _tags(request, "If-Match")}


def digest_needed(request: Request) -> set[str]:
    """The same. Raises VersionNeeded (428) without it."""
    asked = digest_asked(request)
    if asked is None:
        raise VersionNeeded
    return asked


def _has(request: Request, tag: str) -> bool:
    """Whether who asks has that state already; `*` stands for any."""
    return not {tag, "*"}.isdisjoint(_tags(request, "If-None-Match"))


def _tags(request: Request, header: str) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in request.headers.get(header, "")[:4000].split(",")}

"""Answers that are saved and never shown in a browser: they hold words that strangers wrote."""

import re
from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

ALONE = "sandbox; default-src 'none'"
"""The policy of a file that is opened all the same: no script, no form, no origin, nothing loaded."""
Answer = TypeVar("Answer", bound=HttpResponseBase)
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 80


def to_save(answer: Answer, name: str) -> Answer:
    """`name`: what the file is called, of letters that need no quoting."""
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Content-Security-Policy"] = ALONE
    return answer


def raw_to_save(
    request: HttpRequest, sha256: str, called: str, read: Callable[[], bytes]
) -> HttpResponseBase:
    """Bytes as they came, under no type that anything would open; 304 to whoever has those of that digest.

    `called` is what their sender called them, whatever that holds; `read` is asked only where they go out.
    """
    tag = f'"{sha256}"'
    answer = get_conditional_response(request, etag=tag)
    if answer is None or answer.status_code != 304:
        answer = HttpResponse(read(), content_type="application/octet-stream")
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    return to_save(answer, raw_name(sha256, called))


def raw_name(sha256: str, called: str) -> str:
    """`raw-`, the beginning of the digest, and what of its name any system takes, its ending above all."""
    kept = _UNSAFE.sub("-", called)[-_LONGEST:].strip("-.")
    return "-".join(part for part in ("raw", sha256[:12], kept) if part)

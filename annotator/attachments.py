"""Answers that are saved and never shown in a browser: they hold words that strangers wrote."""

from typing import TypeVar

from django.http import HttpResponseBase

ALONE = "sandbox; default-src 'none'"
"""The policy of a file that is opened all the same: no script, no form, no origin, nothing loaded."""
Answer = TypeVar("Answer", bound=HttpResponseBase)


def to_save(answer: Answer, name: str) -> Answer:
    """`name`: what the file is called, of letters that need no quoting."""
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Content-Security-Policy"] = ALONE
    return answer

"""What Django's own validators refuse, in the words that intents use for it."""

from collections.abc import Iterable
from typing import Any

from django.core import validators
from django.core.exceptions import ValidationError

REFUSED: tuple[tuple[Any, str], ...] = (
    (
        validators.MaxLengthValidator.message,
        "It has {show_value} characters, at most {limit_value} are allowed.",
    ),
    (
        validators.MinLengthValidator.message,
        "It has {show_value} characters, at least {limit_value} are needed.",
    ),
    (validators.MaxValueValidator.message, "It must be {limit_value} or less."),
    (validators.MinValueValidator.message, "It must be {limit_value} or more."),
)
"""By what Django says: whatever a field says of its own stays."""


def worded(errors: ValidationError) -> ValidationError:
    """The same refusals, each in our words where Django's own were meant to be shown."""
    return ValidationError([_worded(error) for error in errors.error_list])


def _worded(error: ValidationError) -> ValidationError:
    words = next((ours for theirs, ours in REFUSED if error.message is theirs), None)
    if words is None:
        return error
    return ValidationError(words.format(**dict(_told(error.params or {}))), code=error.code)


def _told(params: dict[str, Any]) -> Iterable[tuple[str, Any]]:
    """Numbers grouped as everywhere."""
    for name, value in params.items():
        yield name, f"{value:,}" if isinstance(value, int) else value

"""Which request is being answered: its identifier goes into the history and into every line of the log."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_answered: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """The identifier of the request that is being answered; empty outside one, as in a job or a command."""
    return _answered.get()


@contextmanager
def answering(identifier: str) -> Iterator[None]:
    """Within it `request_id` is `identifier`, at most 40 characters."""
    token = _answered.set(identifier)
    try:
        yield
    finally:
        _answered.reset(token)

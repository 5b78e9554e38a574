"""Which request is being answered: its identifier goes into the history and into every line of the log."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_answered: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """The identifier of the request that is being answered, or that asked for the job; empty otherwise."""
    return _answered.get()


def for_the_job() -> dict[str, str]:
    """What a job is handed so that what it changes names the request that asked for it (annotator/jobs)."""
    return {"request_id": identifier} if (identifier := request_id()) else {}


@contextmanager
def answering(identifier: str) -> Iterator[None]:
    """Within it `request_id` is `identifier`, at most 40 characters."""
    token = _answered.set(identifier)
    try:
        yield
    finally:
        _answered.reset(token)

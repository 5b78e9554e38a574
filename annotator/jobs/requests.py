"""Jobs that go on with what a request asked for."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from sources.request_id import answering


def of_its_request(job: Callable[..., None]) -> Callable[..., None]:
    """The job takes `request_id` as well (sources.request_id.for_the_job): what it changes and logs names it,
    and so does what it hands on to other jobs. Jobs of earlier versions, and of commands, have none."""

    @wraps(job)
    def run(*given: Any, request_id: str = "", **named: Any) -> None:
        with answering(request_id):
            job(*given, **named)

    return run

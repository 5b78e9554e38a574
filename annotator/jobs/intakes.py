"""Jobs about taking articles in."""

from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from annotator.actions.intakes import TAKE, run
from sources.models import Intake

from .requests import of_its_request

_AGAIN = RetryStrategy(max_attempts=5, exponential_wait=4)  # seconds, to a power: a database that restarts


@app.task(name=TAKE, retry=_AGAIN)
@of_its_request
def take_in_articles(intake_id: int, waiting: dict[str, list[Any]] | None = None) -> None:
    intake = Intake.objects.select_related("project", "by").filter(pk=intake_id).first()
    if intake is not None:
        run(intake, waiting)

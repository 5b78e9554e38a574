"""What is kept of speakers and of work, counted again without waiting for somebody to look."""

from procrastinate.contrib.django import app

from annotator.queries.heard import bring_all_up_to_date

HEAR = "speakers.hear"


@app.periodic(cron="* * * * *")
@app.task(name=HEAR, queueing_lock=HEAR)
def hear(timestamp: int) -> None:
    """Once a minute; `timestamp` is that minute, in Unix seconds. Who reads before is told the same."""
    bring_all_up_to_date()

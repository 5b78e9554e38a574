"""What was kept and is needed no more, deleted once a day."""

from procrastinate.contrib.django import app

from sources.actions.sweeping import sweep

SWEEP = "intakes.sweep"


@app.periodic(cron="17 3 * * *")
@app.task(name=SWEEP, queueing_lock=SWEEP)
def sweep_intakes(timestamp: int) -> None:
    """`timestamp` is the minute, in Unix seconds, that this run stands for."""
    sweep()

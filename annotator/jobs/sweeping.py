"""What was kept and is needed no more, deleted once a day."""

from procrastinate.contrib.django import app

from annotator.actions.sessions import forget_sessions_over
from sources.actions.sweeping import sweep

SWEEP = "intakes.sweep"
SESSIONS = "sessions.sweep"


@app.periodic(cron="17 3 * * *")
@app.task(name=SWEEP, queueing_lock=SWEEP)
def sweep_intakes(timestamp: int) -> None:
    """`timestamp` is the minute, in Unix seconds, that this run stands for."""
    sweep()


@app.periodic(cron="27 3 * * *")
@app.task(name=SESSIONS, queueing_lock=SESSIONS)
def sweep_sessions(timestamp: int) -> None:
    forget_sessions_over()

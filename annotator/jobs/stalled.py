"""Jobs whose worker died: a killed worker leaves its job in `doing`, and nobody else would take it."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

RETRY = "jobs.retry_stalled"


@app.periodic(cron="* * * * *")
@app.task(name=RETRY, queueing_lock=RETRY, pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Queue again, once a minute, what a worker without a heartbeat (30 seconds) was doing.

    Every job can be run twice: it finds what it has to do by its identifier and stops if it is done.
    `timestamp` is the minute, in Unix seconds, that this run stands for.
    """
    for job in await context.app.job_manager.get_stalled_jobs():
        await context.app.job_manager.retry_job(job)

"""Jobs about whole projects."""

from uuid import UUID

from procrastinate.contrib.django import app

from annotator.actions.archiving import PURGE, purge

from .requests import of_its_request


@app.task(name=PURGE)
@of_its_request
def purge_project(project_id: int, uuid: str, user_id: int) -> None:
    purge(project_id, UUID(uuid), user_id)

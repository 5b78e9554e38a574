"""Jobs about imports."""

from uuid import UUID

from procrastinate.contrib.django import app

from annotator.exchange.receiving.parcels import TAKE, parcel_of, take_in
from sources.models import Project


@app.task(name=TAKE)
def take_in_annotations(project_id: int, uuid: str) -> None:
    project = Project.objects.filter(pk=project_id).first()
    parcel = parcel_of(project, UUID(uuid)) if project is not None else None
    if parcel is not None:
        take_in(parcel)

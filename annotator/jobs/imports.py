"""Jobs about imports."""

from uuid import UUID

from procrastinate.contrib.django import app

from annotator.exchange.receiving.parcels import TAKE, hand_over, parcel_of, take_in
from sources.actions.disk_room import has_room
from sources.models import Project

from .requests import of_its_request

FOR_ROOM = 60
"""Seconds after which it is looked again whether there is room on the disk."""


@app.task(name=TAKE)
@of_its_request
def take_in_annotations(project_id: int, uuid: str) -> None:
    project = Project.objects.filter(pk=project_id).first()
    parcel = parcel_of(project, UUID(uuid)) if project is not None else None
    if parcel is not None and parcel.report is None and not has_room():
        hand_over(parcel, FOR_ROOM)
    elif parcel is not None:
        take_in(parcel)

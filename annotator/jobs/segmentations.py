"""Jobs about how texts are cut into sentences."""

import logging

from procrastinate.contrib.django import app

from annotator.actions.segmentations import RENEW, renew_all, request_renewal
from sources.models import Project, User

from .requests import of_its_request

log = logging.getLogger(__name__)
LATER = 60
"""Seconds after which texts are tried again in which somebody was writing all the while."""


@app.task(name=RENEW)
@of_its_request
def renew_sentences(project_id: int, user_id: int) -> None:
    project = Project.objects.filter(pk=project_id).first()
    user = User.objects.filter(pk=user_id).first()
    if project is None or user is None or project.archived_at is not None:
        return
    left = [text for text in renew_all(by=user, project=project) if not text.done]
    for text in left:
        if text.refused:
            log.error("%s was not cut again: %s", text.snapshot, text.refused)
    if any(not text.refused for text in left):
        request_renewal(by=user, project=project, seconds=LATER)

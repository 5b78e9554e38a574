"""Jobs about releases."""

import contextlib

from procrastinate.contrib.django import app

from annotator.actions.releases import BUILD, COMPARE
from annotator.exchange.difference_file import find, refusal_of
from annotator.exchange.differences import NotComparable
from annotator.exchange.release_file import build
from annotator.models import Release

from .requests import of_its_request


@app.task(name=BUILD)
@of_its_request
def build_release(release_id: int) -> None:
    release = Release.objects.select_related("project", "created_by").filter(pk=release_id).first()
    if release is not None:
        build(release)


@app.task(name=COMPARE)
@of_its_request
def compare_releases(old_id: int, new_id: int) -> None:
    found = Release.objects.select_related("project").in_bulk([old_id, new_id])
    if len(found) == 2:
        old, new = found[old_id], found[new_id]
        refusal = refusal_of(old, new)
        if refusal and not refusal.due:  # asked for again while it was being tried
            return
        with contextlib.suppress(NotComparable):  # why is kept for the page
            find(old, new)

"""Jobs about releases."""

from procrastinate.contrib.django import app

from annotator.actions.releases import BUILD
from annotator.exchange.release_file import build
from annotator.models import Release


@app.task(name=BUILD)
def build_release(release_id: int) -> None:
    release = Release.objects.select_related("project", "created_by").filter(pk=release_id).first()
    if release is not None:
        build(release)

"""Releases: asked for here, built by a job, and then frozen."""

from collections.abc import Mapping, Sequence

from django.db.models import Max
from django.db.models.functions import Now
from procrastinate.contrib.django import app

from annotator.intents.refusal import Refused
from annotator.models import Claim, Release, ReleaseState, Status
from sources.models import Project, User, acting

BUILD = "releases.build"
"""The name of the job that builds the file."""
MOST_PROBLEMS = 1000


def request_release(
    *,
    by: User,
    project: Project,
    title: str = "",
    notes: str = "",
    licence: str = "",
    statuses: Sequence[str] = (Status.ACCEPTED,),
    with_texts: bool = False,
    site: str = "",
) -> Release:
    """The project's next release, waiting to be built. `site` is the address its pages stand below.

    Raises Refused for a status that does not exist, and where no claim has one of them.
    """
    chosen = [status for status in Status.values if status in statuses]
    if not chosen or len(chosen) != len(set(statuses)):
        raise Refused("statuses", "known", f"choose from {', '.join(Status.values)}")
    for field, value, most in (("title", title, 200), ("licence", licence, 100)):
        if len(value) > most:
            raise Refused(field, "length", f"at most {most} characters")
    if not Claim.objects.filter(project=project, withdrawn_at=None, status__in=chosen).exists():
        raise Refused("statuses", "some", f"no claim of this project is {' or '.join(chosen)}")
    with acting(by):
        # Two at once must not take the same number.
        Project.objects.select_for_update().get(pk=project.pk)
        last = Release.objects.filter(project=project).aggregate(last=Max("number"))["last"] or 0
        release = Release.objects.create(
            project=project,
            number=last + 1,
            title=title or project.name,
            notes=notes,
            licence=licence,
            filter={"statuses": chosen, "with_texts": with_texts, "site": site},
            created_by=by,
        )
        app.configure_task(BUILD, lock=f"release {release.uuid}").defer(release_id=release.pk)
    return release


def mark_building(release: Release) -> None:
    _change(release, state=ReleaseState.BUILDING, problems=[])


def mark_ready(
    release: Release, *, file_name: str, size: int, sha256: str, counts: Mapping[str, int]
) -> None:
    """The file is in its place: `size` in bytes, `sha256` hexadecimal, `counts` the rows of each table."""
    _change(
        release,
        state=ReleaseState.READY,
        file_name=file_name,
        size=size,
        sha256=sha256,
        counts=dict(counts),
        ready_at=Now(),
    )


def mark_failed(release: Release, problems: Sequence[str]) -> None:
    """`problems` are what people read: one line each."""
    _change(release, state=ReleaseState.FAILED, problems=list(problems[:MOST_PROBLEMS]))


def _change(release: Release, **values: object) -> None:
    """A release that is ready is frozen: nothing is written to it any more."""
    with acting(release.created_by):
        Release.objects.filter(pk=release.pk).exclude(state=ReleaseState.READY).update(**values)
    release.refresh_from_db()

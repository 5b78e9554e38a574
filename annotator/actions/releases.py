"""Releases: asked for here, built by a job, and then frozen."""

import contextlib
from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Now
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from annotator.intents.refusal import Refused
from annotator.intents.release import AskedScope, Scope
from annotator.models import Release, ReleaseState
from annotator.queries.scope import claims_in, speakers_named, topics_named
from sources.models import Project, User, acting
from sources.request_id import for_the_job

from . import dates

BUILD = "releases.build"
"""The name of the job that builds the file."""
COMPARE = "releases.compare"
"""The name of the job that finds what changed between two."""
MOST_PROBLEMS = 1000


def request_release(
    *,
    by: User,
    project: Project,
    title: str = "",
    notes: str = "",
    licence: str = "",
    scope: AskedScope = AskedScope(),  # noqa: B008  (frozen)
    with_texts: bool = False,
    site: str = "",
) -> Release:
    """The project's next release, waiting to be built. `site` is the address its pages stand below.

    Raises Refused for what is no date, no speaker or no topic of the project, and where no claim is left.
    """
    for field, value, most in (("title", title, 200), ("licence", licence, 100)):
        if len(value) > most:
            raise Refused(field, "length", f"at most {most} characters")
    chosen = chosen_scope(project, scope)
    if not claims_in(project, chosen).exists():
        raise Refused("statuses", "some", nothing_taken(chosen))
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
            filter={**chosen.as_json(), "with_texts": with_texts, "site": site},
            created_by=by,
        )
        app.configure_task(BUILD, lock=f"release {release.uuid}").defer(
            release_id=release.pk, **for_the_job()
        )
    return release


def chosen_scope(project: Project, asked: AskedScope) -> Scope:
    """What is asked for with dates read, and speakers and topics by their names of today; of those who were
    merged, whom they stand under. Raises Refused."""
    first, last = _end(asked.published_from, "published_from", 0), _end(asked.published_to, "published_to", 1)
    if first[1] and last[1] and first[1] > last[1]:
        raise Refused("published_to", "order", "the period ends before it begins")
    speakers, topics = speakers_named(project, asked.speakers), topics_named(project, asked.topics)
    for field, keys, found in (("speakers", asked.speakers, speakers), ("topics", asked.topics, topics)):
        missing = [str(key) for key in keys if key not in found]
        if missing:
            raise Refused(field, "known", f"“{missing[0]}” is none of this project’s {field}")
    return Scope(
        statuses=asked.statuses,
        published_from=first[0],
        published_to=last[0],
        first_day=first[1],
        last_day=last[1],
        speakers=tuple(dict.fromkeys(speakers[uuid] for uuid in asked.speakers)),
        topics=tuple(dict.fromkeys(topics[key] for key in asked.topics)),
    )


def nothing_taken(scope: Scope) -> str:
    """Why there is nothing to publish."""
    statuses = " or ".join(scope.statuses)
    if scope == Scope(statuses=scope.statuses):
        return f"no claim of this project is {statuses}"
    return f"no claim that is {statuses} meets the other conditions as well"


def _end(written: str, field: str, which: int) -> tuple[str, date | None]:
    """The date as EDTF, with its first (`which` 0) or last day (1)."""
    edtf = dates.read(written, field)
    day = dates.bounds(edtf, field)[which]
    if edtf and day is None:
        raise Refused(field, "open", f"“{written}” is open at this end: leave the field empty instead")
    return edtf, day


def request_comparison(*, old: Release, new: Release) -> None:
    """Have a job find what changed from the one to the other. Asking twice is asking once."""
    lock = f"compare {old.uuid} {new.uuid}"
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(COMPARE, lock=lock, queueing_lock=lock).defer(
            old_id=old.pk, new_id=new.pk, **for_the_job()
        )


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


def is_awaited(release: Release) -> bool:
    """Whether downloading its file is worth noting: it was asked for while its project is archived, and
    nobody has taken it away yet."""
    archived_at = release.project.archived_at
    return archived_at is not None and release.created_at >= archived_at and release.downloaded_at is None


def note_download(*, by: User, release: Release) -> None:
    """`by` has taken the whole file away. Only the first who does is told."""
    with acting(by):
        waiting = Release.objects.filter(pk=release.pk, state=ReleaseState.READY, downloaded_at=None)
        waiting.update(downloaded_at=Now(), downloaded_by=by)


def mark_failed(release: Release, problems: Sequence[str]) -> None:
    """`problems` are what people read: one line each."""
    _change(release, state=ReleaseState.FAILED, problems=list(problems[:MOST_PROBLEMS]))


def _change(release: Release, **values: object) -> None:
    """A release that is ready is frozen: nothing is written to it any more."""
    with acting(release.created_by):
        Release.objects.filter(pk=release.pk).exclude(state=ReleaseState.READY).update(**values)
    release.refresh_from_db()

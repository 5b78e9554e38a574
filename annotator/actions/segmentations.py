"""Cutting texts into sentences again, by a later segmenter, with all that is marked in them."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import IntegrityError, OperationalError, connection
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from psycopg.errors import LockNotAvailable

from annotator.intents.refusal import Refused
from annotator.intents.span import Span
from annotator.models import Annotation, Claim, Status
from annotator.queries.segmentations import cut_by_others
from sources.actions.segmentations import store_cut
from sources.models import Block, Project, Snapshot, User, acting
from sources.request_id import for_the_job
from sources.text.offsets import worded

from .anchors import touch

RENEW = "segmentations.renew"
"""The name of the job that cuts a project's texts again."""
DECIDED = (Status.ACCEPTED, Status.REJECTED, Status.DISPUTED)
_PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds that a text which is being worked on is left alone, before each further try."""

_UNTIED = """
DELETE FROM annotator_annotationsentence l USING annotator_annotation a
WHERE l.annotation_id = a.id AND a.snapshot_id = %(text)s
"""
_TIED = """
UPDATE annotator_annotation a SET sentence_id = (
    SELECT s.id FROM sources_sentence s
    WHERE s.segmentation_id = %(cut)s AND int4range(s.start, s."end") && a.extent ORDER BY s.number LIMIT 1)
WHERE a.snapshot_id = %(text)s
"""
_LINKED = """
INSERT INTO annotator_annotationsentence (project_id, snapshot_id, annotation_id, sentence_id)
SELECT a.project_id, a.snapshot_id, a.id, s.id
FROM annotator_annotation a
JOIN sources_sentence s ON s.segmentation_id = %(cut)s AND int4range(s.start, s."end") && a.extent
WHERE a.snapshot_id = %(text)s
ORDER BY a.id, s.number
"""


class Busy(Exception):
    """Somebody is writing in the text right now: nothing was changed."""


@dataclass(frozen=True)
class Renewed:
    """What became of one text: cut again, or left for later since somebody wrote in it all the while, or left
    as it is where a rule of the database `refused` the new cut: that one's name."""

    snapshot: Snapshot
    done: bool
    refused: str = ""


def request_renewal(*, by: User, project: Project, seconds: int = 0) -> bool:
    """Let a job cut the project's texts again, in so many seconds; False where one is waiting to."""
    name = f"{RENEW} {project.pk}"
    later = {"seconds": seconds} if seconds else None
    try:
        with acting(by):
            task = app.configure_task(RENEW, lock=name, queueing_lock=name, schedule_in=later)
            task.defer(project_id=project.pk, user_id=by.pk, **for_the_job())
    except AlreadyEnqueued:
        return False
    return True


def renew_all(*, by: User | None, project: Project) -> Iterator[Renewed]:
    """Cut every text again that another segmenter has cut, a transaction each: stopped at any moment, it goes
    on with the rest when it is called again. One that cannot be cut keeps none of the others from it. Where
    the project is archived meanwhile the rest stays as it is."""
    for key in list(cut_by_others(project).values_list("pk", flat=True)):
        snapshot = Snapshot.objects.select_related("article", "project").get(pk=key)
        if snapshot.project.archived_at is not None:
            return
        try:
            done, refused = _renewed(by, snapshot), ""
        except IntegrityError as error:
            done, refused = False, _rule(error)
        yield Renewed(snapshot, done, refused)


def _rule(error: IntegrityError) -> str:
    """Its name, or the column that would be empty."""
    told = getattr(error.__cause__, "diag", None)
    return (told and (told.constraint_name or told.column_name)) or str(error).partition("\n")[0]


def _renewed(by: User | None, snapshot: Snapshot) -> bool:
    for pause in (*_PAUSES, None):
        try:
            renew(by=by, snapshot=snapshot)
        except Busy:
            if pause is not None:
                time.sleep(pause)
        else:
            return True
    return False


def renew(*, by: User | None, snapshot: Snapshot) -> bool:
    """Cut the text again and tie all that is marked in it to the new sentences; False where that is done.

    The annotations keep their versions: nothing was said of them; but for those that marked blanks, which no
    sentence need hold. Earlier sentences stay for the releases that name them. Raises Busy.
    """
    try:
        with acting(by):
            # As strong as the update below will ask for: `length` is generated and triggers run before, so
            # PostgreSQL takes it that a key may change, and keys are held by whoever marks in the text.
            locked = Snapshot.objects.select_for_update(of=("self",)).select_related("article")
            current = locked.get(pk=snapshot.pk)
            if not cut_by_others(current.project).filter(pk=current.pk).exists():
                return False
            # Whoever writes in the text holds annotations and may wait for its row, which is ours now: to
            # wait for them here would be waiting for each other.
            marked = Annotation.objects.select_for_update(of=("self",), no_key=True, nowait=True)
            list(marked.filter(snapshot=current).order_by("pk").values_list("pk", flat=True))
            _mend_blanks(current)
            blocks = list(Block.objects.filter(snapshot=current).order_by("position"))
            _tie(current, store_cut(current, blocks, current.article.language).pk)
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise Busy from error
        raise
    return True


def _mend_blanks(snapshot: Snapshot) -> None:
    """Blanks could be marked once. Where one marked words as well, the words are left; where it did not, the
    word beside them is marked, and a claim that was decided on goes back to the reviewers."""
    told = Annotation.objects.filter(snapshot=snapshot).values_list("pk", "quotes")
    blank = [key for key, quotes in told if any(words.isspace() for words in quotes)]
    for one in Annotation.objects.filter(pk__in=blank).order_by("pk"):
        extent, said_nothing = worded(snapshot.text, one.extent), all(words.isspace() for words in one.quotes)
        if extent is None:
            continue
        try:
            touch(annotation=one, span=Span(one.uuid, extent, extent.slices(snapshot.text)))
        except Refused:  # what is marked lies between sentences: the database says so of the whole text
            continue
        if said_nothing:
            Claim.objects.filter(pk=one.pk, status__in=DECIDED).update(status=Status.SUBMITTED)


def _tie(snapshot: Snapshot, cut: int) -> None:
    with connection.cursor() as cursor:
        for statement in (_UNTIED, _TIED, _LINKED):
            cursor.execute(statement, {"text": snapshot.pk, "cut": cut})

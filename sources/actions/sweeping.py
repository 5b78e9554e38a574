"""Files that were handed over and that nobody takes in any more: deleted after a while."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Max, Q
from django.utils import timezone

from sources.models import Change, Intake, IntakeState, Project, acting

from .intakes import finish
from .kept_files import forget
from .locks import lock_intake

UNANSWERED = timedelta(days=30)
"""How long somebody has to say what the columns of a table mean."""
OVER = timedelta(days=1)
"""How long files may lie there when an intake is over, or was never stored: somebody may be reading them."""


def kept_until(intake: Intake) -> datetime | None:
    """Until when its files wait for an answer; None where nothing is asked. The time begins anew with each
    change of it, and when its project is opened again that was archived: nobody could answer meanwhile."""
    if intake.state != IntakeState.ASKING:
        return None
    changed = Q(table=Intake._meta.db_table, row_id=intake.pk)
    archiving = Q(table=Project._meta.db_table, row_id=intake.project_id, operation="UPDATE")
    reopened = archiving & Q(after__archived_at=None) & ~Q(before__archived_at=None)
    last = Change.objects.filter(changed | reopened).aggregate(last=Max("at"))["last"]
    return max(filter(None, (intake.created_at, last))) + UNANSWERED


def sweep() -> int:
    """Stop what was never answered, and delete the files that no intake needs; how many folders."""
    swept = 0
    for folder, project, uuid in _folders():
        intake = Intake.objects.select_related("project", "by").filter(uuid=uuid).first()
        if intake is None:
            left = datetime.fromtimestamp(folder.stat().st_mtime, timezone.get_current_timezone())
            over = timezone.now() - left > OVER
        else:
            over = _unanswered(intake) or (
                intake.finished_at is not None and timezone.now() - intake.finished_at > OVER
            )
        if over and intake is not None and project == intake.project.uuid:
            forget(intake.project, uuid)
        elif over:
            shutil.rmtree(folder, ignore_errors=True)
        swept += over
    return swept


def _unanswered(intake: Intake) -> bool:
    """Whether nobody answered for so long; then it is stopped, and says so. Nothing changes in an archived
    project."""
    until = kept_until(intake)
    if until is None or timezone.now() < until or intake.project.archived_at is not None:
        return False
    with acting(intake.by):
        lock_intake(intake.pk)
        now = Intake.objects.select_for_update(no_key=True).get(pk=intake.pk)
        if now.state != IntakeState.ASKING:
            return False
        now.options["unanswered"] = True
        now.save(update_fields=["options"])
        finish(now, IntakeState.STOPPED)
    return True


def _folders() -> Iterator[tuple[Path, UUID, UUID]]:
    for folder in sorted((Path(settings.DATA_DIR) / "intakes").glob("*/*")):
        try:
            yield folder, UUID(folder.parent.name), UUID(folder.name)
        except ValueError:
            continue  # none of ours

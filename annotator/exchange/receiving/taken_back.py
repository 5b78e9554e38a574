"""What somebody took back here: importing it again tells so, and does not bring it back."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property

from django.db.models import Model
from django.utils.timezone import localtime

from annotator.exchange.importers.bundle import At, Bundle
from annotator.models import Annotation, Claim, ClaimRelation
from annotator.queries.withdrawals import withdrawal_of
from sources.models import Change, Project, User

from .report import Report, Told

Taken = tuple[datetime, int | None]
"""When, and by the key of whom."""


class TakenBack:
    """Asked of each thing before it is made. `name` gives the identifier here of one in the bundle."""

    def __init__(self, project: Project, bundle: Bundle, name: Callable[[str], str], report: Report) -> None:
        self._project, self._report = project, report
        self._asked = {
            Annotation: {name(str(one.uuid)) for document in bundle.documents for one in document.placed},
            ClaimRelation: {name(str(one.uuid)) for one in bundle.relations},
        }

    def told(self, model: type[Annotation | ClaimRelation], at: At, uuid: str, what: str) -> bool:
        """Whether the thing of that identifier was deleted here, or is a claim that was withdrawn; then the
        report says when and by whom."""
        if model is Annotation and uuid in self._withdrawn:
            gone = withdrawal_of(Claim.objects.get(project=self._project, uuid=uuid))
            when, name = (gone.at, gone.who) if gone else (None, "")
        elif (deleted := self._deleted[model].get(uuid)) and not self._is_here(model, uuid):
            when, who = deleted
            name = str(User.objects.filter(pk=who).first() or "") if who else ""
        else:
            return False
        if when is None:
            return False  # restored since we looked
        said = f"was taken back here on {localtime(when):%Y-%m-%d}{f' by {name}' if name else ''}"
        self._report.counts["changed"] += 1
        self._report.changed.append(Told(at, what, "taken_back", f"{said}: it was left so"))
        return True

    def _is_here(self, model: type[Annotation | ClaimRelation], uuid: str) -> bool:
        """Made again since."""
        return model._default_manager.filter(project=self._project, uuid=uuid).exists()

    @cached_property
    def _withdrawn(self) -> set[str]:
        gone = Claim.objects.filter(project=self._project).exclude(withdrawn_at=None)
        return set(map(str, gone.values_list("uuid", flat=True).iterator())) & self._asked[Annotation]

    @cached_property
    def _deleted(self) -> dict[type[Model], dict[str, Taken]]:
        """Of what the bundle holds, the latest deletion of each, by identifier. One pass over what was
        deleted in this project: the history has no index by identifier."""
        by_table = {model._meta.db_table: model for model in self._asked}
        found: dict[type[Model], dict[str, Taken]] = {model: {} for model in self._asked}
        gone = Change.objects.filter(
            project_id=self._project.pk, operation="DELETE", table__in=list(by_table)
        ).order_by("pk")
        for table, uuid, at, user in gone.values_list("table", "before__uuid", "at", "user_id").iterator():
            if uuid in self._asked[by_table[table]]:
                found[by_table[table]][uuid] = (at, user)
        return found

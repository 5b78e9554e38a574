"""What became of what no release would hold any more."""

from collections.abc import Callable, Mapping
from uuid import UUID

from annotator.models import Actor, Claim
from sources.models import Project


class _Asked(dict[UUID, str]):
    """Looked up when first asked for: most datasets lack nothing."""

    def __init__(self, ask: Callable[[], Mapping[UUID, str]]) -> None:
        super().__init__()
        self._ask: Callable[[], Mapping[UUID, str]] | None = ask

    def get(self, key: UUID, default: str = "") -> str:  # type: ignore[override]
        if self._ask is not None:
            self.update(self._ask())
            self._ask = None
        return super().get(key, default)


def fates(project: Project) -> dict[str, Mapping[UUID, str]]:
    """By table and identifier, in words; one query for each table that is asked about."""
    return {"claims": _Asked(lambda: _claims(project)), "actors": _Asked(lambda: _actors(project))}


def _claims(project: Project) -> dict[UUID, str]:
    gone = Claim.objects.filter(project=project, withdrawn_at__isnull=False)
    found = gone.values_list("uuid", "withdrawn_at")
    return {uuid: f"it was withdrawn on {when:%Y-%m-%d}" for uuid, when in found if when}


def _actors(project: Project) -> dict[UUID, str]:
    stand = Actor.objects.filter(project=project).select_related("merged_into")
    return {
        actor.uuid: f"it was merged into {actor.merged_into.name}"
        if actor.merged_into
        else "no claim of today's names it"
        for actor in stand
    }

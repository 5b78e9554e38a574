"""Which release of this server a dataset is, or says it is."""

import re
from dataclasses import dataclass

from django.db.models import Q

from annotator.models import Release, ReleaseState
from sources.models import Project, Role, User

from .releases import WITHOUT_DRAFTS
from .standing import projects_open_to

NAME = re.compile(r"([-a-z0-9_]{1,100})-release-([0-9]{1,9})", re.ASCII)


@dataclass(frozen=True)
class Known:
    """A release open to who asks. `same` is whether the dataset is its very file; `member` whether who asks
    is a member of its project and not only a reader."""

    release: Release
    same: bool
    member: bool


def known_release(user: User, *, sha256: str, name: str) -> Known | None:
    """By the SHA-256 of the file, else by the name it goes by; None, too, for what is not open to `user`."""
    roles = {project.pk: getattr(project, "role", None) for project in projects_open_to(user)}
    member_of = [key for key, role in roles.items() if role in set(Role)]
    told = Q(project__in=member_of) | Q(project__in=roles) & WITHOUT_DRAFTS
    ready = Release.objects.filter(told, state=ReleaseState.READY).select_related("project")
    found = ready.filter(sha256=sha256).order_by("pk").first()
    same = found is not None
    if found is None and (named := NAME.fullmatch(name)):
        candidates = Project.objects.filter(pk__in=roles)
        here = [one.pk for one in candidates if one.slug.lower() == named[1]]
        found = ready.filter(project__in=here, number=int(named[2])).first() if here else None
    if found is None:
        return None
    return Known(found, same, roles[found.project_id] in set(Role))

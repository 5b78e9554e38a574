from django.db.models import Value
from django.db.models.functions import Lower

from sources.models import Project, Publication, User, acting

from .locks import lock_outlets


def publication_named(*, by: User | None, project: Project, name: str | None) -> Publication | None:
    """The outlet of that name (in any case) or alias, made if there is none. None for an empty name."""
    if not name:
        return None
    known = _known(project, name)
    if known is not None:
        return known
    with acting(by):
        # Two acts that make the same two outlets in opposite order would wait for each other in the unique
        # index; under one lock the second finds both.
        lock_outlets(project.pk)
        return _known(project, name) or Publication.objects.create(project=project, name=name)


def _known(project: Project, name: str) -> Publication | None:
    # Both sides are folded by the database: its idea of lower case is the one that the unique index has.
    here = Publication.objects.filter(project=project).order_by("pk")
    named = here.alias(folded=Lower("name")).filter(folded=Lower(Value(name))).first()
    return named or here.filter(aliases__contains=[name]).first()

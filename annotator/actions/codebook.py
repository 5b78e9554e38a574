"""The project's vocabulary and its frozen versions."""

import re
from collections.abc import Sequence

from django.db.models import Max

from annotator.intents.refusal import Refused
from annotator.models import Code, CodebookVersion, Facet
from sources.models import Project, User, acting

from .default_codebook import DEFAULT

_KEY = re.compile(r"[A-Za-z0-9_-]{1,60}")


def install_default(*, by: User | None, project: Project) -> CodebookVersion:
    """Give a new project a codebook that is good enough to code the first article at once."""
    with acting(by):
        Code.objects.bulk_create(
            Code(project=project, facet=facet, key=key, name=name, definition=definition, position=i)
            for facet, codes in DEFAULT.items()
            for i, (key, name, definition) in enumerate(codes)
        )
        return freeze(by=by, project=project)


def add_codes(
    *, by: User | None, project: Project, facet: str, codes: Sequence[tuple[str, str, str]]
) -> CodebookVersion:
    """Further codes (key, name, definition) at the end of their facet, and one new codebook version.

    Raises Refused for an unknown facet, a key of other characters and one that is in use.
    """
    if facet not in Facet.values:
        raise Refused("facet", "choice", f"must be one of {', '.join(Facet.values)}")
    for key, _, _ in codes:
        if not _KEY.fullmatch(key):
            raise Refused("key", "key", "must be at most 60 letters, digits, - and _")
    with acting(by):
        # Two who add at once take turns: the place and the key are looked up under the project's lock.
        Project.objects.select_for_update().get(pk=project.pk)
        known = Code.objects.filter(project=project, facet=facet, key__in=[key for key, _, _ in codes])
        if taken := known.first():
            raise Refused("key", "unique", f"“{taken.key}” is in the codebook already")
        last = Code.objects.filter(project=project, facet=facet).aggregate(m=Max("position"))["m"]
        first = 0 if last is None else last + 1
        Code.objects.bulk_create(
            Code(
                project=project,
                facet=Facet(facet),
                key=key,
                name=name,
                definition=definition,
                position=first + i,
            )
            for i, (key, name, definition) in enumerate(codes)
        )
        return freeze(by=by, project=project)


def add_code(
    *, by: User | None, project: Project, facet: str, key: str, name: str, definition: str = ""
) -> Code:
    """One further code, as `add_codes` does it."""
    add_codes(by=by, project=project, facet=facet, codes=[(key, name, definition)])
    return Code.objects.get(project=project, facet=facet, key=key)


def freeze(*, by: User | None, project: Project) -> CodebookVersion:
    """Write down the codebook as it now stands, under the next number."""
    with acting(by):
        Project.objects.select_for_update().get(pk=project.pk)
        last = CodebookVersion.objects.filter(project=project).aggregate(m=Max("number"))["m"] or 0
        content: dict[str, list[dict[str, object]]] = {facet: [] for facet in Facet.values}
        for code in Code.objects.filter(project=project).order_by("facet", "position", "id"):
            content[code.facet].append(
                {
                    "key": code.key,
                    "name": code.name,
                    "definition": code.definition,
                    "retired": code.retired_at is not None,
                }
            )
        return CodebookVersion.objects.create(
            project=project, number=last + 1, content=content, created_by=by
        )


def current_version(project: Project) -> int:
    """The number of the newest frozen version."""
    number = CodebookVersion.objects.filter(project=project).aggregate(m=Max("number"))["m"]
    if number is None:
        raise Refused("", "codebook_missing", "this project has no codebook yet")
    return number


def code(project: Project, facet: str, key: str, field: str) -> Code:
    """The code of that key, retired or not. Raises Refused naming `field`."""
    found = Code.objects.filter(project=project, facet=facet, key=key).first()
    if found is None:
        raise Refused(field, "code", f"“{key}” is not in the codebook")
    return found

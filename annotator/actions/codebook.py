"""The project's vocabulary as a whole: its frozen versions, and finding a code in it."""

from collections.abc import Sequence

from django.db.models import F, Max, Value
from django.db.models.functions import Lower

from annotator.intents.codebook import CodeContent, NewCode, parse_key
from annotator.intents.refusal import Refused
from annotator.models import Code, CodebookVersion, Facet
from annotator.queries.codebook import content_of
from annotator.queries.codebook_changes import touched_by
from sources.models import Project, User, acting

from .default_codebook import DEFAULT
from .gathering import asked


def lock(project: Project) -> None:
    """Whoever changes a codebook takes turns with others who do, and holds up nobody who annotates."""
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)


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
    new = [NewCode(facet, CodeContent(n, definition), parse_key(key, "key")) for key, n, definition in codes]
    return place(by=by, project=project, codes=new)


def place(*, by: User | None, project: Project, codes: Sequence[NewCode]) -> CodebookVersion:
    """Further codes, each with its key, at the end of their facets. Raises Refused."""
    with acting(by):
        lock(project)
        for new in codes:
            _place(project, new)
        return freeze(by=by, project=project)


def _place(project: Project, new: NewCode) -> Code:
    same_facet = Code.objects.filter(project=project, facet=new.facet)
    if same_facet.filter(key=new.key).exists():
        raise Refused("key", "unique", f"“{new.key}” is in the codebook already")
    last = same_facet.aggregate(m=Max("position"))["m"]
    content = new.content
    refuse_taken_name(project, new.facet, content.name, content.parent)
    refuse_taken_shortcut(project, new.facet, content.shortcut)
    return Code.objects.create(
        project=project,
        facet=new.facet,
        key=new.key,
        name=content.name,
        definition=content.definition,
        examples=content.examples,
        colour=content.colour,
        shortcut=content.shortcut,
        parent=parent_of(project, new.facet, content.parent),
        position=0 if last is None else last + 1,
    )


def refuse_taken_name(
    project: Project, facet: str, name: str, parent: str = "", but: Code | None = None
) -> None:
    """Raises Refused when another code of the facet, retired or not, is called so; those that lie under
    another are told apart by it."""
    same = Code.objects.alias(called=Lower("name"), asked=Lower(Value(name))).filter(
        project=project, facet=facet, called=F("asked"), merged_into=None, parent=None
    )
    if but is not None:
        same = same.exclude(pk=but.pk)
    other = None if parent else same.first()
    if other is not None:
        retired = ", which is retired: offer that one again instead" if other.retired_at else ""
        raise Refused("name", "name_once", f"is “{other.name}” ({other.key}) already{retired}")


def refuse_taken_shortcut(project: Project, facet: str, shortcut: str, but: Code | None = None) -> None:
    """Raises Refused when another code of the facet that is in use has the shortcut."""
    has_it = Code.objects.filter(project=project, facet=facet, shortcut=shortcut, retired_at=None)
    if but is not None:
        has_it = has_it.exclude(pk=but.pk)
    other = has_it.first() if shortcut else None
    if other is not None:
        raise Refused("shortcut", "unique", f"is the key of “{other.name}”")


def parent_of(project: Project, facet: str, key: str, child: Code | None = None) -> Code | None:
    """The topic of that key, for `child` to lie under; None for no key. Raises Refused."""
    if not key:
        return None
    parent = code(project, facet, key, "parent")
    if parent.parent_id is not None:
        raise Refused("parent", "two_levels", f"“{parent.name}” lies under another topic itself")
    if child is not None and (parent.pk == child.pk or child.children.exists()):
        raise Refused("parent", "two_levels", f"“{child.name}” has topics under it, or is this very one")
    return parent


def add_code(
    *, by: User | None, project: Project, facet: str, key: str, name: str, definition: str = ""
) -> Code:
    """One further code, as `add_codes` does it."""
    add_codes(by=by, project=project, facet=facet, codes=[(key, name, definition)])
    return Code.objects.get(project=project, facet=facet, key=key)


def freeze(*, by: User | None, project: Project) -> CodebookVersion:
    """Write down the codebook as it now stands, under the next number."""
    with acting(by):
        lock(project)
        last = CodebookVersion.objects.filter(project=project).order_by("-number").first()
        content = content_of(project)
        return CodebookVersion.objects.create(
            project=project,
            number=last.number + 1 if last else 1,
            content=content,
            touched=touched_by(last.content, content) if last else {},
            created_by=by,
        )


def current_version(project: Project) -> int:
    """The number of the newest frozen version."""
    number = asked(("version", project.pk), lambda: _newest(project))
    if number is None:
        raise Refused("", "codebook_missing", "this project has no codebook yet")
    return number


def _newest(project: Project) -> int | None:
    newest: int | None = CodebookVersion.objects.filter(project=project).aggregate(m=Max("number"))["m"]
    return newest


# The lock lets nobody merge the code away between our look and our commit; who waited for a merge reads
# the row as the merge left it.
_FOUND = "SELECT * FROM annotator_code WHERE project_id = %s AND facet = %s AND key = %s FOR KEY SHARE"
_INTO = "SELECT * FROM annotator_code WHERE id = %s FOR KEY SHARE"


def unsaid_cue_type(project: Project) -> Code | None:
    """What a cue is taken for that nobody said anything of: neutral, if the codebook offers that."""
    is_offered = asked(("neutral", project.pk), lambda: _offers(project, Facet.CUE_TYPE, "neutral"))
    return code(project, Facet.CUE_TYPE, "neutral", "") if is_offered else None


def _offers(project: Project, facet: str, key: str) -> bool:
    return Code.objects.filter(project=project, facet=facet, key=key, retired_at=None).exists()


def code(project: Project, facet: str, key: str, field: str) -> Code:
    """The code of that key, retired or not, or the one it was merged into. Raises Refused naming `field`."""
    found = asked(("code", project.pk, str(facet), key), lambda: _standing(project, facet, key))
    if found is None:
        raise Refused(field, "code", f"“{key}” is not in the codebook")
    return found


def _standing(project: Project, facet: str, key: str) -> Code | None:
    found = next(iter(Code.objects.raw(_FOUND, [project.pk, facet, key])), None)
    while found is not None and found.merged_into_id is not None:
        found = Code.objects.raw(_INTO, [found.merged_into_id])[0]
    return found

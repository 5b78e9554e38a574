"""Changing a project's codes one by one. Each change makes a new version of the codebook."""

from uuid import UUID

from django.db.models.functions import Now

from annotator.intents.codebook import MINTED, EditCode, NewCode, key_for
from annotator.intents.refusal import Refused, Stale
from annotator.models import ClaimTopic, Code, Position
from annotator.queries.codebook import made_by
from annotator.queries.similar_codes import similar_to
from sources.models import Project, User, acting

from . import codebook


def make(*, by: User | None, project: Project, new: NewCode) -> Code:
    """A further code at the end of its facet, under a key made from its name where it has none.

    Raises Refused for a name, key or shortcut in use.
    """
    with acting(by):
        codebook.lock(project)
        taken = set(Code.objects.filter(project=project, facet=new.facet).values_list("key", flat=True))
        key = new.key or key_for(new.content.name, new.facet, taken)
        codebook.place(by=by, project=project, codes=[NewCode(new.facet, new.content, key)])
        return Code.objects.get(project=project, facet=new.facet, key=key)


def mint(*, by: User | None, project: Project, new: NewCode, manages: bool = False) -> tuple[Code, bool]:
    """A code made while reading, as `make` does it, and whether it was there, retired, and is offered again:
    one of that very name is, where they made it or manage the project. Of several who make one of the same
    name at once, one makes it. Raises Refused too for a name that is another's but for accents, case and
    punctuation, and for the name of a retired code that they may not bring back."""
    with acting(by):
        codebook.lock(project)
        same = [one.code for one in similar_to(project, new.facet, new.content.name) if one.alike.score == 1]
        same.sort(key=lambda code: (code.retired_at is not None, code.name != new.content.name))
        if not same:
            return make(by=by, project=project, new=new), False
        known = same[0]
        if known.name == new.content.name and may_return(known, by, manages):
            return bring_back(by=by, project=project, uuid=known.uuid, version=known.version), True
        retired = ", which is retired; a manager can offer it again" if known.retired_at else ""
        raise Refused("name", "similar", f"is “{known.name}” ({known.key}) already{retired}")


def may_return(code: Code, by: User | None, manages: bool) -> bool:
    """Whether the code is retired and theirs to offer again."""
    return code.retired_at is not None and (manages or (by is not None and made_by(code, by)))


def take_back(*, by: User | None, project: Project, uuid: UUID, version: int) -> Code:
    """Retire a code that was made while reading and that no claim has been coded with. Twice is once.

    Raises Code.DoesNotExist, Stale when somebody changed it since, Refused.
    """
    with acting(by):
        code = _locked(project, uuid)
        if code.facet not in MINTED:
            raise Refused("", "minted", f"“{code.name}” was not made while reading")
        coded = (ClaimTopic.objects.filter(topic=code), Position.objects.filter(concept=code))
        if code.retired_at is None and any(rows.filter(claim__withdrawn_at=None).exists() for rows in coded):
            raise Refused("", "in_use", f"“{code.name}” stands on a claim by now, and stays in the codebook")
        return _set_retired(by, project, uuid, version, True)


def edit(*, by: User | None, project: Project, uuid: UUID, intent: EditCode) -> Code:
    """Let the code say what `intent` says. Saving what already is makes no new version.

    Raises Code.DoesNotExist, Stale when somebody changed it since, Refused.
    """
    with acting(by):
        code = _locked(project, uuid)
        content = intent.content
        wanted = {
            "name": content.name,
            "definition": content.definition,
            "examples": content.examples,
            "colour": content.colour,
            "shortcut": content.shortcut,
        }
        is_so = all(getattr(code, name) == value for name, value in wanted.items())
        if is_so and (code.parent.key if code.parent else "") == content.parent:
            return code
        _refuse_stale(code, intent.version)
        _refuse_merged(code)
        codebook.refuse_taken_name(project, code.facet, content.name, content.parent, but=code)
        if code.retired_at is None:
            codebook.refuse_taken_shortcut(project, code.facet, content.shortcut, but=code)
        code.parent = codebook.parent_of(project, code.facet, content.parent, child=code)
        for name, value in wanted.items():
            setattr(code, name, value)
        return _changed(by, code)


def retire(*, by: User | None, project: Project, uuid: UUID, version: int) -> Code:
    """Offer the code no longer. What was coded with it stays coded and readable. Twice is once.

    Raises Code.DoesNotExist, Stale, Refused.
    """
    return _set_retired(by, project, uuid, version, True)


def bring_back(*, by: User | None, project: Project, uuid: UUID, version: int) -> Code:
    """Offer a retired code again; without its shortcut where another code has it now."""
    return _set_retired(by, project, uuid, version, False)


def _set_retired(by: User | None, project: Project, uuid: UUID, version: int, retired: bool) -> Code:
    with acting(by):
        code = _locked(project, uuid)
        _refuse_merged(code)
        if (code.retired_at is not None) == retired:
            return code
        _refuse_stale(code, version)
        code.retired_at = Now() if retired else None
        if not retired:
            free_shortcut(code)
        return _changed(by, code)


def free_shortcut(code: Code) -> None:
    """Take the shortcut from a code that comes back if another one has it by now."""
    try:
        codebook.refuse_taken_shortcut(code.project, code.facet, code.shortcut, but=code)
    except Refused:
        code.shortcut = ""


def move(*, by: User | None, project: Project, uuid: UUID, version: int, up: bool) -> Code:
    """Let the code change places with the one before (`up`) or after it among those in use.

    At the end of its row nothing happens. Raises Code.DoesNotExist, Stale.
    """
    with acting(by):
        code = _locked(project, uuid)
        _refuse_stale(code, version)
        row = list(
            Code.objects.filter(project=project, facet=code.facet, retired_at=None)
            .order_by("position", "name", "pk")
            .select_for_update()
        )
        # A topic moves among those it lies beside.
        row = [one for one in row if one.parent_id == code.parent_id]
        at = next((i for i, one in enumerate(row) if one.pk == code.pk), None)
        if at is None or not 0 <= (to := at + (-1 if up else 1)) < len(row):
            return code
        places = sorted({one.position for one in row})
        if len(places) < len(row):  # two of them stood at one place
            places = list(range(places[0], places[0] + len(row)))
        row[at], row[to] = row[to], row[at]
        for one, place in zip(row, places, strict=True):
            if one.position != place:
                one.position = place
                one.version += 1
                one.save(update_fields=["position", "version"])
        codebook.freeze(by=by, project=project)
        return next(one for one in row if one.pk == code.pk)


def _locked(project: Project, uuid: UUID) -> Code:
    """Raises Code.DoesNotExist."""
    codebook.lock(project)
    codes = Code.objects.select_for_update(of=("self",)).select_related("parent", "merged_into", "project")
    return codes.get(project=project, uuid=uuid)


def _refuse_stale(code: Code, version: int) -> None:
    if code.version != version:
        raise Stale(code)


def _refuse_merged(code: Code) -> None:
    if code.merged_into is not None:
        raise Refused("", "merged", f"was merged into “{code.merged_into}”; take that back first")


def _changed(by: User | None, code: Code) -> Code:
    code.version += 1
    code.save()
    codebook.freeze(by=by, project=code.project)
    code.refresh_from_db()
    return code

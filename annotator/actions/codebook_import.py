"""Changing a whole codebook as a file says: all of it, as it was shown, in one version; or nothing."""

from django.db.models import Max
from django.db.models.functions import Now

from annotator.intents.codebook_file import CodebookFile, FileCode
from annotator.intents.codebook_plan import ADD, BACK, RETIRE, Plan, plan
from annotator.intents.refusal import Stale
from annotator.models import Code
from annotator.queries.codebook import content_of
from sources.models import Project, User, acting

from . import codebook

Codes = dict[tuple[str, str], Code]


def apply(
    *,
    by: User | None,
    project: Project,
    file: CodebookFile,
    retire_missing: bool = False,
    version: int | None = None,
) -> Plan:
    """Carry out the plan of the file; the codes it adds stand at the end of their facets.

    `version` is that of the codebook that the plan was shown for. Raises Stale when it is another by now,
    Refused.
    """
    with acting(by):
        codebook.lock(project)
        now = codebook.current_version(project)
        if version is not None and version != now:
            raise Stale(now)
        made = plan(file, content_of(project), now, retire_missing=retire_missing)
        if made.steps:
            _carry_out(project, made)
            codebook.freeze(by=by, project=project)
    return made


def _carry_out(project: Project, made: Plan) -> None:
    """Codes leave their parents and shortcuts first, so that no two of them stand in each other's way."""
    rows = Code.objects.filter(project=project).select_for_update()
    codes: Codes = {(code.facet, code.key): code for code in rows}
    places = {
        row["facet"]: row["last"] + 1
        for row in Code.objects.filter(project=project).values("facet").annotate(last=Max("position"))
    }
    for step in made.steps:
        code = codes.get((step.facet, step.key))
        if step.new is not None and code is not None and (code.parent_id or code.shortcut):
            code.parent, code.shortcut = None, ""
            _save(code)
    for step in made.steps:
        if step.act == RETIRE:
            codes[step.facet, step.key].retired_at = Now()
            _save(codes[step.facet, step.key])
    for step in made.steps:
        if step.act == ADD:
            assert step.new is not None  # noqa: S101  what is to be added says what it is
            code = Code(project=project, facet=step.facet, key=step.key, position=places.get(step.facet, 0))
            places[step.facet] = code.position + 1
            codes[step.facet, step.key] = code
            code.retired_at = Now() if step.new.retired else None
            _fill(code, step.new)
            code.save()
        elif step.act == BACK:
            codes[step.facet, step.key].retired_at = None
    for step in made.steps:
        code = codes[step.facet, step.key]
        if step.new is not None:
            _fill(code, step.new)
            above = step.new.content.parent
            code.parent = codes[step.facet, above] if above else None
        if step.act != RETIRE:
            _save(code)


def _fill(code: Code, new: FileCode) -> None:
    content = new.content
    code.name, code.definition, code.examples = content.name, content.definition, content.examples
    code.colour, code.shortcut = content.colour, content.shortcut


def _save(code: Code) -> None:
    code.version += 1
    code.save()
    code.refresh_from_db(fields=["retired_at"])

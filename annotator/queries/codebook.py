"""A project's vocabulary as people read it, and as it is frozen."""

from annotator.models import Code, CodebookVersion, Facet
from sources.models import Change, Project, User

Content = dict[str, list[dict[str, object]]]


def content_of(project: Project) -> Content:
    """The codebook as it now stands, by facet: key, name, definition, whether retired, and what else a code
    says where it says anything."""
    content: Content = {facet: [] for facet in Facet.values}
    codes = Code.objects.filter(project=project).select_related("parent", "merged_into")
    for code in codes.order_by("facet", "position", "id"):
        seldom = {
            "examples": code.examples.split("\n") if code.examples else [],
            "colour": code.colour,
            "shortcut": code.shortcut,
            "parent": code.parent.key if code.parent else "",
            "merged_into": code.merged_into.key if code.merged_into else "",
        }
        content[code.facet].append(
            {
                "key": code.key,
                "name": code.name,
                "definition": code.definition,
                "retired": code.retired_at is not None,
                **{name: value for name, value in seldom.items() if value},
            }
        )
    return content


def tops(project: Project) -> list[Code]:
    """Topics in use that others may lie under."""
    codes = Code.objects.filter(project=project, facet=Facet.TOPIC, parent=None, retired_at=None)
    return list(codes.order_by("position", "name"))


def newest_version(project: Project) -> int:
    """The number of the newest frozen version; 0 where there is none."""
    numbers = CodebookVersion.objects.filter(project=project).order_by("-number")
    return numbers.values_list("number", flat=True).first() or 0


def made_by(code: Code, user: User) -> bool:
    """Whether it was that user who made the code, as the history tells."""
    table = Code._meta.db_table
    made = Change.objects.filter(table=table, row_id=code.pk, operation="INSERT")
    return made.filter(user_id=user.pk).exists()

from sources.models import Membership, Project, Role, User, acting


def create_project(
    *, by: User, name: str, slug: str, description: str = "", is_public: bool = False
) -> Project:
    """A new shelf with its maker as manager. Raises IntegrityError when the slug is taken."""
    with acting(by):
        project = Project.objects.create(
            name=name, slug=slug, description=description, is_public=is_public, created_by=by
        )
        Membership.objects.create(project=project, user=by, role=Role.MANAGER)
    return project


def set_member(*, by: User, project: Project, user: User, role: str) -> Membership:
    """Give `user` that role, instead of any other they had. Raises ValueError for a role that is none."""
    with acting(by):
        membership, _ = Membership.objects.update_or_create(
            project=project, user=user, defaults={"role": Role(role)}
        )
    return membership


def edit_project(*, by: User, project: Project, name: str, description: str, is_public: bool) -> Project:
    with acting(by):
        project.name, project.description, project.is_public = name, description, is_public
        project.save(update_fields=["name", "description", "is_public"])
    return project

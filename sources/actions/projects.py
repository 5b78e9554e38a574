from sources.models import Membership, Project, Role, User, acting

from .locks import lock_standing


class LastManager(Exception):
    """The project would be left without anybody who manages it."""


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
    """Give `user` that role, instead of any other they had.

    Raises ValueError for a role that is none, and LastManager where nobody else who can sign in would be
    left to manage the project.
    """
    with acting(by):
        lock_standing(project.pk)
        # One change of members at a time: two managers who step down at once must not both see the other.
        # Held without the key, so that nobody who adds to the project waits.
        Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        if role != Role.MANAGER and _is_last_manager(project, user):
            raise LastManager
        membership, _ = Membership.objects.update_or_create(
            project=project, user=user, defaults={"role": Role(role)}
        )
    return membership


def remove_member(*, by: User, project: Project, user: User) -> None:
    """Take `user` out of the project; also how one leaves it oneself. What they wrote stays, under their
    name, and their access ends with their next request. Nothing is taken of somebody who is no member.

    Raises LastManager.
    """
    with acting(by):
        lock_standing(project.pk)
        Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        if _is_last_manager(project, user):
            raise LastManager
        Membership.objects.filter(project=project, user=user).delete()


def _is_last_manager(project: Project, user: User) -> bool:
    managers = Membership.objects.filter(project=project, role=Role.MANAGER)
    others = managers.exclude(user=user).filter(user__is_active=True)
    return managers.filter(user=user).exists() and not others.exists()


def edit_project(*, by: User, project: Project, name: str, description: str, is_public: bool) -> Project:
    with acting(by):
        project.name, project.description, project.is_public = name, description, is_public
        project.save(update_fields=["name", "description", "is_public"])
    return project

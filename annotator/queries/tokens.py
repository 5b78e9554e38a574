"""A person's tokens for programs."""

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from sources.models import ApiToken, Project, Scope, User

from .annotation_json import Json
from .keyset import Order, whole

NEWEST = Order(("pk",), (whole,))


@dataclass(frozen=True, slots=True)
class TokenRow:
    """`project` is the name of the one project it is for; empty for all, or where that project is gone."""

    token: ApiToken
    project: str

    @property
    def state(self) -> str:
        """ "revoked", "ended" or "open"."""
        if self.token.revoked_at:
            return "revoked"
        return "ended" if self.token.expires_at <= timezone.now() else "open"

    @property
    def scope_in_words(self) -> str:
        return Scope(self.token.scope).label


def tokens_of(user: User) -> list[TokenRow]:
    """The newest first. Two queries."""
    tokens = list(ApiToken.objects.filter(user=user).order_by("-pk"))
    asked = {token.one_project for token in tokens if token.one_project}
    names = dict(Project.objects.filter(uuid__in=asked).values_list("uuid", "name")) if asked else {}
    return [TokenRow(one, names.get(one.one_project, "") if one.one_project else "") for one in tokens]


def token_of(user: User, uuid: UUID) -> ApiToken | None:
    """One of that user's own."""
    return ApiToken.objects.filter(user=user, uuid=uuid).first()


def projects_of(user: User) -> list[tuple[str, str]]:
    """UUID and name of the projects that the user is a member of, by name."""
    mine = Project.objects.filter(memberships__user=user).order_by("name", "pk")
    return [(str(uuid), name) for uuid, name in mine.values_list("uuid", "name")]


def tokens_json(keys: list[int]) -> list[Json]:
    """Never with anything that opens a door. One query."""
    rows = ApiToken.objects.in_bulk(keys)
    return [token_json(rows[key]) for key in keys if key in rows]


def token_json(token: ApiToken) -> Json:
    return {
        "uuid": str(token.uuid),
        "name": token.name,
        "prefix": token.prefix,
        "scope": token.scope,
        "project": token.one_project and str(token.one_project),
        "created_at": token.created_at.isoformat(),
        "expires_at": token.expires_at.isoformat(),
        "last_used_at": token.last_used_at and token.last_used_at.isoformat(),
        "revoked_at": token.revoked_at and token.revoked_at.isoformat(),
    }

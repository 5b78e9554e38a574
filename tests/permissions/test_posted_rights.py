"""Whose a thing is, where it stands and who somebody is, is never what a request says of itself."""

from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from annotator.models import Comment, Release, SavedSearch, WatchTerm
from sources.models import ApiToken, Change, Invitation, Membership, Project, User

from .places import Walls
from .routes import routes
from .table import COLUMNS, rows

pytestmark = pytest.mark.lengthy


def client_of(walls: Walls, who: str) -> Client:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = walls.sessions[who]
    return client


def forged(walls: Walls) -> dict[str, Any]:
    """What a request would like to be true: another's, elsewhere, and by somebody mighty."""
    world = walls.world
    there, victim = world.there.project, world.stranger
    whose = dict.fromkeys(("user", "by", "by_id", "user_id", "author", "owner", "made_by", "created_by"))
    return {
        **dict.fromkeys(whose, victim.pk),
        **{"id": 1, "pk": 1, "project_id": there.pk, "reviewer": victim.pk, "claim": world.there.claim.pk},
        **{"is_superuser": "true", "is_staff": "true", "is_active": "true", "status": "accepted"},
    }


def rights() -> tuple[list[Any], list[Any], list[Any]]:
    return (
        list(User.objects.order_by("pk").values_list("pk", "username", "is_superuser", "is_staff")),
        list(Membership.objects.order_by("pk").values_list("pk", "user", "project", "role")),
        list(ApiToken.objects.order_by("pk").values_list("pk", "user", "scope")),
    )


def test_posted_owners_projects_and_rights_change_nothing_anywhere(walls: Walls) -> None:
    """By every way of writing that a member has, with nothing else in it and with all that was forged."""
    there = walls.world.there.project
    before, sent = rights(), forged(walls) | {"role": "manager", "project": str(there.uuid)}
    newest = Change.objects.order_by("-pk").first()
    client, table = client_of(walls, "annotator"), {row.route: row for row in rows()}
    for route in routes():
        row = table.get(route.shown)
        for method in COLUMNS[1:] if row and row.of_a_project else ():
            kind = "application/json" if route.of_programs else None
            more = {"content_type": kind} if kind else {}
            getattr(client, method.lower())(walls.address(route, row), sent, **more)
    assert rights() == before
    written = Change.objects.filter(pk__gt=newest.pk if newest else 0)
    assert not written.filter(project_id=there.pk).exists()
    assert not written.exclude(user_id=User.objects.get(username="annotator").pk).exists()


MADE: list[tuple[type[Any], str, str, dict[str, str]]] = [
    (SavedSearch, "owner", "searches/", {"name": "Forged", "search": "q=crack"}),
    (WatchTerm, "created_by", "watch-terms/", {"do": "add", "kind": "words", "lines": "forged"}),
    (Invitation, "made_by", "members/invite/", {"role": "viewer", "uses_most": "1", "days": "7"}),
    (Release, "created_by", "releases/", {"title": "Forged", "statuses": "disputed", "licence": "CC0-1.0"}),
]


@pytest.mark.parametrize(("model", "owner", "where", "said"), MADE, ids=[one[0].__name__ for one in MADE])
def test_what_is_made_by_a_form_is_its_senders_and_stands_where_it_was_sent(
    walls: Walls, model: type[Any], owner: str, where: str, said: dict[str, str]
) -> None:
    here = walls.world.here.project
    known = list(model.objects.values_list("pk", flat=True))
    answer = client_of(walls, "manager").post(f"/p/here/{where}", forged(walls) | said)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    (made,) = model.objects.exclude(pk__in=known)
    assert (getattr(made, owner), made.project) == (walls.world.manager, here)


def test_a_comment_a_project_and_a_token_are_their_senders_too(walls: Walls) -> None:
    client, sent = client_of(walls, "viewer"), forged(walls)
    viewer = User.objects.get(username="viewer")
    client.post("/p/new/", sent | {"name": "Forged", "slug": "forged"})
    project = Project.objects.get(slug="forged")
    assert list(project.memberships.values_list("user", "role")) == [(viewer.pk, "manager")]
    client.post("/account/tokens/", sent | {"name": "Forged", "scope": "read", "ends": "90"})
    assert ApiToken.objects.get(name="Forged").user == viewer
    about = {"kind": "article", "about": str(walls.world.here.article.uuid), "text": "Forged"}
    uuids = {"uuid": str(uuid4()), "discussion": str(uuid4())}
    client.post("/p/here/discussions/say/", sent | about | uuids)
    said = Comment.objects.get(text="Forged")
    assert (said.author, said.project) == (viewer, walls.world.here.project)

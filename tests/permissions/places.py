"""Both projects of the world with something behind every address, by the names that the table uses."""

from dataclasses import dataclass, fields
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.test import Client
from django.utils import timezone

from annotator.actions import codes, saved_searches, watch_terms
from annotator.intents.codebook import parse_new_code
from annotator.intents.saved_search import SaveSearch
from annotator.intents.watch_term import parse_adding
from annotator.models import ActorMerge, ActorResolution, EventMerge
from sources.actions import invite, set_member
from sources.actions.tokens import make_token, revoke_token
from sources.models import (
    ApiToken,
    ColumnMapping,
    Intake,
    Project,
    Publication,
    Role,
    Scope,
    User,
    acting,
)
from tests.behind_every_address import SECOND, complete
from tests.factories import Side, World, person, said

from .routes import Route
from .table import MEMBERS, Row

MISSING = str(UUID(int=0x5EED << 64))
"""No object has it; so long as one that is there."""
NOWHERE = {"slug": "none", "number": "9"}
"""What stands for a project, or a number in one, that is not there; for all else stands MISSING."""


@dataclass(frozen=True)
class Walls:
    """`sessions`: who → the key of their session. `secrets`: which program → its token's secret. `objects`:
    slug → the table's name of an object → its identifier. The manager and the reviewer of `here` are those of
    `there` too, `other_manager` is not."""

    world: World
    sessions: dict[str, str]
    secrets: dict[str, str]
    objects: dict[str, dict[str, str]]

    def address(self, route: Route, row: Row, slug: str = "here", **instead: str) -> str:
        """Where the row's objects of that project are; `instead` by the argument, as the table writes it."""
        values, query = {"slug": slug}, []
        for number, (argument, of) in enumerate(row.objects):
            quoted = of.startswith("'")
            value = of.strip("'") if quoted else self.objects[slug][of]
            value = instead.get(f"{argument}#{number}", instead.get(argument, value))
            if argument.startswith("?"):
                query.append(f"{argument[1:]}={value}")
            else:
                values[argument] = value
        return route.filled(values) + ("?" + "&".join(query) if query else "")

    def nowhere(self, route: Route, row: Row) -> str:
        """The same in a project that is not there; of what names no project, an object that is not there."""
        if "slug" in route.arguments:
            return self.address(route, row).replace("/here/", f"/{NOWHERE['slug']}/", 1)
        first = next(name for name, of in row.objects if not of.startswith("'"))
        return self.address(route, row, **{first: NOWHERE.get(first, MISSING)})


def fill(world: World) -> Walls:
    """Everybody signed in, and all objects made. What is `their_…` was made by the annotator of here."""
    complete(world)
    people = {"manager": world.manager, "reviewer": world.reviewer, "outsider": world.stranger}
    people |= {who: person(who) for who in ("viewer", "annotator", "other_manager")}
    for who in MEMBERS:
        set_member(by=world.manager, project=world.here.project, user=people[who], role=who)
    set_member(by=world.manager, project=world.there.project, user=people["other_manager"], role=Role.MANAGER)
    sessions = {who: _session(user) for who, user in people.items()}
    secrets = _secrets(world)
    makers = {"here": people["annotator"], "there": people["other_manager"]}
    sides = {side.project.slug: side for side in (world.here, world.there)}
    objects = {slug: objects_of(side, makers[slug], world.manager) for slug, side in sides.items()}
    return Walls(world, sessions, secrets, objects)


def _secrets(world: World) -> dict[str, str]:
    """Of tokens of the manager's: one of each scope that matters, one that ended, one that was revoked, and
    one for the other project alone."""
    now = timezone.now()
    made = {
        name: make_token(by=world.manager, name=name, scope=scope, expires_at=now + timedelta(days=9), **more)
        for name, scope, more in (
            ("read_token", Scope.READ, {}),
            ("write_token", Scope.WRITE, {}),
            ("manage_token", Scope.MANAGE, {}),
            ("revoked_token", Scope.MANAGE, {}),
            ("token_for_another", Scope.MANAGE, {"one_project": world.there.project.uuid}),
        )
    }
    revoke_token(by=world.manager, token=made["revoked_token"][0])
    expired = "sl_" + "e" * 43
    with acting(world.manager):
        ApiToken.objects.create(
            **{"user": world.manager, "name": "expired_token", "scope": Scope.MANAGE},
            prefix=expired[:11],
            digest=sha256(expired.encode()).hexdigest(),
            created_at=now - timedelta(days=2),
            expires_at=now - timedelta(seconds=1),
        )
    return {"expired_token": expired} | {name: secret for name, (_, secret) in made.items()}


def _session(user: User) -> str:
    client = Client()
    client.force_login(user)
    return str(client.session.session_key)


def objects_of(side: Side, maker: User, manager: User) -> dict[str, str]:
    """The identifiers of that project's objects by the table's names; what is `their_…` is the maker's."""
    project = side.project
    own = {field.name: getattr(side, field.name) for field in fields(side)}
    own |= {
        "outlet": side.article.publication,
        "second_outlet": Publication.objects.filter(project=project)
        .exclude(pk=side.article.publication_id)
        .earliest("pk"),
        "asking_intake": Intake.objects.get(project=project, state="asking"),
        "column_mapping": ColumnMapping.objects.get(project=project),
        "actor_merge": ActorMerge.objects.get(project=project),
        "resolution": ActorResolution.objects.get(project=project),
        "code_merge": side.gone_topic.merges.get(),
        "event_merge": EventMerge.objects.get(pk=side.event_merge.pk),
        "discussion": side.comment.discussion,
        **_made_by(maker, side),
    }
    found = {name: str(one.uuid) for name, one in own.items() if hasattr(one, "uuid")}
    (parcel,) = (settings.DATA_DIR / "imports" / str(project.uuid)).iterdir()
    return found | {
        "parcel": parcel.name,
        "token": next((str(one.uuid) for one in ApiToken.objects.filter(user=manager)), MISSING),
        "invitation_token": invite(by=manager, project=project, role=Role.VIEWER, uses_most=99).token,
        "second_event": SECOND[project.slug],
        "number": "1",
        "second_number": "2",
    }


def _made_by(maker: User, side: Side) -> dict[str, Any]:
    project: Project = side.project
    comment = said(maker, side.lone, "Who says so?")
    new = parse_new_code({"facet": "topic", "name": "Weirs"})
    (term,) = watch_terms.add(by=maker, project=project, intent=parse_adding({"lines": "ferr*"})).made
    return {
        "their_comment": comment,
        "their_discussion": comment.discussion,
        "their_code": codes.make(by=maker, project=project, new=new),
        "their_term": term,
        "their_search": saved_searches.save(
            by=maker, project=project, intent=SaveSearch("Ferries", "q=ferry", shared=True)
        ),
    }

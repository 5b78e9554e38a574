"""Attempts to come in by what is over or too often, and to leave a project to nobody."""

from typing import Any

from tests.factories import World

from . import rows
from .attempt import Attempt, adding, running

INVITATION, ACCEPTANCE, MEMBERSHIP = "sources_invitation", "sources_acceptance", "sources_membership"
OPEN, KEEPS = "acceptance_of_an_open_invitation", "project_keeps_a_manager"
STAYS = "invitation_stays_what_it_is"
DIGEST = "0123456789abcdef" * 4

ACCEPT = (
    f"INSERT INTO {ACCEPTANCE} (project_id, invitation_id, user_id) VALUES (%(here)s, %(row)s, %(person)s)"
)


def _row(world: World, cursor: Any) -> dict[str, Any]:
    return {
        "row": rows.another(cursor, world, INVITATION),
        "here": world.here.project.pk,
        "there": world.there.project.pk,
        "manager": world.manager.pk,
        "reviewer": world.reviewer.pk,
        "person": world.stranger.pk,
        "digest": DIGEST,
    }


def _used(world: World, cursor: Any) -> dict[str, Any]:
    given = _row(world, cursor) | {"row": rows.another(cursor, world, INVITATION, uses_most=1)}
    rows.another(cursor, world, ACCEPTANCE, invitation_id=given["row"], user_id=world.reviewer.pk)
    return given


def _over(world: World, cursor: Any) -> dict[str, Any]:
    past = {"made_at": "2020-01-01", "expires_at": "2020-01-08"}
    return _row(world, cursor) | {"row": rows.another(cursor, world, INVITATION, **past)}


def _changed(change: str, *first: str, by: str = "owner") -> Attempt:
    statement = f"UPDATE {INVITATION} SET {change} WHERE id = %(row)s"
    earlier = (f"UPDATE {INVITATION} SET {one} WHERE id = %(row)s" for one in first)
    return running(STAYS, INVITATION, *earlier, statement, given=_row, by=by, why=f"{change} {first}")


def _accepted(why: str, *first: str, by: str = "app") -> Attempt:
    return running(OPEN, ACCEPTANCE, *first, ACCEPT, given=_row, by=by, why=why)


def _unmanaged(statement: str, holder: str, *first: str) -> Attempt:
    return running(
        KEEPS, MEMBERSHIP, *first, statement, holder=holder, given=_row, why=f"{statement} {first}"
    )


_CAME = f"INSERT INTO {MEMBERSHIP} (project_id, user_id, role) VALUES (%(here)s, %(person)s, 'reviewer')"
_ITS_ROW = "WHERE project_id = %(here)s AND user_id = %(person)s"
_WENT = f"DELETE FROM {MEMBERSHIP} {_ITS_ROW}"
_LOWERED = f"UPDATE {MEMBERSHIP} SET role = 'viewer' {_ITS_ROW}"
_OF_HERE = "WHERE project_id = %(here)s AND role = 'manager'"
_STEP_DOWN = f"UPDATE {MEMBERSHIP} SET role = 'reviewer' {_OF_HERE}"
_LEAVE = f"DELETE FROM {MEMBERSHIP} {_OF_HERE}"
_ASLEEP = (
    f"UPDATE {MEMBERSHIP} SET role = 'manager' WHERE project_id = %(here)s AND user_id = %(reviewer)s",
    "UPDATE sources_user SET is_active = false WHERE id = %(reviewer)s",
    f"DELETE FROM {MEMBERSHIP} WHERE project_id = %(here)s AND user_id = %(manager)s",
)

ATTEMPTS: list[Attempt] = [
    adding("invitation_token_once", INVITATION, token_sha256=lambda w: w.here.invitation.token_sha256),
    running(
        "invitation_mailed_token_once",
        INVITATION,
        f"UPDATE {INVITATION} SET mailed_sha256 = %(digest)s",
        given=_row,
        why="the same mailed token",
    ),
    *(
        adding("invitation_token_digested", INVITATION, why=why, **values)
        for why, values in (
            ("no digest", {"token_sha256": "token"}),
            ("capitals", {"token_sha256": DIGEST.upper()}),
            ("no digest mailed", {"mailed_sha256": "token"}),
        )
    ),
    adding("invitation_uses_bounded", INVITATION, uses_most=0),
    adding("invitation_uses_bounded", INVITATION, uses_most=101),
    adding("invitation_uses_bounded", INVITATION, email="a@b.example", why="one address, three people"),
    adding("invitation_expires_after_it_is_made", INVITATION, expires_at="2020-01-01"),
    adding("invitation_revoked_by_somebody", INVITATION, revoked_at="now"),
    adding("invitation_revoked_by_somebody", INVITATION, revoked_by_id=lambda w: w.manager.pk),
    adding("invitation_mailed_to_somebody", INVITATION, mailed_sha256=DIGEST, mailed_at="now"),
    adding(
        "invitation_mailed_to_somebody",
        INVITATION,
        email="a@b.example",
        uses_most=1,
        mailed_at="now",
        why="no link",
    ),
    adding("invitation_by_a_manager", INVITATION, made_by_id=lambda w: w.reviewer.pk, why="by a reviewer"),
    adding("invitation_by_a_manager", INVITATION, made_by_id=lambda w: w.stranger.pk, why="by a stranger"),
    *(
        _changed(change)
        for change in (
            "uuid = gen_random_uuid()",
            "project_id = %(there)s",
            "role = 'manager'",
            "email = 'a@b.example', uses_most = 1",
            "uses_most = 9",
            "token_sha256 = %(digest)s",
            "token_prefix = 'X'",
            "expires_at = expires_at + interval '1 day'",
            "made_by_id = %(reviewer)s",
            "made_at = made_at - interval '1 day'",
        )
    ),
    _changed(
        "revoked_at = NULL, revoked_by_id = NULL", "revoked_at = now(), revoked_by_id = %(manager)s", by="app"
    ),
    _changed("revoked_by_id = %(reviewer)s", "revoked_at = now(), revoked_by_id = %(manager)s", by="app"),
    running(
        "invitation_kept", INVITATION, f"DELETE FROM {INVITATION} WHERE id = %(row)s", given=_row, by="owner"
    ),
    running(
        "acceptance_kept", ACCEPTANCE, f"UPDATE {ACCEPTANCE} SET at = now() - interval '1 day'", by="owner"
    ),
    running("acceptance_kept", ACCEPTANCE, f"DELETE FROM {ACCEPTANCE}", by="owner"),
    adding("sources_acceptance_user_id_66d3f858_fk_sources_user_id", ACCEPTANCE, user_id=-1),
    adding("sources_invitation_made_by_id_dd718c3f_fk_sources_user_id", INVITATION, made_by_id=-1),
    adding("sources_invitation_project_id_44cb318e_fk_sources_project_id", INVITATION, project_id=-1),
    adding(
        "sources_invitation_revoked_by_id_26bd49a9_fk_sources_user_id",
        INVITATION,
        revoked_by_id=-1,
        revoked_at="now",
    ),
    adding("acceptance_once", ACCEPTANCE, user_id=lambda w: w.reviewer.pk),
    adding("acceptance_invitation_same_project", ACCEPTANCE, invitation_id=lambda w: w.there.invitation.pk),
    _accepted(
        "revoked",
        f"UPDATE {INVITATION} SET revoked_at = now(), revoked_by_id = made_by_id WHERE id = %(row)s",
    ),
    running(OPEN, ACCEPTANCE, ACCEPT, given=_over, why="over"),
    running(OPEN, ACCEPTANCE, ACCEPT, given=_used, why="used up"),
    _accepted(
        "its maker manages no more",
        f"UPDATE {MEMBERSHIP} SET role = 'manager' WHERE project_id = %(here)s AND user_id = %(reviewer)s",
        f"DELETE FROM {MEMBERSHIP} WHERE project_id = %(here)s AND user_id = %(manager)s",
    ),
    *(
        running("acceptance_by_no_removed_member", ACCEPTANCE, *first, ACCEPT, given=_row, why=why)
        for why, first in (("removed since", (_CAME, _WENT)), ("lowered since", (_CAME, _LOWERED)))
    ),
    running(
        "switched_off_leaves_a_manager",
        "sources_user",
        "UPDATE sources_user SET is_active = false WHERE id = %(manager)s",
        given=_row,
        why="the last manager is switched off",
    ),
    running(
        "switched_off_leaves_a_manager",
        "sources_user",
        "UPDATE sources_user SET is_active = false",
        given=_row,
        why="everybody is switched off",
    ),
    *(
        running(
            "membership_stays_whose_it_is",
            MEMBERSHIP,
            f"UPDATE {MEMBERSHIP} SET {change} WHERE project_id = %(here)s AND user_id = %(reviewer)s",
            given=_row,
            why=change,
        )
        for change in ("user_id = %(person)s",)
    ),
    _unmanaged(_STEP_DOWN, f"{KEEPS}_update"),
    _unmanaged(f"UPDATE {MEMBERSHIP} SET role = 'viewer'", f"{KEEPS}_update"),
    _unmanaged(_LEAVE, f"{KEEPS}_delete"),
    _unmanaged(f"DELETE FROM {MEMBERSHIP}", f"{KEEPS}_delete"),
    _unmanaged(_ASLEEP[-1], f"{KEEPS}_delete", *_ASLEEP[:-1]),
]

"""What somebody did to members, invitations, the project and claims under review, as one sentence each."""

from collections.abc import Callable, Mapping
from typing import Any

from sources.models import Change

Row = Mapping[str, Any]

DECIDED = {
    "accepted": "accepted the claim",
    "rejected": "rejected the claim",
    "disputed": "disputed the claim",
    "reopened": "reopened the claim",
}


def deed(change: Change, names: Mapping[int, str]) -> str:
    """What whoever made the change did, to be read after their name; empty of tables that have no words here.
    `names` are of people, by their keys."""
    say = DEEDS.get(change.table)
    return say(change, change.before or {}, change.after or {}, names) if say else ""


def _membership(change: Change, before: Row, after: Row, names: Mapping[int, str]) -> str:
    key = (after or before).get("user_id")
    own = key == change.user_id
    who = names.get(key or 0, "somebody")
    if not before:
        return f"came in as {after['role']}" if own else f"made {who} {_a(after['role'])}"
    if not after:
        return f"left, who was {before['role']}" if own else f"removed {who}, who was {before['role']}"
    if before.get("role") == after.get("role"):
        return ""
    whose = "their own" if own else f"{who}’s"
    return f"changed {whose} role from {before['role']} to {after['role']}"


def _invitation(change: Change, before: Row, after: Row, names: Mapping[int, str]) -> str:
    if not after:
        return f"deleted an invitation as {before['role']}"
    as_what = f"as {after['role']}"
    if not before:
        most = after.get("uses_most", 1)
        return f"made an invitation {as_what}, for {'one person' if most == 1 else f'{most} people'}"
    if after.get("revoked_at") and not before.get("revoked_at"):
        return f"revoked an invitation {as_what}"
    if after.get("mailed_at") and not before.get("mailed_at"):
        return f"had an invitation {as_what} mailed"
    return ""


def _acceptance(change: Change, before: Row, after: Row, names: Mapping[int, str]) -> str:
    return "accepted an invitation" if not before else ""


def _project(change: Change, before: Row, after: Row, names: Mapping[int, str]) -> str:
    if not before or not after:
        return f"made the project “{after['name']}”" if after else f"deleted the project “{before['name']}”"
    changed = {name for name in after if before.get(name) != after[name]}
    said = []
    if "name" in changed:
        said.append(f"renamed the project from “{before['name']}” to “{after['name']}”")
    if "description" in changed:
        said.append("changed the project’s description")
    if "is_public" in changed:
        said.append(f"changed who may read it from {_readers(before)} to {_readers(after)}")
    if "archived_at" in changed:
        said.append("archived the project" if after["archived_at"] else "opened the project again")
    return ", ".join(said)


def _review(change: Change, before: Row, after: Row, names: Mapping[int, str]) -> str:
    return DECIDED.get(after.get("decision", ""), "") if not before else ""


def _readers(row: Row) -> str:
    return "everybody" if row["is_public"] else "members"


def _a(role: str) -> str:
    return f"{'an' if role[:1] in 'aeiou' else 'a'} {role}"


DEEDS: dict[str, Callable[[Change, Row, Row, Mapping[int, str]], str]] = {
    "sources_membership": _membership,
    "sources_invitation": _invitation,
    "sources_acceptance": _acceptance,
    "sources_project": _project,
    "annotator_review": _review,
}

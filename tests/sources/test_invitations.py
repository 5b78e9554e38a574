"""Coming into a project by a link: what it gives, how often, and to whom nothing."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction
from django.utils import timezone

from sources.actions import (
    NotOpen,
    accept_invitation,
    create_project,
    invitation_of,
    invite,
    remove_member,
    revoke_invitation,
    set_member,
)
from sources.actions.invitations import digest, hold_place
from sources.models import Acceptance, Change, Invitation, Membership, Project, Role, User
from sources.models.invitation import HELD
from tests.factories import person
from tests.racing import race

ROUNDS = 5


@pytest.fixture
def ana(db: None) -> User:
    return person("ana")


@pytest.fixture
def quay(ana: User) -> Project:
    return create_project(by=ana, name="Quay", slug="quay")


def role_of(user: User, project: Project) -> str | None:
    return Membership.objects.filter(user=user, project=project).values_list("role", flat=True).first()


def test_the_link_gives_its_role_once_and_holds_for_a_week(ana: User, quay: Project) -> None:
    made = invite(by=ana, project=quay, role="annotator")
    assert timedelta(days=6, hours=23) < made.invitation.expires_at - timezone.now() < timedelta(days=7)
    rolf, ines = person("rolf"), person("ines")
    assert accept_invitation(by=rolf, token=made.token).role == "annotator"
    assert invitation_of(made.token) is None
    with pytest.raises(NotOpen):
        accept_invitation(by=ines, token=made.token)
    assert role_of(ines, quay) is None
    change = Change.objects.get(table="sources_membership", after__user_id=rolf.pk)
    assert (change.user_id, change.operation) == (rolf.pk, "INSERT")


def test_the_token_is_stored_nowhere(ana: User, quay: Project) -> None:
    made = invite(by=ana, project=quay, role="viewer")
    assert len(made.token) == 43
    assert not Invitation.objects.filter(token_sha256=made.token).exists()
    said = [str(change.after) for change in Change.objects.filter(table="sources_invitation")]
    assert said and not any(made.token in one for one in said)
    assert invitation_of(made.invitation.token_sha256) is None


@pytest.mark.parametrize(
    ("had", "given", "has", "used"),
    [
        ("manager", "viewer", "manager", 0),
        ("reviewer", "reviewer", "reviewer", 0),
        ("viewer", "reviewer", "reviewer", 1),
    ],
)
def test_no_role_is_lowered(ana: User, quay: Project, had: str, given: str, has: str, used: int) -> None:
    rolf = person("rolf")
    set_member(by=ana, project=quay, user=rolf, role=had)
    made = invite(by=ana, project=quay, role=given)
    assert accept_invitation(by=rolf, token=made.token).role == has
    assert role_of(rolf, quay) == has
    assert Acceptance.objects.filter(invitation=made.invitation).count() == used


def test_who_was_removed_does_not_come_back_by_the_same_link(ana: User, quay: Project) -> None:
    made = invite(by=ana, project=quay, role="viewer", uses_most=5)
    rolf = person("rolf")
    accept_invitation(by=rolf, token=made.token)
    remove_member(by=ana, project=quay, user=rolf)
    with pytest.raises(NotOpen):
        accept_invitation(by=rolf, token=made.token)
    assert accept_invitation(by=person("ines"), token=made.token).role == "viewer"


@pytest.mark.parametrize("lowered", ["", "viewer"])
def test_whom_somebody_else_removed_or_lowered_does_not_come_back_by_another_open_link(
    ana: User, quay: Project, lowered: str
) -> None:
    rolf = person("rolf")
    made = invite(by=ana, project=quay, role="annotator", uses_most=5)
    set_member(by=ana, project=quay, user=rolf, role="reviewer")
    if lowered:
        set_member(by=ana, project=quay, user=rolf, role=lowered)
    else:
        remove_member(by=ana, project=quay, user=rolf)
    with pytest.raises(NotOpen):
        accept_invitation(by=rolf, token=made.token)
    assert role_of(rolf, quay) == (lowered or None)
    assert accept_invitation(by=person("ines"), token=made.token).role == "annotator"
    again = invite(by=ana, project=quay, role="annotator")
    assert accept_invitation(by=rolf, token=again.token).role == "annotator"


def test_who_left_of_their_own_comes_back_by_another_open_link(ana: User, quay: Project) -> None:
    rolf = person("rolf")
    made = invite(by=ana, project=quay, role="annotator")
    set_member(by=ana, project=quay, user=rolf, role="reviewer")
    remove_member(by=rolf, project=quay, user=rolf)
    assert accept_invitation(by=rolf, token=made.token).role == "annotator"


def test_it_is_over_when_revoked_or_when_its_maker_manages_no_more(ana: User, quay: Project) -> None:
    rolf = person("rolf")
    first, second = (invite(by=ana, project=quay, role="viewer") for _ in range(2))
    revoke_invitation(by=ana, invitation=first.invitation)
    revoke_invitation(by=ana, invitation=first.invitation)
    assert (invitation_of(first.token), invitation_of(second.token)) == (None, second.invitation)
    set_member(by=ana, project=quay, user=person("ines"), role=Role.MANAGER)
    set_member(by=ana, project=quay, user=ana, role=Role.REVIEWER)
    assert invitation_of(second.token) is None
    for token in (first.token, second.token, "", "x", "x" * 5000, "\x00"):
        with pytest.raises(NotOpen):
            accept_invitation(by=rolf, token=token)


@pytest.mark.parametrize(
    "bounds",
    [
        {"days": 0},
        {"days": 91},
        {"uses_most": 0},
        {"uses_most": 101},
        {"email": "a@b.example", "uses_most": 2},
        {"role": "owner"},
    ],
)
def test_what_is_out_of_bounds_is_refused(ana: User, quay: Project, bounds: dict) -> None:
    with pytest.raises(ValueError):
        invite(by=ana, project=quay, **{"role": "viewer", **bounds})
    assert not Invitation.objects.exists()


def signed_up(name: str, token: str) -> User:
    user = User(username=name)
    hold_place(user=user, told=digest(token))
    user.save()
    return user


@pytest.mark.parametrize("end", [{"date_joined": timezone.now() - HELD}, {"is_active": False}])
def test_a_place_that_a_sign_up_never_used_is_free_again(ana: User, quay: Project, end: dict) -> None:
    made = invite(by=ana, project=quay, role="viewer")
    never, ines = signed_up("never", made.token), person("ines")
    assert (invitation_of(made.token), invitation_of(made.token, never)) == (None, made.invitation)
    with pytest.raises(NotOpen):
        accept_invitation(by=ines, token=made.token)
    User.objects.filter(pk=never.pk).update(**end)
    never.refresh_from_db()
    assert invitation_of(made.token) == made.invitation
    assert accept_invitation(by=ines, token=made.token).role == "viewer"
    assert invitation_of(made.token, never) is None
    with pytest.raises(NotOpen):
        accept_invitation(by=never, token=made.token)


def test_who_comes_late_still_comes_in_where_there_is_a_place(ana: User, quay: Project) -> None:
    """Nobody else took it: neither they nor whoever signs up next is kept out by what was held."""
    made = invite(by=ana, project=quay, role="viewer", uses_most=2)
    first = signed_up("first", made.token)
    User.objects.filter(pk=first.pk).update(date_joined=timezone.now() - HELD)
    second = signed_up("second", made.token)
    first.refresh_from_db()
    assert {accept_invitation(by=one, token=made.token).role for one in (first, second)} == {"viewer"}
    assert invitation_of(made.token) is None


@pytest.mark.lengthy
@pytest.mark.parametrize("most", [1, 3])
def test_of_all_who_come_at_once_no_more_come_in_than_may(committed_db: str, most: int) -> None:
    ana = person("ana")
    project = create_project(by=ana, name="Quay", slug="quay")
    guests = [person(f"g{number}") for number in range(6)]
    for _ in range(ROUNDS):
        made = invite(by=ana, project=project, role="viewer", uses_most=most)
        results = race(partial(accept_invitation, by=guest, token=made.token) for guest in guests)
        assert sum(isinstance(one, Membership) for one in results) == most, results
        assert sum(isinstance(one, NotOpen) for one in results) == len(guests) - most, results
        for guest in guests:
            remove_member(by=ana, project=project, user=guest)


@pytest.mark.lengthy
def test_nobody_comes_in_while_the_maker_is_removed(committed_db: str) -> None:
    """Either comes first: who came in did so while the maker managed."""
    ana, ines, rolf = person("ana"), person("ines"), person("rolf")
    project = create_project(by=ana, name="Quay", slug="quay")
    for _ in range(ROUNDS):
        set_member(by=ana, project=project, user=ines, role=Role.MANAGER)
        made = invite(by=ines, project=project, role="viewer")
        gone, came = race(
            [
                partial(remove_member, by=ana, project=project, user=ines),
                partial(accept_invitation, by=rolf, token=made.token),
            ]
        )
        assert gone is None
        assert isinstance(came, Membership | NotOpen), came
        remove_member(by=ana, project=project, user=rolf)


@pytest.mark.lengthy
def test_of_all_who_sign_up_at_once_no_more_get_a_place_than_there_are(committed_db: str) -> None:
    ana = person("ana")
    made = invite(
        by=ana, project=create_project(by=ana, name="Quay", slug="quay"), role="viewer", uses_most=2
    )

    def sign_up(name: str) -> User:
        with transaction.atomic():
            user = User(username=name)
            hold_place(user=user, told=digest(made.token))
            user.save()
        return user

    results = race(partial(sign_up, f"g{number}") for number in range(6))
    new = [one for one in results if isinstance(one, User)]
    assert len(new) == 2, results
    assert all(isinstance(one, NotOpen) for one in results if one not in new), results
    with pytest.raises(NotOpen):
        accept_invitation(by=person("rolf"), token=made.token)
    assert {accept_invitation(by=one, token=made.token).role for one in new} == {"viewer"}

"""What the doors say beside who comes in, which tests/permissions holds them to."""

import pytest
from django.test import Client

from tests.factories import World

from .conftest import Cast


def test_an_address_that_only_takes_forms_says_so_and_where_to_go(world: World, cast: Cast) -> None:
    """A refusal or a preview leaves it in the address bar; signing in again leads there too."""
    lone = world.here.lone
    for path, instead in (
        (f"/c/{lone.uuid}/review/", f"/c/{lone.uuid}/"),
        ("/p/here/claims/many/", "/p/here/claims/"),
        ("/p/here/discussions/say/", "/p/here/"),
    ):
        answer = cast.viewer.get(path)
        assert (answer.status_code, answer["Allow"]) == (405, "POST")
        assert f'class="button button-primary" href="{instead}"' in answer.content.decode()
    assert cast.viewer.delete("/p/here/claims/many/").content == b""
    shut = cast.stranger.get(f"/c/{lone.uuid}/review/").content.decode()
    assert lone.annotation.quotes[0] not in shut and "Here" not in shut


def test_a_removed_member_is_a_stranger_at_once(world: World, cast: Cast) -> None:
    assert cast.viewer.get("/p/here/").status_code == 200
    world.here.project.memberships.filter(user__username="viewer").delete()
    assert cast.viewer.get("/p/here/").status_code == 404


@pytest.mark.lengthy
def test_odd_questions_are_answered(cast: Cast) -> None:
    nul = "&".join(f"{name}=%00" for name in ("type", "status", "made", "code", "stand", "after"))
    odd = (
        f"page=99999999999&sort=user__password&speaker=nobody&{nul}",
        "q=" + "x" * 5000 + "&page=-1",
        "q=%00&page=٣",
    )
    for page in ("articles", "claims", "speakers", "events", "review"):
        for query in odd:
            assert cast.viewer.get(f"/p/here/{page}/?{query}").status_code == 200, (page, query)


def test_pages_carry_the_policy(world: World) -> None:
    policy = Client().get("/sign-in/")["Content-Security-Policy"]
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy

"""What a page's script asks for is not kept; pages are, and so is what says itself how long."""

import pytest
from django.test import Client

from tests.factories import World


@pytest.mark.django_db
def test_what_scripts_ask_for_is_not_kept_and_pages_are(world: World) -> None:
    client, side = Client(), world.here
    client.force_login(world.reviewer)
    card = f"/c/{side.lone.uuid}/card/"
    api = f"/api/v1/projects/{side.project.slug}"
    for address, asked in (
        (card, {"HX-Request": "true"}),
        (card, {"Sec-Fetch-Dest": "empty"}),
        (f"{api}/claims/", {}),
        (f"{api}/none/", {}),
    ):
        assert client.get(address, headers=asked)["Cache-Control"] == "private, no-store", address

    desk = f"/p/{side.project.slug}/claims/"
    assert "Cache-Control" not in client.get(desk, headers={"Sec-Fetch-Dest": "document"})
    assert client.get(f"{api}/annotations/{side.lone.uuid}/")["Cache-Control"] == "private, no-cache"

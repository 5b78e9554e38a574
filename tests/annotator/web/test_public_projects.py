"""Every page of a public project without an account: it is shown, or leads to where one signs in.

What of claims is hidden from readers stands in test_readers.py.
"""

import pytest

from annotator.models import Discussion
from sources.actions import edit_project, invite
from sources.models import Change, User
from tests.factories import World
from tests.permissions.pages import pages_of_projects

from .conftest import Cast

ADDRESS = "where-to-write"
SHOWN = {
    *("project", "articles", "outlets", "outlet", "article", "texts_compare"),
    *("likely_reprints", "claims", "speakers", "speaker", "speakers_alike", "speaker_plot"),
    *("events", "event", "overview", "overview_plot", "review", "releases", "release", "release_download"),
    *("release_workbook", "release_changes", "release_changes_file", "codebook", "codebook_file", "code"),
    *("claim", "claim_form", "claim_card", "claims_beside", "claim_relations"),
}
"""Of the pages, those that anybody may read; every other one is for members."""
LEADS_ON = {"article_compare"}
"""An address of old that leads to the page which took its place."""


@pytest.fixture
def public(complete_world: World) -> World:
    """Everybody's sign-in name and e-mail address say where to write; none of it is anybody's business."""
    world = complete_world
    edit_project(by=world.manager, project=world.here.project, name="Here", description="", is_public=True)
    for user in User.objects.all():
        User.objects.filter(pk=user.pk).update(
            username=f"{user.username}@{ADDRESS}.example", email=f"{user.username}@{ADDRESS}.example"
        )
    invite(by=world.manager, project=world.here.project, role="viewer", email=f"ines@{ADDRESS}.example")
    return world


@pytest.mark.lengthy
def test_every_page_is_shown_or_leads_to_the_sign_in(public: World, cast: Cast) -> None:
    answers = {name: cast.nobody.get(address) for name, address in pages_of_projects(public, but=())}
    shown = {name for name, answer in answers.items() if answer.status_code == 200}
    assert shown == SHOWN
    for name in set(answers) - SHOWN - LEADS_ON:
        assert answers[name].status_code == 302, name
        assert answers[name]["Location"].startswith("/sign-in/?next=/"), name
    for name in shown:
        text = b"".join(answers[name]).decode(errors="replace")
        assert ADDRESS not in text, name


@pytest.mark.lengthy
def test_nothing_is_written_by_who_is_no_member(public: World, cast: Cast) -> None:
    addresses = list(pages_of_projects(public, but=()))
    before = Change.objects.count()
    for name, address in addresses:
        for client, refused in ((cast.nobody, (302, 403, 405)), (cast.stranger, (403, 404, 405))):
            answer = client.post(address, {})
            assert answer.status_code in refused, (name, answer.status_code)
    assert Change.objects.count() == before


@pytest.mark.lengthy
def test_no_discussion_is_told_anywhere(public: World, cast: Cast) -> None:
    said = "Is this what the agency wrote"
    assert Discussion.objects.filter(project=public.here.project).exists()
    for name, address in pages_of_projects(public, but=()):
        if name in SHOWN - {"release_download", "release_workbook"}:
            assert said not in b"".join(cast.nobody.get(address)).decode(errors="replace"), name
    assert said in cast.viewer.get("/p/here/discussions/").content.decode()


def test_the_home_page_sets_public_projects_apart(public: World, cast: Cast) -> None:
    for client in (cast.nobody, cast.stranger):
        html = client.get("/").content.decode()
        assert "Open to read" in html and "/p/here/" in html and "/p/there/" not in html
    assert "Open to read" not in cast.viewer.get("/").content.decode()


def test_a_stranger_is_offered_nothing_that_only_members_do(public: World, cast: Cast) -> None:
    overview = cast.nobody.get("/p/here/").content.decode()
    for offered in ("press <kbd>", "Open the queue", "Make the first release", "Add articles"):
        assert offered not in overview
    assert "What is here to read" in overview
    assert "/verify/" not in cast.nobody.get("/p/here/releases/").content.decode()
    assert "/verify/" in cast.viewer.get("/p/here/releases/").content.decode()

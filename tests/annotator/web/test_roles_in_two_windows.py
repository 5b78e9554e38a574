"""Two managers set roles at once: the later is told what the other did."""

from tests.factories import World

from .conftest import Cast, as_shown, role_of


def test_a_second_tab_undoes_no_role_unseen_and_brings_nobody_back(world: World, cast: Cast) -> None:
    """Of two managers the later is told what the other did, may do the same again, and loses nothing."""
    page, out = "/p/here/members/", "/p/here/members/remove/"
    opened = {"username": "annotator"} | as_shown("annotator")
    done = cast.manager.post(page, opened | {"role": "reviewer"}, follow=True).content.decode()
    assert "Annotator is in this project as reviewer." in done
    late = cast.manager.post(page, opened | {"role": "viewer"})
    row = late.content.decode().partition('value="annotator"')[2].partition("</td>")[0]
    assert (late.status_code, role_of(world, "annotator")) == (409, "reviewer")
    assert "Not changed. Somebody made them reviewer meanwhile." in row
    assert '<option value="viewer" selected>' in row, "what was chosen is kept"
    assert f'name="version" value="{as_shown("annotator")["version"]}"' in row
    kept = cast.manager.post(out, opened, follow=True).content.decode()
    assert "was not removed: somebody made them reviewer meanwhile." in kept
    by_name = cast.manager.post(page, {"username": "annotator", "role": "viewer"})
    assert "They are a member already, in another role" in by_name.content.decode()
    assert (by_name.status_code, role_of(world, "annotator")) == (422, "reviewer")
    told = {"username": "annotator"} | as_shown("annotator")
    assert cast.manager.post(out, told).status_code == 302
    back = cast.manager.post(page, told | {"role": "viewer"})
    adding = back.content.decode().split("<h2>Add a member</h2>")[1]
    assert (back.status_code, role_of(world, "annotator")) == (422, None)
    assert "Somebody removed them meanwhile." in adding and 'value="annotator"' in adding
    again = {"username": "annotator", "role": "viewer"}
    assert (cast.manager.post(page, again).status_code, role_of(world, "annotator")) == (302, "viewer")

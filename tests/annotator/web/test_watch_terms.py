"""The page of a project's watch terms: many at once, tried first, changed by whom, hostile ones."""

from html import unescape

import pytest

from annotator.models import WatchTerm
from tests.factories import World

from .conftest import Cast

PAGE = "/p/here/watch-terms/"
ADD = {"do": "add", "kind": "words", "whole_words": "on"}
PAYLOAD = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def one(world: World) -> str:
    return f"{PAGE}{world.here.watch_term.uuid}/"


def changed(world: World, **said: object) -> dict[str, object]:
    return {"do": "save", "kind": "words", "words": "lorry", "whole_words": "on", "version": 1, **said}


def terms(world: World) -> set[str]:
    return set(WatchTerm.objects.filter(project=world.here.project).values_list("words", flat=True))


def test_an_annotator_adds_many_at_once(world: World, cast: Cast) -> None:
    answer = cast.annotator.post(PAGE, {**ADD, "lines": "crack\r\nlorr*\r\n\r\nجسر", "note": "damage"})
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert terms(world) == {"crack", "lorr*", "جسر"}
    page = cast.viewer.get(PAGE).content.decode()
    assert "crack" in page and "damage" in page and "Annotator" in page
    assert "2 terms added. 1 was known already." in cast.annotator.get(PAGE).content.decode()


def test_options_are_kept_and_shown(world: World, cast: Cast) -> None:
    cast.manager.post(PAGE, {"do": "add", "kind": "pattern", "case_sensitive": "on", "lines": r"\d+ lorries"})
    made = WatchTerm.objects.get(words=r"\d+ lorries")
    assert (made.is_pattern, made.whole_words, made.case_sensitive) == (True, False, True)
    page = cast.viewer.get(PAGE).content.decode()
    assert "pattern" in page and "inside words too" in page and "capitals count" in page


def test_a_bad_pattern_is_refused_with_what_and_where_and_what_was_typed_is_kept(
    world: World, cast: Cast
) -> None:
    answer = cast.manager.post(PAGE, {**ADD, "kind": "pattern", "lines": "crack\nlorr(y|ies"})
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Line 2, “lorr(y|ies”: Character 5: “(” is not closed by “)”." in page
    assert "crack\nlorr(y|ies</textarea>" in page
    assert terms(world) == {"lorr*"}


def test_trying_counts_and_adds_nothing(world: World, cast: Cast) -> None:
    answer = cast.annotator.post(PAGE, {**ADD, "do": "try", "lines": "crack\nnowhere"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "In all 2 articles" in page
    assert '<td class="number">3</td><td class="number">1</td>' in page
    assert '<td class="number">0</td><td class="number">0</td>' in page
    assert terms(world) == {"lorr*"}


def test_the_list_counts_where_asked(world: World, cast: Cast) -> None:
    assert "Hits" not in cast.viewer.get(PAGE).content.decode().split("Watched for")[1]
    page = cast.viewer.get(f"{PAGE}?count=1").content.decode()
    assert 'data-label="Hits" class="number">1</td>' in page


def test_a_manager_changes_what_somebody_added(world: World, cast: Cast) -> None:
    assert cast.manager.post(one(world), changed(world, note="n")).status_code == 302
    term = WatchTerm.objects.get(pk=world.here.watch_term.pk)
    assert (term.words, term.note, term.version) == ("lorry", "n", 2)


@pytest.mark.lengthy
def test_an_annotator_changes_and_removes_their_own_alone(world: World, cast: Cast) -> None:
    cast.annotator.post(PAGE, {**ADD, "lines": "crack"})
    own = f"{PAGE}{WatchTerm.objects.get(words='crack').uuid}/"
    assert cast.annotator.post(own, changed(world, words="cracks")).status_code == 302
    assert cast.annotator.post(own, {"do": "remove"}).status_code == 302
    for said in (changed(world), {"do": "remove"}):
        assert cast.annotator.post(one(world), said).status_code == 403
        assert cast.reviewer.post(one(world), said).status_code == 403
    assert terms(world) == {"lorr*"}
    assert one(world) not in cast.annotator.get(PAGE).content.decode()
    assert one(world) in cast.manager.get(PAGE).content.decode()


def test_viewers_read_and_nobody_else_sees_them(world: World, cast: Cast) -> None:
    assert cast.viewer.post(PAGE, {**ADD, "lines": "x"}).status_code == 403
    assert "<form" not in cast.viewer.get(PAGE).content.decode().split("<main")[1]
    world.here.project.is_public = True
    world.here.project.save()
    assert cast.stranger.get(PAGE).status_code == 403
    assert cast.nobody.get(PAGE).status_code == 302


def test_a_change_that_came_too_late_says_what_it_is_now(world: World, cast: Cast) -> None:
    cast.manager.post(one(world), changed(world))
    answer = cast.manager.post(one(world), changed(world, words="mine"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "it now is “<bdi>lorry</bdi>”" in page and 'value="mine"' in page


@pytest.mark.parametrize("version", ["", "0", "x", "99999999999999999999"])
def test_a_version_that_is_none_changes_nothing(world: World, cast: Cast, version: str) -> None:
    answer = cast.manager.post(one(world), changed(world, version=version))
    assert answer.status_code in (409, 422)
    assert terms(world) == {"lorr*"}


def test_removing_says_so(world: World, cast: Cast) -> None:
    answer = cast.manager.post(one(world), {"do": "remove"}, follow=True)
    assert "“lorr*” is no longer watched for." in answer.content.decode()
    assert terms(world) == set()
    assert cast.manager.get(one(world)).status_code == 404


def test_another_projects_term_is_not_there(world: World, cast: Cast) -> None:
    assert cast.manager.get(f"{PAGE}{world.there.watch_term.uuid}/").status_code == 404


def test_what_looks_like_markup_is_text(world: World, cast: Cast) -> None:
    cast.manager.post(PAGE, {**ADD, "lines": PAYLOAD, "note": PAYLOAD})
    assert PAYLOAD in terms(world)
    page = cast.manager.get(f"{PAGE}?count=1").content.decode()
    assert "<script>alert" not in page and "<img src=x" not in page
    assert PAYLOAD in unescape(page)


@pytest.mark.parametrize(
    "said",
    [
        {"lines": "\x00"},
        {"lines": "x", "kind": "else"},
        {"lines": "x" * 5000},
        {"lines": "\u202e"},
        {"lines": "x", "note": "y" * 300},
        {},
    ],
)
def test_what_cannot_be_a_term_is_refused(world: World, cast: Cast, said: dict[str, str]) -> None:
    assert cast.manager.post(PAGE, {**ADD, **said}).status_code == 422
    assert terms(world) == {"lorr*"}


@pytest.mark.lengthy
def test_a_thousand_terms_are_taken_and_listed_in_pages(world: World, cast: Cast) -> None:
    lines = "\n".join(f"word {n}" for n in range(999))
    assert cast.manager.post(PAGE, {**ADD, "lines": lines}).status_code == 302
    page = cast.manager.get(f"{PAGE}?count=1").content.decode()
    assert "1000 terms" in page and "page=2" in page
    answer = cast.manager.post(PAGE, {**ADD, "lines": "one more"})
    assert answer.status_code == 422 and "1,000 terms at most" in answer.content.decode()


def test_the_list_takes_the_same_queries_for_one_term_and_for_many(world: World, cast: Cast, queries) -> None:
    few = queries(cast.viewer, PAGE)
    cast.annotator.post(PAGE, {**ADD, "lines": "\n".join(f"word {n}" for n in range(30))})
    assert queries(cast.viewer, PAGE) == few

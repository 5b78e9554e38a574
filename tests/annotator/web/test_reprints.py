"""Likely reprints: the list, what differs, and what somebody says, by which sources are counted."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db.models import F
from django.test import Client

from annotator.queries.independent import sources_of_articles
from sources.actions import mark_reprint
from sources.actions.addresses import place_articles
from sources.models import Article, LikelyReprint, Project, Snapshot
from tests.factories import World, stored
from tests.reprinted import AGENCY, REPRINTS, whole

from .conftest import Cast

pytestmark = pytest.mark.django_db
CUT = REPRINTS["cut, edited and added to"]


@pytest.fixture
def here(world: World) -> Project:
    return world.here.project


@pytest.fixture
def pair(world: World, here: Project) -> tuple[Article, Article]:
    """A reprint and its original, as they were stored."""
    texts = [stored(world.manager, here, text, name) for text, name in ((AGENCY, "Nordpost"), (CUT, "Kai"))]
    return texts[1].article, texts[0].article


def page(pair: tuple[Article, Article]) -> str:
    return f"/p/here/articles/{pair[0].uuid}/compare/{pair[1].uuid}/"


def shown(client: Client, url: str, **how: Any) -> str:
    answer = client.get(url, **how)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_open_pairs_are_listed_and_counted(cast: Cast, pair: tuple[Article, Article]) -> None:
    assert "1 likely reprint</a> to confirm" in shown(cast.viewer, "/p/here/articles/")
    listed = shown(cast.viewer, "/p/here/articles/reprints/")
    assert page(pair) in listed and "43 %" in listed
    assert "20 % of their wording" in listed
    assert "what differs" in shown(cast.annotator, f"/p/here/articles/{pair[1].uuid}/edit/")


@pytest.mark.lengthy
def test_all_shown_of_one_outlet_are_refused_at_once(
    cast: Cast, world: World, here: Project, pair: tuple[Article, Article]
) -> None:
    stored(world.manager, here, REPRINTS["half of it cut"], "Velm Radio")
    url, outlet = "/p/here/articles/reprints/", pair[0].publication
    assert "none is a reprint" not in shown(cast.annotator, url)
    listed = shown(cast.annotator, f"{url}?outlet={outlet.uuid}")
    assert page(pair) in listed and "1 shown: none is a reprint" in listed
    assert "none is a reprint" not in shown(cast.viewer, f"{url}?outlet={outlet.uuid}")
    (row,) = LikelyReprint.objects.filter(article=pair[0])
    other = LikelyReprint.objects.exclude(pk=row.pk).get()
    assert cast.viewer.post(url, {"pair": row.pk}).status_code == 403
    for odd in ("", "x", "٣", "9" * 40):
        assert cast.annotator.post(url, {"pair": odd}).status_code == 302
    cast.annotator.post(url, {"pair": row.pk})
    states = dict(LikelyReprint.objects.values_list("pk", "state"))
    assert states == {row.pk: "refused", other.pk: "open"}


def test_pairs_that_are_linked_by_now_do_not_wait(
    cast: Cast, world: World, here: Project, pair: tuple[Article, Article]
) -> None:
    mark_reprint(by=world.manager, article=pair[0], original=pair[1])
    assert "to confirm" not in shown(cast.viewer, "/p/here/articles/")
    assert page(pair) not in shown(cast.viewer, "/p/here/articles/reprints/")
    assert "Linked as a reprint" in shown(cast.viewer, page(pair))


def test_words_that_changed_stand_with_the_blanks_they_had(cast: Cast, world: World, here: Project) -> None:
    new = AGENCY.replace("at the quay.", "on land.").replace("thick fog, said", "thick haze, said")
    one, two = (stored(world.manager, here, t, n).article for t, n in ((AGENCY, "Nordpost"), (new, "Kai")))
    said = shown(cast.viewer, page((two, one)))
    assert "thick <del>fog</del> <ins>haze</ins>, said" in said
    assert "<del>at the quay</del> <ins>on land</ins>." in said or "<ins>on land</ins>." in said


def test_the_page_says_what_differs_and_by_which_threshold(cast: Cast, pair: tuple[Article, Article]) -> None:
    said = shown(cast.viewer, page(pair))
    assert "<del>" in said and "<ins>" in said
    assert (
        "Added</p>" in said and "Left out</p>" in said and "Changed</p>" in said and "alike</summary>" in said
    )
    assert "43 % in common" in said and "From 20 % on a text is proposed" in said
    assert "Nothing: proposed by wording" in said
    assert 'name="do"' not in said, "a viewer says nothing"


def test_words_of_the_texts_are_shown_as_text(cast: Cast, world: World, here: Project) -> None:
    evil = AGENCY.replace("in thick fog", "in <script>alert(1)</script> fog")
    one, two = (stored(world.manager, here, t, n).article for t, n in ((AGENCY, "Nordpost"), (evil, "Kai")))
    said = shown(cast.viewer, page((two, one)))
    assert "<script>alert" not in said and "&lt;script&gt;" in said


@pytest.mark.lengthy
def test_confirmed_on_the_page_the_two_count_as_one_source(cast: Cast, pair: tuple[Article, Article]) -> None:
    def independent() -> int:

        return sources_of_articles([[one.pk for one in pair]])[0].independent

    # Both name the agency in their dateline, which alone would make them one.
    for one in pair:
        Article.objects.filter(pk=one.pk).update(original_publication=None, version=one.version + 1)
    assert independent() == 2
    answer = cast.annotator.post(page(pair), {"do": "reprint"}, follow=True)
    assert "The two count as one source." in answer.content.decode()
    assert independent() == 1
    assert "what differs" in shown(cast.viewer, f"/p/here/articles/{pair[0].uuid}/")
    assert "to confirm" not in shown(cast.viewer, "/p/here/articles/")
    assert "confirmed by" in shown(cast.viewer, "/p/here/articles/reprints/?state=confirmed")
    cast.annotator.post(page(pair), {"do": "undo"})
    assert independent() == 2


def test_swapped_the_other_one_is_the_original(cast: Cast, pair: tuple[Article, Article]) -> None:
    cast.annotator.post(page(pair), {"do": "reprint"})
    answer = cast.annotator.post(page(pair), {"do": "swap"})
    assert answer.headers["Location"] == page(pair[::-1])
    links = [Article.objects.get(pk=one.pk).reprint_of_id for one in pair]
    assert links == [None, pair[0].pk]
    # Asked the old way round, the page is the one of the pair as it stands.
    assert cast.viewer.get(page(pair)).headers["Location"] == page(pair[::-1])


def test_refused_it_is_listed_among_those_alone(cast: Cast, pair: tuple[Article, Article]) -> None:
    cast.annotator.post(page(pair), {"do": "not"})
    assert page(pair) not in shown(cast.viewer, "/p/here/articles/reprints/")
    assert page(pair) in shown(cast.viewer, "/p/here/articles/reprints/?state=refused")
    assert "No reprint, says Annotator" in shown(cast.viewer, page(pair))


@pytest.mark.parametrize("do", ["", "everything", "undo"])
def test_what_cannot_be_said_is_refused(cast: Cast, world: World, do: str) -> None:
    two = world.here.article, world.here.second_article
    answer = cast.annotator.post(page(two), {"do": do})
    assert answer.status_code == 422 and "Not recorded" in answer.content.decode()
    assert not LikelyReprint.objects.exists()


def test_a_viewer_says_nothing_and_a_stranger_sees_nothing(cast: Cast, pair: tuple[Article, Article]) -> None:
    assert cast.viewer.post(page(pair), {"do": "reprint"}).status_code == 403
    assert cast.stranger.get(page(pair)).status_code == 404
    assert LikelyReprint.objects.get().state == "open"


def test_articles_of_two_projects_are_not_compared(cast: Cast, world: World) -> None:
    assert cast.manager.get(page((world.here.article, world.there.article))).status_code == 404
    assert cast.manager.get(page((world.here.article, world.here.article))).status_code == 404
    nobody = UUID(int=7)
    assert (
        cast.manager.get(f"/p/here/articles/{world.here.article.uuid}/compare/{nobody}/").status_code == 404
    )


@pytest.mark.lengthy
def test_of_several_texts_those_are_compared_that_were_found_alike(
    cast: Cast, world: World, here: Project, pair: tuple[Article, Article]
) -> None:
    assert "Text of the original" not in shown(cast.viewer, page(pair))
    Article.objects.filter(pk=pair[1].pk).update(url="https://tide.example/7", version=F("version") + 1)
    place_articles([Article.objects.get(pk=pair[1].pk)])
    shorter = f"{AGENCY[: len(AGENCY) // 2]}\n\nNothing more is known."
    later = stored(world.manager, here, shorter, "Nordpost\nURL: https://tide.example/7")
    assert (later.article, later.number) == (pair[1], 2)
    led = cast.viewer.get(page(pair))
    assert (led.status_code, led["Location"]) == (302, f"{page(pair)}?text=1&with=1")
    turned = cast.viewer.get(f"{page(pair[::-1])}?text=1&with=2")
    assert turned["Location"] == f"{page(pair)}?text=2&with=1"
    said = shown(cast.viewer, f"{page(pair)}?text=1&with=1")
    assert "43 % in common" in said and ">text 1</a> of 2" in said and "<option selected>1</option>" in said
    other = shown(cast.viewer, f"{page(pair)}?text=2&with=1")
    assert ">text 2</a> of 2" in other and "43 % in common" not in other and "Nothing more" in other
    for wrong in ("?text=3", "?with=2", "?text=x", "?with=²", "?text=99999999999"):
        assert cast.viewer.get(page(pair) + wrong).status_code == 404
    judged = cast.annotator.post(f"{page(pair)}?text=2&with=1", {"do": "swap"})
    assert judged["Location"] == f"{page(pair[::-1])}?text=1&with=2"


@pytest.mark.lengthy
def test_two_texts_of_one_article_are_compared(cast: Cast, world: World, here: Project) -> None:
    head = "URL: https://tide.example/1\n\n"
    one = stored(world.manager, here, AGENCY, "The Tide\n" + head.strip())
    two = stored(world.manager, here, whole(AGENCY, "One more paragraph."), "The Tide\n" + head.strip())
    assert one.article == two.article
    base = f"/p/here/articles/{one.article.uuid}/"
    assert "what changed" in shown(cast.viewer, base)
    said = shown(cast.viewer, f"{base}compare/")
    assert "<ins>One more paragraph.</ins>" in said and 'name="do"' not in said
    assert "<del>One more paragraph.</del>" in shown(cast.viewer, f"{base}compare/?text=2&with=1")
    for wrong in ("?text=1&with=1", "?text=9", "?text=x", "?with=²", "?text=99999999999"):
        assert cast.viewer.get(f"{base}compare/{wrong}").status_code == 404


def test_masked_blocks_are_left_out(cast: Cast, world: World, here: Project) -> None:
    texts = [
        stored(world.manager, here, whole(AGENCY, f"Advertisement\n\nFollow us on Twitter\n\n{end}"), name)
        for end, name in (("", "Nordpost"), ("Advertisement", "Kai"))
    ]
    said = shown(cast.viewer, page((texts[1].article, texts[0].article)))
    assert "Advertisement" not in said


@pytest.mark.lengthy
def test_pages_take_the_same_queries_for_more_pairs(
    cast: Cast, world: World, here: Project, queries: Callable[[Client, str], int]
) -> None:
    stored(world.manager, here, AGENCY, "Nordpost")
    names = list(REPRINTS)
    stored(world.manager, here, REPRINTS[names[1]], "Kai 1")
    listed, compared = "/p/here/articles/reprints/", None
    row = LikelyReprint.objects.get()
    compared = page((row.article, row.original))
    before = queries(cast.viewer, listed), queries(cast.viewer, compared)
    for number, name in enumerate(names[2:6]):
        stored(world.manager, here, REPRINTS[name], f"Kai {number + 2}")
    assert LikelyReprint.objects.count() > 3
    assert (queries(cast.viewer, listed), queries(cast.viewer, compared)) == before


@pytest.mark.lengthy
def test_a_long_comparison_ends(cast: Cast, world: World, here: Project) -> None:
    def text(word: str) -> str:
        return whole("Ferry", *(f"Number {n} was {word} the {n % 7} of {n * 31}." for n in range(1500)))

    one, two = (
        stored(world.manager, here, text(w), n) for w, n in (("seen at", "Nordpost"), ("met by", "Kai"))
    )
    said = shown(cast.viewer, page((two.article, one.article)))
    assert "further passage" in said
    assert Snapshot.objects.filter(article=two.article).count() == 1


def test_words_that_name_an_original_outlet_are_taken_or_offered(
    cast: Cast, world: World, here: Project
) -> None:
    ends = "The master said so, according to a report in The Harbour Post."
    only_offered = stored(world.manager, here, f"Ferry\n\nThe ferry stayed in port.\n\n{ends}").article
    assert only_offered.original_publication is None
    form = shown(cast.annotator, f"/p/here/articles/{only_offered.uuid}/edit/")
    assert "perhaps, by the words “according to a report in The Harbour Post”" in form
    assert 'name="take" value="original_outlet:0"' in form
    assert "changed" not in form.split("Taken from")[1].split("Published")[0]
    taken = stored(world.manager, here, f"Ferry\n\n{ends}\n\nIt left at noon. — AFP", "Kai Radio").article
    assert taken.original_publication is not None
    assert taken.original_publication.name == "Agence France-Presse"
    own = stored(world.manager, here, "Ferry\n\nIt left at night.\n\n© 2025 Reuters", "Reuters").article
    assert own.original_publication is None

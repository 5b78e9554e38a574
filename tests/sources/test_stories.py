"""Articles print one story as what was said of each two of them bears out, and nothing is lost on the way."""

from itertools import pairwise

import pytest

from annotator.actions.reprints import judge
from annotator.intents.refusal import Refused
from annotator.intents.reprint import parse_judgement
from sources import actions
from sources.models import Article, LikelyReprint, Project, User

from .test_reprints import by, shelf, take

__all__ = ["by", "shelf"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def four(shelf: Project) -> list[Article]:
    return [take(shelf, f"Text {n}\n\nBody of number {n} alone.\n", f"Outlet {n}").article for n in range(4)]


def stories(four: list[Article]) -> list[int | None]:
    """Of each the place of its original."""
    places = {one.pk: n for n, one in enumerate(four)}
    kept = [Article.objects.get(pk=one.pk).reprint_of_id for one in four]
    return [None if of is None else places[of] for of in kept]


def say(by: User, four: list[Article], deed: str, *pairs: tuple[int, int]) -> None:
    for one, other in pairs:
        judge(by=by, article=four[one], original=four[other], intent=parse_judgement(deed))


def test_all_that_print_the_one_print_the_other(four: list[Article], by: User) -> None:
    say(by, four, "reprint", (0, 1), (3, 1), (0, 2))
    assert stories(four) == [2, 2, None, 2]
    say(by, four, "not", (0, 2))
    assert stories(four) == [1, None, None, 1]


def test_a_chain_is_one_story_whoever_is_said_first(four: list[Article], by: User) -> None:
    say(by, four, "reprint", *pairwise(range(4)))
    assert stories(four) == [3, 3, 3, None]
    say(by, four, "undo", (1, 2))
    assert stories(four) == [1, None, 3, None]


@pytest.mark.parametrize("pair", [(0, 1), (1, 0)])
def test_two_that_both_print_a_third_are_one_story(
    four: list[Article], by: User, pair: tuple[int, int]
) -> None:
    say(by, four, "reprint", (0, 2), (1, 2))
    with pytest.raises(Refused, match="one story with “Text 2”: say first which") as told:
        say(by, four, "not", pair)
    assert told.value.rule == "still_one_story"
    assert stories(four) == [2, 2, None, None]
    assert not LikelyReprint.objects.filter(state="refused").exists()
    say(by, four, "not", (0, 2), pair)
    assert stories(four) == [None, 2, None, None]


def test_taking_back_one_of_three_changes_nothing_yet(four: list[Article], by: User) -> None:
    say(by, four, "reprint", (0, 2), (1, 2), (0, 1))
    say(by, four, "undo", (0, 2))
    assert stories(four) == [2, 2, None, None]
    say(by, four, "undo", (1, 2))
    assert stories(four) == [1, None, None, None]


def test_what_nobody_said_holds_nothing(shelf: Project, four: list[Article], by: User) -> None:
    """The same text of another outlet is a reprint by itself; it may be said that it is none."""
    twin = take(shelf, "Text 0\n\nBody of number 0 alone.\n", "Outlet 9").article
    say(by, four, "reprint", (1, 0))
    actions.refuse_reprint(by=by, article=twin, original=four[1])
    assert Article.objects.get(pk=twin.pk).reprint_of is None
    assert stories(four) == [None, 0, None, None]

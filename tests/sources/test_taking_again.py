"""An article that is taken again gets what is a further text of it, and nothing that is another's."""

from typing import Any

import pytest

from annotator.actions import intakes
from annotator.actions.refused_again import again_refused
from sources.actions.address_intakes import Waiting, take_in_addresses
from sources.models import Article, Intake, IntakeItem, Snapshot
from tests.factories import World
from tests.racing import race
from tests.sources.intake.fetching.conftest import Town
from tests.sources.intake.fetching.sites import reply

from .test_address_intakes import fetching, intake_of, lines, project, town

__all__ = ["project", "town"]
AT = "http://courier.example/now"
WEIR = "The weir above the old mill gave way before dawn and the low fields by the river stood under water"
VOTE = "Councillors postponed their decision about tram fares until autumn because nobody had counted riders"


def page(title: str, said: str, *more: str) -> bytes:
    body = "".join(f"<p>{one}.</p>" for one in (said, f"{said}, it was said in the evening", *more))
    return reply(
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>".encode()
    )


def again(world: World, town: Town, article: Article) -> Intake:
    intake = intakes.begin_addresses(
        by=world.manager, project=world.here.project, addresses=[article.url], article=article.uuid
    )
    take_in_addresses(intake, Waiting(), fetch=fetching(town))
    return intake


def taken(world: World, town: Town, document: bytes, path: str = "/now", **options: Any) -> Article:
    town.courier.pages[path] = document
    intake = intake_of(world, path, **options)
    take_in_addresses(intake, Waiting(), fetch=fetching(town))
    return Article.objects.get(intake_items__intake=intake)


def texts(article: Article) -> int:
    return Snapshot.objects.filter(article=article).count()


@pytest.mark.lengthy
def test_of_two_stories_at_one_address_the_one_that_was_asked_for_gets_the_text(
    committed_world: World, town: Town
) -> None:
    weir = taken(committed_world, town, page("Weir gives way", WEIR))
    vote = taken(committed_world, town, page("Fares wait", VOTE))
    assert weir.pk != vote.pk and weir.url == vote.url == AT
    town.courier.pages["/now"] = page("Fares still wait", VOTE, "The mayor regrets it")
    assert lines(again(committed_world, town, vote)) == [("changed", "")]
    assert (texts(weir), texts(vote)) == (1, 2)
    ((outcome, why),) = lines(again(committed_world, town, weir))
    said = "at its address there is another story now, “Fares wait”, which is an article of its own here"
    assert (outcome, why, texts(weir), texts(vote)) == ("refused", said, 1, 2)


@pytest.mark.lengthy
def test_another_story_is_refused_with_what_to_do_and_stays_so_when_it_is_tried_again(
    committed_world: World, town: Town
) -> None:
    weir = taken(committed_world, town, page("Weir gives way", WEIR))
    town.courier.pages["/now"] = page("Fares wait", VOTE)
    refused = again(committed_world, town, weir)
    said = "at its address there is another story now, “Fares wait”; hand that in by its address"
    assert lines(refused) == [("refused", said)]
    refused.refresh_from_db()
    pressed = [lambda: again_refused(by=committed_world.manager, intake=refused) for _ in range(3)]
    once_more, *others = race(pressed)
    assert others == [once_more, once_more]
    assert once_more.options["article"] == str(weir.uuid)
    take_in_addresses(once_more, Waiting(), fetch=fetching(town))
    assert (lines(once_more), texts(weir)) == ([("refused", said)], 1)


def test_a_page_that_has_an_earlier_text_back_is_told_so(committed_world: World, town: Town) -> None:
    first = page("Weir gives way", WEIR)
    weir = taken(committed_world, town, first)
    town.courier.pages["/now"] = page("Weir gives way", WEIR, "Nobody was hurt")
    assert lines(again(committed_world, town, weir)) == [("changed", "")]
    town.courier.pages["/now"] = first
    line = IntakeItem.objects.get(intake=again(committed_world, town, weir))
    assert (line.outcome, line.article) == ("known", weir)
    assert line.told["notes"][0] == "its address has text 1 again, not text 2"


@pytest.mark.lengthy
def test_a_text_that_another_article_has_is_a_further_text_all_the_same(
    committed_world: World, town: Town
) -> None:
    weir = taken(committed_world, town, page("Weir gives way", WEIR))
    longer = page("Weir gives way", WEIR, "Nobody was hurt")
    other = taken(committed_world, town, longer, "/elsewhere")
    assert other.pk != weir.pk
    town.courier.pages["/now"] = longer
    line = IntakeItem.objects.get(intake=again(committed_world, town, weir))
    assert (line.outcome, line.article, texts(weir)) == ("changed", weir, 2)
    assert "“Weir gives way” has the same text" in line.told["notes"][0]

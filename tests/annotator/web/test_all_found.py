"""An act on all that a search finds: so many at a time, said on the page, the next ones offered after."""

import re
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse

from annotator.models import Batch, BatchRow, Claim
from annotator.web import all_found
from tests.factories import World, claim

from .conftest import Cast

PAGE = "/p/here/claims/many/"
FIELDS = re.compile(r'<input type="hidden" name="(row|looked|batch|found|behind)" value="([^"]*)"')


def said(answer: HttpResponse) -> str:
    return answer.content.decode()


def fields(answer: HttpResponse) -> dict[str, Any]:
    found: dict[str, Any] = {"row": []}
    for name, value in FIELDS.findall(said(answer)):
        if name == "row":
            found["row"].append(value)
        else:
            found[name] = unescape(value)
    found["claim"] = [row.split(".")[0] for row in found["row"]]
    return found


@pytest.fixture
def five(world: World, monkeypatch: pytest.MonkeyPatch) -> list[Claim]:
    """Claims with a word of their own, of which two can be changed at once."""
    monkeypatch.setattr(all_found, "MOST_ROWS", 2)
    quotes = ("nine days", "stays shut", "its director", "found a crack", "known")
    return [claim(world.manager, world.here.snapshot, q, paraphrase="Zebras", type="fact") for q in quotes]


def types_of(claims: list[Claim]) -> list[str]:
    found = Claim.objects.filter(pk__in=[one.pk for one in claims]).order_by("pk")
    return list(found.values_list("type__key", flat=True))


@pytest.mark.lengthy
def test_all_that_were_found_are_changed_a_bounded_number_at_a_time(cast: Cast, five: list[Claim]) -> None:
    desk = said(cast.annotator.get("/p/here/claims/?q=zebras&order=oldest"))
    assert 'name="found" value="q=zebras&amp;order=oldest"' in desk
    assert "Change all 5 at once" in desk
    assert "data-all-found" not in said(cast.viewer.get("/p/here/claims/?q=zebras"))
    opened = cast.annotator.post(PAGE, {"found": "q=zebras&order=oldest"})
    rounds = []
    for done in (2, 4, 5):
        page = fields(opened)
        rounds.append(len(page["row"]))
        assert ("5 claims were found" in said(opened)) == (done < 5)
        looked = cast.annotator.post(PAGE, {**page, "type": "figure", "do": "look"})
        made = cast.annotator.post(PAGE, {**fields(looked), "type": "figure", "do": "do"})
        assert types_of(five) == ["figure"] * done + ["fact"] * (5 - done)
        after = cast.annotator.get(made["Location"])
        assert ("Go on with the next" in said(after)) == (done < 5)
        onwards = {k: v for k, v in fields(after).items() if k in ("found", "behind")}
        opened = cast.annotator.post(PAGE, onwards)
    assert rounds == [2, 2, 1]
    assert BatchRow.objects.filter(claim__in=five).count() == 5
    batch = Batch.objects.order_by("pk").last()
    assert batch
    cast.annotator.post(f"/p/here/claims/acts/{batch.uuid}/undo/")
    assert types_of(five) == ["figure"] * 4 + ["fact"]


def test_rows_left_out_stay_and_a_preview_brings_its_rows_and_not_what_is_found_by_then(
    cast: Cast, five: list[Claim]
) -> None:
    page = fields(cast.annotator.post(PAGE, {"found": "q=zebras&order=oldest"}))
    page["claim"] = page["claim"][1:]
    looked = fields(cast.annotator.post(PAGE, {**page, "type": "figure", "do": "look"}))
    looked["claim"] = page["claim"]
    cast.annotator.post(PAGE, {**looked, "type": "figure", "do": "do"})
    assert types_of(five) == ["fact", "figure", "fact", "fact", "fact"]


@pytest.mark.parametrize(
    "sent",
    [
        {"found": "q=nothing-like-it"},
        {"found": "q=%00&order=burnt&period=9999-99&speaker=x&where=article"},
        {"found": "&".join("q=a" for _ in range(900))},
        {"found": "q=zebras", "behind": "AAAA"},
        {"found": "q=zebras", "behind": "\x00"},
    ],
)
def test_whatever_the_search_says_only_claims_of_the_project_are_found(
    cast: Cast, world: World, five: list[Claim], sent: dict[str, str]
) -> None:
    answer = cast.annotator.post(PAGE, sent)
    assert answer.status_code in (200, 422)
    assert str(world.there.claim.uuid) not in said(answer)
    assert len(fields(answer)["row"]) <= 2
    assert cast.viewer.post(PAGE, sent).status_code == 403
    assert cast.stranger.post(PAGE, sent).status_code == 404


def test_of_a_long_search_nothing_is_left_out(cast: Cast, five: list[Claim]) -> None:
    beyond = "q=" + " " * all_found.LONGEST_SEARCH
    assert "no claim is ticked" in said(cast.annotator.post(PAGE, {"found": beyond}))
    narrowed = f"made={'+' * 9000}&q=zebras&status=accepted"
    assert "no claim is ticked" in said(cast.annotator.post(PAGE, {"found": narrowed}))

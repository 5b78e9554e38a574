"""Finding one's way in long lists: words and phrases, filters that are said, pages, the next article."""

import re

import pytest
from django.http import QueryDict
from django.test import Client

from annotator.actions.projects import open_project
from annotator.detect.search import parse_search
from annotator.queries.articles import articles_like, neighbours
from annotator.web.claim_search import VALUES, canonical, wanted_of
from sources.actions import edit_article
from sources.models import Article, User
from tests.factories import World, annotate, claim, new_actor, person, stored

from .conftest import Cast, browser_of


@pytest.mark.parametrize(
    ("typed", "sought"),
    [
        ("a crack", ["a", "crack"]),
        ('"found a crack"', ["found a crack"]),
        ("“found  a\tcrack” bridge", ["found a crack", "bridge"]),
        ('shut "nine days', ["shut", "nine", "days"]),
        ('"nine days" "', ["nine days"]),
        ("don’t don't", ["don t"]),
        ('""', []),
        ("«Велм» мост", ["велм", "мост"]),
        ('bridg* "nine da*" -"a b" -c', ["bridg*", "nine da*"]),
    ],
)
def test_what_stands_between_quotation_marks_is_one_phrase(typed: str, sought: list[str]) -> None:
    terms = parse_search(typed).terms
    assert [" ".join(term.words) + ("*" if term.prefix else "") for term in terms] == sought


def shown(cast: Cast, query: str) -> set[str]:
    page = cast.viewer.get("/p/here/claims/", {"q": query}).content.decode()
    return set(re.findall(r'id="claim-([0-9a-f-]+)"', page))


@pytest.mark.lengthy
def test_phrases_are_found_whatever_marks_were_typed_or_printed(world: World, cast: Cast) -> None:
    here = world.here
    said = "Brandt said it’s “not” a big  crack"
    third = claim(world.manager, here.snapshot, "nine days", paraphrase=said)
    first = str(here.claim.uuid)
    assert first in shown(cast, '"found a crack"')
    assert shown(cast, "“We found a crack”") == {first}
    assert first in shown(cast, "crack found")
    assert shown(cast, '"crack found"') == set()
    assert shown(cast, '"it\'s not a big crack"') == {str(third.uuid)}
    assert shown(cast, "crack days brandt") == {str(third.uuid)}


@pytest.mark.lengthy
def test_a_place_that_is_none_is_the_beginning(world: World, cast: Cast) -> None:
    for odd in ("page=99", "after=x", "after=WzFd!", "before=bnVsbA", "after=WyIxIl0", "after=WzFlOTldXQ"):
        page = cast.viewer.get(f"/p/here/claims/?{odd}").content.decode()
        assert page.count("data-claim ") == 3, odd


def test_an_empty_answer_says_what_was_asked(world: World, cast: Cast) -> None:
    asked = f"?status=rejected&type=demand&speaker={world.here.actor.uuid}&q=ferry&after=WzFd"
    page = cast.viewer.get(f"/p/here/claims/{asked}").content.decode()
    empty = page.split("No claim like that")[1]
    for said in (
        "status: <bdi>Rejected",
        "type: <bdi>Demand",
        "speaker: <bdi>Ilse Brandt",
        "words: <bdi>ferry",
    ):
        assert said in empty, said
    assert f'href="?type=demand&amp;speaker={world.here.actor.uuid}&amp;q=ferry"' in empty
    assert "Clear all filters" in empty


@pytest.mark.lengthy
def test_articles_are_narrowed_to_those_that_need_work(world: World, cast: Cast) -> None:
    bare = stored(world.manager, world.here.project, "Quiet news\n\nNothing was said.\n").article

    def titles(query: str) -> set[str]:
        page = cast.viewer.get(f"/p/here/articles/{query}").content.decode()
        return set(re.findall(r'<th scope="row"><a [^>]*>([^<]+)', page))

    assert titles("?show=without") == {bare.title}
    waiting = {world.here.article.title, world.here.second_article.title}
    assert titles("?show=waiting&sort=title") == waiting
    assert titles("?show=burnt") == waiting | {bare.title}
    empty = cast.viewer.get("/p/here/articles/?show=without&q=ferries").content.decode()
    assert "Every article has a claim" in empty
    sorted_on = cast.viewer.get("/p/here/articles/?show=waiting").content.decode()
    assert 'href="?show=waiting&amp;sort=title"' in sorted_on


def dated(by: User, article: Article, date: str) -> None:
    edit_article(by=by, article=article, version=1, values={}, outlet=None, published=date)


@pytest.mark.lengthy
def test_each_article_leads_to_those_beside_it_in_the_list(db: None) -> None:
    by = person("manager")
    project = open_project(by=by, name="Row", slug="row")
    for n, date in enumerate(("2025-03-02", "", "2025-03-02", "1987", "", "2025-04")):
        dated(by, stored(by, project, f"Title {n}\n\nWords of it, {n}.\n").article, date)
    order = list(articles_like(project))
    for place, article in enumerate(order):
        before = order[place - 1] if place else None
        after = order[place + 1] if place + 1 < len(order) else None
        assert neighbours(article) == (before, after), place
    page = browser_of(by).get(f"/p/row/articles/{order[1].uuid}/").content.decode()
    assert f'rel="prev" href="/p/row/articles/{order[0].uuid}/"' in page
    assert f'rel="next" href="/p/row/articles/{order[2].uuid}/"' in page


@pytest.mark.lengthy
def test_a_speaker_is_heard_no_more_exactly_than_the_articles_say(db: None) -> None:
    by = person("manager")
    project = open_project(by=by, name="Row", slug="row")
    actor = None
    for n, date in enumerate(("2015-21", "", "2014-12~")):
        snapshot = stored(by, project, f"Title {n}\n\nThe toll rises, Ada said, {n}.\n")
        dated(by, snapshot.article, date)
        of = {"actor": str(actor.uuid)} if actor else new_actor("Ada")
        actor = annotate(by, snapshot, "actor", "Ada", **of).mention.actor
        chain = {"role": "said", "sources": [{"actor": str(actor.uuid), "role_at_time": "clerk"}]}
        claim(by, snapshot, "The toll rises", voice="attributed", chains=[[chain]])
        browser = browser_of(by)
        heard = browser.get("/p/row/speakers/").content.decode()
        own = browser.get(f"/p/row/speakers/{actor.uuid}/").content.decode()
        said = "about Dec 2014 – spring 2015" if n == 2 else "spring 2015"
        assert f">{said}</td>" in heard
        assert f">{said}</small>" in own


def test_what_was_sought_is_marked_in_its_sentence_and_nothing_typed_is_markup(
    world: World, cast: Cast
) -> None:
    page = cast.viewer.get("/p/here/claims/", {"q": '"found a crack" nordp* bridge'}).content.decode()
    assert '<mark>We </mark><mark class="hit">found a crack</mark>' in page
    assert '<mark class="hit hit-around">Nordpost</mark>' in page
    assert '<mark class="hit">bridge</mark>' in page.split("<cite")[1].split("</cite>")[0]
    hostile = cast.viewer.get("/p/here/claims/", {"q": 'crack <script>alert(1)</script> "><img src=x>'})
    assert "<script>alert" not in hostile.content.decode()
    assert "<img" not in hostile.content.decode()


@pytest.mark.lengthy
@pytest.mark.parametrize("typed", [":*", "'", "\\", '"', "&|!", "\u0301\u0301", "-"])
def test_what_holds_no_word_is_said_and_narrows_nothing(world: World, cast: Cast, typed: str) -> None:
    page = cast.viewer.get("/p/here/claims/", {"q": typed}).content.decode()
    assert "no letter and no digit" in page
    assert page.count("data-claim ") == 3


SEVERAL = ("status", "speaker", "kind", "type", "topic", "outlet", "period", "annotator", "article")


@pytest.mark.lengthy
def test_a_facet_takes_several_values_and_its_counts_stay_right(world: World, cast: Cast) -> None:
    here = world.here
    dated(world.manager, here.second_article, "2024-05-02")

    def facets(query: str) -> dict[str, dict[str, tuple[int, bool, str]]]:
        page = cast.viewer.get(f"/p/here/claims/{query}")
        return {
            one["facet"].key: {c.key: (c.count, c.chosen, url) for c, url in one["choices"]}
            for one in page.context["facets"]
        }

    first = facets("?status=disputed")
    assert first["status"] == {
        "submitted": (2, False, "?status=disputed&status=submitted"),
        "disputed": (1, True, "?"),
    }
    both = facets("?status=disputed&status=submitted")
    assert both["status"] == {
        "submitted": (2, True, "?status=disputed"),
        "disputed": (1, True, "?status=submitted"),
    }
    assert {key: n for key, (n, _, _) in both["outlet"].items()} == {
        key: n for key, (n, _, _) in facets("")["outlet"].items()
    }
    for field, values in facets("").items():
        keys = list(values)
        if field not in SEVERAL:
            continue
        asked = "&".join(f"{field}={key}" for key in keys)
        page = cast.viewer.get(f"/p/here/claims/?{asked}")
        whole = {claim for key in keys for claim in shown_at(cast, f"?{field}={key}")}
        assert set(re.findall(r'id="claim-([0-9a-f-]+)"', page.content.decode())) == whole, field
        assert page.context["counted"].total == len(whole), field
        again = {one["facet"].key: one for one in page.context["facets"]}[field]
        assert [(c.key, c.count) for c, _ in again["choices"]] == [(k, n) for k, (n, *_) in values.items()]


def shown_at(cast: Cast, query: str) -> set[str]:
    page = cast.viewer.get(f"/p/here/claims/{query}").content.decode()
    return set(re.findall(r'id="claim-([0-9a-f-]+)"', page))


def test_each_value_has_a_way_out_of_its_own_and_the_form_keeps_all(world: World, cast: Cast) -> None:
    two = f"speaker={world.here.actor.uuid}&speaker={world.here.office.uuid}"
    page = cast.viewer.get(f"/p/here/claims/?{two}&status=disputed&status=withdrawn&q=crack")
    assert [(name, value) for name, value, _ in page.context["asked_for"]] == [
        ("words", "crack"),
        ("status", "Disputed"),
        ("status", "Withdrawn"),
        ("speaker", "Ilse Brandt"),
        ("speaker", "Harbour office"),
    ]
    ways = [QueryDict(way[1:]) for _, _, way in page.context["asked_for"]]
    assert ways[1] == QueryDict(f"{two}&status=withdrawn&q=crack")
    office = world.here.office.uuid
    assert ways[3] == QueryDict(f"speaker={office}&status=disputed&status=withdrawn&q=crack")
    for kept in (("status", "disputed"), ("status", "withdrawn"), ("speaker", str(world.here.office.uuid))):
        assert f'<input type="hidden" name="{kept[0]}" value="{kept[1]}">' in page.content.decode()
    assert (
        canonical(QueryDict("status=b&q=x&status=a&status=a&width=40&after=z"))
        == "q=x&status=a&status=b&width=40"
    )


@pytest.mark.lengthy
def test_a_month_takes_the_place_of_its_year(world: World, cast: Cast) -> None:
    dated(world.manager, world.here.second_article, "2024-05-02")

    def ways(query: str, facet: str) -> dict[str, str]:
        page = cast.viewer.get(f"/p/here/claims/{query}")
        found = {one["facet"].key: one["choices"] for one in page.context["facets"]}
        return {choice.key: url for choice, url in found.get(facet, ())}

    assert ways("?period=2024", "month") == {"2024-05": "?period=2024-05"}
    assert ways("?period=2024-05", "month") == {"2024-05": "?"}
    assert ways("?period=2024-05", "period")["2024"] == "?"
    assert ways("?period=2024-05&period=undated", "period")["undated"] == "?period=2024-05"
    assert ways("?period=2024-05&period=2023", "month") == {}, "of one year alone"


@pytest.mark.lengthy
def test_no_number_of_values_is_too_many(world: World, cast: Cast) -> None:
    many = "&".join(f"{field}={n}" for field in SEVERAL for n in range(80))
    odd = "status=&status=%00&speaker=x&period=2024-99&topic=%27&outlet=~&topic=~"
    for query in (many, odd):
        for page in ("claims", "review", "claims/?show=lines&where=article&q=a"):
            joined = "&" if "?" in page else "/?"
            assert cast.viewer.get(f"/p/here/{page}{joined}{query}").status_code == 200
    assert len(wanted_of(QueryDict(many)).topic) == VALUES


@pytest.mark.lengthy
def test_facets_count_and_lead_on(world: World, cast: Cast) -> None:
    answer = cast.viewer.get("/p/here/claims/?status=disputed")
    facets = {one["facet"].key: one for one in answer.context["facets"]}
    assert [(c.key, c.count, c.chosen) for c, _ in facets["status"]["choices"]] == [
        ("submitted", 2, False),
        ("disputed", 1, True),
    ]
    assert {c.key: url for c, url in facets["status"]["choices"]} == {
        "submitted": "?status=disputed&status=submitted",
        "disputed": "?",
    }
    assert {c.label: c.count for c, _ in facets["speaker"]["choices"]} == {"Ilse Brandt": 1, "Nordpost": 1}
    assert {c.label for c, _ in facets["outlet"]["choices"]} == {"The Velm Courier"}
    for one in facets.values():
        for choice, url in one["choices"]:
            page = cast.viewer.get(f"/p/here/claims/{url}")
            more = 1 if one["facet"].key == "status" else 0  # beside what was chosen already
            if not choice.chosen:
                assert page.context["counted"].total == choice.count + more, (one["facet"].key, url)
    assert cast.viewer.get("/p/here/claims/?status=disputed&all=speaker").status_code == 200


@pytest.mark.lengthy
def test_pages_follow_each_other_both_ways_in_each_order_and_lose_nothing(db: None) -> None:
    by = person("manager")
    project = open_project(by=by, name="Row", slug="row")
    for n, date in enumerate(("2025-03-02", "", "2025-03-02")):
        text = f"Title {n}\n\n" + " ".join(f"Word {i} of it." for i in range(15)) + "\n"
        snapshot = stored(by, project, text)
        dated(by, snapshot.article, date)
        for i in range(15):
            claim(by, snapshot, f"Word {i}")
    for order in ("", "oldest", "published", "first"):
        forth, back = both_ways(browser_of(by), f"/p/row/claims/?order={order}")
        assert [len(one) for one in forth] == [20, 20, 5], order
        assert len({one for some in forth for one in some}) == 45, order
        assert back == forth[::-1], order


def both_ways(browser: Client, address: str) -> tuple[list[list[str]], list[list[str]]]:
    """The claims on each page to the last one, and on each back to the first."""
    forth, back = [], []
    while address:
        page = browser.get(address).content.decode()
        forth.append(claims_on(page))
        onward = re.search(r'href="([^"]*)" rel="next"', page)
        address = "/p/row/claims/" + onward[1].replace("&amp;", "&") if onward else ""
    while True:
        back.append(claims_on(page))
        before = re.search(r'href="([^"]*)" rel="prev"', page)
        if not before:
            return forth, back
        page = browser.get("/p/row/claims/" + before[1].replace("&amp;", "&")).content.decode()


def claims_on(page: str) -> list[str]:
    return re.findall(r'id="claim-([0-9a-f-]+)"', page)

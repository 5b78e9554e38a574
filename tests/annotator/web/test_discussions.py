"""Discussions on pages: where they stand, whom they are shown to, what is typed and what comes of it."""

from html import unescape
from re import findall, search
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from annotator.actions import discussions
from annotator.models import Comment, Discussion
from annotator.queries import discussions as query
from annotator.web.views import discussions as view
from sources.actions import edit_project
from tests.factories import Side, World, said

from .conftest import Cast

LIST = "/p/here/discussions/"


def pages(side: Side) -> dict[str, str]:
    root = f"/p/{side.project.slug}"
    return {
        "claim": f"/c/{side.claim.uuid}/",
        "actor": f"{root}/speakers/{side.actor.uuid}/",
        "event": f"{root}/events/{side.event.uuid}/",
        "article": f"{root}/discussions/about/article/{side.article.uuid}/",
    }


def words(page: str) -> str:
    return " ".join(unescape(" ".join(findall(r">([^<]*)", page))).split())


def fields(page: str, form: str) -> dict[str, str]:
    """What a browser would send with the form that holds a field of that `id`."""
    found = search(rf"<form class=\"say(?:(?!</form>).)*id=\"{form}\"", page, flags=16)
    assert found
    return dict(findall(r'name="(uuid|discussion|kind|about)" value="([^"]*)"', found[0]))


def section(client: Client, url: str) -> str:
    page = client.get(url).content.decode()
    found = search(r'<section class="discussions".*?</section>', page, flags=16)
    return found[0] if found else ""


@pytest.mark.lengthy
@pytest.mark.parametrize("name", ["claim", "actor", "event", "article"])
def test_it_works_without_scripts(world: World, cast: Cast, name: str) -> None:
    url = pages(world.here)[name]
    sent = fields(section(cast.annotator, url), "say-new")
    for _ in range(2):  # a second press of the button
        answer = cast.annotator.post(f"{LIST}say/", {**sent, "text": "Is it so, @reviewer?\n\nI doubt it."})
        assert answer["Location"] == f"{url}#comment-{sent['uuid']}"
    shown = section(cast.reviewer, url)
    assert "Annotator" in shown and "I doubt it." in shown
    assert '<b class="called" title="@reviewer"><bdi>@Reviewer</bdi></b>' in shown
    thread = Discussion.objects.get(uuid=sent["discussion"])
    answered = fields(shown, f"say-{thread.uuid}")
    cast.reviewer.post(f"{LIST}say/", {**answered, "text": "It is."})
    assert [one.text for one in thread.comments.order_by("pk")] == [
        "Is it so, @reviewer?\n\nI doubt it.",
        "It is.",
    ]
    turned = cast.reviewer.post(f"{LIST}{thread.uuid}/", {"state": "resolved"})
    assert turned["Location"] == f"{url}#discussion-{thread.uuid}"
    assert "Resolved by Reviewer ," in words(section(cast.annotator, url))
    cast.annotator.post(f"{LIST}{thread.uuid}/", {"state": "open"})
    assert "Opened again by Annotator ," in words(section(cast.annotator, url))


def test_opening_one_too_many_is_refused_in_words(
    world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    thread = world.here.comment.discussion
    discussions.settle(by=world.manager, discussion=thread, state="resolved")
    monkeypatch.setattr(discussions, "MOST_OPEN", 0)
    answer = cast.reviewer.post(f"{LIST}{thread.uuid}/", {"state": "open"})
    assert answer.status_code == 422
    assert "at most 0 discussions of one thing are open at once; resolve one." in words(
        answer.content.decode()
    )


@pytest.mark.lengthy
def test_what_is_refused_is_not_lost(world: World, cast: Cast) -> None:
    url = pages(world.here)["claim"]
    sent = fields(section(cast.annotator, url), "say-new")
    answer = cast.annotator.post(f"{LIST}say/", {**sent, "text": "Right \u202eto left"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Not saved: the text contains characters that reorder text." in words(page)
    assert "Right \u202eto left</textarea>" in page
    assert fields(page, "say-new") == sent
    for wrong in ({"kind": "user"}, {"about": "x"}, {"about": str(world.there.claim.uuid)}):
        assert cast.annotator.post(f"{LIST}say/", {**sent, "text": "Hm", **wrong}).status_code == 404
    taken = {**sent, "uuid": str(world.there.comment.uuid), "text": "Hm"}
    assert cast.annotator.post(f"{LIST}say/", taken).status_code == 409
    for wrong in ({"uuid": "x"}, {"discussion": ""}, {"text": "a\0b"}):
        assert cast.annotator.post(f"{LIST}say/", {**sent, "text": "Hm", **wrong}).status_code in (400, 422)


@pytest.mark.lengthy
def test_what_was_typed_is_shown_as_it_was_typed(world: World, cast: Cast) -> None:
    text = (
        '<img src=x onerror=alert(1)> https://x.org/?a=1&b="2. javascript:alert(1)\n  \u2068قال\u2069 {{ x }}'
    )
    said(world.reviewer, world.here.lone, text)
    shown = section(cast.viewer, f"/c/{world.here.lone.uuid}/")
    assert "<img" not in shown
    assert findall(r'href="(http[^"]*)"', shown) == ["https://x.org/?a=1&amp;b="]
    assert 'rel="noreferrer noopener nofollow ugc"' in shown
    said_there = search(r'<div class="said-text" dir="auto" hx-disable>(.*?)</div>', shown, flags=16)
    assert said_there and unescape("".join(findall(r"(?:^|>)([^<]*)", said_there[1]))) == text


@pytest.mark.lengthy
def test_ones_own_comment_is_changed_and_withdrawn(world: World, cast: Cast) -> None:
    url = pages(world.here)["article"]
    sent = fields(section(cast.annotator, url), "say-new")
    cast.annotator.post(f"{LIST}say/", {**sent, "text": "Frist"})
    mine = f"{LIST}comments/{sent['uuid']}/"
    assert mine in section(cast.annotator, url) and mine not in section(cast.manager, url)
    assert cast.manager.get(mine).status_code == 403
    assert cast.manager.post(mine, {"do": "withdraw"}).status_code == 403
    assert "Frist</textarea>" in cast.annotator.get(mine).content.decode()
    assert cast.annotator.post(mine, {"text": " ", "version": "1"}).status_code == 422
    saved = cast.annotator.post(mine, {"text": "First", "version": "1"})
    assert saved["Location"] == f"{url}#comment-{sent['uuid']}"
    late = cast.annotator.post(mine, {"text": "Third", "version": "1"})
    assert late.status_code == 409
    assert (
        "It says now: First" in words(late.content.decode()) and "Third</textarea>" in late.content.decode()
    )
    assert "edited" in words(section(cast.viewer, url))
    cast.annotator.post(mine, {"do": "withdraw"})
    shown = words(section(cast.viewer, url))
    assert "Withdrawn" in shown and "First" not in shown
    assert cast.annotator.get(mine).status_code == 302


@pytest.mark.lengthy
def test_the_list_and_the_number_in_the_bar(world: World, cast: Cast) -> None:
    here = world.here

    def shown(who: str, show: str) -> list[Any]:
        page = getattr(cast, who).get(f"{LIST}?show={show}")
        return [entry.discussion for entry in page.context["entries"]]

    def calls(who: str) -> int:
        return getattr(cast, who).get(LIST).context["here"].calling

    first = here.comment.discussion  # the manager calls the reviewer
    second = said(world.reviewer, here.event, "In May? @reviewer").discussion
    assert shown("manager", "open") == shown("viewer", "open") == [second, first]
    assert (shown("reviewer", "me"), calls("reviewer")) == ([first], 1), "nobody calls themselves"
    assert (shown("manager", "me"), calls("manager")) == ([], 0)
    assert (shown("reviewer", "mine"), shown("manager", "mine")) == ([second], [first])
    said(world.manager, here.claim, "Look, @reviewer", discussion=first.uuid)
    assert calls("reviewer") == 1, "discussions are counted, not calls"
    assert shown("reviewer", "open") == [first, second], "the latest said is first"
    said(world.manager, here.event, "@reviewer, no", discussion=second.uuid)
    assert calls("reviewer") == 2
    assert '<b class="count">2<span class="visually-hidden"> mention you</span></b>' in (
        cast.reviewer.get(f"/p/here/articles/{here.article.uuid}/").content.decode()
    )
    discussions.settle(by=world.reviewer, discussion=first, state="resolved")
    assert (shown("reviewer", "resolved"), calls("reviewer")) == ([first], 1)
    for comment in Comment.objects.filter(discussion=second, author=world.manager):
        discussions.withdraw(by=world.manager, comment=comment)
    assert (shown("reviewer", "me"), calls("reviewer")) == ([], 0)


@pytest.mark.lengthy
def test_the_list_in_pages_with_as_many_queries_for_one_as_for_many(
    world: World, cast: Cast, queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = world.here
    alone = queries(cast.manager, LIST)
    for thing in (here.anonymous, here.actor, here.event, here.article, here.lone):
        said(world.reviewer, thing, "And this, @manager?")
    assert queries(cast.manager, LIST) == alone + 1, "one more for what anonymous speakers are called"
    monkeypatch.setattr(view, "ENTRIES", 4)
    first = cast.manager.get(LIST)
    second = cast.manager.get(LIST + first.context["page"].after)
    assert "an engineer #1, The Velm Courier" in words(second.content.decode())
    both = [*first.context["entries"], *second.context["entries"]]
    assert [len(first.context["entries"]), len(second.context["entries"])] == [4, 2]
    assert [one.kind for one in both] == ["claim", "article", "event", "actor", "actor", "claim"]
    for odd in ("show=%00", "after=%00", "after=x&before=y", "show=me&after=WzEsMl0"):
        assert cast.manager.get(f"{LIST}?{odd}").status_code == 200


@pytest.mark.lengthy
def test_as_many_queries_for_three_threads_as_for_one(world: World, cast: Cast, queries: Any) -> None:
    url = pages(world.here)["claim"]
    one = queries(cast.manager, url)
    for _ in range(2):
        thread = said(world.reviewer, world.here.claim, "Hm, @manager?").discussion
        said(world.manager, world.here.claim, "@reviewer!", discussion=thread.uuid)
    assert queries(cast.manager, url) == one


@pytest.mark.lengthy
def test_cards_say_how_many_there_are(world: World, cast: Cast) -> None:
    def link(client: Client) -> list[str]:
        card = client.get(f"/c/{world.here.claim.uuid}/card/").content.decode()
        return findall(r'class="permanent discussed" href="([^"]*)"[^>]*>([^<]*)<', card)

    there = f"/c/{world.here.claim.uuid}/#discussions"
    assert link(cast.viewer) == [(there, "1 discussion, 1 open")]
    said(world.reviewer, world.here.claim, "And?")
    discussions.settle(by=world.manager, discussion=world.here.comment.discussion, state="resolved")
    assert link(cast.viewer) == [(there, "2 discussions, 1 open")]
    room = cast.viewer.get(f"/p/here/articles/{world.here.article.uuid}/").context["data"]
    assert room["discussed"] == {"article": None, "claims": {str(world.here.claim.uuid): [2, 1]}}


@pytest.mark.lengthy
@pytest.mark.parametrize(
    ("kind", "page"),
    [
        ("actor", "speakers/"),
        ("event", "events/"),
        ("event", "events/?view=timeline"),
        ("article", "articles/"),
    ],
)
def test_rows_say_how_many_there_are(world: World, cast: Cast, kind: str, page: str) -> None:
    thing = getattr(world.here, kind)

    def link(client: Client) -> list[tuple[str, str]]:
        html = client.get(f"/p/here/{page}").content.decode()
        return findall(rf'data-discussed="{kind}:{thing.uuid}" data-none=""( hidden|)>([^<]*)<', html)

    assert link(cast.viewer) == [(" hidden", "")]
    first = said(world.reviewer, thing, "Is it so?").discussion
    assert link(cast.viewer) == [("", "1 discussion, 1 open")]
    said(world.reviewer, thing, "And this?")
    discussions.settle(by=world.manager, discussion=first, state="resolved")
    assert link(cast.viewer) == [("", "2 discussions, 1 open")]
    edit_project(by=world.manager, project=world.here.project, name="Here", description="", is_public=True)
    assert link(cast.stranger) == []


@pytest.mark.lengthy
def test_what_was_resolved_long_ago_is_reached(
    world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query, "MOST_RESOLVED", 2)
    thing, url = world.here.lone, f"{LIST}about/claim/{world.here.lone.uuid}/"
    for n in range(5):
        thread = said(world.reviewer, thing, f"Word {n}.").discussion
        discussions.settle(by=world.manager, discussion=thread, state="resolved")
    said(world.reviewer, thing, "Still open.")

    def words_of(url: str) -> tuple[list[str], str]:
        shown = section(cast.viewer, url)
        assert 'data-number="6" data-open="1"' in shown
        further = search(r'<a href="([^"]*)">Those resolved earlier', shown)
        return findall(r"Word \d|Still open", shown), further[1] if further else ""

    first, further = words_of(url)
    assert first == ["Still open", "Word 4", "Word 3"]
    assert words_of(f"/c/{thing.uuid}/") == (first, further)
    second, further = words_of(further)
    assert second == ["Word 2", "Word 1"]
    assert words_of(further) == (["Word 0"], "")
    assert f'href="{url}">Open discussions' in section(cast.viewer, further)
    for odd in ("x", "%00", str(uuid4()), str(world.here.comment.discussion.uuid)):
        assert words_of(f"{url}?after={odd}")[0] == first


@pytest.mark.lengthy
def test_readers_of_a_public_project_see_nothing_of_it(world: World, cast: Cast) -> None:
    edit_project(by=world.manager, project=world.here.project, name="Here", description="", is_public=True)
    said(world.reviewer, world.here.article, "Only for us")
    for visitor, code in ((cast.stranger, 403), (cast.nobody, 302)):
        for name, url in pages(world.here).items():
            answer = visitor.get(url)
            if name == "article":
                assert answer.status_code == code
                continue
            page = answer.content.decode()
            assert answer.status_code == 200
            assert "discuss" not in page.lower(), name
            assert world.here.comment.text not in page
        assert visitor.get(LIST).status_code == code
        room = visitor.get(f"/p/here/articles/{world.here.article.uuid}/")
        assert room.context["data"]["discussed"] is None
        assert "discussions/" not in room.content.decode()


@pytest.mark.lengthy
def test_a_fragment_for_who_has_the_page_already(world: World, cast: Cast) -> None:
    url = f"{LIST}about/claim/{world.here.claim.uuid}/"
    fragment = cast.viewer.get(url, headers={"HX-Request": "true"}).content.decode().strip()
    assert fragment.startswith('<section class="discussions" id="discussions"') and "<html" not in fragment
    assert "<html" in cast.viewer.get(url).content.decode()
    assert cast.viewer.get(f"{LIST}about/claim/{uuid4()}/").status_code == 404
    assert cast.viewer.get(f"{LIST}about/user/{uuid4()}/").status_code == 404
    assert cast.viewer.get(f"{LIST}about/claim/{world.there.claim.uuid}/").status_code == 404

"""The links on a claim's page that open the article at its words, each with what it finds."""

import re
from html import unescape
from urllib.parse import unquote
from uuid import UUID

import pytest
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from annotator.actions import annotations
from annotator.intents.annotation import parse_annotation
from annotator.models import Claim
from annotator.queries.opened_at import opened_at
from sources.models import Article
from tests.factories import World, stored

from .conftest import Cast

URL = "https://dunmore.example/bridge"


def card(html: str) -> str:
    found = html.partition('id="opened"')[2].partition("</section>")[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", found))).strip()


def leads(html: str) -> list[str]:
    part = html.partition('id="opened"')[2].partition("</section>")[0]
    return [unquote(unescape(one)) for one in re.findall(r'href="([^"]+)"', part)]


@pytest.fixture
def there(world: World) -> World:
    with_address(world.here.article)
    return world


def with_address(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(url=URL, version=F("version") + 1)


def test_the_words_and_each_sentence(there: World, cast: Cast) -> None:
    html = cast.viewer.get(f"/c/{there.here.claim.uuid}/").content.decode()
    words, sentence = leads(html)
    assert words == f"{URL}#:~:text=We found a crack"
    assert sentence.startswith(f"{URL}#:~:text=") and "We found a crack" in sentence
    told = card(html)
    assert "Open at these words They stand once in the text that was read." in told
    assert "Its sentence Open at sentence 4 It stands once" in told


@pytest.mark.lengthy
def test_the_first_of_several_parts(there: World, cast: Cast) -> None:
    text = there.here.snapshot.text
    ends = [
        (at, at + len(words)) for words in ("Eighteen lorries", "anyone was") for at in [text.index(words)]
    ]
    body = {"snapshot": there.here.snapshot.uuid, "kind": "claim", "extent": [list(one) for one in ends]}
    body["quotes"] = [text[start:end] for start, end in ends]
    body["claim"] = {"type": "fact", "quotation_type": "indirect", "voice": "unknown"}
    marked = annotations.save(
        by=there.manager, project=there.here.project, intent=parse_annotation(UUID(int=2), body)
    )
    html = cast.viewer.get(f"/c/{marked.annotation.uuid}/").content.decode()
    assert leads(html)[0] == f"{URL}#:~:text=Eighteen lorries"
    assert "of 2 parts; the link leads to the first of them" in card(html)
    whole = cast.viewer.get(f"/c/{there.here.claim.uuid}/").content.decode()
    assert "parts; the link" not in card(whole)


def test_without_an_address(world: World, cast: Cast) -> None:
    html = cast.viewer.get(f"/c/{world.here.second_claim.uuid}/").content.decode()
    assert "has no web address" in card(html)
    assert not leads(html)


@pytest.mark.lengthy
@pytest.mark.parametrize(
    ("nth", "told"),
    [(0, "browsers mark these, which come first."), (20, "browsers mark those in “ … No word.")],
)
def test_an_ambiguous_one_says_what_it_would_mark(there: World, cast: Cast, nth: int, told: str) -> None:
    """The same sentence too often for any context to tell one from another."""
    snapshot = stored(there.manager, there.here.project, "No word. " * 40)
    with_address(snapshot.article)
    at = snapshot.text.index("No word") + nth * len("No word. ")
    body = {"snapshot": snapshot.uuid, "kind": "claim", "extent": [[at, at + 7]], "quotes": ["No word"]}
    body["claim"] = {"type": "fact", "quotation_type": "indirect", "voice": "unknown"}
    marked = annotations.save(
        by=there.manager, project=there.here.project, intent=parse_annotation(UUID(int=1), body)
    )
    html = cast.viewer.get(f"/c/{marked.annotation.uuid}/").content.decode()
    assert "Open near these words Other words of the text fit as well" in card(html)
    assert told in card(html)
    assert leads(html)[0].startswith(f"{URL}#:~:text=")


def test_it_is_looked_for_once(there: World, django_assert_num_queries) -> None:
    from django.db import connection

    one = Claim.objects.select_related("annotation__snapshot").get(pk=there.here.claim.pk)
    with CaptureQueriesContext(connection) as first:
        opened_at(one, URL + "?once")
    with django_assert_num_queries(1):
        again = opened_at(one, URL + "?once")
    assert len(first) == 2
    assert [link.state for link in again] == ["unique", "unique"]

"""Words in their context on the desk: aligned, sorted by what stands beside them, as wide as is asked for."""

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from annotator.detect.search import parse_search
from annotator.models import Claim
from annotator.queries import concordance, sentence_lines
from annotator.queries.claims import Wanted
from annotator.queries.concordance import Line, lines_of_claims, sorted_beside
from annotator.queries.sentence_lines import everywhere
from annotator.web import claim_lines
from sources.models import Role
from sources.text.folding import folded
from tests.factories import World, claim, stored

from .conftest import Cast

LINE = re.compile(
    r'<li class="kwic-row".*?dir="(\w+)".*?<span class="kwic-before"><span>(.*?)</span></span>'
    r'<mark>(.*?)</mark><span class="kwic-after"><span>(.*?)</span>',
    re.DOTALL,
)


def desk(cast: Cast, **asked: Any) -> HttpResponse:
    return cast.annotator.get(f"/p/here/claims/?{urlencode({'show': 'lines', **asked})}")


def lines(answer: HttpResponse) -> list[tuple[str, str, str, str]]:
    return LINE.findall(answer.content.decode())


def test_a_claim_stands_on_one_line_with_the_text_around_it(cast: Cast, world: World) -> None:
    answer = desk(cast, q="crack", width="40")
    found = lines(answer)
    assert [match for _, _, match, _ in found] == ["crack", "crack"]
    text = world.here.snapshot.text
    at = text.index("We found a crack") + len("We found a ")
    assert ("ltr", text[at - 40 : at].replace("\n", " "), "crack") in [line[:3] for line in found]
    page = answer.content.decode()
    assert f'value="{world.here.claim.uuid}" form="ticked"' in page
    assert f"/p/here/articles/{world.here.article.uuid}/#s" in page
    viewer = cast.viewer.get("/p/here/claims/?show=lines&q=crack").content.decode()
    assert "kwic-row" in viewer
    assert "data-tick " not in viewer


@pytest.mark.lengthy
def test_quotes_alone_sentences_around_and_every_sentence(cast: Cast, world: World) -> None:
    assert len(lines(desk(cast, q="brandt"))) == 2, "in the sentences of two claims"
    assert lines(desk(cast, q="brandt", where="quote")) == []
    everything = lines(desk(cast, q="bridge", where="article"))
    assert len(everything) == 4, "headline, first sentence, and both of the ferries' article"
    assert "No line" in desk(cast, q="Velm", where="").content.decode(), "the title alone has it"
    assert lines(desk(cast, q="bridge -closed", where="article")) == [
        line for line in everything if "closed after" not in line[3]
    ]
    narrowed = desk(cast, q="crack", where="article", status="disputed")
    assert len(lines(narrowed)) == 1, "sentences that hold such a claim"


@pytest.mark.lengthy
def test_lines_are_sorted_by_the_words_beside(cast: Cast, world: World) -> None:
    after = [line[3].split()[0] for line in lines(desk(cast, q="the", where="article", order="right"))]
    assert len(after) > 5
    assert after == sorted(after, key=str.lower)
    sides = [line[1] for line in lines(desk(cast, q="the", where="article", order="left"))]
    before = [(folded(side)[::-1] or [""])[0] for side in sides]
    assert before == sorted(before)
    assert "Which words?" in desk(cast).content.decode()


def test_lines_of_a_language_that_runs_leftwards_run_so(cast: Cast, world: World) -> None:
    (line,) = lines(desk(cast, q="الجسر", where="article"))
    assert line[0] == "rtl"
    assert line[1].endswith("قال المدير إن ")


@pytest.fixture
def many(world: World) -> World:
    sentences = [f"The otter number {n} swam by." for n in range(130)]
    for i in range(2):
        text = "Otters of the river\n\n" + " ".join(sentences[65 * i : 65 * (i + 1)])
        stored(world.manager, world.here.project, text)
    return world


@pytest.mark.lengthy
@pytest.mark.parametrize("order", ["", "right"])
def test_pages_lead_through_all_of_them_and_back(cast: Cast, many: World, order: str) -> None:
    seen, url = [], f"/p/here/claims/?show=lines&where=article&q=otter&order={order}"
    pages = []
    while url:
        answer = cast.annotator.get(url)
        found = lines(answer)
        pages.append(found)
        seen += [line[3] for line in found]
        following = re.search(r'href="(\?[^"]*)" rel="next"', answer.content.decode())
        url = f"/p/here/claims/{following[1]}".replace("&amp;", "&") if following else ""
    assert (len(seen), len(set(seen)), len(pages)) == (130, 130, 3)
    back = re.search(r'href="(\?[^"]*)" rel="prev"', answer.content.decode())
    assert back
    assert lines(cast.annotator.get(f"/p/here/claims/{back[1]}".replace("&amp;", "&"))) == pages[1]


@pytest.mark.lengthy
def test_the_number_of_queries_does_not_grow(cast: Cast, many: World) -> None:
    def counted(**asked: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            desk(cast, **asked)
        return len(queries)

    # of 130 lines without a claim nobody's name is asked for
    assert counted(q="otter", where="article") + 1 == counted(q="lorries", where="article")
    one = counted(q="lorries", where="quote")
    claim(many.manager, many.here.second_snapshot, "Two ferries will carry lorries")
    assert counted(q="lorries", where="quote") == one


@pytest.mark.lengthy
@pytest.mark.parametrize(
    "asked",
    [
        {"q": "'); DROP TABLE x --", "where": "article"},
        {"q": "\x00 crack", "where": "article", "width": "9999"},
        {"q": "-crack", "where": "article"},
        {"q": "%s %(x)s crack", "order": "left"},
        {"q": "crack", "after": "AAAA", "where": "article"},
        {"q": "crack", "order": "left", "page": "99999"},
        {"q": "crack", "order": "nothing", "show": "lines"},
        {"q": "crack", "where": "article", "period": "9999-99", "outlet": "x"},
    ],
)
def test_nothing_that_is_typed_breaks_it(cast: Cast, asked: dict[str, str]) -> None:
    assert desk(cast, **asked).status_code == 200


@pytest.mark.lengthy
def test_nobody_sees_what_is_not_theirs(cast: Cast, world: World) -> None:
    text = stored(world.manager, world.there.project, "Otters\n\nThe otter is there.")
    assert lines(desk(cast, q="otter", where="article")) == []
    draft = claim(world.manager, world.here.snapshot, "the crack was known", status="draft")
    found, *_ = everywhere(world.here.project, Wanted(words="spring"), None, 40, 10)
    assert [line.claim for line in found] == [None], "a reader of a public project sees no draft"
    found, *_ = everywhere(world.here.project, Wanted(words="known"), Role.VIEWER, 40, 10)
    assert draft.uuid in [line.claim for line in found]
    assert text.project != world.here.project


def test_masked_sentences_are_left_out(cast: Cast, world: World) -> None:
    before = len(lines(desk(cast, q="lorries", where="article")))
    assert before == 2
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE sources_block SET masked = true, version = version + 1 WHERE snapshot_id = %s",
            [world.here.second_snapshot.pk],
        )
    assert len(lines(desk(cast, q="lorries", where="article"))) == 1


def test_ties_are_sorted_by_place_and_several_lines_of_a_claim_stay_its_own(world: World) -> None:
    twice = claim(world.manager, world.here.snapshot, "The bridge at Velm stays shut for nine days")
    keys = list(Claim.objects.filter(project=world.here.project).values_list("pk", flat=True))
    found = lines_of_claims(keys, parse_search("bridge days"), 40, quotes_only=True)
    assert {(line.claim, line.match) for line in found if line.claim == twice.uuid} == {
        (twice.uuid, "bridge"),
        (twice.uuid, "days"),
    }
    assert isinstance(found[0], Line)
    assert sorted_beside(found, "left") == sorted(found, key=lambda line: line.beside("left"))
    assert concordance.MOST_SORTED >= 1000


@pytest.mark.lengthy
@pytest.mark.parametrize("size", [1, 50])
def test_only_so_many_texts_are_looked_through_at_once_and_each_page_goes_on(
    cast: Cast, many: World, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """The words lie apart in five texts before the one where they stand together."""
    monkeypatch.setattr(sentence_lines, "MOST_TEXTS", 2)
    for n in range(5):
        stored(many.manager, many.here.project, f"Text {n}\n\nA heron came.\n\nNo badger did.")
    stored(many.manager, many.here.project, "Last\n\nA heron and a badger came.")
    wanted, seen, after, ends = Wanted(words="heron badger"), [], None, []
    for _ in range(9):
        found, cut, bounded = everywhere(many.here.project, wanted, Role.VIEWER, 40, size, after=after)
        seen += found
        ends.append(bounded)
        after = cut.after
        if after is None:
            break
    assert [line.match for line in seen] == ["heron", "badger"]
    assert (ends[:2], ends[-1]) == ([True, True], False)
    back, cut, _ = everywhere(many.here.project, wanted, Role.VIEWER, 40, size, before=cut.before)
    assert back == []
    assert cut.before
    page = desk(cast, q="heron badger", where="article").content.decode()
    assert "No line yet" in page
    assert 'rel="next"' in page


def found(cast: Cast, **asked: Any) -> str:
    (told,) = re.findall(r"<span data-found>(.*?)</span>", desk(cast, **asked).content.decode())
    return str(told)


@pytest.mark.lengthy
def test_a_claim_without_a_line_is_not_counted_among_those_with_one(
    cast: Cast, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = world.here
    for words in ("nine days", "its director"):
        claim(world.manager, here.snapshot, words, paraphrase="Eighteen otters")
    claim(world.manager, here.snapshot, "lorries turned back", paraphrase="Eighteen lorries, eighteen days")
    apart = "2 lines of 2 claims; 2 others found by their paraphrase or title alone"
    assert found(cast, q="eighteen") == apart
    assert found(cast, q="eighteen", order="left") == apart
    assert found(cast, q="eighteen", where="quote") == "1 line of 1 claim"
    assert found(cast, q="eighteen", where="article") == "Every sentence of the articles that holds this"
    monkeypatch.setattr(claim_lines.keyset_page, "__defaults__", (3,))
    paged = "4 claims; on this page 1 line of 1 claim; 2 others found by their paraphrase or title alone"
    assert found(cast, q="eighteen") == paged
    monkeypatch.setattr(concordance, "MOST_SORTED", 2)
    first = "4 claims; 1 line of 1 claim; 1 other found by its paraphrase or title alone"
    assert found(cast, q="eighteen", order="left") == first

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from annotator.models import Code
from annotator.web.paging import address, page_of
from tests.factories import World


@pytest.mark.parametrize(
    ("asked", "rows", "before", "after"),
    [
        ("", (0, 5), "", "?a=1&page=2"),
        ("page=2", (5, 10), "?a=1", "?a=1&page=3"),
        ("page=3", (10, 12), "?a=1&page=2", ""),
        ("page=0", (0, 5), "", "?a=1&page=2"),
        ("page=1e3", (0, 5), "", "?a=1&page=2"),
        ("page=40", (10, 12), "?a=1&page=2", ""),
    ],
)
def test_pages_lead_to_their_neighbours(
    world: World, asked: str, rows: tuple[int, int], before: str, after: str
) -> None:
    codes = Code.objects.filter(project=world.here.project, facet="claim_type").order_by("position")
    assert codes.count() == 12
    page = page_of(RequestFactory().get(f"/?a=1&{asked}"), codes, size=5)
    assert [code.pk for code in page.rows] == [code.pk for code in codes[slice(*rows)]]
    assert (page.before, page.after, page.total) == (before, after, 12)


def test_an_address_keeps_what_was_asked() -> None:
    assert address(QueryDict("q=a b&page=3"), page=None, sort="title") == "?q=a+b&sort=title"

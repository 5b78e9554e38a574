"""What is compressed on its way out, and what is left alone."""

import gzip

import pytest
from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.test import RequestFactory

from annotator.compression import CompressedPages
from tests.factories import World

from .conftest import Cast

LONG = b"<p>the same words again</p>" * 100


def sent(response: HttpResponseBase, accepts: str = "gzip") -> HttpResponseBase:
    request = RequestFactory().get("/", headers={"accept-encoding": accepts})
    return CompressedPages(lambda _request: response)(request)


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "application/json", "application/problem+json"])
def test_text_is_compressed(kind: str) -> None:
    response = sent(HttpResponse(LONG, content_type=kind))
    assert response["Content-Encoding"] == "gzip"
    assert response["Vary"] == "Accept-Encoding"
    assert gzip.decompress(response.content) == LONG


def test_its_length_tells_little() -> None:
    """The same page comes in many lengths, so that one more byte saved by a right guess does not show."""
    lengths = {len(sent(HttpResponse(LONG)).content) for _ in range(60)}
    assert len(lengths) > 10
    assert max(lengths) - min(lengths) > 20


def test_downloads_and_streams_are_left_alone() -> None:
    for response in (
        HttpResponse(LONG, content_type="application/zip"),
        HttpResponse(LONG, content_type="image/svg+xml"),
        StreamingHttpResponse([LONG], content_type="text/html"),
        FileResponse([LONG], content_type="application/zip"),
    ):
        assert "Content-Encoding" not in sent(response)


def test_who_does_not_ask_for_it_gets_it_plain() -> None:
    assert sent(HttpResponse(LONG), accepts="identity").content == LONG


@pytest.mark.lengthy
def test_the_room_goes_out_compressed_and_nothing_new_is_told_in_a_word(cast: Cast, world: World) -> None:
    here, zipped = world.here, {"accept-encoding": "gzip"}
    page = cast.manager.get(f"/p/{here.project.slug}/articles/{here.article.uuid}/", headers=zipped)
    assert page["Content-Encoding"] == "gzip"
    assert b"room-data" in gzip.decompress(page.content)
    url = f"/api/v1/projects/{here.project.slug}/texts/{here.snapshot.uuid}/changes/"
    first = cast.manager.get(url, headers=zipped)
    assert first["Content-Encoding"] == "gzip"
    again = cast.manager.get(url, headers={**zipped, "if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")

"""An address is fetched: what is sent, what comes back, and what each answer means to a person."""

import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from sources.intake.fetching import answers
from sources.intake.fetching.refusals import NotItsTurn, TryLater
from sources.intake.fetching.robots import UNSAID
from sources.intake.refusal import Refused

from .conftest import Town
from .sites import OTHER, PAGE, PUBLIC, gzipped, leading, reply

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_a_page_comes_as_it_is(town: Town) -> None:
    town.courier.pages["/page?a=%C3%BC"] = reply()
    fetched = town.fetch("http://Courier.example/page?a=ü#third")
    assert fetched.document == PAGE
    assert (fetched.media_type, fetched.charset) == ("text/html", "utf-8")
    assert fetched.address == "http://courier.example/page?a=%C3%BC"
    assert fetched.asked == "http://Courier.example/page?a=ü#third"
    assert fetched.redirects == ()
    assert datetime.now(UTC) - fetched.fetched_at < timedelta(hours=1)
    assert town.internet.dialled == [(PUBLIC, 80)] * 2, "robots.txt, then the page"


def test_what_is_sent(town: Town) -> None:
    town.courier.pages["/page"] = reply(PAGE, "Set-Cookie: a=b", "Set-Cookie: c=d")
    town.fetch()
    town.fetch()
    for request in town.courier.requests:
        line, *headers = request.decode("ascii").strip().split("\r\n")
        assert line.startswith("GET /") and line.endswith(" HTTP/1.1")
        sent = dict(header.split(": ", 1) for header in headers)
        assert sent.pop("Accept").startswith("text/html, ")
        assert sent == {
            "Host": "courier.example",
            "User-Agent": "Sourceline/test (+desk@courier.example)",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
        }, "and so no cookie, no referrer"


@pytest.mark.parametrize(
    ("media", "taken", "charset"),
    [
        ("text/html", "text/html", None),
        ('Text/HTML; Charset="ISO-8859-1"', "text/html", "iso-8859-1"),
        ("application/xhtml+xml;charset=utf-8", "application/xhtml+xml", "utf-8"),
        ("application/pdf", "application/pdf", None),
        ("text/plain; charset=koi8-r", "text/plain", "koi8-r"),
        ("text/markdown", "text/markdown", None),
        (DOCX, DOCX, None),
    ],
)
def test_what_readers_take_is_taken(town: Town, media: str, taken: str, charset: str | None) -> None:
    town.courier.pages["/page"] = reply(b"%PDF-1.7 or not", media=media)
    fetched = town.fetch()
    assert (fetched.media_type, fetched.charset) == (taken, charset)


@pytest.mark.parametrize("media", ["", "application/octet-stream", "binary/octet-stream"])
def test_a_pdf_that_is_not_called_one(town: Town, media: str) -> None:
    town.courier.pages["/page"] = reply(b"%PDF-1.7 and so on", media=media)
    assert town.fetch().media_type == "application/pdf"


@pytest.mark.parametrize(
    ("media", "said"),
    [
        ("", "nothing that says what it is"),
        ("application/octet-stream", "application/octet-stream"),
        ("image/png", "image/png"),
        ("application/json", "application/json"),
        ("application/zip", "application/zip"),
        ("text/javascript", "text/javascript"),
        ("video/mp4", "video/mp4"),
        ("multipart/x-mixed-replace; boundary=a", "multipart/x-mixed-replace"),
        ("text/html\x1b[31m", None),
    ],
)
def test_what_no_reader_takes(town: Town, media: str, said: str | None) -> None:
    town.courier.pages["/page"] = reply(b"\x89PNG", media=media)
    with pytest.raises(Refused) as refused:
        town.fetch()
    assert "\x1b" not in str(refused.value)
    if said:
        assert refused.value.refusal.why == f"no reader takes what is there ({said})"


@pytest.mark.parametrize(
    ("status", "why"),
    [
        ("401 Unauthorized", "asks for a sign-in (401)"),
        ("402 Payment Required", "asks for payment (402)"),
        ("403 Forbidden", "refuses to hand it out (403)"),
        ("404 Not Found", "there is no such page (404)"),
        ("410 Gone", "has taken the page away (410)"),
        ("418 I'm a teapot", "does not hand it out (418)"),
        ("429 Too Many Requests", "is asked too often (429)"),
        ("451 Unavailable For Legal Reasons", "for legal reasons (451)"),
        ("500 Internal Server Error", "has a fault (500)"),
        ("503 Service Unavailable", "cannot answer for now (503)"),
        ("204 No Content", "answers with nothing (204)"),
        ("206 Partial Content", "only a part (206)"),
        ("300 Multiple Choices", "without saying where (300)"),
        ("302 Found", "without saying where (302)"),
        ("304 Not Modified", "nothing has changed"),
        ("201 Created", "does not hand it out (201)"),
        ("999 Request denied", "does not hand it out (999)"),
    ],
)
def test_what_a_status_means(town: Town, status: str, why: str) -> None:
    body = b"" if status[:3] in ("204", "304") else PAGE
    town.courier.pages["/page"] = reply(body, status=status)
    with pytest.raises(Refused) as refused:
        town.fetch()
    assert isinstance(refused.value, TryLater) == (status[:3] in ("429", "503"))
    assert why in refused.value.refusal.why
    assert refused.value.refusal.what == "http://courier.example/page"


@pytest.mark.parametrize(("status", "said"), [("429 Too Many", "120"), ("503 Busy", " 120 ")])
def test_a_site_that_asks_to_come_back(town: Town, status: str, said: str) -> None:
    town.courier.pages["/page"] = reply(b"", f"Retry-After: {said}", status=status)
    with pytest.raises(TryLater) as later:
        town.fetch()
    assert (later.value.seconds, later.value.unsaid) == (120, False)
    assert not isinstance(later.value, NotItsTurn)
    assert town.manners.given_back == [("courier.example", 120)], "nobody asks it for anything meanwhile"


def test_a_site_that_asks_to_come_back_at_a_date(town: Town) -> None:
    when = format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True)
    town.courier.pages["/page"] = reply(b"", f"Retry-After: {when}", status="503 Busy")
    with pytest.raises(TryLater) as later:
        town.fetch()
    assert 3600 < later.value.seconds <= 7200


@pytest.mark.parametrize("said", ["", "soon", "-5", "1e9", "9" * 400, "Fri, 99 Foo 2025 99:99:99"])
def test_a_site_that_does_not_say_when(town: Town, said: str) -> None:
    town.courier.pages["/page"] = reply(b"", f"Retry-After: {said}", status="429 Too Many")
    with pytest.raises(TryLater) as later:
        town.fetch()
    assert (later.value.seconds, later.value.unsaid) == (UNSAID, True)
    assert town.manners.given_back == [("courier.example", UNSAID)]


@pytest.mark.parametrize("said", ["99999999", "Fri, 01 Jan 2100 00:00:00 GMT"])
def test_a_site_that_asks_for_what_nobody_waits_for(town: Town, said: str) -> None:
    town.courier.pages["/page"] = reply(b"", f"Retry-After: {said}", status="429 Too Many")
    with pytest.raises(Refused) as refused:
        town.fetch()
    assert not isinstance(refused.value, TryLater)


# ── leading on ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 There", "308 There"])
def test_it_is_followed_to_where_it_leads(town: Town, status: str) -> None:
    town.courier.pages["/page"] = leading("//herald.example/b", status)
    town.site("herald.example", OTHER, **{"/b": leading("c"), "/c": reply()})
    fetched = town.fetch()
    assert fetched.address == "http://herald.example/c"
    assert fetched.redirects == ("http://courier.example/page", "http://herald.example/b")
    assert fetched.asked == "http://courier.example/page"


def test_a_letter_beyond_ascii_leads_as_it_does_in_browsers(town: Town) -> None:
    town.courier.pages |= {"/page": leading("/straße"), "/stra%C3%9Fe": reply()}
    assert town.fetch().address == "http://courier.example/stra%C3%9Fe"


def test_a_location_in_latin_1_is_read_too(town: Town) -> None:
    head = b"HTTP/1.1 302 Found\r\nLocation: /stra\xdfe\r\nContent-Length: 0\r\n\r\n"
    town.courier.pages |= {"/page": head, "/stra%C3%9Fe": reply()}
    assert town.fetch().address == "http://courier.example/stra%C3%9Fe"


def test_five_times_and_no_more(town: Town) -> None:
    town.courier.pages |= {f"/{n}": leading(f"/{n + 1}") for n in range(6)} | {"/6": reply()}
    assert town.fetch("http://courier.example/1").address.endswith("/6")
    with pytest.raises(Refused, match="leads on more than 5 times"):
        town.fetch("http://courier.example/0")


@pytest.mark.parametrize("to", ["/page", "http://courier.example:80/page#x", "/other"])
def test_a_circle(town: Town, to: str) -> None:
    town.courier.pages |= {"/page": leading(to), "/other": leading("/page")}
    with pytest.raises(Refused, match="round in a circle"):
        town.fetch()
    assert len(town.courier.requests) <= 3


# ── packed bodies ─────────────────────────────────────────────────────────────────────────────────


def _bare(data: bytes) -> bytes:
    packing = zlib.compressobj(wbits=-15)
    return packing.compress(data) + packing.flush()


@pytest.mark.parametrize(
    ("packing", "body"),
    [
        ("gzip", gzipped(PAGE)),
        ("x-gzip", gzipped(PAGE)),
        ("GZIP", gzipped(PAGE[:40]) + gzipped(PAGE[40:])),
        ("gzip", gzipped(PAGE) + b"\0\0trailing"),
        ("identity", PAGE),
        ("", PAGE),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", _bare(PAGE)),
    ],
)
@pytest.mark.parametrize("step", [1, 7, 100_000])
def test_a_packed_body_is_unpacked(packing: str, body: bytes, step: int) -> None:
    parts = (body[i : i + step] for i in range(0, len(body), step))
    assert answers.unpacked(parts, packing, 10_000) == PAGE


@pytest.mark.parametrize("packing", ["br", "zstd", "compress", "gzip, gzip", "deflate, br", "nonsense"])
def test_what_was_not_asked_for_is_not_unpacked(town: Town, packing: str) -> None:
    town.courier.pages["/page"] = reply(gzipped(PAGE), f"Content-Encoding: {packing}")
    with pytest.raises(Refused, match="not asked for"):
        town.fetch()

"""Addresses are taken apart strictly; what can be read in two ways is refused."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.intake.fetching.urls import Address, NotFetchable, address_of, redirected, without_password


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("https://courier.example/dockers", "https://courier.example/dockers"),
        ("  HTTPS://Courier.Example  ", "https://courier.example/"),
        ("http://courier.example:80/a?b=c#d", "http://courier.example/a?b=c"),
        ("http://courier.example:443/", "http://courier.example:443/"),
        ("https://courier.example./a", "https://courier.example/a"),
        (
            "https://bücher.example/straße?q=ä ö",
            "https://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%A4%20%C3%B6",
        ),
        ("https://ＣＯＵＲＩＥＲ.example/", "https://courier.example/"),
        ("https://خبر.example/اول", "https://xn--ngblk.example/%D8%A7%D9%88%D9%84"),
        ("https://a_b.courier.example/%7Ea/100%", "https://a_b.courier.example/%7Ea/100%"),
        ("https://courier.example/a/../b/./c/", "https://courier.example/b/c/"),
        ("https://courier.example/a/%2e%2E/private", "https://courier.example/private"),
        ("https://courier.example/../../a/..", "https://courier.example/"),
        ("https://courier.example//a//b", "https://courier.example//a//b"),
        ("https://93.184.215.14/", "https://93.184.215.14/"),
        ("https://①②⑦.⓪.⓪.①/", "https://127.0.0.1/"),  # and so barred as what it means
        ("http://[2606:4700::0:1111]/", "http://[2606:4700::1111]/"),
        ("http://[::ffff:127.0.0.1]:443/", "http://[::ffff:127.0.0.1]:443/"),
    ],
)
def test_is_read(text: str, read: str) -> None:
    assert str(address_of(text)).replace("::ffff:7f00:1", "::ffff:127.0.0.1") == read


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "begins with https://"),
        ("courier.example/a", "begins with https://"),
        ("//courier.example/a", "begins with https://"),
        ("file:///etc/passwd", "not file:"),
        ("FILE://courier.example/etc/passwd", "not file:"),
        ("gopher://courier.example:80/_GET", "not gopher:"),
        ("ftp://courier.example/", "not ftp:"),
        ("data:text/html,hello", "not data:"),
        ("javascript:alert(1)", "not javascript:"),
        ("jar:http://courier.example!/", "not jar:"),
        ("https:courier.example", "not written"),
        ("https:///a", "not written"),
        ("https://", "not written"),
        ("https://courier.example:8080/", "ports 80 and 443"),
        ("https://courier.example:22", "ports 80 and 443"),
        ("https://courier.example:0443/", None),
        ("https://courier.example:+443/", "ports 80 and 443"),
        ("https://courier.example:４４３/", None),
        ("https://courier.example:443:80/", "ports 80 and 443"),
        ("https://user:secret@courier.example/", "name or password"),
        ("https://courier.example@127.0.0.1/", "name or password"),
        ("http://127.0.0.1:9/", "the machine itself"),
        ("http://[::1]:9/", "the machine itself"),
        ("https://127.0.0.1\\@courier.example/", "characters"),
        ("https://courier.example\\.evil.example/", "characters"),
        ("https://courier.example/a\r\nHost: evil.example", "characters"),
        ("https://courier.example/a\tb", "characters"),
        ("https://courier.example/a\x00", "characters"),
        ("https://courier.example/\ud800", "characters"),
        ("https://courier.example/\u202egnp.exe", "characters"),
        ("https://courier .example/", "not written"),
        ("https://courier%2eexample/", "not written"),
        ("https://courier..example/", "not written"),
        ("https://-courier.example/", "not written"),
        ("https://.example/", "not written"),
        ("https://a.b." + "c" * 64 + "/", "not written"),
        ("https://" + "a." * 130 + "example/", "not written"),
        ("https://localhost/", "no dot"),
        ("https://intranet./", "no dot"),
        ("http://2130706433/", "several ways"),
        ("http://0x7f000001/", "several ways"),
        ("http://0x7f.1/", "several ways"),
        ("http://127.1/", "several ways"),
        ("http://0177.0.0.1/", "several ways"),
        ("http://127.0.0.1.0x/", "several ways"),
        ("http://999.1.1.1/", "several ways"),
        ("http://1.2.3.4.5/", "several ways"),
        ("http://⑫⑦.1/", "several ways"),
        ("http://[::1", "not written"),
        ("http://[::1]a/", "not written"),
        ("http://[fe80::1%25eth0]/", "local link"),
        ("http://[fe80::1%eth0]/", "local link"),
        ("http://[127.0.0.1]/", "not written"),
        ("http://[v1.a]/", "not written"),
        ("https://courier.example/" + "a" * 2000, "2000 characters"),
        ("https://courier.example/" + "ä" * 700, "written out"),
        ("https://exa℀mple.example/", "not written"),
    ],
)
def test_is_refused(text: str, why: str | None) -> None:
    if why is None:  # read as the number that it is, or refused: never as another
        with suppress(NotFetchable):
            assert address_of(text).port == 443
        return
    with pytest.raises(NotFetchable, match=why):
        address_of(text)


@pytest.mark.parametrize(
    ("location", "read"),
    [
        ("/b", "https://courier.example/b"),
        ("b?c=d", "https://courier.example/a/b?c=d"),
        ("?c", "https://courier.example/a/page?c"),
        ("//other.example/b", "https://other.example/b"),
        ("http://other.example/ü", "http://other.example/%C3%BC"),
        ("../../../b c", "https://courier.example/b%20c"),
        ("", "https://courier.example/a/page"),
    ],
)
def test_a_redirect_leads(location: str, read: str) -> None:
    assert str(redirected(address_of("https://courier.example/a/page"), location)) == read


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "gopher://x.example/", "http://[", "//a:b@c.example", "\x01"]
)
def test_a_redirect_is_refused(location: str) -> None:
    with pytest.raises(NotFetchable):
        redirected(address_of("https://courier.example/"), location)


@given(
    st.text(max_size=60),
    st.sampled_from(["", "https://", "http://a.example", "http://[", "https://a.example:"]),
)
def test_whatever_comes_is_read_alike_again_or_refused(text: str, before: str) -> None:
    try:
        address = address_of(before + text)
    except NotFetchable:
        return
    assert isinstance(address, Address)
    assert str(address).isascii() and " " not in str(address)
    assert address_of(str(address)) == address


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("https://user:secret@example.org/a?b#c", "https://***@example.org/a?b#c"),
        (" HTTPS://secret@example.org/@b ", " HTTPS://***@example.org/@b "),
        ("https://user:a@secret@example.org", "https://***@example.org"),
        ("https://user:sec/ret?@example.org/", "https://***@example.org/"),
        ("ftp://user:secret@example.org/", "ftp://***@example.org/"),
        ("user:secret@example.org/a", "***@example.org/a"),
        ("https:user:secret@example.org", "https:***@example.org"),
        ("https:\\\\user:secret@example.org", "https:\\\\***@example.org"),
        ("\u202e<https://user:secret@example.org>", "\u202e<https://***@example.org>"),
        ("//user:secret@example.org", "//***@example.org"),
    ],
)
def test_a_password_is_masked_and_its_address_refused(text: str, kept: str) -> None:
    assert without_password(text) == kept == without_password(kept)
    with pytest.raises(NotFetchable):
        address_of(kept)


@pytest.mark.parametrize(
    "text",
    [
        *("https://example.org/@user/1", "https://example.org?mail=a@b", "http://example.org:80/@user"),
        *("https://[2001:db8::1]/@user", "https://example.org:/@user", "example.org/@user", "", "https://"),
    ],
)
def test_what_holds_no_password_stays(text: str) -> None:
    assert without_password(text) == text

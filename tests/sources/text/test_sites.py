"""Whose site an address is on."""

import pytest

from sources.text.sites import domain_said, host_of, own_site, sites_of


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.thetide.example/1", "thetide.example"),
        ("HTTP://User@News.TheTide.Example:8080/1?x#y", "news.thetide.example"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("https://الجزيرة.example/", "xn--mgbeiue0iwb.example"),
        ("https://thetide.example./", "thetide.example"),
        ("https://127.0.0.1/", ""),
        ("https://[::1]/", ""),
        ("https://[::1", ""),
        ("https://localhost/", ""),
        ("https:///x", ""),
        ("javascript:alert(1)", ""),
        ("https://a..example/", ""),
        ("https://" + "a" * 70 + ".example/", ""),
        ("https://" + "a." * 5000 + "example/", ""),
        ("https://a\u202eb.example/", ""),
        ("https://a_b.example/", ""),
    ],
)
def test_the_host_of_an_address(address: str, host: str) -> None:
    assert host_of(address) == host


@pytest.mark.parametrize(
    ("address", "sites"),
    [
        ("https://sport.news.thetide.example/1", ("sport.news.thetide.example", "news.thetide.example")),
        ("https://news.thetide.co.uk/1", ("news.thetide.co.uk", "thetide.co.uk")),
        ("https://www.thetide.com/1", ("thetide.com",)),
        ("https://thetide.blogspot.com/1", ("thetide.blogspot.com",)),
        ("ftp:", ()),
    ],
)
def test_the_sites_of_an_address_end_at_what_was_registered(address: str, sites: tuple[str, ...]) -> None:
    assert sites_of(address)[: len(sites)] == sites
    assert len(sites_of(address)) <= 10


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("https://news.thetide.co.uk/1", "thetide.co.uk"),
        ("https://thetide.blogspot.com/1", "thetide.blogspot.com"),
        ("https://web.archive.org/web/2024/https://thetide.example/", ""),
        ("https://uk.news.yahoo.com/tide.html", ""),
        ("https://tide.substack.com/p/1", ""),
        ("https://archive.ph/x", ""),
        ("", ""),
    ],
)
def test_where_others_pages_are_shown_nobody_is_at_home(address: str, own: str) -> None:
    assert own_site(address) == own


@pytest.mark.parametrize(
    ("said", "domain"),
    [
        ("thetide.example", "thetide.example"),
        (" WWW.TheTide.example/news?x ", "thetide.example"),
        ("https://thetide.example", "thetide.example"),
        ("the tide", ""),
        ("tide", ""),
        ("x" * 10_000, ""),
        ("a@b:c@thetide.example", "thetide.example"),
    ],
)
def test_a_domain_as_people_write_it(said: str, domain: str) -> None:
    assert domain_said(said) == domain

"""Over TLS the certificate has to hold for the name that was asked, though an IP address is connected to."""

import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import trustme

from sources.intake.refusal import Refused

from .conftest import Town
from .sites import OTHER, PUBLIC, leading, reply


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def behind(authority: trustme.CA, *names: str, **how: datetime) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names, **how).configure_cert(context)
    return context


def trusting(authority: trustme.CA) -> Callable[[], ssl.SSLContext]:
    def trusted() -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        authority.configure_trust(context)
        return context

    return trusted


@pytest.fixture
def secure(town: Town, authority: trustme.CA) -> Town:
    town.courier.tls = behind(authority, "courier.example", "xn--bcher-kva.example")
    town.internet.doors = {(PUBLIC, 443): town.courier}
    town.internet.found["xn--bcher-kva.example"] = [PUBLIC]
    town.internet.trusted = trusting(authority)
    town.courier.pages["/page"] = reply()
    return town


@pytest.mark.parametrize(
    ("url", "name"), [("courier.example", "courier.example"), ("bücher.example", "xn--bcher-kva.example")]
)
def test_the_name_is_asked_for_at_the_address(secure: Town, url: str, name: str) -> None:
    names: list[str | None] = []

    def notice(sock: ssl.SSLObject, asked: str | None, context: ssl.SSLContext) -> None:
        names.append(asked)

    assert secure.courier.tls
    secure.courier.tls.sni_callback = notice
    assert secure.fetch(f"https://{url}/page").document
    assert names == [name, name]
    assert secure.internet.dialled == [(PUBLIC, 443)] * 2
    assert all(f"\r\nHost: {name}\r\n".encode() in request for request in secure.courier.requests)


def test_a_page_may_lead_from_http_to_https(secure: Town) -> None:
    secure.site("herald.example", OTHER, **{"/page": leading("https://courier.example/page")})
    assert secure.fetch("http://herald.example/page").address == "https://courier.example/page"


def _refusal(town: Town, url: str = "https://courier.example/page") -> str:
    with pytest.raises(Refused) as refused:
        town.fetch(url)
    assert town.courier.requests == [], "nothing is said before the certificate holds"
    return refused.value.refusal.why


def test_a_certificate_for_another_name(secure: Town, authority: trustme.CA) -> None:
    secure.courier.tls = behind(authority, "other.example")
    assert "certificate does not hold" in _refusal(secure)


def test_a_certificate_that_is_over(secure: Town, authority: trustme.CA) -> None:
    secure.courier.tls = behind(authority, "courier.example", not_after=datetime.now(UTC) - timedelta(days=1))
    assert "certificate does not hold" in _refusal(secure)


def test_a_certificate_of_an_authority_that_nobody_knows(secure: Town) -> None:
    secure.courier.tls = behind(trustme.CA(), "courier.example")
    assert "certificate does not hold" in _refusal(secure)


def test_our_own_trust_does_not_take_it(secure: Town) -> None:
    secure.internet.trusted = None
    assert "certificate does not hold" in _refusal(secure)


def test_an_old_version_of_tls(secure: Town) -> None:
    assert secure.courier.tls
    with pytest.warns(DeprecationWarning):
        secure.courier.tls.maximum_version = ssl.TLSVersion.TLSv1_1
    assert "certificate does not hold" in _refusal(secure)


@pytest.mark.lengthy
def test_a_server_without_tls(secure: Town) -> None:
    secure.courier.tls = None
    with pytest.raises(Refused, match="does not answer within"):
        secure.fetch("https://courier.example/page", connect=0.3)
    assert secure.courier.paths() == []

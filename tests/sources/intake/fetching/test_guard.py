"""Nothing but the public internet gets a packet, whoever leads there and however."""

import ast
import inspect
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from sources.intake.fetching import fetcher, network
from sources.intake.refusal import Refused
from tests.house_rules import ROOT

from .conftest import Town
from .sites import OTHER, PUBLIC, Site, leading, reply


@pytest.fixture
def canary() -> Iterator[Site]:
    """Stands on loopback, where nobody may come."""
    with ExitStack() as stack:
        yield stack.enter_context(Site({"/": reply(), "/page": reply(), "/robots.txt": reply(b"")}).open())


INNER = "127.0.0.1 ::1 10.0.0.1 169.254.169.254 ::ffff:127.0.0.1 64:ff9b::7f00:1 fe80::1%lo"


@pytest.mark.parametrize("address", INNER.split())
def test_a_name_for_an_inner_address(town: Town, address: str) -> None:
    town.internet.found["evil.example"] = [address]
    with pytest.raises(Refused, match="not on the public internet"):
        town.fetch("http://evil.example/page")
    assert town.internet.dialled == []


@pytest.mark.parametrize("found", [[PUBLIC, "127.0.0.1"], ["127.0.0.1", PUBLIC], [PUBLIC, OTHER, "::1"]])
def test_one_inner_address_among_others_bars_them_all(town: Town, found: list[str]) -> None:
    town.internet.found["courier.example"] = found
    town.courier.pages["/page"] = reply()
    with pytest.raises(Refused, match="not on the public internet"):
        town.fetch()
    assert town.internet.dialled == []


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/page",
        "http://[::1]/page",
        "http://[::ffff:7f00:1]/page",
        "http://①②⑦.⓪.⓪.①/page",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/",
    ],
)
def test_an_inner_address_written_out(town: Town, url: str) -> None:
    with pytest.raises(Refused, match="not on the public internet"):
        town.fetch(url)
    assert (town.internet.dialled, town.internet.looked_up) == ([], [])


def test_a_public_address_written_out_is_asked_without_looking_it_up(town: Town) -> None:
    town.courier.pages["/page"] = reply()
    assert town.fetch(f"http://{PUBLIC}/page").document
    assert town.internet.looked_up == []


def test_a_name_that_is_public_once_and_inner_then(town: Town, canary: Site) -> None:
    """DNS rebinding: what is looked up for a request is what is checked and what is connected to."""
    town.courier.pages |= {"/robots.txt": reply(b""), "/page": leading("/next"), "/next": reply()}
    town.internet.found["courier.example"] = [[PUBLIC], [PUBLIC], ["127.0.0.1"]]
    with pytest.raises(Refused, match="the machine itself"):
        town.fetch()
    assert town.internet.looked_up == ["courier.example"] * 3, "once a request"
    assert town.internet.dialled == [(PUBLIC, 80)] * 2
    assert canary.requests == []


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.1/page",
        "http://localhost/page",
        "http://evil.example/page",
        "//127.0.0.1/page",
        "http://2130706433/",
        "http://[::]/",
        "http://courier.example:{port}/page",
        "http://127.0.0.1:{port}/page",
        "file:///etc/passwd",
        "gopher://127.0.0.1:80/_GET",
        "ftp://courier.example/",
        "data:text/html,hello",
        "javascript:alert(1)",
        "http://courier.example@127.0.0.1/",
        "http://127.0.0.1\\@courier.example/",
        "\\\\127.0.0.1\\page",
    ],
)
@pytest.mark.parametrize("path", ["/page", "/robots.txt"])
def test_a_page_that_leads_inside(town: Town, canary: Site, to: str, path: str) -> None:
    town.internet.found["evil.example"] = ["127.0.0.1"]
    town.courier.pages |= {path: leading(to.format(port=canary.port))}
    with pytest.raises(Refused):
        town.fetch()
    assert {address for address, _ in town.internet.dialled} == {PUBLIC}
    assert canary.requests == []


def test_a_refused_redirect_says_from_where_to_where(town: Town) -> None:
    town.courier.pages["/page"] = leading("file:///etc/passwd")
    with pytest.raises(Refused) as refused:
        town.fetch()
    assert (
        refused.value.refusal.why
        == "it leads to file:///etc/passwd, and only http and https are fetched, not file:"
    )


def test_a_password_in_a_redirect_is_not_told(town: Town) -> None:
    town.courier.pages["/page"] = leading("https://user:secret@courier.example/b")
    with pytest.raises(Refused) as refused:
        town.fetch()
    assert refused.value.refusal.why.startswith("it leads to https://***@courier.example/b, and it holds")


def test_addresses_that_do_not_answer_are_passed_over(town: Town) -> None:
    """Only loopback is dialled in earnest here: nothing listens on that port."""
    town.courier.pages["/page"] = reply()
    town.internet.found["courier.example"] = [OTHER, PUBLIC]
    closed = Site(port=1)
    town.internet.doors[OTHER, 80] = closed
    assert town.fetch().document
    assert town.internet.dialled[:2] == [(OTHER, 80), (PUBLIC, 80)]
    town.internet.found["courier.example"] = [OTHER]
    with pytest.raises(Refused, match="cannot be reached"):
        town.fetch()


def test_a_name_that_nobody_has(town: Town) -> None:
    with pytest.raises(Refused, match=r"there is no site called nowhere\.example"):
        town.fetch("http://nowhere.example/")
    town.internet.found["empty.example"] = []
    with pytest.raises(Refused, match=r"there is no site called empty\.example"):
        town.fetch("http://empty.example/")


# ── nothing but a test weakens it ─────────────────────────────────────────────────────────────────


def test_the_environment_says_nothing(town: Town, canary: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        for spelling in (name, name.lower()):
            monkeypatch.setenv(spelling, f"http://127.0.0.1:{canary.port}")
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.setenv(name, "/nonexistent")
    town.courier.pages["/page"] = reply()
    assert town.fetch().document
    assert canary.requests == []
    assert len(network.trust().get_ca_certs()) > 50


ROOM = sorted((ROOT / "sources/intake/fetching").glob("*.py"))


@pytest.mark.parametrize("path", ROOM, ids=lambda path: path.stem)
def test_the_room_reads_neither_environment_nor_settings(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert not {name.split(".")[0] for name in names} & {"os", "django", "pathlib", "configparser"}


def handing_in_a_network(text: str) -> list[int]:
    """Lines of calls that hand in a network, or unpack keywords that might hold one."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and any(
            k.arg == "network" or (k.arg is None and "fetch" in ast.unparse(node.func)) for k in node.keywords
        )
    ]


@pytest.mark.lengthy
def test_no_code_of_ours_hands_in_another_network() -> None:
    assert handing_in_a_network("fetch(a, network=mine)") and handing_in_a_network("fetch(a, **options)")
    files = [p for app in ("sources", "annotator") for p in (ROOT / app).rglob("*.py") if p not in ROOM]
    assert len(files) > 100
    assert [p for p in files if handing_in_a_network(p.read_text())] == []
    assert inspect.signature(fetcher.fetch).parameters["network"].default is network.INTERNET
    assert network.Network(network.resolve, network.dial, network.trust) == network.INTERNET


def test_the_guard_is_not_handed_in() -> None:
    assert set(inspect.signature(network.Network).parameters) == {"resolve", "dial", "trust"}
    assert set(inspect.signature(network.Guarded).parameters) == {"network", "limits", "clock"}

"""`import_articles` with addresses: fetched in their turns, beside files, with the same report."""

import io
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models.functions import Now

from sources.actions import fetches
from sources.actions.address_intakes import Waiting
from sources.intake.fetching.fetcher import fetch
from sources.models import Article, Host, Intake, Snapshot
from tests.factories import World
from tests.sources.intake.fetching.conftest import Town
from tests.sources.intake.fetching.sites import PAGE, leading, reply

FERRY = "http://courier.example/ferry"
STORY = (
    "Ferry stays in port\n\nThe ferry stayed in port on Monday, the harbour master said. Nobody was hurt.\n"
)


@pytest.fixture
def town(committed_world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    with ExitStack() as open_sites:
        made = Town(open_sites)
        monkeypatch.setattr(
            fetches, "fetch", partial(fetch, network=made.internet.network, pause=0, sleep=lambda s: None)
        )
        yield made


def imported(*paths: object, **options: Any) -> tuple[int, list[str], list[str]]:
    """(exit status, lines on standard output, lines on standard error)."""
    out, err = io.StringIO(), io.StringIO()
    options = {"project": "here", "user": "manager", **options}
    try:
        call_command("import_articles", *map(str, paths), stdout=out, stderr=err, **options)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue().splitlines(), err.getvalue().splitlines()
    return 0, out.getvalue().splitlines(), err.getvalue().splitlines()


@pytest.mark.lengthy
def test_files_and_addresses_come_in_together(town: Town, tmp_path: Path) -> None:
    town.courier.pages |= {"/ferry": reply(PAGE), "/gone": reply(b"", status="410 Gone")}
    (tmp_path / "one.txt").write_text(STORY, encoding="utf-8")
    status, out, err = imported(tmp_path, FERRY, "http://courier.example/gone", "file:///etc/passwd")
    assert (status, out[-1]) == (1, "2 of 4 taken in. 2 new, 2 refused.")
    assert err == [
        "refused: http://courier.example/gone: the site has taken the page away (410)",
        "refused: file:///etc/passwd: only http and https are fetched, not file:",
    ]
    assert {one.method for one in Intake.objects.order_by("-pk")[:2]} == {"command"}
    article = Article.objects.get(url=FERRY)
    assert Snapshot.objects.get(article=article).method == "url"
    assert imported(FERRY)[1][-1] == "It was already here."


@pytest.mark.lengthy
def test_a_list_of_addresses(town: Town, tmp_path: Path) -> None:
    town.courier.pages |= {"/ferry": reply(PAGE), "/old": leading("/ferry")}
    names = tmp_path / "addresses.txt"
    names.write_text(
        f"\ufeff# of this week\n{FERRY}\n\n  {FERRY}\nhttp://courier.example/old\n", encoding="utf-8"
    )
    status, out, err = imported(addresses=str(names))
    assert (status, err, out[-1]) == (0, [], "1 of 2 taken in. 1 new, 1 already here.")
    assert "the site led on to http://courier.example/ferry" in out[0]


def test_a_password_in_an_address_is_neither_kept_nor_told(town: Town, tmp_path: Path) -> None:
    names = tmp_path / "addresses.txt"
    names.write_text("https://user:s3cret@example.org/b\n", encoding="utf-8")
    _, out, err = imported("https://user:s3cret@example.org/a", addresses=str(names))
    kept = Intake.objects.latest("pk")
    said = " ".join([*out, *err, kept.name, *kept.options["addresses"]])
    assert "s3cret" not in said and said.count("https://***@example.org/a") >= 2
    assert not town.courier.requests


def test_it_waits_as_sites_ask(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    waited: list[Waiting] = []

    class Noted(Waiting):
        def __init__(self) -> None:
            super().__init__()
            waited.append(self)

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        waited[0].until.clear()
        Host.objects.update(next_at=Now())
        town.courier.pages["/ferry"] = reply(PAGE)

    monkeypatch.setattr("annotator.management.commands.import_articles.Waiting", Noted)
    monkeypatch.setattr("annotator.management.commands.import_articles.sleep", sleep)
    town.courier.pages["/ferry"] = reply(b"", "Retry-After: 600", status="503 Busy")
    status, out, _ = imported(FERRY)
    assert status == 0
    assert "the site asked 1 time to be asked later" in out[0]
    assert len(slept) == 1 and 500 < slept[0] <= 600


@pytest.mark.parametrize(
    ("given", "said"), [({}, "Name files"), ({"addresses": "/nonexistent"}, "cannot be read")]
)
def test_nothing_to_take(town: Town, given: dict[str, str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        imported(**given)

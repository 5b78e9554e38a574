"""Addresses handed over on the page, and articles that are fetched anew."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from annotator.actions import intakes
from annotator.jobs.intakes import take_in_articles
from annotator.queries.intakes import lines
from sources.actions import agent, fetches
from sources.actions.fetches import UnfitContact
from sources.models import Article, Intake, Project
from tests.factories import World

from .conftest import Cast, browser_of

URL = "/p/here/articles/import/"


@pytest.mark.lengthy
def test_addresses_are_handed_to_a_worker(cast: Cast, here: Project) -> None:
    typed = "https://courier.example/a\r\nhttps://herald.example/b\r\nhttps://courier.example/a"
    answer = cast.annotator.post(URL, {"step": "addresses", "addresses": typed})
    intake = Intake.objects.get(project=here, method="addresses")
    assert answer["Location"] == f"{URL}{intake.uuid}/"
    assert intake.options["addresses"] == ["https://courier.example/a", "https://herald.example/b"]
    assert (intake.by.username, intake.expected, intake.state) == ("annotator", 2, "waiting")
    job = ProcrastinateJob.objects.get(task_name=intakes.TAKE)
    assert job.args == {"intake_id": intake.pk, "request_id": answer["X-Request-ID"]}
    html = cast.annotator.get(answer["Location"]).content.decode()
    assert "2 addresses: courier.example, herald.example</bdi>" in html


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "at least one address"), ("\n".join(f"https://a.example/{n}" for n in range(501)), "at most 500")],
)
def test_what_is_no_list_of_addresses_is_told(cast: Cast, here: Project, typed: str, said: str) -> None:
    answer = cast.annotator.post(URL, {"step": "addresses", "addresses": typed})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Intake.objects.filter(project=here, method="addresses").exists()


def test_a_pasted_address_is_offered_to_be_fetched(cast: Cast, here: Project) -> None:
    answer = cast.annotator.post(URL, {"step": "read", "text": " https://courier.example/a?b=<c>&d \n"})
    assert "This is an address" not in answer.content.decode(), "no address has such brackets"
    answer = cast.annotator.post(URL, {"step": "read", "text": " https://courier.example/a?b=c&d \n"})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "This is an address and not a text." in html
    assert ">https://courier.example/a?b=c&amp;d</textarea>" in html


def test_the_form_is_on_the_page(cast: Cast) -> None:
    html = cast.annotator.get(URL).content.decode()
    assert 'name="step" value="addresses"' in html and "robots.txt" in html


# ── again ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.lengthy
def test_an_article_is_taken_again_from_its_address(cast: Cast, here: Project) -> None:
    article = Article.objects.filter(project=here).first()
    assert article
    url = f"/p/here/articles/{article.uuid}/"
    Article.objects.filter(pk=article.pk).update(url="", version=article.version + 1)
    assert "Take this article again" not in cast.annotator.get(f"{url}edit/").content.decode()
    answer = cast.annotator.post(f"{url}again/", follow=True)
    assert "no address to fetch it from" in answer.content.decode()
    assert not Intake.objects.filter(project=here, method="addresses").exists()
    kept = "https://courier.example/crack"
    Article.objects.filter(pk=article.pk).update(url=kept, version=article.version + 2)
    assert "Take this article again" in cast.annotator.get(f"{url}edit/").content.decode()
    answer = cast.annotator.post(f"{url}again/")
    intake = Intake.objects.get(project=here, method="addresses")
    assert answer["Location"] == f"{URL}{intake.uuid}/"
    assert (intake.options["addresses"], intake.options["again"]) == ([kept], True)
    assert intake.options["article"] == str(article.uuid)


# ── the worker's part, as it is run in earnest ────────────────────────────────────────────────────


def test_what_must_not_be_fetched_is_refused_in_the_report(committed_world: World) -> None:
    """With the fetcher as it is in use: nothing is handed in, and nothing goes out."""
    addresses = ["http://127.0.0.1/", "http://169.254.169.254/latest/", "file:///etc/passwd", "http://[::1]/"]
    intake = intakes.begin_addresses(
        by=committed_world.manager, project=committed_world.here.project, addresses=addresses
    )
    take_in_articles(intake.pk)
    intake.refresh_from_db()
    assert intake.state == "done"
    assert intake.name == "4 addresses: 127.0.0.1, 169.254.169.254, elsewhere and 1 more"
    why = [line.told["why"] for line in lines(intake)]
    assert ["public internet" in one for one in why] == [True, True, False, True]


@pytest.mark.lengthy
def test_a_password_in_an_address_is_kept_nowhere(committed_world: World) -> None:
    """Handed over on the page and through the API: neither page, file, API nor table holds it."""
    client = browser_of(committed_world.manager)
    listed = ["https://user:s3cret@example.org/", "https://elsewhere.test:s3cret/more@example.org/b"]
    client.post(URL, {"step": "addresses", "addresses": listed[0]})
    client.post("/api/v1/projects/here/intakes/", {"addresses": listed}, content_type="application/json")
    for intake, number in zip(Intake.objects.filter(method="addresses").order_by("pk"), (1, 2), strict=True):
        page, api = f"{URL}{intake.uuid}/", f"/api/v1/projects/here/intakes/{intake.uuid}/"
        before = client.get(page).content.decode()
        take_in_articles(intake.pk)
        told = [client.get(one) for one in (page, f"{page}report.csv", f"{api}lines/")]
        shown = [before, client.get(api).content.decode(), *(b"".join(one).decode() for one in told)]
        assert not [one for one in shown if "s3cret" in one]
        assert all("https://***@example.org/" in one for one in shown[2:])
        assert [line.told["why"] for line in lines(intake)] == [
            "it holds a name or password, which is never sent"
        ] * number
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" AS row WHERE row::text LIKE %s', ["%s3cret%"])
            assert cursor.fetchone() == (0,), table


def test_a_worker_that_has_to_wait_does_something_else_meanwhile(
    committed_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Any] = []

    def wait(intake: Intake, waiting: Any, **how: Any) -> float:
        given.append(waiting.as_json())
        waiting.tries[0], waiting.until[0] = 2, 99.0
        return 59.2

    monkeypatch.setattr(intakes, "take_in_addresses", wait)
    intake = intakes.begin_addresses(
        by=committed_world.manager, project=committed_world.here.project, addresses=["https://a.example"]
    )
    take_in_articles(intake.pk)
    job = ProcrastinateJob.objects.filter(task_name=intakes.TAKE).latest("id")
    assert job.args == {"intake_id": intake.pk, "waiting": {"0": [2, 99.0]}}
    assert isinstance(job.scheduled_at, datetime) and job.lock == f"intake {intake.uuid}"
    take_in_articles(**job.args)
    assert given == [{}, {"0": [2, 99.0]}]


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ("", "Sourceline/0.1.0"),
        ("desk@courier.example", "Sourceline/0.1.0 (+desk@courier.example)"),
        ("https://courier.example/bot?a=b", "Sourceline/0.1.0 (+https://courier.example/bot?a=b)"),
    ],
)
def test_we_say_who_we_are(settings: Any, contact: str, said: str) -> None:
    settings.CONTACT = contact
    assert agent() == said


@pytest.mark.parametrize("contact", ["a b", "a\r\nCookie: b", "(a)", "ü@a.example", "x" * 300])
def test_a_contact_that_no_header_may_hold(settings: Any, contact: str) -> None:
    settings.CONTACT = contact
    with pytest.raises(UnfitContact):
        fetches.agent()

"""One identifier in the answer to a request, in the history of what it changed, and in the log."""

import io
import logging
import logging.config

import pytest
from django.conf import settings
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from annotator.jobs.releases import build_release
from annotator.models import Release
from sources.models import Change, User, acting
from sources.request_id import answering, request_id
from tests.factories import World, person


@pytest.mark.django_db
def test_what_a_request_changed_names_it() -> None:
    client = Client()
    client.force_login(person("ada"))
    forged = {"X-Request-ID": "forged"}
    first, second = (client.post("/p/new/", {"name": name}, headers=forged) for name in ("Quay", "Pier"))
    assert first["X-Request-ID"] != second["X-Request-ID"] != "forged"
    for answer, slug in ((first, "quay"), (second, "pier")):
        made = Change.objects.get(table="sources_project", after__slug=slug)
        assert made.request_id == answer["X-Request-ID"]
        told = Change.objects.filter(project_id=made.project_id)
        assert set(told.values_list("request_id", flat=True)) == {made.request_id}


@pytest.mark.django_db
def test_outside_a_request_none_is_named() -> None:
    from sources.models import Project

    with acting(User.objects.create(username="ada")):
        project = Project.objects.create(name="Quay", slug="quay")
    assert Change.objects.get(project_id=project.pk).request_id == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "address", "status"),
    [("get", "/nowhere/", 404), ("post", "/api/v1/projects/", 401)],
)
def test_a_refusal_is_logged_with_its_request(method: str, address: str, status: int) -> None:
    """The framework logs what was refused when all middleware is done."""
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    handler.setFormatter(_formatter())
    logging.getLogger("django.request").addHandler(handler)
    try:
        answer = getattr(Client(), method)(address)
    finally:
        logging.getLogger("django.request").removeHandler(handler)
    assert answer.status_code == status
    assert f" WARNING {answer['X-Request-ID']} django.request: " in told.getvalue()


@pytest.mark.lengthy
def test_what_a_job_changes_names_the_request_that_asked_for_it(
    small_world_here: World, db: None, settings, tmp_path
) -> None:
    settings.DATA_DIR = tmp_path
    client = Client()
    client.force_login(small_world_here.manager)
    asked = client.post("/p/here/releases/", {"title": "X", "statuses": ["draft", "submitted"]})
    job = ProcrastinateJob.objects.get(task_name="releases.build")
    build_release(**job.args)
    made = Release.objects.latest("pk")
    assert request_id() == ""
    told = Change.objects.filter(table="annotator_release", row_id=made.pk, operation="UPDATE")
    assert told.exists()
    assert set(told.values_list("request_id", flat=True)) == {asked["X-Request-ID"]}


def _formatter() -> logging.Formatter:
    configurator = logging.config.DictConfigurator(settings.LOGGING)
    return configurator.configure_formatter(dict(settings.LOGGING["formatters"]["line"]))


def test_a_line_of_the_log_names_the_request() -> None:
    formatter = _formatter()
    record = logging.LogRecord("django.request", logging.ERROR, "x.py", 1, "Broken", None, None)
    with answering("0123abcd"):
        assert " ERROR 0123abcd django.request: Broken" in formatter.format(record)
    assert " ERROR - django.request: Broken" in formatter.format(record)
    assert request_id() == ""

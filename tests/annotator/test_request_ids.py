"""One identifier in the answer to a request, in the history of what it changed, and in the log."""

import logging
import logging.config

import pytest
from django.conf import settings
from django.test import Client

from sources.models import Change, User, acting
from sources.request_id import answering, request_id
from tests.factories import person


@pytest.mark.django_db
def test_what_a_request_changed_names_it() -> None:
    client = Client()
    client.force_login(person("ada"), backend="sesame.backends.ModelBackend")
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


def test_a_line_of_the_log_names_the_request() -> None:
    configurator = logging.config.DictConfigurator(settings.LOGGING)
    formatter = configurator.configure_formatter(dict(settings.LOGGING["formatters"]["line"]))
    record = logging.LogRecord("django.request", logging.ERROR, "x.py", 1, "Broken", None, None)
    with answering("0123abcd"):
        assert " ERROR 0123abcd django.request: Broken" in formatter.format(record)
    assert " ERROR - django.request: Broken" in formatter.format(record)
    assert request_id() == ""

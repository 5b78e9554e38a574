"""`work`: run queued jobs until SIGTERM. Any number of these may run, on any number of machines."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app, connector_params
from procrastinate.contrib.django.django_connector import DjangoConnector

_FINISH = 5.0  # seconds that a running job gets at SIGTERM; after that it is stopped and runs again later


class Command(BaseCommand):
    help = "Run queued jobs until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--jobs", type=int, default=1, help="how many at the same time")

    def handle(self, *args: Any, **options: Any) -> None:
        connector = app.connector
        if isinstance(connector, DjangoConnector):
            # Django's own connection cannot listen for new jobs; this one has a small pool that can.
            # It prepares nothing: its looks at what is in it would each leave a statement with the server.
            connector = PsycopgConnector(kwargs={**connector_params(), "prepare_threshold": None})
        with app.replace_connector(connector) as working:
            working.run_worker(concurrency=options["jobs"], shutdown_graceful_timeout=_FINISH)

"""`work`: run queued jobs until SIGTERM. Any number of these may run, on any number of machines."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app
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
            connector = connector.get_worker_connector()
        with app.replace_connector(connector) as working:
            working.run_worker(concurrency=options["jobs"], shutdown_graceful_timeout=_FINISH)

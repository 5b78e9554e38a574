"""gunicorn inside a process of ours: a few forked processes with threads, which share what is loaded."""

from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from gunicorn.app.base import BaseApplication

from annotator.patient_worker import PatientWorker

THREADS = 4
POOL = THREADS + 1  # database connections a process

_SETTINGS = {
    "worker_class": PatientWorker,
    "threads": THREADS,
    "preload_app": True,
    "timeout": 60,  # seconds
    "graceful_timeout": 5,  # seconds
    "keepalive": 5,  # seconds
    "limit_request_line": 8190,  # bytes: a place in a long list with all that narrows it
    "control_socket_disable": True,
    "loglevel": "warning",
}


class WebServer(BaseApplication):
    """The web application, for `manage.py serve`. `settings` overrides gunicorn's, by their names there."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = {**_SETTINGS, **settings}
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.settings.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIHandler:
        from annotator.wsgi import application

        return application

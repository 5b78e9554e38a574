"""`serve`: everything that runs, from an empty data folder to the line that says it is ready."""

import gc
import os
import signal
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connections

from annotator import embedded_postgres, preparation, serving
from annotator.database_roles import UnsafeRole, refuse_unsafe_role
from annotator.database_urls import pooled
from annotator.keeping.settling import NotRestored, settle
from annotator.management.collected_files import collect_if_changed
from annotator.management.sign_in_links import first_user, link_for, remember_address
from annotator.web_server import POOL, WebServer
from sources.models import Project

_PERIOD = 0.25  # seconds between two looks at the children


class _ToldToStop(Exception):
    pass


class Command(BaseCommand):
    help = "Prepare the database, then run the web and the job process until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        serving.add_listening_options(parser)
        preparation.add_data_option(parser)
        parser.add_argument("--no-demo", action="store_true", help="leave an empty database empty")

    def handle(self, *args: Any, **options: Any) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, _stop)
        host, port = options["host"], options["port"]
        children: list[serving.Child] = []
        try:
            serving.claim_port(host, port)
            link = self._prepare(host, port, demo=not options["no_demo"])
            children += self._start(host, port)
            local = _address("127.0.0.1" if _any(host) else host, port)
            serving.wait_for_answer(f"{local}/health/", children[0], _as_the_proxy_asks())
            self.stdout.write(f"Sourceline is ready: {link}")
            self.stdout.flush()
            if _any(host) and settings.PUBLIC_ADDRESS is None:
                names = ", ".join(settings.ALLOWED_HOSTS)
                self.stderr.write(f"It answers to the names {names} only; SOURCELINE_ADDRESS names another.")
            self._watch(children)
        except (serving.CannotServe, embedded_postgres.DatabaseServerError) as error:
            raise CommandError(str(error)) from None
        except _ToldToStop:
            self.stderr.write("Stopping.")
        finally:
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            self._stop(children)

    def _prepare(self, host: str, port: int, *, demo: bool) -> str:
        """Bring the data up to date; the address to open."""
        serving.done_by_a_copy("preparation", self._bring_up_to_date, CommandError)
        user = first_user()
        if demo and user and not Project.objects.exists():
            call_command("load_demo", user=user.get_username())
        public = settings.PUBLIC_ADDRESS
        address = public.origin if public else _address("127.0.0.1" if _any(host) else host, port)
        remember_address(address)
        # What a server that others use prints is kept in its log, and a link in it would let its readers in.
        return link_for(user, address) if user and not public else f"{address}/"

    def _bring_up_to_date(self) -> None:
        """What needs memory that no server needs again."""
        try:
            call_command("migrate", verbosity=0, interactive=False)
            refuse_unsafe_role()
            if settle():
                self.stderr.write("A restore that was cut short has been settled.")
        except OperationalError as error:
            raise CommandError(f"The database cannot be reached: {str(error).strip()}") from None
        except (NotRestored, UnsafeRole) as error:
            raise CommandError(str(error)) from None
        collect_if_changed()

    def _start(self, host: str, port: int) -> list[serving.Child]:
        """The web process first, then the job worker."""
        connections.close_all()
        own = [] if _any(host) or settings.PUBLIC_ADDRESS else [f"[{host}]" if ":" in host else host]
        names = [*settings.ALLOWED_HOSTS, *own]
        bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

        def web() -> None:
            _work_as_the_app_alone()
            settings.ALLOWED_HOSTS = list(dict.fromkeys(names))
            settings.DATABASES["default"].update(pooled(settings.DATABASES["default"], POOL))
            WebServer({"bind": bind, "workers": settings.WEB_PROCESSES}).run()

        def jobs() -> None:
            _work_as_the_app_alone()
            call_command("work")

        gc.collect()
        gc.freeze()  # what is loaded now is garbage to nobody, and looking at it would unshare it
        return [serving.Child("web process", web), serving.Child("job process", jobs)]

    def _watch(self, children: list[serving.Child]) -> None:
        while True:
            time.sleep(_PERIOD)
            server = preparation.embedded
            if server is not None and not server.is_up():
                # Its supervisor was killed. The address stays the same, so the children find the new one.
                self.stderr.write("The database has gone: starting it again.")
                preparation.embedded = embedded_postgres.ensure_running(settings.DATA_DIR)
                server.leave()
            for child in children:
                child.look_after(self.stderr.write)

    @staticmethod
    def _stop(children: list[serving.Child]) -> None:
        for child in children:
            child.ask_to_stop()
        for child in children:
            child.wait()
        connections.close_all()
        if preparation.embedded is not None:
            preparation.embedded.stop_if_last()


def _work_as_the_app_alone() -> None:
    """What a child need not have: the owner's address, and a stake of its own in the database."""
    settings.OWNER_DATABASE = settings.DATABASES["default"]
    os.environ.pop("DATABASE_OWNER_URL", None)
    if preparation.embedded is not None:
        preparation.embedded.leave()
        preparation.embedded = None


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise _ToldToStop


def _as_the_proxy_asks() -> dict[str, str]:
    """Headers with which a server that has a name of its own answers, and does not send elsewhere."""
    public = settings.PUBLIC_ADDRESS
    return {"Host": public.host, "X-Forwarded-Proto": public.origin.partition(":")[0]} if public else {}


def _any(host: str) -> bool:
    return host in {"0.0.0.0", "::", ""}  # noqa: S104 - compared, not bound


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

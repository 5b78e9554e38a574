"""What has to be there before Django: the data folder, the secret key, a database server.

`manage.py` calls `prepare` and Django's settings then read the environment, so that importing settings
never makes anything.
"""

import argparse
import os
import secrets
import stat
import tempfile
from collections.abc import MutableMapping
from pathlib import Path

from annotator import embedded_postgres, serving
from annotator.keeping import archive
from annotator.keeping.manifest import Damaged

ROOT = Path(__file__).resolve().parent.parent

# These look at no table, so they start no server.
WITHOUT_DATABASE = frozenset(
    {"", "help", "version", "check", "collectstatic", "findstatic", "makemigrations", "compilemessages"}
)
# It starts servers of its own, on a database that is there.
OLD_DATABASE = frozenset({"upgrade_database"})
_HELP = frozenset({"-h", "--help"})


# This process's stake in the embedded server, if it uses one; given up when the process ends.
embedded: embedded_postgres.Server | None = None


class CannotPrepare(Exception):
    """Something needed before Django is missing or unsafe; the message says what to do."""


def add_data_option(parser: argparse.ArgumentParser) -> None:
    """List `--data` in a command's help; `take_data_option` has taken it before the command sees it."""
    parser.add_argument(
        "--data", metavar="DIR", help="the folder of everything that is kept; default: var in the checkout"
    )


def take_data_option(arguments: list[str], environment: MutableMapping[str, str]) -> None:
    """Move `--data DIR`, which every command takes, from the arguments to SOURCELINE_DATA."""
    for index, word in enumerate(arguments):
        if word == "--":
            return
        if word == "--data":
            if index + 1 == len(arguments):
                raise CannotPrepare("--data needs the path of a folder.")
            environment["SOURCELINE_DATA"] = arguments[index + 1]
            del arguments[index : index + 2]
            return
        if word.startswith("--data="):
            environment["SOURCELINE_DATA"] = word.removeprefix("--data=")
            del arguments[index]
            return


def prepare(arguments: list[str], environment: MutableMapping[str, str]) -> None:
    """Make what the command needs and put it into `environment`; `arguments` are those of the program.

    Only a start, `migrate` and an import that may make its project make a database. Raises CannotPrepare.
    """
    global embedded  # noqa: PLW0603 - it lives as long as the process
    command, options = (arguments[1] if len(arguments) > 1 else ""), arguments[2:]
    if _makes_nothing(command, options):
        # Settings want some key, and nothing that lasts is made with this one.
        environment.setdefault("SOURCELINE_SECRET_KEY", secrets.token_urlsafe(64))
        return
    folder = Path(environment.get("SOURCELINE_DATA") or ROOT / "var")
    outside = bool(environment.get("DATABASE_URL"))
    without_database = command.startswith("-") or command in WITHOUT_DATABASE | OLD_DATABASE
    if command == "serve":
        _refuse_taken_port(options)
    elif command == "restore":
        _refuse_unsound(options)
    elif command in OLD_DATABASE or not (outside or without_database or _may_make_database(command, options)):
        _refuse_empty(folder)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = folder.resolve()
        environment["SOURCELINE_DATA"] = str(folder)
        if not environment.get("SOURCELINE_SECRET_KEY"):
            environment["SOURCELINE_SECRET_KEY"] = secret_key(folder / "secret_key")
        if outside or without_database:
            return
        embedded = embedded_postgres.ensure_running(folder)
    except OSError as error:
        raise CannotPrepare(f"The data folder {folder} cannot be used: {error}.") from None
    except embedded_postgres.DatabaseServerError as error:
        raise CannotPrepare(str(error)) from None
    environment["DATABASE_URL"] = embedded.app_url
    environment["DATABASE_OWNER_URL"] = embedded.owner_url


def _makes_nothing(command: str, options: list[str]) -> bool:
    if command == "compare_releases":
        return True
    if command == "verify_dataset" and not any(option.startswith("--a") for option in options):
        return True  # --against-database alone, also shortened, asks the store
    return not _HELP.isdisjoint(options) or (command == "serve" and _listening(options) is None)


def _listening(options: list[str]) -> argparse.Namespace | None:
    """Where `serve` is to listen; None where it will refuse these options itself."""
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    serving.add_listening_options(parser)
    try:
        return parser.parse_known_args(options)[0]
    except argparse.ArgumentError:
        return None


def _may_make_database(command: str, options: list[str]) -> bool:
    return command in {"migrate", "restore"} or (command == "import_articles" and "--create" in options)


def _refuse_empty(folder: Path) -> None:
    """A mistyped or forgotten folder must not become a second, empty Sourceline."""
    if not embedded_postgres.has_database(folder):
        raise CannotPrepare(
            f"There is no Sourceline in {folder}. Start it with script/server, or name its folder with "
            "--data DIR."
        )


def _refuse_unsound(options: list[str]) -> None:
    """A backup that cannot be restored makes nothing. What the command itself will refuse is left to it."""
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    parser.add_argument("file", type=Path, nargs="?")
    for name in ("--verbosity", "-v", "--settings", "--pythonpath"):
        parser.add_argument(name)
    try:
        path = parser.parse_known_args(options)[0].file
    except argparse.ArgumentError:
        path = None
    if path is None:
        raise CannotPrepare("restore needs the name of a backup: manage.py restore FILE --data DIR")
    try:
        with archive.opened(path):
            pass
    except Damaged as error:
        raise CannotPrepare(f"{path} cannot be restored: {error}. Nothing was touched.") from None
    except OSError as error:
        raise CannotPrepare(f"{path}: {error.strerror}.") from None


def _refuse_taken_port(options: list[str]) -> None:
    """Before anything is made."""
    asked = _listening(options)
    try:
        if asked is not None:
            serving.claim_port(asked.host, asked.port)
    except serving.CannotServe as error:
        raise CannotPrepare(str(error)) from None


def secret_key(path: Path) -> str:
    """The key in the file at `path`, made if missing, readable by its owner alone.

    Raises CannotPrepare when others can read it, since then it may have been read.
    """
    if not path.exists():
        _make_key(path)
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise CannotPrepare(
            f"The secret key {path} can be read by other users (mode {mode:04o}). Whoever has it can sign in "
            f"as anyone. Delete the file to get a new key (everybody has to sign in again), or, if you are "
            f"sure that nobody read it: chmod 600 {path}"
        )
    key = path.read_text().strip()
    if len(key) < 50:
        raise CannotPrepare(f"The secret key in {path} is too short. Delete the file to get a new one.")
    return key


def _make_key(path: Path) -> None:
    """Whole or not at all, and the first of two starts at once wins."""
    handle, fresh = tempfile.mkstemp(dir=path.parent, prefix=".secret_key-")  # made with mode 0600
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64))
            file.flush()
            os.fsync(file.fileno())
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(fresh)

"""What has to be there before Django: the data folder, the secret key, a database server.

`manage.py` calls `prepare` and Django's settings then read the environment, so that importing settings
never makes anything.
"""

import os
import secrets
import stat
import tempfile
from collections.abc import MutableMapping
from pathlib import Path

from annotator import embedded_postgres

ROOT = Path(__file__).resolve().parent.parent

# These look at no table, so they start no server.
WITHOUT_DATABASE = frozenset(
    {"", "help", "version", "check", "collectstatic", "findstatic", "makemigrations", "compilemessages"}
)


# This process's stake in the embedded server, if it uses one; given up when the process ends.
embedded: embedded_postgres.Server | None = None


class CannotPrepare(Exception):
    """Something needed before Django is missing or unsafe; the message says what to do."""


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


def prepare(command: str, environment: MutableMapping[str, str]) -> None:
    """Make what `command` needs and put it into `environment`. Raises CannotPrepare."""
    global embedded  # noqa: PLW0603 - it lives as long as the process
    folder = Path(environment.get("SOURCELINE_DATA") or ROOT / "var")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = folder.resolve()
        environment["SOURCELINE_DATA"] = str(folder)
        if not environment.get("SOURCELINE_SECRET_KEY"):
            environment["SOURCELINE_SECRET_KEY"] = secret_key(folder / "secret_key")
        if environment.get("DATABASE_URL") or command in WITHOUT_DATABASE or command.startswith("-"):
            return
        embedded = embedded_postgres.ensure_running(folder)
    except OSError as error:
        raise CannotPrepare(f"The data folder {folder} cannot be used: {error}.") from None
    except embedded_postgres.DatabaseServerError as error:
        raise CannotPrepare(str(error)) from None
    environment["DATABASE_URL"] = embedded.app_url
    environment["DATABASE_OWNER_URL"] = embedded.owner_url


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

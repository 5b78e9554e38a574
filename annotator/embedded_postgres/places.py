"""Where things lie: the data folder with its marker and locks, and the home of the database files."""

import hashlib
import json
import os
import stat
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .account import Account
from .errors import DatabaseServerError

SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 100  # bytes; the kernels' own limits are 104 and 108


@dataclass(frozen=True)
class DataFolder:
    """What the embedded server keeps directly in a data folder."""

    path: Path

    @property
    def marker(self) -> Path:
        """Remembers which database belongs to this folder, so that a missing one is noticed."""
        return self.path / "database.json"

    @property
    def supervisor_lock(self) -> Path:
        """Held exclusively by the one supervisor for its life; its text tells that supervisor's state."""
        return self.path / "database.lock"

    @property
    def users_lock(self) -> Path:
        """Held shared by every process that uses the server; free means that nobody does."""
        return self.path / "database.users"

    @property
    def stop_request(self) -> Path:
        """Asks the supervisor not to wait for newcomers when the last user has left."""
        return self.path / "database.stop"

    @property
    def exchange(self) -> Path:
        """Says, while the database files are exchanged for others, which ones and where the old ones go."""
        return self.path / "database-exchange.json"

    @property
    def start_log(self) -> Path:
        return self.path / "database-start.log"


@dataclass(frozen=True)
class Home:
    """The folder of the database files; it belongs to the account that runs the server, mode 0700."""

    path: Path

    @property
    def data(self) -> Path:
        return self.path / "data"

    @property
    def log(self) -> Path:
        return self.path / "log"


def open_data_folder(path: Path) -> DataFolder:
    """The data folder at `path`, made if missing. Raises DatabaseServerError when it cannot be used."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        real = path.resolve(strict=True)
    except OSError as error:
        raise DatabaseServerError(f"The data folder {path} cannot be made: {error.strerror}.") from None
    if not os.access(real, os.R_OK | os.W_OK | os.X_OK):
        raise DatabaseServerError(f"The data folder {real} is not writable for this user.")
    owner = real.stat().st_uid
    if owner != os.geteuid() and (real / "postgres").exists():
        raise DatabaseServerError(
            f"The database in {real} belongs to user id {owner}; run this as that user."
        )
    return DataFolder(real)


def shared_folder() -> Path:
    """Where root keeps the database files of all its data folders (`SOURCELINE_DATABASES`)."""
    return Path(os.environ.get("SOURCELINE_DATABASES", "/var/lib/sourceline"))


def socket_folder(home: Home, account: Account) -> Path:
    """The private folder of the server's socket, made if missing.

    It lies in the home, or, where that path is too long for a socket, below the runtime directory.
    Raises DatabaseServerError if the folder there is not ours alone.
    """
    wanted = home.path / "run"
    if _fits(wanted):
        account.run(["mkdir", "-p", "-m", "700", str(wanted)])
        return wanted
    name = "sourceline-" + hashlib.sha256(os.fsencode(home.path)).hexdigest()[:16]
    for base in _runtime_folders():
        folder = base / name
        if _fits(folder) and os.access(base, os.W_OK | os.X_OK):
            _make_private(folder, account)
            return folder
    raise DatabaseServerError(f"No folder for the database's socket: the path {wanted} is too long.")


def _fits(folder: Path) -> bool:
    return len(os.fsencode(folder / SOCKET_NAME)) <= SOCKET_PATH_LIMIT


def _runtime_folders() -> Iterable[Path]:
    if os.geteuid() == 0:
        yield Path("/run")
    elif os.environ.get("XDG_RUNTIME_DIR"):
        yield Path(os.environ["XDG_RUNTIME_DIR"])
    yield Path(tempfile.gettempdir())
    yield Path("/tmp")  # noqa: S108 - the folder made in it is private and checked


def _make_private(folder: Path, account: Account) -> None:
    try:
        folder.mkdir(mode=0o700)
        if account.differs:
            os.chown(folder, account.uid, account.gid)
    except FileExistsError:
        pass
    found = folder.lstat()
    # Someone else may have made it first in a folder open to all: then it must not be used.
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid or found.st_mode & 0o077:
        raise DatabaseServerError(f"{folder} exists and is not private to the user {account.name}.")


def write_whole(path: Path, value: dict[str, object]) -> None:
    """Replace a JSON file in one step that survives a power cut."""
    fresh = path.with_name(path.name + ".new")
    with fresh.open("w") as file:
        json.dump(value, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, path)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Put the names in a folder on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

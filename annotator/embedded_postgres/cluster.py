"""The database files: made once, recognised afterwards, never made anew over a loss."""

import json
import locale
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from . import majors
from .account import Account
from .binaries import Binaries
from .errors import DatabaseServerError
from .places import DataFolder, Home, shared_folder, sync_folder, write_whole

DATABASE = "sourceline"
OWNER = "sourceline_owner"
APP = "sourceline_app"

_ROLES = f"""
CREATE ROLE {OWNER} LOGIN CREATEDB CREATEROLE;
CREATE ROLE {APP} LOGIN;
GRANT {APP} TO {OWNER} WITH ADMIN OPTION;
CREATE DATABASE {DATABASE} OWNER {OWNER};
"""

_CONFIGURATION = """\
# Written anew at every start; change nothing here.
listen_addresses = ''
unix_socket_permissions = 0700
unix_socket_directories = '{socket}'
port = 5432
max_connections = 60
shared_buffers = '{buffers}MB'
max_wal_size = '512MB'
wal_buffers = '4MB'
client_connection_check_interval = '2s'
timezone = 'UTC'
log_timezone = 'UTC'
logging_collector = on
log_directory = '{log}'
log_filename = 'postgres-%a.log'
log_file_mode = 0600
log_truncate_on_rotation = on
log_rotation_age = '1d'
log_rotation_size = 0
log_line_prefix = '%m [%p] %u@%d '
log_startup_progress_interval = '5s'
"""

LEAST_BUFFERS, MOST_BUFFERS = 128, 1024  # megabytes of memory for tables and indexes, used as they are read
_CARELESS = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"


@dataclass(frozen=True)
class Marker:
    """The note in the data folder: where its database lies and PostgreSQL's identifier of it."""

    home: str  # empty: the folder `postgres` in the data folder itself
    data_folder: str
    identifier: int | None  # None while the first start has not finished


def prepare(
    folder: DataFolder, account: Account, binaries: Binaries, say: Callable[[str], None], *, durable: bool
) -> Home:
    """The home of this folder's database, made if the folder never had one.

    Raises DatabaseServerError when the marker names a database that is missing or another one: an
    unmounted volume must not turn into an empty database.
    """
    marker = _read(folder)
    if marker is None:
        elsewhere = str(shared_folder() / secrets.token_hex(8)) if account.differs else ""
        marker = Marker(elsewhere, str(folder.path), None)
        _write(folder, marker)
    _refuse_copies(folder, marker)
    home = _home(folder, marker)
    if marker.identifier is None and not home.data.exists():
        _make_home(home, account)
        initialise(home, account, binaries, say, durable=durable)
    recognise(folder)
    majors.refuse_another(home.data, folder.path)
    return home


def recognise(folder: DataFolder) -> Home:
    """The home of the database that this folder had before; makes none, whatever its major version is.

    An exchange of its files that was cut short is finished first. Raises DatabaseServerError.
    """
    marker = _read(folder)
    if marker is None:
        raise DatabaseServerError(f"There is no database of Sourceline's own in {folder.path}.")
    _refuse_copies(folder, marker)
    home = _home(folder, marker)
    exchanged = majors.finished(folder, home)
    if exchanged is not None:
        marker = Marker(marker.home, marker.data_folder, exchanged)
        _write(folder, marker)
        folder.exchange.unlink()
    found = majors.system_identifier(home.data)
    if found is None:
        raise DatabaseServerError(
            f"The database files are missing: {folder.marker} says that they are in {home.data}, and there "
            "is nothing. If they are on a volume that is not mounted, mount it. If they are lost, restore "
            f"them from a backup; to begin again with an empty database, delete {folder.marker}."
        )
    if marker.identifier not in (None, found):
        raise DatabaseServerError(
            f"{home.data} holds another database (system identifier {found}) than {folder.marker} expects "
            f"({marker.identifier}). Nothing was changed. Put the right files back, or the right marker."
        )
    expected = Marker(marker.home, str(folder.path), found)
    if marker != expected:
        _write(folder, expected)
    return home


def configure(home: Home, socket: Path, account: Account, *, durable: bool) -> None:
    """Write the configuration of this release: no network, one socket, two roles by peer identity."""
    log = home.log
    account.run(["mkdir", "-p", "-m", "700", str(log)])
    buffers = _buffers() if durable else LEAST_BUFFERS
    settings = _CONFIGURATION.format(socket=_quoted(socket), log=_quoted(log), buffers=buffers)
    account.write(str(home.data / "sourceline.conf"), settings + ("" if durable else _CARELESS))
    account.write(str(home.data / "pg_hba.conf"), f"local all {OWNER},{APP} peer map=sourceline\n")
    client = '"' + account.client.replace('"', '""') + '"'
    account.write(
        str(home.data / "pg_ident.conf"), f"sourceline {client} {OWNER}\nsourceline {client} {APP}\n"
    )


def _buffers() -> int:
    """An eighth of the machine's memory within the bounds, in megabytes."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return min(max(memory // 8, LEAST_BUFFERS), MOST_BUFFERS)


def forget(folder: DataFolder, account: Account) -> None:
    """Delete the database files of a data folder whose server is stopped, and its marker."""
    marker = _read(folder)
    if marker is not None:
        account.run(["find", str(_home(folder, marker).path), "-mindepth", "1", "-delete"])
        os.rmdir(_home(folder, marker).path)
        folder.marker.unlink()


def initialise(
    home: Home, account: Account, binaries: Binaries, say: Callable[[str], None], *, durable: bool
) -> None:
    """initdb beside the final place, roles and all, then one rename: a half-made database has no name."""
    say(f"Making a new database in {home.path}.")
    account.run(["find", str(home.path), "-maxdepth", "1", "-name", "new-*", "-exec", "rm", "-rf", "{}", "+"])
    fresh = str(home.path / f"new-{secrets.token_hex(4)}")
    command = [binaries.path("initdb"), "-D", fresh, "--username=postgres", "--encoding=UTF8"]
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", *_character_types()]
    command += ["--data-checksums", "--auth-local=peer", "--auth-host=reject"]
    account.run(command if durable else [*command, "--no-sync"])
    account.run(
        ["/bin/sh", "-c", 'echo "include \'sourceline.conf\'" >>"$1"', "sh", f"{fresh}/postgresql.conf"]
    )
    account.write(f"{fresh}/sourceline.conf", "")
    single = [binaries.path("postgres"), "--single", "-c", "exit_on_error=on", "-c", "log_min_messages=error"]
    account.run([*single, "-D", fresh, "postgres"], _ROLES)
    os.rename(fresh, home.data)
    sync_folder(home.path)


def _make_home(home: Home, account: Account) -> None:
    if account.differs:
        shared_folder().mkdir(parents=True, exist_ok=True, mode=0o755)
    home.path.mkdir(mode=0o700, exist_ok=True)
    if account.differs:
        os.chown(home.path, account.uid, account.gid)


def _character_types() -> list[str]:
    """Full-text search asks the C library what a letter is, and in the locale C only ASCII has any."""
    before = locale.setlocale(locale.LC_CTYPE)
    for name in ("C.UTF-8", "en_US.UTF-8"):
        try:
            locale.setlocale(locale.LC_CTYPE, name)
        except locale.Error:
            continue
        locale.setlocale(locale.LC_CTYPE, before)
        return [f"--lc-ctype={name}"]
    return []


def _home(folder: DataFolder, marker: Marker) -> Home:
    return Home(Path(marker.home) if marker.home else folder.path / "postgres")


def _read(folder: DataFolder) -> Marker | None:
    try:
        return Marker(**json.loads(folder.marker.read_text()))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError):
        raise DatabaseServerError(f"{folder.marker} is damaged; restore it from a backup.") from None


def _write(folder: DataFolder, marker: Marker) -> None:
    write_whole(folder.marker, vars(marker))


def _refuse_copies(folder: DataFolder, marker: Marker) -> None:
    """Two data folders must not share one database: a copied folder would, where files lie elsewhere."""
    origin = Path(marker.data_folder)
    if not marker.home or origin == folder.path or not (origin / folder.marker.name).exists():
        return
    raise DatabaseServerError(
        f"{folder.path} is a copy of {origin}, and the database files of that folder are not in it. Start "
        f"an empty data folder and load a backup into it, or remove {origin} if this one has replaced it."
    )


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")

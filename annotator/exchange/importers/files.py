"""What a reader is given: one file, a folder or an unpacked ZIP, by names that stay inside it.

Nothing is ever written to the disk: members of a ZIP are read from it, within limits that hold before and
while they are unpacked.
"""

import stat
import zipfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from .bundle import At, NotRead, Unmapped


@dataclass(frozen=True, slots=True)
class Limits:
    """`each` and `together` in bytes, unpacked: of one file, and of all."""

    files: int
    each: int
    together: int


USUAL = Limits(files=5_000, each=200 * 1024 * 1024, together=200 * 1024 * 1024)
OF_A_RELEASE = Limits(files=100_000, each=200 * 1024 * 1024, together=1024 * 1024 * 1024)
"""Three files for each text; they are read one after another, and only its tables are kept."""
MOST_RATIO = 100
"""Unpacked bytes for each packed one, beyond `SLACK`."""
SLACK = 1024 * 1024
_LONGEST_NAME = 500
_IGNORED = ("__MACOSX/", ".DS_Store", "Thumbs.db")


@dataclass(frozen=True, slots=True)
class Files:
    """`names` in order, with `/` between their parts; `skipped` are those that are not given to readers;
    `sizes` in bytes, of those whose size is known before they are read."""

    name: str
    contents: Mapping[str, Callable[[], bytes]]
    skipped: tuple[Unmapped, ...] = ()
    sizes: Mapping[str, int] = field(default_factory=dict)
    names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(sorted(self.contents)))

    def read(self, name: str) -> bytes:
        """The bytes of the file of that name. Raises NotRead."""
        if name not in self.contents:
            raise NotRead(At(name), "there is no such file")
        return self.contents[name]()

    def size(self, name: str) -> int:
        """In bytes; what is in a folder or a ZIP is not read for it. Raises NotRead."""
        return self.sizes[name] if name in self.sizes else len(self.read(name))

    def text(self, name: str) -> str:
        """The file as UTF-8, character by character as it is: a byte-order mark stays the first character,
        and line ends stay. Raises NotRead."""
        raw = self.read(name)
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            raise NotRead(At(name, line), f"is not UTF-8 at byte {error.start}") from None

    def ending(self, *suffixes: str) -> tuple[str, ...]:
        """Names that end so, capitals apart (".ann")."""
        return tuple(name for name in self.names if name.lower().endswith(suffixes))


def of_bytes(name: str, raw: bytes, limits: Limits = USUAL) -> Files:
    """An uploaded file: a ZIP's members, else the file itself. Raises NotRead."""
    name = PurePosixPath(name.replace("\\", "/")).name[:_LONGEST_NAME] or "file"
    if raw[:4] == b"PK\x03\x04" or raw[:4] == b"PK\x05\x06":
        from io import BytesIO

        return _of_zip(name, BytesIO(raw), len(raw), limits)
    return Files(name, {name: lambda: raw})


def of_path(path: Path, limits: Limits = USUAL) -> Files:
    """A file, a folder with all that lies in it, or a ZIP. Links are not followed. Raises NotRead."""
    try:
        if path.is_dir():
            return _of_folder(path, limits)
        with path.open("rb") as opened:
            head = opened.read(4)
        if head in (b"PK\x03\x04", b"PK\x05\x06"):
            return _of_zip(path.name, path, path.stat().st_size, limits)
        _refuse_much(path.name, [path.stat().st_size], limits)
        return Files(path.name, {path.name: path.read_bytes})
    except OSError as error:
        raise NotRead(At(path.name), error.strerror or "cannot be read") from None


def _of_folder(folder: Path, limits: Limits) -> Files:
    contents: dict[str, Callable[[], bytes]] = {}
    skipped: list[Unmapped] = []
    sizes: dict[str, int] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if _linked(folder, path):
            if not _linked(folder, path.parent):
                skipped.append(Unmapped(At(name), "a link", "links are not followed"))
        elif path.is_file() and not name.endswith(_IGNORED):
            sizes[name] = path.stat().st_size
            contents[name] = path.read_bytes
    _refuse_much(folder.name, sizes.values(), limits)
    return Files(folder.name, contents, tuple(skipped), sizes)


def _linked(folder: Path, path: Path) -> bool:
    return path != folder and (path.is_symlink() or _linked(folder, path.parent))


def _of_zip(name: str, source: Path | IO[bytes], packed: int, limits: Limits) -> Files:
    try:
        archive = zipfile.ZipFile(source)
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RecursionError) as error:
        raise NotRead(At(name), f"is no ZIP that can be read: {str(error)[:100]}") from None
    unpacked = [member.file_size for member in members]
    _refuse_much(name, unpacked, limits)
    if sum(unpacked) > MOST_RATIO * packed + SLACK:
        raise NotRead(At(name), f"would unpack to more than {MOST_RATIO} times its size")
    contents: dict[str, Callable[[], bytes]] = {}
    sizes: dict[str, int] = {}
    folders = set()
    for member in members:
        inside = _safe(name, member)
        if inside in contents or inside.rstrip("/") in folders:
            raise NotRead(At(name), f"holds “{inside[:100]}” twice")
        if member.is_dir():
            folders.add(inside.rstrip("/"))
        elif not inside.startswith(_IGNORED) and not inside.endswith(_IGNORED):
            contents[inside] = partial(_member, archive, member, inside)
            sizes[inside] = member.file_size
    return Files(name, contents, sizes=sizes)


def _safe(archive: str, member: zipfile.ZipInfo) -> str:
    """The member's name if it stays inside. `orig_filename` is what the archive says, before Python cuts
    it."""
    name = member.orig_filename
    shown = name[:100].encode("unicode_escape", "backslashreplace").decode()
    parts = name.rstrip("/").split("/")
    why = ""
    if not name or len(name) > _LONGEST_NAME:
        why = "has a name that is empty or too long"
    elif "\\" in name or "\0" in name or any(not c.isprintable() for c in name):
        why = "has a name with signs that no name needs"
    elif name.startswith("/") or ":" in parts[0] or any(part in ("", ".", "..") for part in parts):
        why = "has a name that leads out of the archive"
    elif stat.S_ISLNK(member.external_attr >> 16):
        why = "is a link"
    elif member.flag_bits & 1:
        why = "is encrypted"
    if why:
        raise NotRead(At(archive), f"“{shown}” {why}")
    return name


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> bytes:
    try:
        with archive.open(member) as opened:
            raw = opened.read(member.file_size + 1)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, RuntimeError) as error:
        raise NotRead(At(name), f"cannot be unpacked: {str(error)[:100]}") from None
    except Exception as error:  # a decompressor's own (zlib.error, lzma.LZMAError)
        raise NotRead(At(name), f"cannot be unpacked: {type(error).__name__}") from None
    if len(raw) != member.file_size:
        raise NotRead(At(name), "is not as long as the archive says")
    return raw


def _refuse_much(name: str, sizes: Collection[int], limits: Limits) -> None:
    if len(sizes) > limits.files:
        raise NotRead(At(name), f"holds {len(sizes):,} files, at most {limits.files:,} are taken at once")
    for size, most, what in (
        (sum(sizes), limits.together, "holds"),
        (max(sizes, default=0), limits.each, "holds a file of"),
    ):
        if size > most:
            raise NotRead(At(name), f"{what} {_mb(size)}, at most {_mb(most)} are taken at once")


def _mb(size: int) -> str:
    return f"{size / 1024 / 1024:,.0f} MB"
